import type { UnroutedCall } from '../../../application/ports/inbox.ts'
import type { Page } from '../../../application/ports/page.ts'
import type { Country } from '../../../domain/phone-number.ts'
import { moment, phone, recently } from '../format.ts'
import { type Frame, readingOf, type View } from '../frame.ts'
import { Empty, PageHead, withQuery } from './parts.tsx'

/** No company, so no country: numbers are read as they would be in Germany and shown with `+` where they are not. */
const country = 'DE' as Country

export const unroutedPage = (props: { readonly frame: Frame; readonly page: Page<UnroutedCall> }): View => {
  const { frame, page } = props
  const { unrouted, calls } = frame.words
  const reading = readingOf(frame)
  return {
    title: unrouted.title,
    place: 'unrouted',
    content: (
      <>
        <PageHead frame={frame} title={unrouted.title} sentence={unrouted.lead} />
        <section id="list" class="card list" aria-label={unrouted.title}>
          <div class="list-head">
            <p class="count" safe>
              {unrouted.count(page.items.length, page.next !== undefined)}
            </p>
          </div>
          {page.items.length === 0 ? (
            <Empty title={unrouted.empty} help={unrouted.emptyHelp} />
          ) : (
            <div class="rows">
              <p class="cure-line">
                <span safe>{`${unrouted.cure} `}</span>
                <code>npx frontdesk apply company.yaml</code>
              </p>
              <div class="row unrouted-row columns" aria-hidden="true">
                <span safe>{unrouted.columns.time}</span>
                <span safe>{unrouted.columns.called}</span>
                <span safe>{unrouted.columns.caller}</span>
                <span safe>{unrouted.columns.events}</span>
              </div>
              <ol id="rows">
                {page.items.map((one) => (
                  <li id={one.id}>
                    <div class="row unrouted-row">
                      <span class="cell time">
                        <time datetime={new Date(one.receivedAt).toISOString()} safe>
                          {moment(one.receivedAt, frame.now, reading)}
                        </time>
                        <small class="ago" safe>
                          {recently(one.receivedAt, frame.now, frame.words.code) ?? ''}
                        </small>
                      </span>
                      <span class="cell who">
                        <span class="name" safe>
                          {phone(one.toNumber, country) ?? one.toNumber ?? unrouted.noNumber}
                        </span>
                        {one.agentId === undefined ? null : (
                          <small class="mono" safe>
                            {one.agentId}
                          </small>
                        )}
                      </span>
                      <span class="cell branch" safe>
                        {phone(one.fromNumber, country) ?? calls.hidden}
                      </span>
                      <span class="cell outcome">
                        {one.events.map((event) => (
                          <code class="event-name" safe>
                            {event}
                          </code>
                        ))}
                      </span>
                    </div>
                  </li>
                ))}
              </ol>
            </div>
          )}
          {page.next === undefined ? null : (
            <p class="list-more">
              <a class="button" href={withQuery('/unrouted-calls', { cursor: page.next })} safe>
                {unrouted.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  }
}
