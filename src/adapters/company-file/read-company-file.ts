import { err, ok, type Result } from 'neverthrow'
import type * as z from 'zod'
import type { PublicHolidays } from '../../application/ports/holidays.ts'
import type { CompanySpec, CustomerSeed } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'
import { toCustomers, toSpec } from './company-spec.ts'
import { crossChecks } from './cross-checks.ts'
import {
  type CompanyFileProblem,
  type Finding,
  findingsOf,
  flatten,
  type Path,
  placeInWords,
  pointer,
  wrongType,
} from './problem.ts'
import { type Environment, type Resolved, resolve } from './references.ts'
import { regionFindings } from './region-findings.ts'
import { companyFileSchema } from './schema.ts'
import {
  isMapping,
  type Mapping,
  mapLeaves,
  readObject,
  type Source,
  tooLarge,
  tooLargeMessage,
  valueAt,
  withoutEmpty,
} from './source.ts'
import { readYaml } from './yaml-source.ts'

export type { CompanyFileProblem } from './problem.ts'

export interface CompanyFile {
  readonly spec: CompanySpec
  readonly customers: readonly CustomerSeed[]
  /** One for each place that holds a secret; places may share a name. */
  readonly secrets: readonly {
    readonly name: string
    /** Undefined: `${NAME}` is not set here, the stored one stays. */
    readonly value: Secret | undefined
    readonly line: number | undefined
    readonly path: string
  }[]
  /** Where a JSON pointer points to, or what is around it. Undefined when the company came as an object. */
  readonly lineOf: (path: string) => number | undefined
}

/**
 * Reads a company file, YAML text or an object of the same shape, with every `${NAME}` taken from `environment`.
 * The error holds every mistake of the whole document, by line; only broken YAML hides the mistakes behind it. Without
 * `regionsOf`, any region of public holidays is taken for one.
 */
export const readCompanyFile = (
  source: string | object,
  environment: Environment,
  regionsOf?: PublicHolidays['regionsOf'],
): Result<CompanyFile, readonly CompanyFileProblem[]> => {
  const read = open(source)
  if (read.isErr()) return err(read.error)
  const document = withWrittenNumbers(read.value)
  if (!isMapping(document)) return err([{ line: read.value.lineOf([]), path: '', message: notAMapping }])

  const slug = valueAt(document, ['company', 'slug'])
  const resolved = resolve(document, typeof slug === 'string' ? slug : '', environment)
  const whole = isMapping(resolved.value) ? resolved.value : {}
  const { parsed, content, issues } = parse(whole, resolved)
  const told = tellingOf(read.value, content, resolved)
  const findings = [
    ...read.value.findings,
    ...resolved.findings,
    ...[...unknownEmptyKeys(whole, issues), ...issues]
      .flatMap((issue) => findingsOf(issue, (path) => valueAt(content, path) !== undefined))
      .filter(({ path }) => !silenced(path, resolved)),
    ...crossChecks(content, told),
    ...(regionsOf ? regionFindings(content, regionsOf, told) : []),
  ]
  if (findings.length > 0 || !parsed) return err(problems(findings, read.value, told.words))
  const names = new Map(resolved.secrets.map(({ path, name }) => [pointer(path), name]))
  return ok({
    spec: toSpec(parsed, names),
    customers: toCustomers(parsed),
    secrets: resolved.secrets.map(({ name, value, path }) => ({
      name,
      value,
      line: read.value.lineOf(path),
      path: pointer(path),
    })),
    lineOf: (path) => read.value.lineOf(path.split('/').slice(1)),
  })
}

const notAMapping = 'The file describes no company. Begin with "company: { slug: ..., name: ... }".'
const unreadable = 'The company is too large, nests too deep, or refers to itself. Pass plain data of at most 2 MB.'

const open = (source: string | object): Result<Source, readonly CompanyFileProblem[]> => {
  if (typeof source === 'string')
    return tooLarge(source) ? err([{ line: undefined, path: '', message: tooLargeMessage }]) : readYaml(source)
  const read = isMapping(source) ? readObject(source) : undefined
  if (read) return ok(read)
  return err([{ line: undefined, path: '', message: isMapping(source) ? unreadable : notAMapping }])
}

/** YAML takes `030` and `+4930` for numbers; in a phone number's place they are what was written. */
const withWrittenNumbers = ({ value, writtenAt }: Source): unknown =>
  mapLeaves(value, (leaf, path) => (typeof leaf === 'number' && isPhonePlace(path) ? (writtenAt(path) ?? leaf) : leaf))

const isPhonePlace = (path: Path): boolean =>
  (path[0] === 'branches' && (path[2] === 'phone_numbers' || path[3] === 'transfer_to')) ||
  (path[0] === 'customers' && path[2] === 'phone')

interface Parsed {
  readonly parsed: z.infer<typeof companyFileSchema> | undefined
  /** What was parsed: no empty keys, numbers from the environment as numbers. */
  readonly content: Mapping
  readonly issues: readonly z.core.$ZodIssue[]
}

const parse = (whole: Mapping, resolved: Resolved): Parsed => {
  const content = withoutEmpty(whole)
  const first = companyFileSchema.safeParse(content)
  const issues = flatten(first.error?.issues ?? [])
  const converted = new Map<string, unknown>()
  for (const issue of issues) {
    const place = pointer(issue.path as Path)
    if (!resolved.taken.has(place)) continue
    const value = fromText(valueAt(content, issue.path as Path), wrongType(issue))
    if (value !== undefined) converted.set(place, value)
  }
  const final = mapLeaves(content, (leaf, path) => converted.get(pointer(path)) ?? leaf)
  const again = converted.size === 0 ? first : companyFileSchema.safeParse(final)
  return { parsed: again.data, content: isMapping(final) ? final : {}, issues: flatten(again.error?.issues ?? []) }
}

/** The number or truth value that the environment's text stands for; undefined when it stands for none. */
const fromText = (value: unknown, type: string | undefined): number | boolean | undefined => {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  return (type === 'number' || type === 'int') && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined
}

/** A key without a value counts as left out, but a misspelt one is still told. */
const unknownEmptyKeys = (whole: Mapping, known: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] => {
  const told = new Set(
    known.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => pointer([...(issue.path as Path), key])) : [],
    ),
  )
  return flatten(companyFileSchema.safeParse(whole).error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return []
    const messages = issue.message.split('\n')
    return issue.keys.flatMap((key, at) =>
      told.has(pointer([...(issue.path as Path), key])) ? [] : [{ ...issue, keys: [key], message: messages[at] ?? '' }],
    )
  })
}

/** Where a reference gave no value, that is all there is to say. */
const silenced = (path: Path, { unset }: Resolved): boolean =>
  path.some((_, at) => unset.has(pointer(path.slice(0, at + 1))))

const tellingOf = (source: Source, content: Mapping, { taken, secrets }: Resolved) => {
  const isSecret = (text: string): boolean => secrets.some(({ value }) => value?.use((plain) => plain === text))
  const shown = (path: Path, text: string): string | undefined =>
    taken.has(pointer(path)) || isSecret(text) ? undefined : text
  const slugOf = (path: Path): string | undefined => {
    const slug = valueAt(content, [...path, 'slug'])
    return typeof slug === 'string' && /^[a-z0-9-]{1,64}$/.test(slug) ? shown([...path, 'slug'], slug) : undefined
  }
  const words = (path: Path): string => placeInWords(path, slugOf)
  const whereabouts = (path: Path): string => {
    const line = source.lineOf(path)
    return line === undefined ? `${words(path)} (${pointer(path)})` : `line ${line}`
  }
  return { shown, words, whereabouts }
}

const problems = (
  findings: readonly Finding[],
  source: Source,
  words: (path: Path) => string,
): readonly CompanyFileProblem[] =>
  findings
    .map(({ path, complaint, line }) => ({
      line: line ?? source.lineOf(path),
      path: pointer(path),
      message: `${words(path)} ${complaint}`,
    }))
    .toSorted((one, other) =>
      one.line === undefined || one.line !== other.line
        ? (one.line ?? 0) - (other.line ?? 0)
        : one.path.localeCompare(other.path, 'en', { numeric: true }),
    )
