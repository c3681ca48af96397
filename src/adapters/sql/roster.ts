import { createHash } from 'node:crypto'
import type { RetellAccountKeys } from '../../application/ports/directory.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { type Secret, secret } from '../../domain/secret.ts'
import { chunks } from './chunks.ts'
import { openSettings, type Settings } from './company-rows.ts'
import type { Engine, Trx } from './engine.ts'
import type { Seals } from './sealing.ts'

/** Every company by name, and the accounts that sign for them. */
export interface Roster {
  readonly companies: readonly { readonly id: CompanyId; readonly slug: string; readonly name: string }[]
  /** The platform's first. */
  readonly accounts: readonly RetellAccountKeys[]
  readonly accountOf: (company: CompanyId) => RetellAccountKeys
  /** Those whose vendor's calendar opens with the same key, without the company itself. */
  readonly sharingCalendar: (company: CompanyId) => readonly CompanyId[]
}

/** What is kept of a company. `keys` undefined: it belongs to the platform's account. */
interface Entry {
  readonly id: CompanyId
  readonly slug: string
  readonly name: string
  readonly keys: readonly Secret[] | undefined
  /** A digest of the key of its vendor's calendar. */
  readonly calendar: string | undefined
}

/**
 * Reads the roster as it is now, one reading after another. Only companies that changed since the last reading are opened again, so that ten
 * thousand of them cost no more than the one that changed.
 */
export const rosterReader = (
  engine: Engine,
  seals: Seals,
  platformKeys: readonly Secret[],
): (() => Promise<Roster>) => {
  const entries = new Map<CompanyId, Entry>()
  let seen = 0
  let roster = rosterOf([], platformKeys)
  let last: Promise<unknown> = Promise.resolve()

  const read = async (): Promise<Roster> => {
    const changed = await engine.readAsSystem((trx) => changesAfter(trx, seals, seen))
    if (changed.length === 0) return roster
    for (const { entry, id, changed: count } of changed) {
      if (entry) entries.set(id, entry)
      else entries.delete(id)
      seen = Math.max(seen, count)
    }
    roster = rosterOf([...entries.values()], platformKeys)
    return roster
  }
  return () => {
    const reading = last.then(read)
    last = reading.catch(() => undefined)
    return reading
  }
}

interface Change {
  readonly id: CompanyId
  readonly changed: number
  readonly entry: Entry | undefined
}

const changesAfter = async (trx: Trx, seals: Seals, seen: number): Promise<readonly Change[]> => {
  const rows = await trx
    .selectFrom('companies')
    .select(['id', 'slug', 'document', 'changed', 'retired_at'])
    .where('changed', '>', seen)
    .orderBy('changed')
    .execute()
  const companies = rows.map((row) => {
    const id = row.id as CompanyId
    const settings = row.retired_at === null ? readable(() => openSettings(seals.of(id), id, row.document)) : undefined
    return { id, slug: row.slug, changed: row.changed, settings }
  })
  const keys = await keysOf(trx, seals, companies)
  return companies.map(({ id, slug, changed, settings }) => ({
    id,
    changed,
    entry: settings && {
      ...{ id, slug, name: settings.company.name },
      keys: settings.retell && (keys.get(id)?.webhooks ?? []),
      calendar: keys.get(id)?.calendar,
    },
  }))
}

interface KeysOfOne {
  readonly webhooks: readonly Secret[]
  readonly calendar: string | undefined
}

/** The webhook keys of companies that have an account of their own, in the order of their file, and the keys of their calendars. */
const keysOf = async (
  trx: Trx,
  seals: Seals,
  companies: readonly { readonly id: CompanyId; readonly settings: Settings | undefined }[],
): Promise<ReadonlyMap<CompanyId, KeysOfOne>> => {
  const names = new Map<CompanyId, { readonly webhooks: readonly string[]; readonly calendar: string | undefined }>()
  for (const { id, settings } of companies) {
    const { retell, calendar } = settings ?? {}
    const own = retell && (retell.webhookKeys.length > 0 ? retell.webhookKeys : [retell.apiKey])
    const calendarKey = calendar?.kind === 'calcom' ? calendar.apiKey.secretName : undefined
    if (!own && calendarKey === undefined) continue
    names.set(id, { webhooks: (own ?? []).map(({ secretName }) => secretName), calendar: calendarKey })
  }
  const values = new Map<CompanyId, Map<string, Secret>>()
  for (const some of chunks([...names.keys()])) {
    const rows = await trx.selectFrom('company_secrets').selectAll().where('company_id', 'in', some).execute()
    for (const { company_id, name, sealed } of rows) {
      const id = company_id as CompanyId
      const wanted = names.get(id)
      if (name !== wanted?.calendar && !wanted?.webhooks.includes(name)) continue
      const plain = readable(() => seals.of(id).open('company_secrets', 'sealed', name, sealed))
      if (plain !== undefined) values.set(id, (values.get(id) ?? new Map<string, Secret>()).set(name, secret(plain)))
    }
  }
  return new Map(
    [...names].map(([id, { webhooks, calendar }]) => {
      const opened = values.get(id)
      const key = calendar === undefined ? undefined : opened?.get(calendar)
      return [id, { webhooks: webhooks.flatMap((name) => opened?.get(name) ?? []), calendar: key && digestOf(key) }]
    }),
  )
}

/** The secrets of a company by their names. One that cannot be opened is missing among them. */
export const openSecrets = async (trx: Trx, seals: Seals, company: CompanyId): Promise<ReadonlyMap<string, Secret>> => {
  const rows = await trx.selectFrom('company_secrets').selectAll().where('company_id', '=', company).execute()
  return new Map(
    rows.flatMap(({ name, sealed }) => {
      const plain = readable(() => seals.of(company).open('company_secrets', 'sealed', name, sealed))
      return plain === undefined ? [] : [[name, secret(plain)] as const]
    }),
  )
}

/** What one company's damaged row hides is missing there; the calls of all the others come through. */
const readable = <T>(open: () => T): T | undefined => {
  try {
    return open()
  } catch {
    return undefined
  }
}

interface Account {
  readonly platform: boolean
  readonly companies: CompanyId[]
  readonly keys: Map<string, Secret>
}

/** Companies that share a key are one account, and who shares the platform's is the platform's. */
const rosterOf = (entries: readonly Entry[], platformKeys: readonly Secret[]): Roster => {
  const platform: Account = { platform: true, companies: [], keys: byDigest(platformKeys) }
  const accounts = new Set<Account>([platform])
  const byKey = new Map<string, Account>([...platform.keys.keys()].map((digest) => [digest, platform]))
  for (const { id, keys } of entries) {
    const own = byDigest(keys ?? [])
    const sharing = new Set([...own.keys()].flatMap((digest) => byKey.get(digest) ?? []))
    const account = keys === undefined ? platform : joined([...sharing], accounts)
    account.companies.push(id)
    for (const [digest, key] of own) if (!account.keys.has(digest)) account.keys.set(digest, key)
    for (const digest of account.keys.keys()) byKey.set(digest, account)
  }
  const shown = new Map([...accounts].map((account) => [account, shownOf(account)]))
  const byCompany = new Map([...shown].flatMap(([{ companies }, one]) => companies.map((id) => [id, one] as const)))
  const nobodys: RetellAccountKeys = { company: undefined, companies: [], keys: platformKeys }
  const calendarOf = new Map(entries.flatMap(({ id, calendar }) => (calendar === undefined ? [] : [[id, calendar]])))
  const sharing = new Map<string, CompanyId[]>()
  for (const [id, calendar] of calendarOf) {
    const others = sharing.get(calendar)
    if (others) others.push(id)
    else sharing.set(calendar, [id])
  }
  return {
    companies: entries.map(({ id, slug, name }) => ({ id, slug, name })),
    accounts: [...shown.values()],
    accountOf: (company) => byCompany.get(company) ?? nobodys,
    sharingCalendar: (company) => (sharing.get(calendarOf.get(company) ?? '') ?? []).filter((id) => id !== company),
  }
}

/** One account out of those that turn out to be the same, in the place of the first; a new one out of none. */
const joined = (same: readonly Account[], accounts: Set<Account>): Account => {
  const none: Account = { platform: false, companies: [], keys: new Map() }
  const first = same.find(({ platform }) => platform) ?? same[0] ?? none
  accounts.add(first)
  for (const other of same) {
    if (other === first) continue
    accounts.delete(other)
    first.companies.push(...other.companies)
    for (const [digest, key] of other.keys) first.keys.set(digest, key)
  }
  return first
}

const digestOf = (key: Secret): string => key.use((plain) => createHash('sha256').update(plain).digest('base64'))

const byDigest = (keys: readonly Secret[]): Map<string, Secret> => new Map(keys.map((key) => [digestOf(key), key]))

const shownOf = ({ platform, companies, keys }: Account): RetellAccountKeys => ({
  company: platform || companies.length > 1 ? undefined : companies[0],
  companies,
  keys: [...keys.values()],
})
