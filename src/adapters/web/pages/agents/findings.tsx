import type { Gate } from '../../../../application/agents/gate.ts'
import type { GateFinding } from '../../../../application/agents/gate-finding.ts'
import { sayFinding } from '../../../../application/agents/gate-words.ts'
import type { Frame } from '../../frame.ts'
import { Tag, type Tone } from '../parts.tsx'

const severities = ['error', 'warning', 'hint'] as const
const tones: { readonly [Severity in GateFinding['severity']]: Tone } = {
  error: 'wrong',
  warning: 'wait',
  hint: 'plain',
}
const signs: { readonly [Severity in GateFinding['severity']]: string } = { error: '!', warning: '△', hint: 'i' }

const Finding = ({ frame, one }: { readonly frame: Frame; readonly one: GateFinding }) => {
  const { found, cure } = sayFinding(one, frame.words.code)
  return (
    <li class="finding">
      <p safe>{found}</p>
      <p class="finding-cure" safe>
        {cure}
      </p>
      {one.path === '' ? null : <code safe>{one.path}</code>}
    </li>
  )
}

/** What was found, worst first, each with what helps. */
export const Findings = (props: {
  readonly frame: Frame
  readonly findings: Gate['findings']
  readonly asked: boolean
}): JSX.Element => {
  const { frame, findings, asked } = props
  const { releases } = frame.words
  return (
    <div class="gate-findings">
      {findings.length === 0 ? (
        <p>
          <Tag tone="done" label={releases.findingsNone} />
        </p>
      ) : null}
      {severities
        .map((severity) => ({ severity, some: findings.filter((one) => one.severity === severity) }))
        .filter(({ some }) => some.length > 0)
        .map(({ severity, some }) => (
          <section class="finding-group" aria-labelledby={`findings-${severity}`}>
            <h3 id={`findings-${severity}`}>
              <Tag
                tone={tones[severity]}
                sign={signs[severity]}
                label={`${releases.severities[severity]} (${some.length})`}
              />
            </h3>
            <ul>
              {some.map((one) => (
                <Finding frame={frame} one={one} />
              ))}
            </ul>
          </section>
        ))}
      <p class="faint" safe>
        {asked ? releases.findingsAsked : releases.findingsPaper}
      </p>
    </div>
  )
}
