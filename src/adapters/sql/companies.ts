import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { err, ok, type Result } from 'neverthrow'
import type { Ids } from '../../application/ports/ambient.ts'
import type { AlreadyChanged, Companies, CompanyWrite, NumberTaken } from '../../application/ports/companies.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import { chunks } from './chunks.ts'
import { changes, takeTurn } from './company-changes.ts'
import { bringPart, openSettings, sealSettings, settingsOf } from './company-rows.ts'
import { seedCustomers } from './customer-seeds.ts'
import type { Engine, Trx } from './engine.ts'
import type { Sealing, Seals } from './sealing.ts'
import { type TenantDb, tenantDb } from './tenant-db.ts'

/** Companies as their files say. `written` is called whenever this process knows an old version, so that it forgets it. */
export const sqlCompanies = (engine: Engine, seals: Seals, ids: Ids, written: () => void): Companies => ({
  secretNames: (_scope, company) =>
    engine.readAsSystem(async (trx) => {
      const rows = await trx.selectFrom('company_secrets').select('name').where('company_id', '=', company).execute()
      return new Set(rows.map(({ name }) => name))
    }),
  heldByOthers: (_scope, slug, numbers) => engine.readAsSystem((trx) => heldByOthers(trx, slug, numbers)),
  write: async (_scope, write, now) => {
    const result = await engine.asSystem((trx) => bring(engine, seals, ids, trx, write, now))
    if (result.isOk() || result.error.kind === 'company-changed-meanwhile') written()
    return result
  },
})

const bring = async (
  engine: Engine,
  seals: Seals,
  ids: Ids,
  trx: Trx,
  { spec, secrets, customers, prune, ofVersion }: CompanyWrite,
  now: Instant,
): Promise<Result<CompanyProfile, NumberTaken | AlreadyChanged>> => {
  await takeTurn(engine, trx)
  const { slug } = spec.company
  const wanted = spec.branches.flatMap(({ phoneNumbers }) => phoneNumbers.filter(({ active }) => active))
  const [number] = await heldByOthers(
    trx,
    slug,
    wanted.map((one) => one.number),
  )
  if (number !== undefined) return err({ kind: 'number-taken', number })

  const known = await trx.selectFrom('companies').selectAll().where('slug', '=', slug).executeTakeFirst()
  if (ofVersion !== undefined && known?.version !== ofVersion) return err({ kind: 'company-changed-meanwhile' })
  const id = (known?.id as CompanyId | undefined) ?? ids.next('company')
  const [seal, db] = [seals.of(id), tenantDb(trx, engine.dialect, id)]
  const settings = settingsOf(spec)
  const document = sealSettings(seal, id, settings)
  const count = await changes(trx)
  if (!known) {
    await trx
      .insertInto('companies')
      .values({ id, slug, version: 0, changed: count + 1, document, created_at: now, retired_at: null })
      .execute()
  }

  const newId = (kind: 'branch' | 'service' | 'staff' | 'agent') => ({ prune, now, newId: () => ids.next(kind) })
  const branches = await bringPart(db, seal, 'branches', spec.branches, newId('branch'))
  const services = await bringPart(db, seal, 'services', spec.services, newId('service'))
  const staff = await bringPart(db, seal, 'staff', spec.staff, newId('staff'))
  const agents = await bringPart(db, seal, 'agents', spec.agents, newId('agent'))
  if (branches.changed) {
    await bringNumbers(db, ids, branches.active)
    await bringBranchAgents(db, branches.active)
  }
  const newSecrets = await bringSecrets(trx, seal, id, secrets)

  const sameSettings =
    known && known.retired_at === null && isDeepStrictEqual(openSettings(seal, id, known.document), settings)
  const changed =
    !sameSettings ||
    newSecrets ||
    [branches, services, staff, agents].some((part: { changed: boolean }) => part.changed)
  const version = (known?.version ?? 0) + (changed ? 1 : 0)
  if (changed) {
    await trx
      .updateTable('companies')
      .set({ version, changed: count + 1, document, retired_at: null })
      .where('id', '=', id)
      .execute()
  }
  await seedCustomers(db, seal, ids, customers, now)
  return ok({
    ...settings,
    id,
    version,
    branches: branches.active,
    services: services.active,
    staff: staff.active,
    agents: agents.active,
  })
}

const heldByOthers = async (
  trx: Trx,
  slug: string,
  numbers: readonly PhoneNumber[],
): Promise<readonly PhoneNumber[]> => {
  const held = new Set<string>()
  for (const some of chunks(numbers)) {
    const rows = await trx
      .selectFrom('phone_numbers')
      .innerJoin('companies', 'companies.id', 'phone_numbers.company_id')
      .select('phone_numbers.number')
      .where('phone_numbers.number', 'in', some)
      .where('phone_numbers.active', '=', sql.lit(1))
      .where('companies.slug', '<>', slug)
      .execute()
    for (const { number } of rows) held.add(number)
  }
  return numbers.filter((number) => held.has(number))
}

/** The numbers of the active branches, each once: where two branches name one, the first that has it active. */
const bringNumbers = async (db: TenantDb, ids: Ids, branches: readonly Branch[]): Promise<void> => {
  const named = branches.flatMap(({ id, phoneNumbers }) =>
    phoneNumbers.map(({ number, active }) => ({ number, branch_id: id, active: active ? (1 as const) : (0 as const) })),
  )
  const wanted = new Map<string, (typeof named)[number]>()
  for (const one of [...named.filter(({ active }) => active === 1), ...named]) {
    if (!wanted.has(one.number)) wanted.set(one.number, one)
  }
  const before = await db.from('phone_numbers').selectAll().execute()
  const gone = before.filter(({ number }) => !wanted.has(number)).map(({ id }) => id)
  for (const some of chunks(gone)) await db.delete('phone_numbers').where('id', 'in', some).execute()
  const known = new Map(before.map((one) => [one.number, one]))
  const news = [...wanted.values()].filter(({ number }) => !known.has(number))
  for (const some of chunks(news)) {
    await db
      .insert(
        'phone_numbers',
        some.map((one) => ({ id: ids.next('phoneNumber'), ...one })),
      )
      .execute()
  }
  for (const [number, { id, branch_id, active }] of known) {
    const one = wanted.get(number)
    if (one && (one.branch_id !== branch_id || one.active !== active)) {
      await db.update('phone_numbers').set(one).where('id', '=', id).execute()
    }
  }
}

const bringBranchAgents = async (db: TenantDb, branches: readonly Branch[]): Promise<void> => {
  await db.delete('branch_agents').execute()
  const rows = branches.flatMap(({ id, retellAgentId }) =>
    retellAgentId === undefined ? [] : [{ branch_id: id, retell_agent_id: retellAgentId }],
  )
  for (const some of chunks(rows)) await db.insert('branch_agents', some).execute()
}

/** Gives whether any value is new. Equal values are left as they are, so that a repeated file changes nothing. */
const bringSecrets = async (
  trx: Trx,
  seal: Sealing,
  company: CompanyId,
  secrets: CompanyWrite['secrets'],
): Promise<boolean> => {
  const rows = await trx.selectFrom('company_secrets').selectAll().where('company_id', '=', company).execute()
  const known = new Map(rows.map(({ name, sealed }) => [name, seal.open('company_secrets', 'sealed', name, sealed)]))
  const news = secrets.filter(({ name, value }) => value.use((plain) => plain !== known.get(name)))
  for (const { name, value } of news) {
    const sealed = value.use((plain) => seal.seal('company_secrets', 'sealed', name, plain))
    await trx
      .insertInto('company_secrets')
      .values({ company_id: company, name, sealed })
      .onConflict((conflict) => conflict.columns(['company_id', 'name']).doUpdateSet({ sealed }))
      .execute()
  }
  return news.length > 0
}
