import { err, ok, type Result } from 'neverthrow'
import { bindingOf, displacedBy, names, pinning, rebinding } from '../../domain/agents/number-lists.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { VoiceAccount, VoiceNumber } from '../ports/voice-accounts.ts'
import { whyNot } from './publication.ts'
import { done, failed, type PublishDesk, type Step, type StepEnd } from './publish-desk.ts'
import { partsAt, versionsOf } from './version-steps.ts'

/** One after the other, each looked at first: whoever comes again finds those that are done. */
export const bindNumbers: Step = async (desk) => {
  const { account, agent, publication, webhookUrl, turn } = desk
  const { retellVersion, numbers } = publication
  if (agent.retellAgentId === undefined || retellVersion === undefined) return failed(noVersion)
  if (numbers.length === 0) return done(publication.isCandidate ? candidateOnly : 'No number was to be changed.')
  const told: string[] = []
  for (const number of numbers) {
    if (turn.left() === 0) return { kind: 'later' }
    const there = await numberAt(account, number)
    if (there.isErr()) return failed(halfWay(there.error, told, numbers))
    const changes = pinning(there.value.document, agent.retellAgentId, retellVersion, webhookUrl)
    const displaced = displacedBy(there.value.document, agent.retellAgentId)
    if (Object.keys(changes).length > 0) {
      const answer = await account.changeNumber(number, changes)
      const isDone = answer.isOk() || (await isPinned(desk, number))
      if (!isDone && answer.isErr()) return failed(halfWay(`${number}: ${whyNot(answer.error)}`, told, numbers))
    }
    told.push(displaced.length > 0 ? `${number} (instead of ${displaced.join(', ')})` : number)
  }
  return done(`Told: ${told.join(', ')}.`)
}

const noVersion = 'It is not known which version the numbers are to ring. Undo, and publish again.'
const candidateOnly = 'No number was changed: it is reached once a rollout sends callers to it.'

/** An answer may be lost of what was done. */
const isPinned = async (
  { account, agent, publication, webhookUrl }: PublishDesk,
  number: PhoneNumber,
): Promise<boolean> => {
  const { retellVersion } = publication
  const there = await numberAt(account, number)
  return there.isOk() && agent.retellAgentId !== undefined && retellVersion !== undefined
    ? Object.keys(pinning(there.value.document, agent.retellAgentId, retellVersion, webhookUrl)).length === 0
    : false
}

const halfWay = (why: string, told: readonly string[], numbers: readonly PhoneNumber[]): string =>
  told.length === 0
    ? `${why} Of the ${numbers.length} numbers none is known to ring the new version.`
    : `${why} ${told.length} of ${numbers.length} numbers ring the new version already: ${told.join(', ')}. Resume, or undo to have all as they were.`

/** Only what Retell answers when it is asked again counts. */
export const verify: Step = async (desk) => {
  const { account, agent, publication, webhookUrl } = desk
  const { retellVersion, numbers } = publication
  if (agent.retellAgentId === undefined || retellVersion === undefined) return failed(noVersion)
  const right: VoiceNumber[] = []
  for (const number of numbers) {
    const there = await numberAt(account, number)
    if (there.isErr()) return failed(there.error)
    const left = pinning(there.value.document, agent.retellAgentId, retellVersion, webhookUrl)
    if (Object.keys(left).length === 0) right.push(there.value)
  }
  const wrong = numbers.filter((number) => right.every((one) => one.number !== number))
  if (wrong.length > 0) {
    return failed(
      `Retell took the word, yet ${wrong.join(', ')} ${wrong.length === 1 ? 'does' : 'do'} not ring version ${retellVersion}; ${right.length} of ${numbers.length} numbers do. Resume to tell it again, or undo.`,
    )
  }
  const parts = await partsAt(account, agent.retellAgentId, retellVersion)
  if (parts.isErr()) return failed(parts.error)
  const all = await ownNumbers(desk)
  if (all.isErr()) return failed(all.error)
  const versions = await versionsOf(account, agent.retellAgentId)
  if (versions.isErr()) return failed(versions.error)
  const [newest] = versions.value
  if (!newest) return failed(noVersions)
  const published = versions.value.find(({ isPublished }) => isPublished)?.version
  const elsewhere = ringing(all.value, agent.retellAgentId).filter(({ number }) => !numbers.includes(number))
  const said = numbers.length === 0 ? 'No number had to change.' : `Proven for ${numbers.join(', ')}.`
  return done(elsewhere.length === 0 ? said : `${said} ${stays(elsewhere)}`, {
    proven: { numbers: all.value, parts: parts.value, newest, published },
  })
}

const noVersions = 'Retell shows no version of this agent.'

const stays = (numbers: readonly VoiceNumber[]): string =>
  `Left as before: ${numbers.map(({ number }) => number).join(', ')}.`

export const ringing = (numbers: readonly VoiceNumber[], agent: string): readonly VoiceNumber[] =>
  numbers.filter(({ inbound }) => inbound.some(({ retellAgentId }) => retellAgentId === agent))

/** What is there before anything is changed: a version of ours, and how each number was bound. */
export const backup: Step = async (desk) => {
  const { account, agent, publication } = desk
  const all = await ownNumbers(desk)
  if (all.isErr()) return failed(all.error)
  const found = all.value.filter(({ number }) => publication.numbers.includes(number))
  const missing = publication.numbers.filter((number) => found.every((one) => one.number !== number))
  if (missing.length > 0) return failed(`The Retell account does not have ${missing.join(', ')}. Choose other numbers.`)
  const bindings = found.map(({ number, document }) => ({ number, document: JSON.stringify(bindingOf(document)) }))
  const noted = `Noted how ${bindings.length} ${bindings.length === 1 ? 'number is' : 'numbers are'} bound.`
  if (agent.retellAgentId === undefined) return done(`Retell does not have this agent yet. ${noted}`, { bindings })
  const versions = await versionsOf(account, agent.retellAgentId)
  if (versions.isErr()) return failed(versions.error)
  const newestAtRetell = versions.value[0]?.version
  if (newestAtRetell === undefined) return failed(noVersions)
  const parts = await partsAt(account, agent.retellAgentId, newestAtRetell)
  if (parts.isErr()) return failed(parts.error)
  const numbers = ringing(all.value, agent.retellAgentId).map(({ number }) => number)
  return done(`Kept what Retell has as version ${newestAtRetell}. ${noted}`, {
    bindings,
    newestAtRetell,
    backup: { ...parts.value, numbers: numbers.toSorted() },
  })
}

/** Puts every number back as it was noted, as far as nobody else changed it since. */
export const rebindNumbers = async ({ account, agent, publication, turn }: PublishDesk): Promise<StepEnd> => {
  const { retellVersion, before } = publication
  const left: PhoneNumber[] = []
  for (const { number, document } of before.bindings) {
    if (turn.left() === 0) return { kind: 'later' }
    const bound: unknown = JSON.parse(document)
    const there = await numberAt(account, number)
    if (there.isErr()) return failed(there.error)
    const changes = isObject(bound) ? rebinding(there.value.document, bound) : {}
    if (Object.keys(changes).length === 0) continue
    const isOurs = agent.retellAgentId !== undefined && retellVersion !== undefined
    if (!isOurs || !names(there.value.document, agent.retellAgentId, retellVersion)) {
      left.push(number)
      continue
    }
    const undone = await putBack(account, number, changes, bound)
    if (undone.isErr()) return failed(`${number}: ${undone.error}`)
  }
  return done(
    left.length === 0
      ? 'The numbers are bound as before.'
      : `Somebody else bound ${left.join(', ')} since, so that was left. The other numbers are bound as before.`,
  )
}

const putBack = async (
  account: VoiceAccount,
  number: PhoneNumber,
  changes: JsonObject,
  bound: unknown,
): Promise<Result<void, string>> => {
  const answer = await account.changeNumber(number, changes)
  if (answer.isErr()) return err(whyNot(answer.error))
  const there = await numberAt(account, number)
  return there.andThen(({ document }) =>
    isObject(bound) && Object.keys(rebinding(document, bound)).length === 0
      ? ok(undefined)
      : err('Retell took the word, yet it is not bound as before. Undo again.'),
  )
}

const numberAt = async (account: VoiceAccount, number: PhoneNumber): Promise<Result<VoiceNumber, string>> =>
  (await account.number(number))
    .mapErr(whyNot)
    .andThen((there) => (there ? ok(there) : err(`The Retell account does not have ${number} any more.`)))

/** The company's own, whatever else a shared account has. */
const ownNumbers = async ({ account, isOwnNumber }: PublishDesk): Promise<Result<readonly VoiceNumber[], string>> => {
  const own: VoiceNumber[] = []
  let cursor: string | undefined
  do {
    const page = await account.numbers({ cursor })
    if (page.isErr()) return err(whyNot(page.error))
    for (const one of page.value.items) if (await isOwnNumber(one.number)) own.push(one)
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(own)
}
