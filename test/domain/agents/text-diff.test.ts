import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../../src/domain/agents/align.ts'
import { textDiff, unitsOf } from '../../../src/domain/agents/text-diff.ts'

type Pair = ReturnType<typeof align>[number]

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 })

/** The length of a longest common subsequence, by the book. */
const longest = (one: readonly string[], other: readonly string[]): number => {
  let row = new Array<number>(other.length + 1).fill(0)
  for (const letter of one) {
    const next = [0]
    for (const [j, otherLetter] of other.entries()) {
      next.push(letter === otherLetter ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const isAligned = (pairs: readonly Pair[], one: readonly string[], other: readonly string[]): boolean =>
  pairs.every(([i, j], index) => {
    const [lastI, lastJ] = pairs[index - 1] ?? [-1, -1]
    return lastI < i && lastJ < j && i < one.length && j < other.length && one[i] === other[j]
  })

const shuffled = (length: number, seed: number): readonly string[] =>
  Array.from({ length }, (_, index) => index)
    .toSorted((one, other) => ((one * seed) % 7919) - ((other * seed) % 7919))
    .map(String)

describe('aligned lists', () => {
  it('have as much in common as they can', () => {
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const pairs = align(one, other)
        expect(isAligned(pairs, one, other)).toBe(true)
        expect(pairs).toHaveLength(longest(one, other))
        expect(align(other, one)).toEqual(pairs.map(([i, j]) => [j, i]))
      }),
      { numRuns: 1000 },
    )
  })

  it('find again what is unique when they differ in more than can be followed', () => {
    const [one, other] = [shuffled(3000, 31), shuffled(3000, 17)]
    const pairs = align([...one, 'x', ...other, 'x'], [...other, 'x', ...one])
    expect(isAligned(pairs, [...one, 'x', ...other, 'x'], [...other, 'x', ...one])).toBe(true)
    const moved = align(one, other)
    expect(isAligned(moved, one, other)).toBe(true)
    expect(moved.length).toBeGreaterThanOrEqual(longest(one, other) * 0.9)
    expect(align(other, one)).toEqual(moved.map(([i, j]) => [j, i]))
  })
})

const piece = fc.constantFrom(
  'Guten Tag.',
  'Wie heißen Sie?',
  'Am 3. Mai!',
  'z. B.',
  ' ',
  '\n',
  '\n\n',
  'und',
  '„Ja.“',
  '1. ',
)
const text = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 20 }),
)

describe('units of a text', () => {
  it('are the text', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(
          unitsOf(whole)
            .map(({ words, space }) => words + space)
            .join(''),
        ).toBe(whole)
      }),
    )
  })

  it.each<[string, readonly string[]]>([
    ['Guten Tag. Wie heißen Sie? Gut!', ['Guten Tag.', 'Wie heißen Sie?', 'Gut!']],
    ['Am 3. Mai, z. B. um 9 Uhr.', ['Am 3. Mai, z. B. um 9 Uhr.']],
    ['Fragen Sie Dr. Probe. Er sagt: „Ja.“ Dann weiter.', ['Fragen Sie Dr. Probe.', 'Er sagt: „Ja.“', 'Dann weiter.']],
    ['# Regeln\n\n1. Begrüßen\n2. Fragen', ['# Regeln', '1. Begrüßen', '2. Fragen']],
    ['', []],
  ])('are sentences and lines: %s', (whole, sentences) => {
    expect(unitsOf(whole).map(({ words }) => words)).toEqual(sentences)
  })
})

const partOf = (runs: ReturnType<typeof textDiff>['runs'], left: 'added' | 'removed'): string =>
  runs.map((run) => (run.kind === left ? '' : run.text)).join('')
const mirror = { kept: 'kept', added: 'removed', removed: 'added' } as const

describe('how a text changed', () => {
  it('tells both texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { runs } = textDiff(before, after)
        expect(partOf(runs, 'added')).toBe(before)
        expect(partOf(runs, 'removed')).toBe(after)
        expect(runs.every((run) => run.kind === 'kept')).toBe(before === after)
        expect(runs.every((run, index) => run.text !== '' && run.kind !== runs[index - 1]?.kind)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is mirrored when the texts are swapped', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [there, back] = [textDiff(before, after), textDiff(after, before)]
        expect([back.sentencesAdded, back.sentencesRemoved]).toEqual([there.sentencesRemoved, there.sentencesAdded])
        for (const kind of ['kept', 'added', 'removed'] as const) {
          expect(back.runs.filter((run) => run.kind === mirror[kind]).map((run) => run.text)).toEqual(
            there.runs.filter((run) => run.kind === kind).map((run) => run.text),
          )
        }
      }),
    )
  })

  it('is as little as a person would say', () => {
    expect(textDiff('Guten Tag.', 'Guten Tag. Wie heißen Sie? Danke.')).toEqual({
      runs: [
        { kind: 'kept', text: 'Guten Tag.' },
        { kind: 'added', text: ' Wie heißen Sie? Danke.' },
      ],
      sentencesAdded: 2,
      sentencesRemoved: 0,
    })
    expect(textDiff('Eins. Zwei.\nDrei.', 'Eins.\nZwei. Vier.').runs).toEqual([
      { kind: 'kept', text: 'Eins.' },
      { kind: 'removed', text: ' ' },
      { kind: 'added', text: '\n' },
      { kind: 'kept', text: 'Zwei.' },
      { kind: 'removed', text: '\nDrei.' },
      { kind: 'added', text: ' Vier.' },
    ])
  })

  const sentence = (index: number) => `Dies ist der ${index} Satz des langen Textes, und er sagt ${index * 31}.`
  const long = Array.from({ length: 2_300 }, (_, index) => sentence(index))

  it.each<[string, readonly string[]]>([
    ['the same with some changes', long.map((one, index) => (index % 40 === 0 ? `${one} Neu ${index}.` : one))],
    ['another one', long.map((one) => one.toUpperCase())],
    ['the same in another order', shuffled(2_300, 31).map((index) => long[Number(index)] ?? '')],
    ['one that says one thing again and again', long.map((_, index) => `Ja ${index % 3}.`)],
  ])('is known at once for the longest prompts there are: %s', (_, changed) => {
    const [before, after] = [long.join(' '), changed.join(' ')]
    expect(before.length).toBeGreaterThan(128_000)
    textDiff(before, after)
    const began = performance.now()
    textDiff(before, after)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
