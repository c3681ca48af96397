import type { Gate } from '../../../../application/agents/gate.ts'
import type { SemanticDiff } from '../../../../domain/agents/semantic-diff.ts'
import { may, type View } from '../../frame.ts'
import { Csrf, TextField } from '../fields.tsx'
import { type AgentProps, AgentTop, agentName, agentPath, type Told } from './agent-frame.tsx'
import { summaryText } from './diff-summary.ts'
import { Findings } from './findings.tsx'
import { NumberChoice, type Rung } from './number-choice.tsx'

/** As ticked and typed. */
export interface PublishEntry {
  readonly reach: 'numbers' | 'nobody'
  readonly numbers: readonly string[]
  readonly confirmed: readonly string[]
  readonly message: string
}

interface Props extends AgentProps, Told {
  /** Undefined: there is nothing that could be published. */
  readonly gate: Gate | undefined
  /** Were others asked as well? */
  readonly asked: boolean
  /** From what callers reach. Undefined: they reach nothing yet. */
  readonly changes: SemanticDiff | undefined
  /** All that the company has. */
  readonly numbers: readonly string[]
  readonly rung: Rung
  readonly entry: PublishEntry
}

/** Functions that callers would miss, and those of which somebody said that they may go. */
const removedIn = ({ findings }: Gate): readonly string[] => [
  ...new Set(
    findings.flatMap((one) => (one.code === 'tool-removed' || one.code === 'tool-removal-confirmed' ? [one.tool] : [])),
  ),
]

const Removed = ({ frame, gate, entry }: Props & { readonly gate: Gate }) => {
  const { releases } = frame.words
  const names = removedIn(gate)
  return names.length === 0 ? null : (
    <fieldset class="checks">
      <legend safe>{releases.removed}</legend>
      <p class="faint" safe>
        {releases.removedHelp}
      </p>
      {names.map((name) => (
        <label class="check">
          <input type="checkbox" name="confirmed" value={name} checked={entry.confirmed.includes(name)} />
          <span safe>{releases.removedOne(name)}</span>
        </label>
      ))}
    </fieldset>
  )
}

const Reach = ({ frame, profile, agent, numbers, entry, rung }: Props) => {
  const { releases } = frame.words
  const Choice = (props: { readonly value: PublishEntry['reach']; readonly label: string }) => (
    <label class="check">
      <input type="radio" name="reach" value={props.value} checked={entry.reach === props.value} />
      <span safe>{props.label}</span>
    </label>
  )
  return (
    <fieldset class="checks">
      <legend safe>{releases.reach}</legend>
      <Choice value="numbers" label={releases.reachNumbers} />
      <div class="check-children">
        {numbers.length === 0 ? <p safe>{releases.noNumbersAtAll}</p> : null}
        <NumberChoice
          frame={frame}
          profile={profile}
          agent={agent}
          numbers={numbers}
          chosen={entry.numbers}
          rung={rung}
        />
      </div>
      <Choice value="nobody" label={releases.reachNobody} />
    </fieldset>
  )
}

const Changes = ({ frame, profile, agent, gate, changes }: Props & { readonly gate: Gate }) => {
  const { releases } = frame.words
  const text =
    changes === undefined
      ? releases.changesFirst
      : changes.sections.length === 0
        ? releases.changesNone
        : summaryText(changes, frame.words)
  return (
    <section class="card side-card" aria-labelledby="changes-title">
      <h2 id="changes-title" safe>
        {releases.changes}
      </h2>
      <p class="diff-summary" safe>
        {text}
      </p>
      {changes === undefined || changes.sections.length === 0 ? null : (
        <a href={agentPath(profile, agent, `/diff?from=${agent.live}&to=${gate.version}`)} safe>
          {releases.seeChanges}
        </a>
      )}
    </section>
  )
}

const Form = (props: Props & { readonly gate: Gate }) => {
  const { frame, profile, agent, gate, entry } = props
  const { releases } = frame.words
  return (
    <form method="post" action={agentPath(profile, agent, '/publish')} class="card form-card form-lines">
      <Csrf frame={frame} />
      <input type="hidden" name="version" value={String(gate.version)} />
      <Removed {...props} />
      <Reach {...props} />
      <TextField
        type="text"
        name="message"
        label={releases.message}
        value={entry.message}
        optional={releases.reasonHint}
      />
      <button class="button primary" type="submit" safe>
        {releases.publish}
      </button>
    </form>
  )
}

/** What a version would do to callers, and the form that makes it what they reach. */
export const publishPage = (props: Props): View => {
  const { frame, profile, agent, gate, asked } = props
  const { releases, agents } = frame.words
  return {
    title: `${agentName(agent)}: ${agents.tabs.publish}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop
          {...props}
          here="publish"
          title={gate === undefined ? agents.tabs.publish : releases.publishTitle(agents.version(gate.version))}
          sentence={releases.publishLead}
        />
        {gate === undefined ? (
          <p class="card side-card" safe>
            {agents.wrong.nothingToPublish}
          </p>
        ) : (
          <div class="agent-columns">
            <div class="stack">
              <section class="card side-card" aria-labelledby="findings-title">
                <div class="card-head">
                  <h2 id="findings-title" safe>
                    {releases.findings}
                  </h2>
                  {asked ? null : (
                    <a href={agentPath(profile, agent, '/publish?asks=1')} safe>
                      {releases.ask}
                    </a>
                  )}
                </div>
                <Findings frame={frame} findings={gate.findings} asked={asked} />
              </section>
            </div>
            <div class="stack">
              <Changes {...props} gate={gate} />
              {may(frame, 'agents.change') ? <Form {...props} gate={gate} /> : null}
            </div>
          </div>
        )}
      </>
    ),
  }
}
