import type * as z from 'zod'

export interface CompanyFileProblem {
  /** Counted from 1; undefined when the company came as an object. */
  readonly line: number | undefined
  /** A JSON pointer such as `/branches/0/phone_numbers/1`. */
  readonly path: string
  /** A plain sentence that names the field and the cure. It never holds a secret's value. */
  readonly message: string
}

/** A place in the file: keys, and positions in lists. */
export type Path = readonly (string | number)[]
/** A predicate about a place: `is missing. Add it.`. */
export interface Finding {
  readonly path: Path
  readonly complaint: string
  /** Where it differs from the line of the place. */
  readonly line?: number | undefined
}

export const pointer = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const singular: { readonly [list: string]: string } = {
  branches: 'branch',
  services: 'service',
  staff: 'colleague',
  customers: 'customer',
  agents: 'agent',
}

/** A key as the file has it, in quotes where it is no plain word. */
const word = (step: string): string => (/^[\w-]+$/.test(step) ? step : JSON.stringify(step))
const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text)

/** A place in words: `phone_numbers of branch mitte`, `company.time_zone`. `slugOf` names an entry of a list, if it can. */
export const placeInWords = (path: Path, slugOf: (path: Path) => string | undefined): string => {
  const [list, position, ...rest] = path
  if (list === undefined) return 'The file'
  const field = (steps: Path) =>
    shortened(steps.flatMap((step) => (typeof step === 'string' ? [word(step)] : [])).join('.'))
  if (typeof position !== 'number') return field(path)
  const entry = `${singular[list] ?? list} ${slugOf([list, position]) ?? position + 1}`
  const inside = field(rest)
  return inside === '' ? entry : `${inside} of ${entry}`
}

const expected: { readonly [type: string]: string } = {
  string: 'must be text. Put it in quotes.',
  number: 'must be a number, without quotes.',
  int: 'must be a whole number.',
  boolean: 'must be true or false, without quotes.',
  array: 'must be a list: [one, another].',
  object: 'must be a mapping: { key: value }.',
  record: 'must be a mapping: { key: value }.',
}

/** A wrong type at a place, and which type belongs there; undefined for every other issue. */
export const wrongType = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'invalid_type' ? issue.expected : undefined

/** What zod has to say about a document, one finding each, unions reduced to the form that was meant. */
export const flatten = (issues: readonly z.core.$ZodIssue[], above: Path = []): readonly z.core.$ZodIssue[] =>
  issues.flatMap((issue): readonly z.core.$ZodIssue[] => {
    const path = [...above, ...issue.path]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }]
    const meant = issue.errors.find((errors) => !errors.some((error) => error.path.length === 0 && wrongType(error)))
    return meant ? flatten(meant, path as Path) : [{ ...issue, path }]
  })

/** `present` tells a missing value from a wrong one. */
export const findingsOf = (issue: z.core.$ZodIssue, present: (path: Path) => boolean): readonly Finding[] => {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key, at) => ({ path: [...path, key], complaint: issue.message.split('\n')[at] ?? '' }))
  return [{ path, complaint: present(path) ? complaintOf(issue) : 'is missing. Add it.' }]
}

const complaintOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return expected[issue.expected] ?? 'has the wrong type.'
    case 'too_small':
      if (issue.origin === 'array') return 'is empty. Write at least one entry.'
      return issue.origin === 'string' ? 'is empty. Write something.' : `must be at least ${issue.minimum}.`
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' letters long' : ''}.`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}.`
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? `must be ${issue.options.map(String).join(' or ')}.`
        : 'must be text or a mapping.'
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is no usable key.'
    default:
      return issue.message
  }
}
