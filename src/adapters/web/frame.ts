import { mayDo } from '../../application/access/authenticate.ts'
import type { CallbackTally } from '../../application/ports/callbacks.ts'
import type { Permission } from '../../domain/access/role.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Instant, TimeZone } from '../../domain/time.ts'
import type { WebSession } from './application.ts'
import type { Assets } from './assets.ts'
import type { Reading } from './format.ts'
import type { Words } from './words/words.ts'

export type Theme = 'auto' | 'light' | 'dark'

/** What is around every page: who looks, in which words, at which company. */
export interface Frame {
  readonly words: Words
  readonly theme: Theme
  readonly now: Instant
  /** In which a page is read where no company says so. */
  readonly platformZone: TimeZone
  readonly assets: Assets
  /** The address as asked for, query included. */
  readonly address: string
  readonly csrf: string
  readonly session: WebSession | undefined
  /** The company, the number of its newest event before anything was read, and who waits for a call. */
  readonly company:
    | { readonly profile: CompanyProfile; readonly seq: number; readonly waiting: CallbackTally }
    | undefined
}

export type Place =
  | 'overview'
  | 'calls'
  | 'callbacks'
  | 'wishes'
  | 'calendar'
  | 'customers'
  | 'agents'
  | 'numbers'
  | 'staff'
  | 'audit'
  | 'calendar-connection'
  | 'set-up'
  | 'deliveries'
  | 'companies'
  | 'all-deliveries'
  | 'all-audit'
  | 'flags'
  | 'unrouted'
  | 'elsewhere'

/** A page without what is around it. */
export interface View {
  readonly title: string
  readonly place: Place
  readonly content: JSX.Element
  readonly status?: number
}

/** Times are read in a branch's zone where there is one, else in the company's, else in the platform's. */
export const readingOf = (frame: Pick<Frame, 'words' | 'company' | 'platformZone'>, zone?: TimeZone): Reading => ({
  language: frame.words.code,
  zone: zone ?? frame.company?.profile.company.timeZone ?? frame.platformZone,
})

export const may = (frame: Pick<Frame, 'session'>, permission: Permission): boolean =>
  frame.session !== undefined && mayDo(frame.session, permission)

export const companyPath = (profile: CompanyProfile, rest = ''): string =>
  `/companies/${encodeURIComponent(profile.company.slug)}${rest}`

/** A place on this server and no other; anything else becomes the start page. */
export const localPath = (text: unknown): string =>
  typeof text === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length < 2000 ? text : '/'
