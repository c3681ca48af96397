import { align } from './align.ts'
import { unitsOf } from './text-diff.ts'

/** Units of the base from `from` to before `to`, and what stands there instead. */
interface Replaced {
  readonly from: number
  readonly to: number
  readonly text: string
}

const replacedIn = (base: readonly string[], side: readonly string[]): readonly Replaced[] => {
  const replaced: Replaced[] = []
  let [i, j] = [0, 0]
  for (const [toI, toJ] of [...align(base, side), [base.length, side.length] as const]) {
    if (i < toI || j < toJ) replaced.push({ from: i, to: toI, text: side.slice(j, toJ).join('') })
    ;[i, j] = [toI + 1, toJ + 1]
  }
  return replaced
}

const isSame = (one: Replaced, other: Replaced): boolean =>
  one.from === other.from && one.to === other.to && one.text === other.text

/**
 * A text that both sides changed, with the changes of both. Undefined: they changed the same sentences, or sentences side
 * by side, and a person has to read them. What both changed in the same way is no matter of dispute.
 */
export const mergeText = (base: string, ours: string, theirs: string): string | undefined => {
  const [units, mine, others] = [base, ours, theirs].map((text) =>
    unitsOf(text).map(({ words, space }) => words + space),
  )
  if (units === undefined || mine === undefined || others === undefined) return undefined
  const [by, also] = [replacedIn(units, mine), replacedIn(units, others)]
  const all = [...by, ...also.filter((other) => !by.some((one) => isSame(one, other)))].toSorted(
    (one, other) => one.from - other.from || one.to - other.to,
  )
  if (all.some(({ from }, index) => from <= (all[index - 1]?.to ?? -1))) return undefined
  let [merged, at] = ['', 0]
  for (const { from, to, text } of all) {
    merged += units.slice(at, from).join('') + text
    at = to
  }
  return merged + units.slice(at).join('')
}
