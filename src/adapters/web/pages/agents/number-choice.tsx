import type { RungAgent } from '../../../../application/agents/read-releases.ts'
import { numberText } from '../numbers.tsx'
import type { AgentProps } from './agent-frame.tsx'

/** Whom each number rings now, as Retell last said. */
export type Rung = ReadonlyMap<string, readonly RungAgent[]>

interface Props extends AgentProps {
  readonly numbers: readonly string[]
  readonly chosen: readonly string[]
  readonly rung: Rung
}

const ringsNow = ({ frame, agent, rung }: Props, number: string): string => {
  const { releases } = frame.words
  const now = rung.get(number)
  const others = now?.filter(({ retellAgentId }) => retellAgentId !== agent.retellAgentId) ?? []
  return [
    ...(agent.numbers.some((one) => one === number) ? [releases.ringsIt] : []),
    ...others.map(({ name, retellAgentId }) => releases.ringsOther(name || retellAgentId)),
    ...(now?.length === 0 ? [releases.ringsNobody] : []),
  ].join(' · ')
}

/** The numbers of a company to choose from, each with whom it rings now. */
export const NumberChoice = (props: Props): JSX.Element => {
  const { frame, profile, agent, numbers, chosen, rung } = props
  const takesAway = numbers.some((number) => rung.get(number)?.some((one) => one.retellAgentId !== agent.retellAgentId))
  return (
    <>
      {numbers.map((number) => (
        <label class="check number-choice">
          <input type="checkbox" name="number" value={number} checked={chosen.includes(number)} />
          <span>
            <span safe>{numberText(number, profile)}</span> <small safe>{ringsNow(props, number)}</small>
          </span>
        </label>
      ))}
      {takesAway ? (
        <p class="faint takes-away" safe>
          {frame.words.releases.takesAway}
        </p>
      ) : null}
    </>
  )
}
