import type { OutcomeDifference, RateInterval } from '../../../../domain/agents/outcome-guard.ts'
import { number, percent } from '../../format.ts'
import type { Frame } from '../../frame.ts'
import { Tag, type Tone } from '../parts.tsx'

interface Props {
  readonly frame: Frame
  readonly differences: readonly OutcomeDifference[]
}

const ends = [0.1, 0.2, 0.5, 1] as const

/** As far as the chart reaches, so that small shares can be told apart. */
const endOf = (differences: readonly OutcomeDifference[]): number => {
  const highest = Math.max(0.01, ...differences.flatMap(({ live, candidate }) => [live.high, candidate.high]))
  return ends.find((one) => highest <= one) ?? 1
}

const at = (share: number, end: number): string => `${Math.round(Math.min(1, share / end) * 1000) / 10}%`

const Range = (props: { readonly side: 'live' | 'candidate'; readonly one: RateInterval; readonly end: number }) => {
  const { side, one, end } = props
  const y = side === 'live' ? '13' : '31'
  return (
    <g class={side}>
      <line class="range" x1={at(one.low, end)} x2={at(one.high, end)} y1={y} y2={y} />
      {one.rate === undefined ? null : side === 'live' ? (
        <circle cx={at(one.rate, end)} cy={y} r="5" />
      ) : (
        <rect x={at(one.rate, end)} y={y} width="10" height="10" transform="translate(-5 -5)" />
      )}
    </g>
  )
}

const tones: { readonly [Verdict in OutcomeDifference['verdict']]: readonly [tone: Tone, sign: string] } = {
  better: ['done', '↑'],
  worse: ['wrong', '↓'],
  open: ['plain', '○'],
}

const Verdict = ({ frame, one }: { readonly frame: Frame; readonly one: OutcomeDifference }) => {
  const [tone, sign] = tones[one.verdict]
  return <Tag tone={tone} sign={sign} label={frame.words.rollouts.verdicts[one.verdict]} />
}

const rateText = ({ rate, low, high, of }: RateInterval, { words }: Frame): string => {
  const { rollouts } = words
  if (rate === undefined) return rollouts.noRate
  const share = (value: number) => percent(value, words.code)
  return `${share(rate)} (${rollouts.range(share(low), share(high))}) · ${rollouts.ofCalls(of)}`
}

const differenceText = ({ difference, low, high }: OutcomeDifference, { words }: Frame): string => {
  const { rollouts } = words
  if (difference === undefined) return rollouts.noRate
  const points = (value: number) => `${value > 0 ? '+' : ''}${number(value * 100, words.code, 1)}`
  return `${rollouts.points(points(difference))} (${rollouts.range(points(low), points(high))})`
}

const Table = ({ frame, differences }: Props) => {
  const { columns, kinds, asTable } = frame.words.rollouts
  return (
    <details class="behind">
      <summary safe>{asTable}</summary>
      <section class="table-scroll" tabindex="0" aria-label={asTable}>
        <table>
          <thead>
            <tr>
              {[columns.what, columns.live, columns.candidate, columns.difference, columns.verdict].map((name) => (
                <th scope="col" safe>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map((one) => (
              <tr>
                <th scope="row" safe>
                  {kinds[one.kind]}
                </th>
                <td safe>{rateText(one.live, frame)}</td>
                <td safe>{rateText(one.candidate, frame)}</td>
                <td safe>{differenceText(one, frame)}</td>
                <td safe>{frame.words.rollouts.verdicts[one.verdict]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** How callers of both versions fare: each share with the range in which the true one lies, the table one click away. */
export const RolloutChart = ({ frame, differences }: Props): JSX.Element => {
  const { rollouts } = frame.words
  const end = endOf(differences)
  return (
    <figure class="chart outcome-chart">
      <figcaption>
        <span class="key">
          <span class="swatch live-swatch" aria-hidden="true"></span>
          <span safe>{rollouts.live}</span>
        </span>
        <span class="key">
          <span class="swatch candidate-swatch" aria-hidden="true"></span>
          <span safe>{rollouts.candidate}</span>
        </span>
      </figcaption>
      {differences.map((one) => (
        <div class="outcome-row">
          <span class="outcome-name" safe>
            {rollouts.kinds[one.kind]}
          </span>
          <svg
            class="outcome-plot"
            width="100%"
            height="44"
            role="img"
            aria-label={`${rollouts.kinds[one.kind]}: ${rollouts.live} ${rateText(one.live, frame)}, ${rollouts.candidate} ${rateText(one.candidate, frame)}`}
          >
            {[0, 0.5, 1].map((part) => (
              <line class="grid" x1={`${part * 100}%`} x2={`${part * 100}%`} y1="0" y2="44" />
            ))}
            <Range side="live" one={one.live} end={end} />
            <Range side="candidate" one={one.candidate} end={end} />
          </svg>
          <Verdict frame={frame} one={one} />
        </div>
      ))}
      <div class="outcome-row outcome-axis" aria-hidden="true">
        <span class="outcome-name"></span>
        <span class="axis-labels">
          {[0, 0.5, 1].map((part) => (
            <span safe>{percent(part * end, frame.words.code)}</span>
          ))}
        </span>
        <span></span>
      </div>
      <Table frame={frame} differences={differences} />
    </figure>
  )
}
