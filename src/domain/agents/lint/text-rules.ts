import type { AgentText } from '../agent-texts.ts'
import { textsOf } from '../agent-texts.ts'
import type { AgentConfiguration } from '../configuration.ts'
import { numberIn, own, textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'
import type { LintContext } from './lint-context.ts'
import { type LiteralFinding, literalsIn } from './literals.ts'

/** What should not stand in what the agent says and goes by. */
export const textRules = (configuration: AgentConfiguration, context: LintContext): readonly LintFinding[] => {
  const texts = textsOf(configuration)
  const facts = ownFacts(context)
  return [
    ...texts.filter(({ kind }) => kind !== 'condition').flatMap((text) => literalRules(text, context, facts)),
    ...texts.filter(({ kind }) => kind === 'spoken').flatMap((text) => spokenRules(text, context)),
    ...promptRules(configuration),
  ]
}

interface OwnFacts {
  readonly amounts: ReadonlySet<number>
  readonly numbers: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
}

/** What the company's settings say, so that it need not be written down a second time. */
const ownFacts = ({ company }: LintContext): OwnFacts => ({
  amounts: new Set([
    ...company.services.flatMap(({ price }) => (price === undefined ? [] : [price])),
    ...company.policies.cancel.feeTiers.map(({ fee }) => fee),
  ]),
  numbers: new Set(
    company.branches.flatMap(({ phoneNumbers, fallback }) => [
      ...phoneNumbers.map(({ number }) => number),
      ...(fallback.transferTo === undefined ? [] : [fallback.transferTo]),
    ]),
  ),
  emails: new Set(
    [
      ...company.notifications.staffEmail,
      ...company.branches.flatMap(({ staffEmail }) => staffEmail),
      ...company.staff.flatMap(({ email }) => (email === undefined ? [] : [email])),
    ].map((email) => email.toLowerCase()),
  ),
})

const isOwn = ({ kind, text, amount, number }: LiteralFinding, facts: OwnFacts): boolean => {
  if (kind === 'money') return amount !== undefined && facts.amounts.has(amount)
  if (kind === 'phone') return number !== undefined && facts.numbers.has(number)
  return kind === 'email' && facts.emails.has(text.toLowerCase())
}

const literalRules = (
  { text, path, kind }: AgentText,
  { company }: LintContext,
  facts: OwnFacts,
): readonly LintFinding[] =>
  literalsIn(text, company.company.country).map((found): LintFinding => {
    const code = found.isExample && kind !== 'spoken' ? 'literal-example' : (`literal-${found.kind}` as const)
    return { code, path, text: found.text.slice(0, longest), own: isOwn(found, facts) }
  })

const longest = 80
const blank = (hidden: string): string => ' '.repeat(hidden.length)

const orders: readonly RegExp[] = [
  /(?<!\p{L})(?:do\s?n[o']t|don’t|never|without)\s(?:speak|say|talk)/iu,
  /(?<!\p{L})(?:nicht|nichts|niemals)\s(?:sprechen|sagen|vorlesen|reden)(?!\p{L})/iu,
  /(?<!\p{L})(?:sprich|sag|sage|rede|lies)\s(?:hier\s)?(?:nicht|nichts)(?!\p{L})/iu,
  /(?<!\p{L})(?:silent(?:ly)?|stumm|lautlos)(?!\p{L})/iu,
  /(?<!\p{L})(?:routing|router)[\s-]?(?:node|knoten)/iu,
  /^[ \t]{0,8}#{1,4}\s|\*\*\p{L}/mu,
  /(?<!\p{L})(?:anweisung|instruction|hinweis für den agenten|system prompt|note to agent)s?\s?:/iu,
  /(?<!\p{L})(?:if|when|wenn|falls|sobald)\s(?:the\s|der\s|die\s)?(?:user|caller|customer|anrufer|anruferin|anrufende|kunde|kundin)(?!\p{L})/iu,
  /(?<!\p{L})(?:you are an?|du bist (?:ein|eine|der|die)|your (?:task|role|goal) is|deine aufgabe ist)(?!\p{L})/iu,
  /(?<![\w{])(?:[a-z]+_)+[a-z]+(?![\w}])/u,
]

/** Brackets are read out, or left out with what is in them; marks for the voice are neither. */
const brackets = /\[[^\]\n]{1,200}\]|<(?!(?:break|phoneme|prosody|emphasis|say-as|speak|sub)\b)[a-z][^>\n]{0,100}>/iu

const loudWord = '[\\p{Lu}][\\p{Lu}\\d]+'
/** Three words in a row that shout, or two long ones. */
const loud = new RegExp(`(?<!\\p{L})(?:${loudWord}(?:[ -]${loudWord}){2,}|\\p{Lu}{5,}[ -]\\p{Lu}{4,})(?!\\p{L})`, 'u')

/** Callers hear word for word what stands here, orders to the agent as well. */
const spokenRules = ({ text, path }: AgentText, { company }: LintContext): readonly LintFinding[] => {
  const names = [company.company.name, ...company.branches.map(({ name }) => name)].filter((name) => name !== '')
  const shown = names.reduce((so, name) => so.replaceAll(name, blank), text.replace(/\{\{[^{}]{0,200}\}\}/g, blank))
  const order = [...orders, brackets, loud].map((pattern) => pattern.exec(shown)).find((match) => match !== null)
  return order
    ? [{ code: 'instruction-spoken', path, text: shown.slice(order.index, order.index + longest).trim() }]
    : []
}

const mostTokens = 32_768
/** Fewer than German needs and more than English does, so that what is said to be too long is. */
const charactersOfToken = 3.5

/** An upper bound is what Retell has; how it counts is not documented. */
export const tokensOf = (text: string): number => Math.ceil(text.length / charactersOfToken)

const promptRules = ({ engine }: AgentConfiguration): readonly LintFinding[] => {
  if (engine === undefined) return []
  const path = '/response_engine'
  return [
    ...['general_prompt', 'global_prompt'].flatMap((name): readonly LintFinding[] => {
      const prompt = textIn(engine, name)
      if (prompt === undefined) return []
      const tokens = tokensOf(prompt)
      if (prompt.trim() === '' && name === 'general_prompt') return [{ code: 'prompt-empty', path: `${path}/${name}` }]
      return tokens > mostTokens ? [{ code: 'prompt-too-long', path: `${path}/${name}`, tokens }] : []
    }),
    ...(textIn(engine, 'begin_message') === '' &&
    textIn(engine, 'start_speaker') === 'agent' &&
    numberIn(engine, 'begin_after_user_silence_ms') === undefined
      ? [{ code: 'begin-message-empty', path: `${path}/begin_message` } as const]
      : []),
    ...(own(engine, 'general_prompt') === null
      ? [{ code: 'prompt-empty', path: `${path}/general_prompt` } as const]
      : []),
  ]
}
