import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { emptyTables, type Tables } from './tables.ts'

/** A company's settings with those that were retired, which come back under their ids when they are named again. */
export interface CompanyRecord {
  readonly profile: CompanyProfile
  readonly retired: Pick<CompanyProfile, 'branches' | 'services' | 'staff' | 'agents'>
  readonly secrets: ReadonlyMap<string, Secret>
}

/** Whose tables are meant: a company's, or those of the platform itself. */
export type TableOwner = CompanyId | 'platform'

/** What every port of one memory shares: the companies, what each of them remembers, and whose turn it is. */
export interface World {
  readonly companies: Map<CompanyId, CompanyRecord>
  readonly tablesOf: (owner: TableOwner) => Tables
  /** How many live events each company ever had; they are deleted and their numbers are not given again. */
  readonly told: Map<CompanyId, number>
  readonly commit: (owner: TableOwner, tables: Tables) => void
  /** Works of the same name run one after another, in the order in which they came. */
  readonly inTurn: <T>(name: string, work: () => Promise<T>) => Promise<T>
  /** Called after each commit of the company. Returns the way to stop. */
  readonly onCommit: (company: CompanyId, told: () => void) => () => void
}

export const emptyWorld = (): World => {
  const tables = new Map<TableOwner, Tables>()
  const turns = new Map<string, Promise<unknown>>()
  const listeners = new Map<TableOwner, Set<() => void>>()

  return {
    companies: new Map(),
    told: new Map(),
    tablesOf: (owner) => tables.get(owner) ?? emptyTables,
    commit: (owner, next) => {
      const news = next.events !== (tables.get(owner) ?? emptyTables).events
      tables.set(owner, next)
      if (!news) return
      const told = listeners.get(owner)
      for (const listener of told ?? []) {
        queueMicrotask(() => {
          if (told?.has(listener)) listener()
        })
      }
    },
    inTurn: (name, work) => {
      const before = turns.get(name) ?? Promise.resolve()
      const mine = before.then(work)
      const done = mine.then(
        () => undefined,
        () => undefined,
      )
      turns.set(name, done)
      return mine
    },
    onCommit: (company, told) => {
      const listener = () => told()
      const all = listeners.get(company) ?? new Set()
      listeners.set(company, all.add(listener))
      return () => {
        all.delete(listener)
      }
    },
  }
}
