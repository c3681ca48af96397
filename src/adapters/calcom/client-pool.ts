import { createHash } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import type { RealTime } from '../../application/ports/ambient.ts'
import type { RateLimits } from '../../application/ports/cache.ts'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { MINUTE } from '../../domain/time.ts'
import { type BreakerState, type JsonClient, jsonClient } from '../vendor/json-client.ts'

export interface NamedClient {
  /** Of the address and the key, without being the key. */
  readonly name: string
  readonly client: JsonClient
}

export interface ClientPool {
  /** The one client of this address and key, however many companies have it. */
  readonly clientFor: (
    baseUrl: string,
    key: Secret,
    company: CompanyId | undefined,
  ) => Result<NamedClient, CalendarFailure>
  readonly close: () => Promise<void>
}

interface Needs {
  readonly limits: RateLimits
  readonly realTime: RealTime
  readonly allowPrivate: boolean
  readonly patienceMs?: number | undefined
  readonly onBreaker?: ((companies: readonly CompanyId[], state: BreakerState) => void) | undefined
}

interface Pooled extends NamedClient {
  readonly companies: Set<CompanyId>
  /** What is known of its breaker. */
  readonly state: () => BreakerState | undefined
  /** Since it was last asked for. */
  idleMs: () => number
}

/** Per key (throttler-guard.ts). Where Cal.com allows more, its answers say nothing of it. */
const perMinute = 120
const mostClients = 500
const idleAfterMs = 15 * MINUTE

/** Clients by address and key; those that nobody asks for any more are let go. */
export const clientPool = ({ limits, realTime, allowPrivate, patienceMs, onBreaker }: Needs): ClientPool => {
  const pooled = new Map<string, Pooled>()

  const made = (name: string, baseUrl: string, credential: Secret): Pooled => {
    const companies = new Set<CompanyId>()
    let known: BreakerState | undefined
    const client = jsonClient({
      ...{ baseUrl, credential, limits, realTime, allowPrivate, patienceMs },
      limit: { name: `calcom/${name}`, most: perMinute, windowMs: MINUTE },
      onBreaker: (state) => {
        known = state
        if (companies.size > 0) onBreaker?.([...companies], state)
      },
    })
    return { name, client, companies, state: () => known, idleMs: realTime.measure() }
  }

  const letGo = (one: Pooled) => {
    pooled.delete(one.name)
    // Its requests under way are seen to their end.
    void one.client.close().catch(() => undefined)
  }

  return {
    clientFor: (baseUrl, key, company) => {
      const fault = faultOf(baseUrl, key)
      if (fault !== undefined) return err({ kind: 'misconfigured', detail: fault })
      const name = nameOf(baseUrl, key)
      const one = pooled.get(name) ?? made(name, baseUrl, key)
      // Asked for last, so that the others come before it.
      pooled.delete(name)
      pooled.set(name, one)
      one.idleMs = realTime.measure()
      for (const other of pooled.values()) {
        if (other === one || (pooled.size <= mostClients && other.idleMs() < idleAfterMs)) break
        letGo(other)
      }
      if (company !== undefined && !one.companies.has(company)) {
        one.companies.add(company)
        const state = one.state()
        if (state !== undefined) onBreaker?.([company], state)
      }
      return ok(one)
    },
    close: async () => {
      await Promise.all([...pooled.values()].map(({ client }) => client.close()))
      pooled.clear()
    },
  }
}

const nameOf = (baseUrl: string, key: Secret): string =>
  key.use((plain) => createHash('sha256').update(`${baseUrl}\n${plain}`).digest('hex').slice(0, 32))

const faultOf = (baseUrl: string, key: Secret): string | undefined => {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    return 'The base_url of the calendar is no address such as https://api.cal.com/v2.'
  }
  return key.use((plain) => /^[\x21-\x7e]+$/.test(plain))
    ? undefined
    : 'The API key of the calendar holds characters that no key has. Put it anew.'
}
