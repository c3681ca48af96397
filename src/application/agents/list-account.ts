import { err, ok, type Result } from 'neverthrow'
import type { AgentSync } from '../ports/agent-syncs.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VoiceFailure } from '../ports/voice-accounts.ts'
import { everyAgent } from './every-agent.ts'
import { agentsRung, keepNumbers, readNumbers } from './read-numbers.ts'
import { inTransaction, type SyncDesk, saveSync } from './sync-desk.ts'

const pageSize = 1_000
const attempts = 3

/**
 * Finds out which agents there are to read, numbers first, until it is complete or the time is over. Of an account of its own a
 * company has all voice agents; of a shared one only those that its file names or its numbers ring. In both cases
 * those as well that are known already, so that it shows when one is gone.
 */
export const listAccount = async (desk: SyncDesk, begun: AgentSync): Promise<Result<AgentSync, VoiceFailure>> => {
  const { account, own, deadline } = desk
  let sync = begun
  if (sync.cursor === undefined) {
    const numbers = await again(() => readNumbers(account, own, desk.profile, desk.ports.clock.now()))
    if (numbers.isErr()) return err(numbers.error)
    await keep(desk, async (tx) => keepNumbers(tx, numbers.value))
  }
  while (!own.isShared) {
    const { cursor } = sync
    const page = await again(() => account.agents({ cursor, limit: pageSize }))
    if (page.isErr()) return err(page.error)
    const voices = page.value.items.filter(({ channel }) => channel === undefined || channel === 'voice')
    const waiting = [...new Set([...sync.waiting, ...voices.map(({ retellAgentId }) => retellAgentId)])]
    sync = { ...sync, cursor: page.value.next, waiting }
    if (page.value.next === undefined) break
    await keep(desk, (tx) => saveSync(tx, sync))
    if (deadline.left() === 0) return ok(sync)
  }
  const listed = sync
  const complete = await keep(desk, async (tx) => {
    const rung = agentsRung(await tx.seenNumbers.list())
    const waiting = [...new Set([...listed.waiting, ...own.named, ...rung, ...(await knownAgents(tx))])]
    const whole = { ...listed, cursor: undefined, waiting, isListed: true, total: waiting.length }
    await saveSync(tx, whole)
    return whole
  })
  return ok(complete)
}

const keep = <T>({ ports, scope }: SyncDesk, work: (tx: CompanyTx) => Promise<T>): Promise<T> =>
  inTransaction(ports.store, scope, work)

/** Retell’s ids of all that are not gone. */
const knownAgents = async (tx: CompanyTx): Promise<readonly string[]> =>
  (await everyAgent(tx)).flatMap(({ retellAgentId }) => retellAgentId ?? [])

/** What did not answer may have been busy. */
const again = async <T>(ask: () => Promise<Result<T, VoiceFailure>>): Promise<Result<T, VoiceFailure>> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask()
    if (answer.isOk() || answer.error.kind !== 'unreachable' || attempt === attempts) return answer
  }
}
