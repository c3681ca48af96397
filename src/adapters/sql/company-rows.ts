import { isDeepStrictEqual } from 'node:util'
import type { CompanyProfile, CompanySpec } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** What a profile is without its parts. */
export type Settings = Omit<CompanySpec, PartName>
export type PartName = 'branches' | 'services' | 'staff' | 'agents'
export type SpecOf<Name extends PartName> = CompanySpec[Name][number]
export type StoredOf<Name extends PartName> = CompanyProfile[Name][number]
export type Parts = Pick<CompanyProfile, PartName>

export const settingsOf = ({ branches, services, staff, agents, ...settings }: CompanySpec): Settings => settings

export const sealSettings = (seal: Sealing, company: CompanyId, settings: Settings): string =>
  seal.seal('companies', 'document', company, toDocument(settings))

export const openSettings = (seal: Sealing, company: CompanyId, document: string): Settings =>
  fromDocument(seal.open('companies', 'document', company, document)) as Settings

/** A branch, service, colleague or agent as stored. */
interface Kept<Name extends PartName> {
  readonly id: string
  readonly spec: SpecOf<Name>
  readonly position: number
  readonly retiredAt: number | null
}

/** The parts of a company that are not retired, in the order of its file. */
export const readParts = async (db: TenantDb, seal: Sealing): Promise<Parts> => ({
  branches: storedOf(await readPart(db, seal, 'branches')),
  services: storedOf(await readPart(db, seal, 'services')),
  staff: storedOf(await readPart(db, seal, 'staff')),
  agents: storedOf(await readPart(db, seal, 'agents')),
})

/**
 * Brings one part to what the file names, and gives what is active afterwards. A slug keeps its id, also over a
 * retirement; what the file does not name stays behind what it names, or is retired by `prune`.
 */
export const bringPart = async <Name extends PartName>(
  db: TenantDb,
  seal: Sealing,
  table: Name,
  specs: readonly SpecOf<Name>[],
  change: { readonly prune: boolean; readonly now: Instant; readonly newId: () => string },
): Promise<{ readonly active: readonly StoredOf<Name>[]; readonly changed: boolean }> => {
  const before = await readPart(db, seal, table)
  const known = new Map(before.map((one) => [one.spec.slug, one]))
  const named = new Set(specs.map(({ slug }) => slug))
  const unnamed = before.filter(({ spec, retiredAt }) => retiredAt === null && !named.has(spec.slug))
  const wanted: readonly Kept<Name>[] = [
    ...specs.map((spec, position) => ({
      id: known.get(spec.slug)?.id ?? change.newId(),
      spec,
      position,
      retiredAt: null,
    })),
    ...unnamed.map((one, position) =>
      change.prune ? { ...one, retiredAt: change.now } : { ...one, position: specs.length + position },
    ),
  ]
  const changes = wanted.filter((one) => !isDeepStrictEqual(one, known.get(one.spec.slug)))
  for (const one of changes) {
    const row = {
      slug: one.spec.slug,
      document: seal.seal(table, 'document', one.id, toDocument(one.spec)),
      position: one.position,
      retired_at: one.retiredAt,
    }
    if (known.has(one.spec.slug)) await db.update(alike(table)).set(row).where('id', '=', one.id).execute()
    else await db.insert(alike(table), { id: one.id, ...row }).execute()
  }
  return { active: storedOf(wanted), changed: changes.length > 0 }
}

const readPart = async <Name extends PartName>(
  db: TenantDb,
  seal: Sealing,
  table: Name,
): Promise<readonly Kept<Name>[]> => {
  const rows = await db.from(alike(table)).selectAll().orderBy('position').orderBy('id').execute()
  return rows.map(({ id, document, position, retired_at }) => ({
    id,
    spec: fromDocument(seal.open(table, 'document', id, document)) as SpecOf<Name>,
    position,
    retiredAt: retired_at,
  }))
}

const storedOf = <Name extends PartName>(kept: readonly Kept<Name>[]): readonly StoredOf<Name>[] =>
  kept.flatMap(({ id, spec, retiredAt }) => (retiredAt === null ? ({ ...spec, id } as StoredOf<Name>) : []))

/** The four tables have the same columns, so a query for one of them is a query for each. */
const alike = (table: PartName): 'branches' => table as 'branches'
