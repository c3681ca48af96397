import type { RoutingOverride } from '../../domain/calling/routing.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { BranchId, CallId, CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'

/** Whose number was called. */
export interface Line {
  readonly company: CompanyId
  readonly branch: BranchId
}

/** A number of ours, and what people said lately about where its calls go. */
export interface DialledLine extends Line {
  /** Those that count now or did lately: ask `overrideAt`. */
  readonly overrides: readonly RoutingOverride[]
}

/** A Retell account: the keys that sign for it and the companies that share them. */
export interface RetellAccountKeys {
  /** Undefined: the platform's own account, or one that several companies share. */
  readonly company: CompanyId | undefined
  readonly companies: readonly CompanyId[]
  readonly keys: readonly Secret[]
}

/**
 * What must be known before a company is: who owns a number, an agent, a slug, a key. Answers come from memory when
 * they can and are never older than a few seconds.
 */
export interface Directory {
  /** In constant time, whatever the count of numbers. Inactive numbers belong to nobody. */
  readonly lineOf: (number: PhoneNumber) => Promise<DialledLine | undefined>
  /** The branches that name this agent, over all companies. */
  readonly linesOfAgent: (retellAgentId: string) => Promise<readonly Line[]>
  readonly profile: (company: CompanyId) => Promise<CompanyProfile | undefined>
  readonly companyBySlug: (slug: Slug) => Promise<CompanyId | undefined>
  readonly companies: () => Promise<readonly { readonly id: CompanyId; readonly slug: Slug; readonly name: string }[]>
  /** A secret of the company by its name. Undefined: none is kept under it, or it cannot be opened, which `doctor` names. */
  readonly secretOf: (company: CompanyId, name: string) => Promise<Secret | undefined>
  /** The account whose keys must have signed what concerns this company. */
  readonly accountOf: (company: CompanyId) => Promise<RetellAccountKeys>
  /** The other companies whose vendor's calendar opens with the same key, so that each is shown the bookings of all. */
  readonly sharingCalendar: (company: CompanyId) => Promise<readonly CompanyId[]>
  /** Every distinct account, the platform's first. */
  readonly accounts: () => Promise<readonly RetellAccountKeys[]>
  /** Which of these companies already knows this call. */
  readonly companyOfCall: (call: CallId, among: readonly CompanyId[]) => Promise<CompanyId | undefined>
}
