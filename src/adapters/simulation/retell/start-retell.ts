import { randomBytes } from 'node:crypto'
import { byHand, type DashboardEdit } from './by-hand.ts'
import type { EndpointName, RetellFault } from './faults.ts'
import { plainAgent, plainEngine } from './plain-agent.ts'
import { mostInASecond, type SeenRequest, serveRetell } from './serve.ts'
import { newAccount, type RetellAccount, type RetellStore } from './store.ts'

export interface RetellSettings {
  /** Milliseconds since the epoch; everything there happens at this time. */
  readonly now: () => number
  readonly host?: string
  /** 0 or nothing: any free one. */
  readonly port?: number
  /** Of the account that is there from the beginning; made up when not given. */
  readonly key?: string
  /** More of one key in any second are refused with 429; as many as come unless told otherwise. */
  readonly requestsPerSecond?: number
}

/** A workspace at Retell, and what a person does in it. */
export interface StandInAccount extends DashboardEdit {
  readonly key: string
  readonly account: RetellAccount
}

/** A Retell of its own, over real HTTP, with levers. */
export interface StandInVoicePlatform extends StandInAccount {
  /** In place of `https://api.retellai.com`. */
  readonly url: string
  readonly addAccount: (name?: string) => StandInAccount
  /**
   * From now on every request ends like this; undefined: as it should. Of a list the next requests take one each, and
   * after that all is well. With an id only requests for it do.
   */
  readonly misbehave: (
    endpoint: EndpointName,
    fault: RetellFault | undefined | readonly (RetellFault | undefined)[],
    id?: string,
  ) => void
  /** Everything as it should. */
  readonly recover: () => void
  /** Every request that came, in order. */
  readonly seen: (endpoint?: EndpointName) => readonly SeenRequest[]
  /** How many requests came in the busiest second, with one key or with all. */
  readonly busiestSecond: (accountName?: string) => number
  /** So many published agents on engines with so many tools, in the first account. Answers with their ids. */
  readonly seedAgents: (count: number, how?: { readonly toolsEach?: number }) => readonly string[]
  readonly store: RetellStore
  readonly close: () => Promise<void>
}

type FaultsInTurn = readonly (RetellFault | undefined)[]
const inTurn = (fault: RetellFault | FaultsInTurn): fault is FaultsInTurn => Array.isArray(fault)

/** Starts one on this machine. It forgets everything when it is closed. */
export const startRetell = async (settings: RetellSettings): Promise<StandInVoicePlatform> => {
  let last = 0
  const store: RetellStore = {
    accounts: [],
    moment: () => {
      last = Math.max(last + 1, settings.now())
      return last
    },
  }
  const addAccount = (name = `Workspace ${store.accounts.length + 1}`, key?: string): StandInAccount => {
    const account = newAccount(key ?? `key_${randomBytes(14).toString('hex')}`, name)
    store.accounts.push(account)
    return { ...byHand(store, account), key: account.key, account }
  }
  const first = addAccount(undefined, settings.key)

  const faults = new Map<string, RetellFault | (RetellFault | undefined)[]>()
  const placeOf = (endpoint: EndpointName, id: string | undefined) =>
    id === undefined ? endpoint : `${endpoint} ${id}`
  const faultAt = (place: string): RetellFault | undefined => {
    const known = faults.get(place)
    return Array.isArray(known) ? known.shift() : known
  }

  const server = await serveRetell({
    store,
    host: settings.host ?? '127.0.0.1',
    port: settings.port ?? 0,
    requestsPerSecond: settings.requestsPerSecond,
    faultOf: (endpoint, id) => faultAt(placeOf(endpoint, id)) ?? faultAt(endpoint),
  })

  return {
    ...first,
    url: server.url,
    addAccount,
    misbehave: (endpoint, fault, id) => {
      const place = placeOf(endpoint, id)
      if (fault === undefined) faults.delete(place)
      else faults.set(place, inTurn(fault) ? [...fault] : fault)
    },
    recover: () => faults.clear(),
    seen: (endpoint) => server.seen.filter((one) => endpoint === undefined || one.endpoint === endpoint),
    busiestSecond: (name) =>
      mostInASecond(
        server.seen
          .filter(({ account }) => name === undefined || account === name)
          .map(({ at }) => at)
          .toSorted((one, other) => one - other),
      ),
    seedAgents: (count, { toolsEach = 3 } = {}) => {
      const engine = plainEngine(toolsEach)
      return Array.from({ length: count }, (_, index) =>
        first.addAgent({ engine, agent: plainAgent(`Agent ${index + 1}`) }),
      )
    },
    store,
    close: server.close,
  }
}
