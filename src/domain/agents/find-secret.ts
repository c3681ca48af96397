import { namesSecret, parameterNamesSecret } from './secret-names.ts'

/** A stretch of a text, from its first character to behind its last. */
interface Span {
  readonly from: number
  readonly to: number
}

/** How a secret looks by itself. What is one stands in the group `secret`, or is all that matches. */
interface Look extends LookOfSecret {
  /** The same, at one place only. */
  readonly sticky: RegExp
}

interface LookOfSecret {
  readonly pattern: RegExp
  readonly isOne?: (secret: string, name: string) => boolean
}

const hasDigit = (secret: string): boolean => /\d/.test(secret)

/** What stands for a secret. In a text of somebody else it is a secret itself, so that it comes back as it was. */
export const placeholders = /\[secret (?<id>[A-Za-z0-9_.:-]{1,128})\]/dg

const looksOfSecrets: readonly LookOfSecret[] = [
  { pattern: placeholders },
  {
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----|$)/dg,
  },
  // What has no dot is passed over as a whole, or each of many beginnings would be read to the end.
  { pattern: /\beyJ[\w-]{6,}(?:\.[\w-]{6,}(?:\.[\w-]*)?)?/dg, isOne: (secret) => secret.includes('.') },
  {
    pattern:
      /\b(?:cal_(?:live|test)_\w{6,}|cal_[0-9a-f]{24,}|fd_[\w-]{16,}|xox[abeprs]-[\w-]{8,}|xapp-[\w-]{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{30,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{30,}|whsec_[\w+/=]{8,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_\w{20,}|ya29\.[\w-]{20,})/dg,
  },
  { pattern: /\b(?:[srp]k[-_][\w-]{12,}|key_[A-Za-z0-9]{12,})/dg, isOne: hasDigit },
  {
    pattern: /\bbearer\s{1,4}(?<secret>[\w.~+/-]{7,}[\w~+/-]=*)/dgi,
    isOne: (secret) => hasDigit(secret) || secret.length >= 20,
  },
  {
    pattern: /\bbasic\s{1,4}(?<secret>[A-Za-z0-9+/]{8,}={0,2})/dgi,
    isOne: (secret) => secret.endsWith('=') || (hasDigit(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret)),
  },
  { pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/?#@'"<>]{0,200}:(?<secret>[^\s/?#@'"<>]{1,500})@/dgi },
  {
    pattern: /[?&#;](?<name>[\w.~%-]{1,64})=(?<secret>(?:\{\{[^{}]{1,100}\}\}|[^&#\s"'<>`\\)\]}]){1,2000})/dg,
    isOne: (secret, name) => parameterNamesSecret(name) || (name.toLowerCase() === 'code' && secret.length >= 32),
  },
  {
    pattern: /(?<name>[\w-]{2,64})["'`]?\s{0,10}[:=]\s{0,10}["'`](?<secret>[^"'`\s]{6,500})["'`]/dg,
    isOne: (_, name) => namesSecret(name),
  },
  { pattern: /hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[\w/-]{16,})/dg },
  { pattern: /hooks\.zapier\.com\/hooks\/catch\/(?<secret>[\w/-]{8,})/dg },
  { pattern: /\bhook\.[a-z0-9.]{0,20}make\.com\/(?<secret>[\w-]{16,})/dg },
  { pattern: /\.webhook\.office\.com\/webhookb2\/(?<secret>[\w/@-]{16,})/dg },
  { pattern: /api\.telegram\.org\/bot(?<secret>\d{5,}:[\w-]{20,})/dg },
  { pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d+\/[\w-]{20,})/dg },
]

const looks: readonly Look[] = looksOfSecrets.map((look) => ({
  ...look,
  pattern: new RegExp(look.pattern),
  sticky: new RegExp(look.pattern.source, look.pattern.flags.replace('g', 'y')),
}))

/** Something of each of these stands in a text in which one of the looks is found; most texts have nothing of it. */
const hints =
  /\[secret |-----BEGIN |eyJ|cal_|fd_|xox|xapp-|gh[pousr]_|github_pat_|glpat-|npm_|AKIA|ASIA|AIza|whsec_|SG\.|[srp]k[-_]|key_|hf_|ya29|bearer|basic|:\/\/|[?&#;][\w.~%-]{1,64}=|[:=]\s{0,10}["'`]|hooks\.slack|hooks\.zapier|make\.com|webhook\.office|telegram|discord/i

const references = /\{\{[^{}]*\}\}/g
const scheme = /^(?:bearer|basic|token|digest|apikey|api-key|negotiate)\s+/i

/** Is there anything in it besides references to variables? */
const saysSomething = (text: string): boolean => text.replace(references, '').trim() !== ''

/** Where in a text that stands in the place of a secret the secret is: behind the name of its scheme, if it has one. */
export const secretInPlace = (text: string): Span | undefined => {
  const from = scheme.exec(text)?.[0].length ?? 0
  return saysSomething(text.slice(from)) ? { from, to: text.length } : undefined
}

const spanOf = ({ indices, groups, 0: all }: RegExpExecArray, { isOne }: LookOfSecret): Span | undefined => {
  const [from, end] = indices?.groups?.secret ?? indices?.[0] ?? [0, 0]
  const secret = groups?.secret ?? all
  const to = groups?.name === undefined ? end : end - (/(?<![.,;:!?])[.,;:!?]+$/.exec(secret)?.[0].length ?? 0)
  if (to <= from || !saysSomething(secret)) return undefined
  return isOne === undefined || isOne(secret, groups?.name ?? '') ? { from, to } : undefined
}

/** The earlier of two, and of those that begin together the longer. */
const earlier = (one: Span | undefined, other: Span | undefined): Span | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  if (one.from !== other.from) return one.from < other.from ? one : other
  return one.to >= other.to ? one : other
}

/** Counts characters that were read. True: they were too many. */
type Spend = (characters: number) => boolean

/** A stretch that has a look, whether or not it is a secret. */
interface Match extends Span {
  readonly secret: Span | undefined
}

const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by })

/** The next match from `at` on, or exactly there where the pattern is sticky. */
const matchIn = (text: string, look: Look, pattern: RegExp, at: number): Match | undefined => {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found === null
    ? undefined
    : { from: found.index, to: found.index + found[0].length, secret: spanOf(found, look) }
}

/**
 * The first secret of one look from a place on, as if the text began there. Places come in their order; what was read
 * for one of them is not read again for the next. What begins behind `most` need not be looked at.
 */
const scan = (text: string, look: Look, spend: Spend) => {
  const { pattern, sticky } = look
  let [readFrom, passedTo] = [Number.POSITIVE_INFINITY, 0]
  let next: Match | undefined
  const read = (at: number): boolean => {
    next = matchIn(text, look, pattern, at)
    return spend((next?.to ?? text.length) - at)
  }
  return (from: number, most: number): Span | undefined => {
    const here = matchIn(text.slice(from), look, sticky, 0)
    spend(here?.to ?? 1)
    if (here?.secret) return moved(here.secret, from)
    const start = from + (here?.to ?? 0)
    if (readFrom > start || passedTo > start || (next && next.from < start)) {
      ;[readFrom, passedTo] = [start, start]
      read(start)
    }
    while (next && !next.secret && next.from <= most) {
      passedTo = next.to
      if (read(next.to)) return undefined
    }
    return next?.secret
  }
}

/** Secrets of at least eight characters that are to be found wherever they stand. */
export interface KnownSecrets {
  readonly size: () => number
  readonly add: (secret: string) => void
  /** The first of them from a place on; the longest of those that begin together. */
  readonly firstIn: (text: string, from: number, spend: Spend) => Span | undefined
}

/** What all of them are found by, so that a text is read once, however many there are. */
const beginning = 8

export const knownSecrets = (): KnownSecrets => {
  const byBeginning = new Map<string, Map<number, Set<string>>>()
  let count = 0
  return {
    size: () => count,
    add: (secret) => {
      const name = secret.slice(0, beginning)
      const lengths = byBeginning.get(name) ?? new Map<number, Set<string>>()
      const same = lengths.get(secret.length) ?? new Set<string>()
      if (!same.has(secret)) count += 1
      byBeginning.set(name, lengths.set(secret.length, same.add(secret)))
    },
    firstIn: (text, from, spend) => {
      if (count === 0) return undefined
      for (let at = from; at <= text.length - beginning; at += 1) {
        let to = at
        for (const [length, secrets] of byBeginning.get(text.slice(at, at + beginning)) ?? []) {
          if (spend(length)) return undefined
          if (length > to - at && secrets.has(text.slice(at, at + length))) to = at + length
        }
        if (to > at) return { from: at, to }
      }
      return undefined
    },
  }
}

/** How many times its length is read of a text before it counts as one secret. */
const patience = 30

/**
 * The secrets of a text one after another: asked with where the last one ended, the first that looks like one or is known,
 * as if the text began there. A text that would have to be read again and again is one from there to its end.
 */
export const secretsIn = (text: string, known: KnownSecrets): ((from: number) => Span | undefined) => {
  let left = patience * (text.length + 200)
  const spend: Spend = (characters) => {
    left -= characters
    return left < 0
  }
  const scans = hints.test(text) ? looks.map((look) => scan(text, look, spend)) : []
  let ahead: Span | undefined
  let isRead = false
  return (from) => {
    if (!isRead || (ahead && ahead.from < from)) {
      ahead = known.firstIn(text, from, spend)
      isRead = true
    }
    let found = ahead
    for (const next of scans) {
      found = earlier(found, next(from, found?.from ?? text.length))
      if (spend(0)) break
    }
    return spend(0) ? { from, to: text.length } : found
  }
}
