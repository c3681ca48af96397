import { likeness } from '../likeness.ts'

const mostDistant = 2
const most = 3

/**
 * Numbers of ours that differ from a dialled one in at most two digits, nearest first, at most three: shown to an
 * operator, never routed by.
 */
export const nearMisses = <Line extends { readonly number: string }>(
  dialled: string | undefined,
  lines: readonly Line[],
): readonly { readonly line: Line; readonly distance: number }[] => {
  const digits = (dialled ?? '').replace(/\D/g, '').slice(0, 20)
  if (digits.length < 6) return []
  return lines
    .filter(({ number }) => Math.abs(number.length - 1 - digits.length) <= mostDistant)
    .map((line) => ({ line, distance: distanceOf(digits, line.number.replace(/\D/g, '')) }))
    .filter(({ distance }) => distance <= mostDistant)
    .toSorted((one, other) => one.distance - other.distance || (one.line.number < other.line.number ? -1 : 1))
    .slice(0, most)
}

const distanceOf = (one: string, other: string): number =>
  Math.round((1 - likeness(one, other)) * Math.max(one.length, other.length))
