import { err } from 'neverthrow'
import type { VendorHealth } from '../../application/operation/health.ts'
import type { RealTime } from '../../application/ports/ambient.ts'
import type { RateLimits } from '../../application/ports/cache.ts'
import type { VoiceAccount, VoiceAccounts } from '../../application/ports/voice-accounts.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { SECOND } from '../../domain/time.ts'
import { clientPool } from '../vendor/client-pool.ts'
import type { BreakerState } from '../vendor/json-client.ts'
import { accountAgents } from './account-agents.ts'
import { accountCalls } from './account-calls.ts'
import type { AccountConnection } from './account-connection.ts'
import { accountEngines } from './account-engines.ts'
import { accountNumbers } from './account-numbers.ts'

export interface VoiceAccountOptions {
  readonly secretOf: (company: CompanyId, name: string) => Promise<Secret | undefined>
  /** Of the platform's own account, for companies that name none. */
  readonly platformKey: Secret | undefined
  /** `https://api.retellai.com`. */
  readonly baseUrl: string
  readonly limits: RateLimits
  readonly realTime: RealTime
  readonly allowPrivate: boolean
  /** Of one account; 10 when not given, for Retell names no number. */
  readonly requestsPerSecond?: number | undefined
  /** How long a question may take with all that belongs to it, in real milliseconds; 9,000 when not given. */
  readonly patienceMs?: number | undefined
  /** How long an account that failed five times in a row is left alone, in real milliseconds. */
  readonly restMs?: number | undefined
  /** Told when the account of these companies is left alone for a while, and when it answers. */
  readonly onBreaker?: ((companies: readonly CompanyId[], state: BreakerState) => void) | undefined
}

export interface RetellVoiceAccounts extends VoiceAccounts {
  readonly health: () => VendorHealth
  readonly close: () => Promise<void>
}

/** The rest is left to people who wait while agents are read by the thousand. */
const backgroundShare = 0.8

/** The accounts of all companies. Those with the same key share its turns, its breaker and its connections. */
export const retellVoiceAccounts = (options: VoiceAccountOptions): RetellVoiceAccounts => {
  const { secretOf, platformKey, baseUrl, realTime, requestsPerSecond = 10, patienceMs = 9_000 } = options
  const pool = clientPool({
    ...options,
    patienceMs,
    limit: { name: 'retell', most: requestsPerSecond, windowMs: SECOND, backgroundShare, untilAnswered: true },
  })
  const connected = (key: Secret, company: CompanyId, urgency: 'caller' | 'background'): AccountConnection => {
    // Asked for each time, for whoever reads a thousand agents holds an account for longer than a client is kept.
    const client = () => pool.clientFor(baseUrl, key, company)
    return {
      name: client().match(
        ({ name }) => name,
        (fault) => fault,
      ),
      realTime,
      patienceMs,
      ask: async (request) => {
        const found = client()
        return found.isErr() ? err({ kind: found.error }) : found.value.client.ask({ urgency, ...request })
      },
    }
  }
  return {
    of: async ({ id, retell }: CompanyProfile, urgency = 'caller') => {
      const key = retell ? await secretOf(id, retell.apiKey.secretName) : platformKey
      return key && accountOf(connected(key, id, urgency))
    },
    health: () => ({ vendor: 'retell', accounts: pool.accounts() }),
    close: pool.close,
  }
}

const accountOf = (connection: AccountConnection): VoiceAccount => ({
  name: connection.name,
  ...accountAgents(connection),
  ...accountEngines(connection),
  ...accountNumbers(connection),
  ...accountCalls(connection),
})
