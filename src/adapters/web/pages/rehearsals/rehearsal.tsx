import type { PlayedScript, RehearsalFault, RehearsalLine } from '../../../../application/agents/rehearse.ts'
import type { Rehearsal } from '../../../../application/ports/rehearsals.ts'
import { textIn } from '../../../../domain/agents/json-places.ts'
import type { JsonObject } from '../../../../domain/canonical-json.ts'
import { dayAndTime } from '../../format.ts'
import { type Frame, may, readingOf, type View } from '../../frame.ts'
import { type AgentProps, agentName, agentPath } from '../agents/agent-frame.tsx'
import { Csrf } from '../fields.tsx'
import { PageHead, type Tone } from '../parts.tsx'
import { toolStatusWord, toolTone } from '../timeline.tsx'
import { PassedTag } from './rehearsal-list.tsx'

interface Props extends AgentProps {
  readonly rehearsal: Rehearsal
  readonly scripts: readonly PlayedScript[]
}

const Faults = ({ frame, faults }: { readonly frame: Frame; readonly faults: readonly RehearsalFault[] }) =>
  faults.length === 0 ? null : (
    <ul class="rehearsal-faults">
      {faults.map((fault) => (
        <li class={fault.kind === 'tool-elsewhere' ? 'claim aside' : 'claim'}>
          <span safe>{`${fault.kind === 'tool-elsewhere' ? '' : '! '}${frame.words.rehearsals.fault(fault)}`}</span>
        </li>
      ))}
    </ul>
  )

const Said = ({ frame, line }: { readonly frame: Frame; readonly line: Exclude<RehearsalLine, { kind: 'tool' }> }) => {
  const { rehearsals, code } = frame.words
  if (line.text === '')
    return (
      <p class="faint" safe>
        {`${rehearsals.speakers[line.kind]}: ${rehearsals.silent}`}
      </p>
    )
  return (
    <p class={`said ${line.kind === 'caller' ? 'user' : 'agent'}`}>
      <b class="speaker" safe>
        {rehearsals.speakers[line.kind]}
      </b>
      <span safe>{code === 'de' ? `„${line.text}“` : `“${line.text}”`}</span>
    </p>
  )
}

type ToolLine = Extract<RehearsalLine, { kind: 'tool' }>

const toneOf = ({ answer, faults }: ToolLine): Tone => {
  if (faults.some(({ kind }) => kind !== 'tool-elsewhere')) return 'wrong'
  return answer ? toolTone({ status: textIn(answer, 'status') ?? '', output: answer }) : 'plain'
}

const Document = ({ title, value }: { readonly title: string; readonly value: JsonObject }) => (
  <div class="document">
    <h4 safe>{title}</h4>
    <pre tabindex="0" safe>
      {JSON.stringify(value, null, 2)}
    </pre>
  </div>
)

const Asked = ({ frame, line }: { readonly frame: Frame; readonly line: ToolLine }) => {
  const { rehearsals } = frame.words
  const { tool, args, answer, faults } = line
  const status = answer ? toolStatusWord(textIn(answer, 'status') ?? '', frame.words) : rehearsals.notAsked
  const given = Object.values(args).filter((one) => typeof one === 'string' && one !== '')
  const message = answer && textIn(answer, 'message')
  return (
    <>
      <details class="tool">
        <summary>
          <span class="tool-head">
            <b class="tool-name" safe>
              {tool}
            </b>
            <span class={`tool-status ${toneOf(line)}`} safe>
              {status}
            </span>
          </span>
          {given.length === 0 && message === undefined ? null : (
            <span class="tool-line" safe>
              {[given.join(', '), message].filter(Boolean).join(' → ')}
            </span>
          )}
        </summary>
        <div class="tool-body">
          <Document title={rehearsals.asked} value={args} />
          {answer ? <Document title={rehearsals.answered} value={answer} /> : null}
        </div>
      </details>
      <Faults frame={frame} faults={faults} />
    </>
  )
}

const Line = ({ frame, line }: { readonly frame: Frame; readonly line: RehearsalLine }) => (
  <li class="rehearsal-line">
    <span class={`bullet ${line.kind === 'tool' ? toneOf(line) : 'plain'}`} aria-hidden="true"></span>
    <div class="entry-body">
      {line.kind === 'tool' ? <Asked frame={frame} line={line} /> : <Said frame={frame} line={line} />}
    </div>
  </li>
)

const Effects = ({ frame, script }: { readonly frame: Frame; readonly script: PlayedScript }) => {
  const { rehearsals } = frame.words
  return (
    <dl class="effects" aria-label={rehearsals.effects}>
      {(['booked', 'rescheduled', 'cancelled'] as const).map((one) => (
        <div>
          <dt safe>{rehearsals[one]}</dt>
          <dd safe>{String(script.effects[one])}</dd>
        </div>
      ))}
    </dl>
  )
}

const Script = ({ frame, script }: { readonly frame: Frame; readonly script: PlayedScript }) => {
  const { rehearsals } = frame.words
  const title = script.isUsual ? rehearsals.usual : script.name
  return (
    <section class="card rehearsal-script" aria-label={title}>
      <div class="card-head">
        <div>
          <h2 safe>{title}</h2>
          <p class="tool-help" safe>
            {rehearsals.callAt(dayAndTime(script.at, readingOf(frame)))}
          </p>
        </div>
        <PassedTag frame={frame} passed={script.passed} />
      </div>
      {script.faults.length === 0 ? null : (
        <div class="findings" role="note">
          <h3 safe>{rehearsals.faults}</h3>
          <ul>
            {script.faults.map((fault) => (
              <li safe>{rehearsals.fault(fault)}</li>
            ))}
          </ul>
        </div>
      )}
      {script.lines.length === 0 ? (
        <p class="calm rehearsal-empty" safe>
          {rehearsals.noLines}
        </p>
      ) : (
        <ol class="rehearsal-lines">
          {script.lines.map((line) => (
            <Line frame={frame} line={line} />
          ))}
        </ol>
      )}
      <Effects frame={frame} script={script} />
    </section>
  )
}

/** What a caller would have heard, script by script, and what was wrong with it. */
export const rehearsalPage = ({ frame, profile, agent, rehearsal, scripts }: Props): View => {
  const { rehearsals } = frame.words
  const title = rehearsals.reportTitle(rehearsal.version)
  return {
    title: `${title}: ${agentName(agent)}`,
    place: 'agents',
    content: (
      <>
        <PageHead
          frame={frame}
          title={title}
          sentence={[
            agentName(agent),
            dayAndTime(rehearsal.at, readingOf(frame)),
            rehearsals.scriptCount(scripts.length),
          ].join(' · ')}
          back={{ href: agentPath(profile, agent, '/rehearsals'), label: rehearsals.back }}
        >
          {may(frame, 'agents.change') ? (
            <form method="post" action={agentPath(profile, agent, '/rehearsals/play')}>
              <Csrf frame={frame} />
              <input type="hidden" name="version" value={String(rehearsal.version)} />
              <button class="button" type="submit" safe>
                {rehearsals.again}
              </button>
            </form>
          ) : null}
        </PageHead>
        <div class="stack">
          {scripts.map((script) => (
            <Script frame={frame} script={script} />
          ))}
        </div>
      </>
    ),
  }
}
