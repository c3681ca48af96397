import type { CompanyId } from '../../domain/ids.ts'

/** Tells whoever waits in this process that a company may have news. */
export interface Bell {
  readonly ring: (company: CompanyId) => void
  readonly ringAll: () => void
  /** Returns the way to stop. */
  readonly wait: (company: CompanyId, told: () => void) => () => void
}

/** A listener that throws keeps the news from nobody else. */
export const bell = (): Bell => {
  const waiting = new Map<CompanyId, Set<() => void>>()
  const ring = (company: CompanyId): void => {
    for (const told of waiting.get(company) ?? []) {
      queueMicrotask(() => {
        if (waiting.get(company)?.has(told)) told()
      })
    }
  }
  return {
    ring,
    ringAll: () => {
      for (const company of waiting.keys()) ring(company)
    },
    wait: (company, told) => {
      const listener = () => told()
      const all = waiting.get(company) ?? new Set()
      waiting.set(company, all.add(listener))
      return () => {
        all.delete(listener)
        if (all.size === 0 && waiting.get(company) === all) waiting.delete(company)
      }
    },
  }
}
