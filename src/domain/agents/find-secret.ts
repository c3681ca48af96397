import { namesSecret, parameterNamesSecret } from './secret-names.ts'

/** A stretch of a text, from its first character to behind its last. */
interface Span {
  readonly from: number
  readonly to: number
}

/** How a secret looks by itself. What is one stands in the group `secret`, or is all that matches. */
interface Look {
  readonly pattern: RegExp
  readonly isOne?: (secret: string, name: string) => boolean
}

const hasDigit = (secret: string): boolean => /\d/.test(secret)

/** What stands for a secret. In a text of somebody else it is a secret itself, so that it comes back as it was. */
export const placeholders = /\[secret (?<id>[A-Za-z0-9_.:-]{1,128})\]/dg

const looks: readonly Look[] = [
  { pattern: placeholders },
  {
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----|$)/dg,
  },
  { pattern: /\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/dg },
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
  { pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d+\/[\w-]{20,})/dg },
]

/** Something of each of these stands in a text in which one of the looks is found; most texts have nothing of it. */
const hints =
  /\[secret |-----BEGIN |eyJ|cal_|fd_|xox|xapp-|gh[pousr]_|github_pat_|glpat-|npm_|AKIA|ASIA|AIza|whsec_|SG\.|[srp]k[-_]|key_|hf_|ya29|bearer|basic|:\/\/|[?&#;][\w.~%-]{1,64}=|[:=]\s{0,10}["'`]|hooks\.slack|discord/i

const references = /\{\{[^{}]*\}\}/g
const scheme = /^(?:bearer|basic|token|digest|apikey|api-key|negotiate)\s+/i

/** Is there anything in it besides references to variables? */
const saysSomething = (text: string): boolean => text.replace(references, '').trim() !== ''

/** Where in a text that stands in the place of a secret the secret is: behind the name of its scheme, if it has one. */
export const secretInPlace = (text: string): Span | undefined => {
  const from = scheme.exec(text)?.[0].length ?? 0
  return saysSomething(text.slice(from)) ? { from, to: text.length } : undefined
}

const spanOf = ({ indices, groups, 0: all }: RegExpExecArray, { isOne }: Look): Span | undefined => {
  const [from, end] = indices?.groups?.secret ?? indices?.[0] ?? [0, 0]
  const secret = groups?.secret ?? all
  const to = groups?.name === undefined ? end : end - (/[.,;:!?]+$/.exec(secret)?.[0].length ?? 0)
  if (to <= from || !saysSomething(secret)) return undefined
  return isOne === undefined || isOne(secret, groups?.name ?? '') ? { from, to } : undefined
}

/** The earlier of two, and of those that begin together the longer. */
const earlier = (one: Span | undefined, other: Span | undefined): Span | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  if (one.from !== other.from) return one.from < other.from ? one : other
  return one.to >= other.to ? one : other
}

const firstOf = (text: string, look: Look): Span | undefined => {
  for (const match of text.matchAll(look.pattern)) {
    const span = spanOf(match, look)
    if (span !== undefined) return span
  }
  return undefined
}

const whereIs = (text: string, secret: string): Span | undefined => {
  const from = text.indexOf(secret)
  return from < 0 ? undefined : { from, to: from + secret.length }
}

/** The first stretch of a text that looks like a secret, or is one of those that are known. */
export const findSecret = (text: string, known: Iterable<string>): Span | undefined => {
  let found: Span | undefined
  if (hints.test(text)) for (const look of looks) found = earlier(found, firstOf(text, look))
  for (const secret of known) found = earlier(found, whereIs(text, secret))
  return found
}
