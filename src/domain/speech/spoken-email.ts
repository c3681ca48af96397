import { fold } from './fold.ts'
import { cardinals } from './number-words.ts'

const AT = '(?:klammeraffe|affenschwanz|\\(at\\)|\\[at\\]|ät|aet|äd|at)'
const patterns: readonly (readonly [RegExp, string])[] = [
  [/[([]\s*dot\s*[)\]]/gu, '.'],
  [/[([]\s*(?:at|ät)\s*[)\]]/gu, '@'],
  [/(?<![\p{L}\p{N}])(\p{L}) (?:wie|for|as in) \p{L}+/gu, '$1'],
  [
    /(?<![\p{L}\p{N}])(?:alles )?(?:klein|groß|zusammen|gross)(?:geschrieben| geschrieben|buchstabe)?(?![\p{L}\p{N}])/gu,
    '',
  ],
  [/(?<![\p{L}\p{N}])double[ -]?u(?![\p{L}\p{N}])/gu, 'w'],
  [/(?<![\p{L}\p{N}])(?:doppel|double)[ -]?(\p{L})(?![\p{L}\p{N}])/gu, '$1$1'],
  [/(?<![\p{L}\p{N}])(?:unter ?strich|underscore|tiefstrich)(?![\p{L}\p{N}])/gu, '_'],
  [/(?<![\p{L}\p{N}])(?:punkt|dot|point) komm(?![\p{L}\p{N}])/gu, '.com'],
  [/(?<![\p{L}\p{N}])(?:punkt|dot|point)(?![\p{L}\p{N}])/gu, '.'],
  [/(?<![\p{L}\p{N}])(?:minus|bindestrich|mittelstrich|strich|dash|hyphen)(?:zeichen)?(?![\p{L}\p{N}])/gu, '-'],
  [/(?<![\p{L}\p{N}])plus(?:zeichen)?(?![\p{L}\p{N}])/gu, '+'],
]
const spokenAt = new RegExp(`(?<![\\p{L}\\p{N}])${AT}(?![\\p{L}\\p{N}])`, 'gu')
const misheardAt = /(?<![\p{L}\p{N}])et(?![\p{L}\p{N}])/gu

/** Providers that callers name without the dot. */
const knownDomains: { readonly [heard: string]: string } = {
  gmail: 'gmail.com',
  gmailcom: 'gmail.com',
  googlemail: 'googlemail.com',
  googlemailcom: 'googlemail.com',
  web: 'web.de',
  webde: 'web.de',
  'gmail.con': 'gmail.com',
  'gmial.com': 'gmail.com',
  icloud: 'icloud.com',
  tonline: 't-online.de',
  't-online': 't-online.de',
  gmxde: 'gmx.de',
  gmxnet: 'gmx.net',
  gmxat: 'gmx.at',
  tonlinede: 't-online.de',
  't-onlinede': 't-online.de',
  'tonline.de': 't-online.de',
  freenetde: 'freenet.de',
  outlookcom: 'outlook.com',
  outlookde: 'outlook.de',
  hotmailcom: 'hotmail.com',
  hotmailde: 'hotmail.de',
  icloudcom: 'icloud.com',
  yahoode: 'yahoo.de',
  yahoocom: 'yahoo.com',
}

const introduction =
  /^.*?(?<![\p{L}\p{N}])(?:ist|lautet|wäre|is|adresse|address|e-?mail|mail)(?![\p{L}\p{N}@._-])[\s:,]*(?!\s*(?:punkt|dot|minus|bindestrich|unterstrich|underscore|at|ät|klammeraffe|@))/u
const politeness =
  /^(?:also|ja|okay|ok|das|die|sie|meine|my|it's|its|yes|so)[\s,]+|[\s,]+(?:bitte|please|danke|vielen dank|dankeschön|thanks|thank you)$/gu

/** What agents and programs write where an address is unknown: letters to it reach a stranger or nobody. */
const nobodys =
  /^(?:no-?reply|unknown|unbekannt|none|null|undefined|anonym|anonymous|test|keine|nobody)@|@(?:example\.(?:com|org|net)|(?:test|none|unknown|unbekannt|email)\.(?:com|de))$/

const address = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/

/**
 * The e-mail address in what a caller dictated ("max punkt muster at gmail punkt com"), lower-case; undefined when
 * none can be made out. Never a reason to refuse a booking.
 */
export const understandEmail = (text: string): string | undefined => {
  if (typeof text !== 'string' || text.length > 1_000) return undefined
  let said = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^mailto:/, '')
    .trim()
  while (introduction.test(said)) {
    const rest = said.replace(introduction, '')
    if (rest === '' || rest === said) break
    said = rest
  }
  said = said.replace(politeness, '')
  for (const [pattern, sign] of patterns) said = said.replace(pattern, sign)
  if (!said.includes('@')) said = lastReplaced(said, spokenAt)
  if (!said.includes('@')) said = lastReplaced(said, misheardAt)
  const [local = '', domain = '', ...more] = written(withDigits(said)).split('@')
  if (more.length > 0) return undefined
  const email = `${local}@${knownDomains[domain] ?? domain}`
  const isAddress = address.test(email) && email.length <= 254 && local.length <= 64
  return isAddress && !nobodys.test(email) ? email : undefined
}

/** "eins zwei drei" is 123: number words that stand alone. */
const withDigits = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu, (word) => String(cardinals.get(fold(word)) ?? word))

/** The last "at" is the sign; an earlier one belongs to the name. */
const lastReplaced = (text: string, pattern: RegExp): string => {
  const last = [...text.matchAll(pattern)].at(-1)
  return last ? `${text.slice(0, last.index)}@${text.slice(last.index + last[0].length)}` : text
}

/** Without the spaces, quotes and umlauts that an address cannot have. */
const written = (text: string): string =>
  text
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[\s"„“”'’,;<>]+/g, '')
    .replace(/[.!?]+$/, '')
