import { createHash } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import type { AccountHealth } from '../../application/operation/health.ts'
import type { RealTime } from '../../application/ports/ambient.ts'
import type { RateLimits } from '../../application/ports/cache.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { MINUTE } from '../../domain/time.ts'
import { oneSpelling } from '../../domain/web-address.ts'
import { type BreakerState, type JsonClient, jsonClient } from './json-client.ts'
import type { VendorLimit } from './turns.ts'

export interface NamedClient {
  /** Of the address and the key, without being the key. */
  readonly name: string
  readonly client: JsonClient
}

/** With which no client can be made, and so nothing was asked. */
export type UnusableAccess = 'unusable-address' | 'unusable-key'

export interface ClientPool {
  /** The one client of this address and key, however many companies have it. */
  readonly clientFor: (
    baseUrl: string,
    key: Secret,
    company: CompanyId | undefined,
  ) => Result<NamedClient, UnusableAccess>
  /** What is known of those that companies asked lately. */
  readonly accounts: () => readonly AccountHealth[]
  readonly close: () => Promise<void>
}

export interface ClientPoolOptions {
  readonly limits: RateLimits
  readonly realTime: RealTime
  readonly allowPrivate: boolean
  /** How often the vendor lets itself be asked with each key; its name stands in front of the client's. */
  readonly limit: VendorLimit
  readonly patienceMs?: number | undefined
  readonly restMs?: number | undefined
  readonly onBreaker?: ((companies: readonly CompanyId[], state: BreakerState) => void) | undefined
}

interface PoolEntry extends NamedClient {
  /** The host, without the key. */
  readonly address: string
  readonly companies: Set<CompanyId>
  /** What is known of its breaker. */
  readonly state: () => BreakerState | undefined
  /** Since it was last asked for. */
  idleMs: () => number
}

const mostClients = 500
const idleAfterMs = 15 * MINUTE

/** Clients of one vendor by address and key; those that nobody asks for any more are let go. */
export const clientPool = (options: ClientPoolOptions): ClientPool => {
  const { limits, realTime, allowPrivate, limit, patienceMs, restMs, onBreaker } = options
  const pooled = new Map<string, PoolEntry>()

  const made = (name: string, baseUrl: string, credential: Secret): PoolEntry => {
    const companies = new Set<CompanyId>()
    let known: BreakerState | undefined
    const client = jsonClient({
      ...{ baseUrl, credential, limits, realTime, allowPrivate, patienceMs, restMs },
      limit: { ...limit, name: `${limit.name}/${name}` },
      onBreaker: (state) => {
        known = state
        if (companies.size > 0) onBreaker?.([...companies], state)
      },
    })
    const address = new URL(baseUrl).host
    return { name, client, address, companies, state: () => known, idleMs: realTime.measure() }
  }

  const letGo = (one: PoolEntry) => {
    pooled.delete(one.name)
    // Its requests under way are seen to their end.
    void one.client.close().catch(() => undefined)
  }

  return {
    clientFor: (baseUrl, key, company) => {
      const fault = faultOf(baseUrl, key)
      if (fault !== undefined) return err(fault)
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
    accounts: () =>
      [...pooled.values()]
        .filter((one) => one.companies.size > 0 && one.idleMs() < idleAfterMs)
        .map(({ address, companies, state }) => ({ address, companies: [...companies], breaker: state() })),
    close: async () => {
      await Promise.all([...pooled.values()].map(({ client }) => client.close()))
      pooled.clear()
    },
  }
}

/** The account and not the spelling of its address, for the vendor counts the requests of an account. */
const nameOf = (baseUrl: string, key: Secret): string =>
  key.use((plain) =>
    createHash('sha256')
      .update(`${oneSpelling(baseUrl)}\n${plain}`)
      .digest('hex')
      .slice(0, 32),
  )

const faultOf = (baseUrl: string, key: Secret): UnusableAccess | undefined => {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) return 'unusable-address'
  return key.use((plain) => /^[\x21-\x7e]+$/.test(plain)) ? undefined : 'unusable-key'
}
