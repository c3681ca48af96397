import type { Words } from '../words/words.ts'

/** A line without axes: whether it rose or fell today. Values from 0 up. */
export const Sparkline = ({ values }: { readonly values: readonly number[] }): JSX.Element => {
  const highest = Math.max(1, ...values)
  const points = values
    .map(
      (value, index) =>
        `${round((index / Math.max(1, values.length - 1)) * 100)},${round(28 - (value / highest) * 24)}`,
    )
    .join(' ')
  return (
    <svg class="sparkline" viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <polyline points={points} />
    </svg>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10

const HEIGHT = 132
const BASE = 108

/** Calls by hour as bars, the booked ones filled; the table behind it is one click away. */
export const HoursChart = (props: {
  readonly words: Words
  readonly calls: readonly number[]
  readonly booked: readonly number[]
  /** First and last hour shown, both included. */
  readonly from: number
  readonly to: number
}): JSX.Element => {
  const { words, calls, booked, from, to } = props
  const hours = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const highest = Math.max(4, ...calls)
  const step = 100 / hours.length
  const tall = (count: number) => round((count / highest) * (BASE - 12))
  return (
    <figure class="chart">
      <svg class="hours" width="100%" height={String(HEIGHT)} role="img" aria-label={words.overview.byHour}>
        {[0.5, 1].map((part) => (
          <line
            class="grid"
            x1="0"
            x2="100%"
            y1={String(BASE - part * (BASE - 12))}
            y2={String(BASE - part * (BASE - 12))}
          />
        ))}
        <line class="axis" x1="0" x2="100%" y1={String(BASE)} y2={String(BASE)} />
        {hours.map((hour, index) => {
          const all = calls[hour] ?? 0
          const some = booked[hour] ?? 0
          const x = `${round(index * step + step * 0.2)}%`
          const width = `${round(step * 0.6)}%`
          const middle = `${round(index * step + step / 2)}%`
          return (
            <g>
              <title safe>{`${words.overview.hourLabel(hour)}: ${words.overview.bars(all, some)}`}</title>
              <rect class="all" x={x} width={width} y={String(BASE - tall(all))} height={String(tall(all))} rx="3" />
              <rect class="some" x={x} width={width} y={String(BASE - tall(some))} height={String(tall(some))} rx="3" />
              <text x={middle} y={String(HEIGHT - 6)} text-anchor="middle">
                {hour}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption>
        <span class="key">
          <span class="swatch all" aria-hidden="true"></span>
          <span safe>{words.overview.calls}</span>
        </span>
        <span class="key">
          <span class="swatch some" aria-hidden="true"></span>
          <span safe>{words.overview.booked}</span>
        </span>
      </figcaption>
      <details class="behind">
        <summary safe>{words.overview.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col" safe>
                {words.overview.hour}
              </th>
              <th scope="col" safe>
                {words.overview.calls}
              </th>
              <th scope="col" safe>
                {words.overview.booked}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map((hour) => (
              <tr>
                <th scope="row" safe>
                  {words.overview.hourLabel(hour)}
                </th>
                <td>{calls[hour] ?? 0}</td>
                <td>{booked[hour] ?? 0}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
