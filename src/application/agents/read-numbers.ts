import { err, ok, type Result } from 'neverthrow'
import { shownText } from '../../domain/agents/sealed-values.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VoiceAccount, VoiceFailure, VoiceNumber } from '../ports/voice-accounts.ts'
import type { SeenNumber } from '../ports/voice-numbers.ts'
import type { AgentPin } from './agent-look.ts'
import type { OwnAgents } from './own-agents.ts'

/**
 * The company's numbers as Retell has them now, those of its file that are not there among them. Of an account that is
 * its own, all of them; of a shared one, no other company's.
 */
export const readNumbers = async (
  account: VoiceAccount,
  own: OwnAgents,
  profile: CompanyProfile,
  now: Instant,
): Promise<Result<readonly SeenNumber[], VoiceFailure>> => {
  const seen = new Map<PhoneNumber, SeenNumber>()
  let cursor: string | undefined
  do {
    const page = await account.numbers({ cursor })
    if (page.isErr()) return err(page.error)
    for (const one of page.value.items) {
      if (await own.isOwnNumber(one.number)) seen.set(one.number, seenNumber(one, now))
    }
    cursor = page.value.next
  } while (cursor !== undefined)
  for (const { number } of profile.branches.flatMap(({ phoneNumbers }) => phoneNumbers)) {
    if (!seen.has(number) && (await own.isOwnNumber(number))) seen.set(number, missingNumber(number, now))
  }
  return ok([...seen.values()])
}

/**
 * In place of what was seen before, unless that was seen later than this; a number of which nothing was seen any more is
 * forgotten.
 */
export const keepNumbers = async (tx: CompanyTx, seen: readonly SeenNumber[]): Promise<void> => {
  const now = new Set(seen.map(({ number }) => number))
  const known = await tx.seenNumbers.list()
  for (const { number } of known) if (!now.has(number)) await tx.seenNumbers.forget(number)
  const seenAt = new Map(known.map((one) => [one.number, one.seenAt]))
  await tx.seenNumbers.save(seen.filter((one) => one.seenAt >= (seenAt.get(one.number) ?? one.seenAt)))
}

export const seenNumber = (
  { number, inbound, outbound, inboundWebhookUrl }: VoiceNumber,
  seenAt: Instant,
): SeenNumber => ({
  ...{ number, inbound, outbound, isThere: true, seenAt },
  inboundWebhookUrl: inboundWebhookUrl === undefined ? undefined : shownText(inboundWebhookUrl),
})

const missingNumber = (number: PhoneNumber, seenAt: Instant): SeenNumber => ({
  number,
  inbound: [],
  outbound: [],
  inboundWebhookUrl: undefined,
  isThere: false,
  seenAt,
})

/** How an agent is rung. */
export interface AgentLines {
  /** Sorted, each once. */
  readonly numbers: readonly PhoneNumber[]
  readonly pins: readonly AgentPin[]
}

const noLines: AgentLines = { numbers: [], pins: [] }

/** By Retell's id of an agent, how the numbers that were seen ring it. */
export const linesByAgent = (seen: readonly SeenNumber[]): ((retellAgentId: string) => AgentLines) => {
  const lines = new Map<string, AgentLines>()
  for (const { number, inbound } of seen) {
    for (const { retellAgentId, version, weight } of inbound) {
      const { numbers, pins } = lines.get(retellAgentId) ?? noLines
      lines.set(retellAgentId, {
        numbers: [...new Set([...numbers, number])].toSorted(),
        pins: [...pins, { version, weight: weight ?? 1 }],
      })
    }
  }
  return (agent) => lines.get(agent) ?? noLines
}

/** The agents that the company's numbers ring, each once. */
export const agentsRung = (seen: readonly SeenNumber[]): readonly string[] => [
  ...new Set(seen.flatMap(({ inbound }) => inbound.map(({ retellAgentId }) => retellAgentId))),
]
