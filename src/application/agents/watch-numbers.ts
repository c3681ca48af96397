import { err, ok, type Result } from 'neverthrow'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import { type NumberExpectation, type NumberFault, numberFaults } from '../../domain/agents/number-watch.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VoiceFailure } from '../ports/voice-accounts.ts'
import type { SeenNumber } from '../ports/voice-numbers.ts'
import { raiseIn, resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { failureOf, type RetellNotConnected, type RetellRefused, type RetellUnreachable } from './agent-failures.ts'
import { ownAgents } from './own-agents.ts'
import { keepNumbers, readNumbers, seenNumber } from './read-numbers.ts'

type Needs = Pick<Ports, 'store' | 'directory' | 'ids' | 'clock' | 'voiceAccounts'> & { readonly publicUrl: string }

/** A number of the company, how Retell has it, and what is wrong with that. */
export interface WatchedNumber {
  readonly number: PhoneNumber
  /** Undefined: Retell was never asked for it. */
  readonly seen: SeenNumber | undefined
  readonly faults: readonly NumberFault[]
}

const every = 15 * MINUTE
export const watchKey = 'agents-watch'

/** Looks every quarter of an hour how Retell has the numbers; a Retell that does not answer changes no alert. */
export const watchAgents =
  (ports: Needs): JobHandler =>
  async (scope, _job, now) => {
    const looked = await watchNumbers(ports)(scope)
    if (looked.isErr() && looked.error.kind === 'retell-not-connected') return { kind: 'done' }
    return { kind: 'done', again: after(now, every) }
  }

export type WatchFailure = RetellNotConnected | RetellUnreachable | RetellRefused

/**
 * Asks Retell how the numbers of the company are bound, and raises an alert for each that has no live agent, somebody else's,
 * an old version or no webhook. An alert is resolved by the first look that finds nothing.
 */
export const watchNumbers =
  (ports: Needs) =>
  async (scope: CompanyScope): Promise<Result<readonly WatchedNumber[], WatchFailure>> => {
    const profile = await ports.directory.profile(scope.company)
    const account = profile && (await ports.voiceAccounts.of(profile))
    if (!profile || !account) return err({ kind: 'retell-not-connected' })
    const now = ports.clock.now()
    const seen = await readNumbers(account, await ownAgents(ports, profile), profile, now)
    if (seen.isErr()) return err(failureOf(seen.error))
    return ports.store.transact(scope, async (tx): Promise<Result<readonly WatchedNumber[], never>> => {
      await keepNumbers(tx, seen.value)
      const watched = await watchedIn(tx, profile, seen.value, ports.publicUrl)
      for (const one of watched) await tell(tx, ports, one, now)
      return ok(watched)
    })
  }

/** The same of what was last seen; Retell is not asked. */
export const watchedNumbers =
  ({ store, directory, publicUrl }: Pick<Needs, 'store' | 'directory' | 'publicUrl'>) =>
  async (scope: CompanyScope): Promise<readonly WatchedNumber[]> => {
    const profile = await directory.profile(scope.company)
    if (!profile) return []
    return store.read(scope, async (tx) => watchedIn(tx, profile, await tx.seenNumbers.list(), publicUrl))
  }

const watchedIn = async (
  tx: CompanyTx,
  profile: CompanyProfile,
  seen: readonly SeenNumber[],
  publicUrl: string,
): Promise<readonly WatchedNumber[]> => {
  const { live, tells } = await reachedIn(tx, seen, publicUrl)
  return profile.branches.flatMap((branch) =>
    branch.phoneNumbers
      .filter(({ active }) => active)
      .map(({ number }): WatchedNumber => {
        const found = seen.find((one) => one.number === number)
        const wanted: NumberExpectation = {
          agents: [
            ...new Set([
              ...(branch.retellAgentId === undefined ? [] : [branch.retellAgentId]),
              ...profile.agents.filter((one) => one.branches.includes(branch.slug)).map((one) => one.retellAgentId),
            ]),
          ],
          live,
          tells,
          inboundAddress: eventsAddress(publicUrl),
        }
        return { number, seen: found, faults: found ? numberFaults(found, wanted) : [] }
      }),
  )
}

const reachedIn = async (
  tx: CompanyTx,
  seen: readonly SeenNumber[],
  publicUrl: string,
): Promise<Pick<NumberExpectation, 'live' | 'tells'>> => {
  const live = new Map<string, number>()
  const tells = new Map<string, boolean>()
  for (const id of new Set(seen.flatMap(({ inbound }) => inbound.map((one) => one.retellAgentId)))) {
    const agent = await tx.agents.byRetellId(id)
    if (agent?.liveAtRetell !== undefined) live.set(id, agent.liveAtRetell)
    const configuration = agent?.live === undefined ? undefined : await tx.agents.configuration(agent.id, agent.live)
    if (configuration) tells.set(id, configuration.agent.webhook_url === eventsAddress(publicUrl))
  }
  return { live, tells }
}

const kinds = ['number_without_agent', 'number_wrong_agent', 'number_old_version', 'number_without_webhook'] as const

const tell = async (
  tx: CompanyTx,
  { ids }: Pick<Needs, 'ids'>,
  { number, faults }: WatchedNumber,
  now: Instant,
): Promise<void> => {
  for (const kind of kinds) {
    const fault = faults.find((one) => one.kind === kind)
    if (fault) await raiseIn(tx, ids, { kind, about: number, severity: 'critical', message: messageOf(fault) }, now)
    else await resolveIn(tx, kind, number, now)
  }
}

/** What is wrong and what helps; which number it is stands beside it. */
export const sayNumberFault = (fault: NumberFault): { readonly found: string; readonly cure: string } => {
  switch (fault.kind) {
    case 'number_without_agent':
      return fault.isThere
        ? {
            found: 'A number has no agent at Retell, so nobody answers its callers.',
            cure: 'Publish an agent to it on the page of the agent.',
          }
        : {
            found: 'A number of the company is not in its Retell account.',
            cure: 'Import it at Retell, or take it out of the company file.',
          }
    case 'number_wrong_agent':
      return {
        found: 'A number is bound to another agent than its branch names.',
        cure: 'Publish the right agent to it, or name the other one in the company file.',
      }
    case 'number_old_version':
      return {
        found: 'A number reaches another version of its agent than the live one.',
        cure: 'Publish to it again on the page of the agent.',
      }
    case 'number_without_webhook':
      return fault.what === 'inbound'
        ? {
            found: 'Retell does not ask us about calls that ring at a number.',
            cure: 'Register its webhook on the page of the numbers, or with: frontdesk agents register',
          }
        : {
            found: 'Retell does not tell us of the calls of an agent.',
            cure: 'Publish it once more; its webhook is registered with that.',
          }
  }
}

const messageOf = (fault: NumberFault): string => {
  const { found, cure } = sayNumberFault(fault)
  return `${found} ${cure}`
}

export interface RegisteredNumber {
  readonly number: PhoneNumber
  /** `set`: it was not registered before. `failed`: Retell did not do it. */
  readonly outcome: 'set' | 'was-set' | 'failed'
  readonly detail: string | undefined
}

/**
 * Has Retell ask us about ringing calls at the company's numbers, and reads back that it does. Nothing else of a number is
 * changed. That Retell tells of calls is a field of an agent's version, and is registered when one is published.
 */
export const registerNumbers =
  (ports: Needs) =>
  async (scope: CompanyScope): Promise<Result<readonly RegisteredNumber[], WatchFailure>> => {
    const profile = await ports.directory.profile(scope.company)
    const account = profile && (await ports.voiceAccounts.of(profile))
    if (!profile || !account) return err({ kind: 'retell-not-connected' })
    const address = eventsAddress(ports.publicUrl)
    const seen = await readNumbers(account, await ownAgents(ports, profile), profile, ports.clock.now())
    if (seen.isErr()) return err(failureOf(seen.error))
    const ours = new Set(
      profile.branches.flatMap((one) => one.phoneNumbers).flatMap((one) => (one.active ? one.number : [])),
    )
    const registered: RegisteredNumber[] = []
    for (const one of seen.value.filter(({ number }) => ours.has(number))) {
      const { number } = one
      if (one.inboundWebhookUrl === address) {
        registered.push({ number, outcome: 'was-set', detail: undefined })
        continue
      }
      if (!one.isThere) {
        registered.push({ number, outcome: 'failed', detail: 'The Retell account does not have this number.' })
        continue
      }
      await account.changeNumber(number, { inbound_webhook_url: address })
      // Whatever it answered: only what it has now counts.
      const now = await account.number(number)
      if (now.isOk() && now.value) {
        const after = seenNumber(now.value, ports.clock.now())
        await ports.store.transact(scope, async (tx) => {
          await tx.seenNumbers.save([after])
          return ok()
        })
      }
      const isSet = now.isOk() && now.value?.inboundWebhookUrl === address
      registered.push({ number, outcome: isSet ? 'set' : 'failed', detail: isSet ? undefined : why(now) })
    }
    return ok(registered)
  }

const why = (answer: Result<unknown, VoiceFailure>): string =>
  answer.isErr() ? answer.error.detail : 'Retell still names another address. Look at the number there.'
