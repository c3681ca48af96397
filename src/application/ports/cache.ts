import type { CompanyId } from '../../domain/ids.ts'

/**
 * Answers of vendors, kept for a while and shared by all processes of an installation that has a server for it. Never
 * the only place of anything: it may forget at any moment. It never rejects and never keeps anybody waiting; while its
 * server is away nothing is found in it, or only what this process kept.
 */
export interface Cache {
  /** What is kept of one company can neither be read nor replaced by way of another. */
  readonly of: (company: CompanyId) => CompanyCache
}

export interface CompanyCache {
  readonly get: (key: string) => Promise<string | undefined>
  /** In place of what was kept, for so many seconds; for none of them nothing is kept. */
  readonly set: (key: string, value: string, seconds: number) => Promise<void>
}

/** How often a vendor may be asked with one key, counted over all processes as far as they can reach each other. */
export interface RateLimits {
  /**
   * Takes one turn of `most` in a window of `windowMs`, real milliseconds. Refused: nothing was taken, and `retryInMs`
   * says when there is one again. `name` never holds a secret.
   */
  readonly take: (
    name: string,
    most: number,
    windowMs: number,
  ) => Promise<{ readonly taken: true } | { readonly taken: false; readonly retryInMs: number }>
  /** The vendor said that there are none left: nobody takes one for so long. */
  readonly exhaust: (name: string, forMs: number) => Promise<void>
}
