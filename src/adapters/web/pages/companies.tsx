import type { CompanySummary } from '../application.ts'
import type { Frame, View } from '../frame.ts'
import { Empty, PageHead } from './parts.tsx'

export const companiesPage = (props: {
  readonly frame: Frame
  readonly companies: readonly CompanySummary[]
  readonly total: number
  readonly search: string
}): View => {
  const { frame, companies, total, search } = props
  const { companies: words } = frame.words
  return {
    title: words.title,
    place: 'companies',
    content: (
      <>
        <PageHead frame={frame} title={words.title} sentence={words.lead(total)} />
        {total === 0 ? null : (
          <form
            class="filters"
            method="get"
            action="/"
            aria-label={words.search}
            hx-get="/"
            hx-trigger="input changed delay:150ms from:find input, submit"
            hx-target="#list"
            hx-select="#list"
            hx-swap="outerHTML"
            hx-replace-url="true"
          >
            <label class="field grow">
              <span safe>{words.search}</span>
              <input type="search" name="q" value={search} autocomplete="off" />
            </label>
            <button class="button no-script" type="submit" safe>
              {words.submit}
            </button>
          </form>
        )}
        <section id="list" class="card list" aria-label={words.title}>
          {total === 0 ? (
            <Empty title={words.none} help={words.noneHelp} command="npx frontdesk apply company.yaml" />
          ) : companies.length === 0 ? (
            <Empty title={words.noMatch} help={words.noMatchHelp} action={{ href: '/', label: words.all }} />
          ) : (
            <ol id="rows" data-rows>
              {companies.map((one) => (
                <li id={`company-${one.slug}`}>
                  <a class="row company-row" href={`/companies/${encodeURIComponent(one.slug)}`}>
                    <span class="cell who">
                      <span class="name" safe>
                        {one.name}
                      </span>
                      <small class="mono" safe>
                        {one.slug}
                      </small>
                    </span>
                  </a>
                </li>
              ))}
            </ol>
          )}
        </section>
      </>
    ),
  }
}
