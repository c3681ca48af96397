import type { CalendarFeedId, CompanyId, StaffId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

/** A colleague's appointments under a secret address, of which only the digest is kept. */
export interface Feed {
  readonly id: CalendarFeedId
  readonly staff: StaffId
  readonly digest: string
  readonly createdAt: Instant
}

/** The feeds of one company, at most one for each colleague. */
export interface Feeds {
  /** In place of the one that the colleague had. */
  readonly put: (feed: Feed) => Promise<void>
  /** In the order in which they were made. */
  readonly list: () => Promise<readonly Feed[]>
  /** Undefined: the colleague had none. */
  readonly remove: (staff: StaffId) => Promise<Feed | undefined>
}

/** Whose a secret address is, before a company is known. */
export interface FeedDirectory {
  /** One look-up, whether the digest is known or not. */
  readonly byDigest: (digest: string) => Promise<(Feed & { readonly company: CompanyId }) | undefined>
}
