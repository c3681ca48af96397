import type { StoredScript } from '../../../../application/ports/rehearsals.ts'
import { isOfferedAt } from '../../../../domain/booking/catalogue.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import { type Frame, may, type View } from '../../frame.ts'
import type { Words } from '../../words/words.ts'
import { Csrf, Message, TextField } from '../fields.tsx'
import { PageHead } from '../parts.tsx'
import { scriptsPath } from './script-list.tsx'

/** As stored or as typed; the id is empty for a new one. */
export interface ScriptEntry extends Pick<StoredScript, 'name' | 'source'> {
  readonly id: string
}

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly entry: ScriptEntry
  /** Why it cannot be read, as its reader says it: a place, a colon and the reason. */
  readonly problems: readonly string[]
  readonly wrong: { readonly name?: string; readonly all?: string }
  readonly status: number
}

/** A script to begin with, made of what the company has. */
export const exampleFor = (
  { words }: Pick<Frame, 'words'>,
  { company, branches, services }: CompanyProfile,
): string => {
  const [branch] = branches
  const service = branch && services.find((one) => one.active && isOfferedAt(one, branch))
  const quoted = (text: string) => (/^[\w-]+$/.test(text) ? text : JSON.stringify(text))
  return words.scripts.example(
    company.booking && service !== undefined,
    quoted(service?.name ?? ''),
    quoted(branch?.slug ?? ''),
  )
}

/** Where it is and what it is, in words for people. */
export const problemText = (
  problem: string,
  { scripts: { problem: say } }: Words,
): readonly [place: string, text: string] => {
  const [, path = '', reason = problem] = /^(\/[^:\s]*): ([\s\S]*)$/.exec(problem) ?? []
  const line = /at line (\d+)/.exec(reason)?.[1]
  if (path === '' && line !== undefined) return [say.line(line), say.yaml]
  const step = /^\/(?:steps\/)?(\d+)/.exec(path)?.[1]
  const inside = path.replace(/^\/(?:steps\/)?\d+\/?/, '').replace(/^\//, '')
  const place =
    step === undefined ? path.slice(1) || say.whole : [say.step(Number(step) + 1), inside].filter(Boolean).join(', ')
  const keys = /^Unrecognized keys?: (.*)$/s.exec(reason)?.[1]
  if (keys !== undefined) return [place, say.unknownKey(keys)]
  if (path === '/steps') return [place, say.steps]
  if (step !== undefined && inside === '') return [place, say.unknownStep]
  return [place, path === '' ? say.steps : say.other]
}

const Problems = ({ frame, problems }: Pick<Props, 'frame' | 'problems'>) =>
  problems.length === 0 ? null : (
    <ul id="source-wrong" class="script-problems">
      {problems.map((problem) => {
        const [place, text] = problemText(problem, frame.words)
        return (
          <li>
            <b safe>{`! ${place}: `}</b>
            <span safe>{text}</span>
          </li>
        )
      })}
    </ul>
  )

/** One scripted call, as it is written. */
export const scriptPage = ({ frame, profile, entry, problems, wrong, status }: Props): View => {
  const { scripts: words } = frame.words
  const mayChange = may(frame, 'agents.change')
  const title = entry.id === '' ? words.newTitle : entry.name
  return {
    title,
    place: 'agents',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={title}
          sentence={words.newLead}
          back={{ href: scriptsPath(profile), label: words.back }}
        />
        <Message text={wrong.all} tone="wrong" />
        <section class="card form-card script-card" aria-label={title}>
          <form method="post" action={scriptsPath(profile, '/save')} class="form-lines">
            <Csrf frame={frame} />
            <input type="hidden" name="id" value={entry.id} />
            <fieldset class="tool-fields" disabled={!mayChange}>
              <TextField type="text" name="name" label={words.name} value={entry.name} wrong={wrong.name} />
              <label class="field">
                <span safe>{words.source}</span>
                <textarea
                  id="source"
                  name="source"
                  rows="22"
                  class="mono"
                  spellcheck="false"
                  aria-describedby={problems.length === 0 ? 'source-help' : 'source-wrong source-help'}
                  aria-invalid={problems.length === 0 ? undefined : 'true'}
                  safe
                >
                  {`\n${entry.source}`}
                </textarea>
                <Problems frame={frame} problems={problems} />
              </label>
              <p id="source-help" class="tool-help" safe>
                {words.sourceHelp}
              </p>
              {mayChange ? (
                <div class="form-actions">
                  <button class="button primary" type="submit" safe>
                    {words.save}
                  </button>
                </div>
              ) : null}
            </fieldset>
          </form>
          {mayChange && entry.id !== '' ? (
            <form
              method="post"
              action={scriptsPath(profile, `/${encodeURIComponent(entry.id)}/remove`)}
              class="script-remove"
            >
              <Csrf frame={frame} />
              <span class="tool-help" safe>
                {words.removeHelp}
              </span>
              <button class="button danger" type="submit" safe>
                {words.remove}
              </button>
            </form>
          ) : null}
        </section>
      </>
    ),
  }
}
