import { afterEach, describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { sqlCompanies } from '../../../src/adapters/sql/companies.ts'
import { sqlCustomers } from '../../../src/adapters/sql/customers.ts'
import { sqlDirectory } from '../../../src/adapters/sql/directory.ts'
import { tenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import type { CompanyWrite } from '../../../src/application/ports/companies.ts'
import type { CompanyProfile, CompanySpec } from '../../../src/domain/company.ts'
import { secret } from '../../../src/domain/secret.ts'
import {
  at,
  branchSpec,
  companySpec,
  mobile,
  newNumber,
  platform,
  race,
  walk,
  writing,
} from '../../contracts/fixtures.ts'
import { openTestDatabase, testDatabases } from '../../databases/test-databases.ts'

describe.each(testDatabases)('companies on $name', ({ make }) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const begin = async () => {
    const database = await make()
    const { engine, seals } = await openTestDatabase(database)
    closing.push(async () => {
      await engine.close()
      await database.drop()
    })
    const told = { times: 0 }
    const companies = sqlCompanies(engine, seals, countingIds(), () => {
      told.times += 1
    })
    const write = async (spec: CompanySpec, more: Partial<CompanyWrite> = {}): Promise<CompanyProfile> =>
      (await companies.write(platform, writing(spec, more), at(0)))._unsafeUnwrap()
    const customersOf = ({ id }: CompanyProfile) =>
      engine.readAsCompany(id, async (trx) => {
        const customers = sqlCustomers(tenantDb(trx, engine.dialect, id), seals.of(id))
        return walk(customers.list, 200)
      })
    return { engine, seals, companies, write, told, customersOf }
  }

  it('gives back undefined as undefined, and what was left out as left out', async () => {
    const { engine, seals, write } = await begin()
    const profile = await write(companySpec('a'))
    const read = await sqlDirectory(engine, seals, { platformKeys: [] }).profile(profile.id)
    expect(read).toStrictEqual(profile)
  })

  it('changes no version when a file is repeated with its secrets, and one when any part of it differs', async () => {
    const { write } = await begin()
    const spec = companySpec('a')
    const secrets = [{ name: 'KEY', value: secret('one') }]
    expect((await write(spec, { secrets })).version).toBe(1)
    expect((await write(spec, { secrets, prune: true })).version).toBe(1)
    expect((await write(spec)).version).toBe(1)
    expect((await write(spec, { secrets: [{ name: 'KEY', value: secret('two') }] })).version).toBe(2)
    expect((await write({ ...spec, agents: [] })).version).toBe(2)
    expect((await write({ ...spec, agents: [] }, { prune: true })).version).toBe(3)
    expect((await write({ ...spec, branches: spec.branches.toReversed(), agents: [] })).version).toBe(4)
    expect((await write(spec)).version).toBe(5)
  })

  it('counts the changes of all companies, each with a number of its own', async () => {
    const { engine, write } = await begin()
    await race(6, (which) => write(companySpec(`c${which % 3}`)))
    const rows = await engine.readAsSystem((trx) => trx.selectFrom('companies').select(['slug', 'changed']).execute())
    expect(rows).toHaveLength(3)
    expect(new Set(rows.map(({ changed }) => changed)).size).toBe(3)
  })

  it('tells of what was written and not of what was refused', async () => {
    const { companies, write, told } = await begin()
    const number = newNumber()
    const branches = [branchSpec('a', { phoneNumbers: [{ number, active: true }] })]
    await write(companySpec('a', { branches }))
    expect(told.times).toBe(1)
    const refused = await companies.write(platform, writing(companySpec('b', { branches })), at(0))
    expect(refused.isErr()).toBe(true)
    expect(told.times).toBe(1)
  })

  it('gives a number that two branches name to the one that the file names', async () => {
    const { engine, seals, write } = await begin()
    const number = newNumber()
    const having = (slug: string) => branchSpec(slug, { phoneNumbers: [{ number, active: true }] })
    await write(companySpec('a', { branches: [having('old'), branchSpec('other')] }))
    const profile = await write(companySpec('a', { branches: [having('new')] }))
    expect(profile.branches.map(({ slug }) => slug)).toEqual(['new', 'old', 'other'])
    const directory = sqlDirectory(engine, seals, { platformKeys: [] })
    expect((await directory.lineOf(number))?.branch).toBe(profile.branches[0]?.id)
  })

  it('keeps the id of a number when it moves to another branch', async () => {
    const { engine, write } = await begin()
    const number = newNumber()
    const having = branchSpec('a', { phoneNumbers: [{ number, active: true }] })
    const ids = () =>
      engine.readAsSystem((trx) => trx.selectFrom('phone_numbers').select(['id', 'branch_id', 'active']).execute())
    await write(companySpec('a', { branches: [having, branchSpec('b')] }))
    const [before] = await ids()
    await write(companySpec('a', { branches: [branchSpec('a'), { ...having, slug: 'b' }] }))
    const [after, ...more] = await ids()
    expect(more).toEqual([])
    expect(after?.id).toBe(before?.id)
    expect(after?.branch_id).not.toBe(before?.branch_id)
    const inactive = branchSpec('b', { phoneNumbers: [{ number, active: false }] })
    await write(companySpec('a', { branches: [branchSpec('a'), inactive] }))
    expect(await ids()).toEqual([{ ...after, active: 0 }])
  })

  it('seeds hundreds of customers by number, e-mail or name, nobody twice', async () => {
    const { write, customersOf } = await begin()
    const many = Array.from({ length: 450 }, (_, n) => ({
      name: `Gast ${n}`,
      phone: undefined,
      email: `gast${n}@muster.example`,
    }))
    const customers = [
      ...many,
      { name: 'Max', phone: mobile(1), email: 'max@muster.example' },
      { name: 'Max again', phone: mobile(1), email: undefined },
      { name: 'Maria', phone: undefined, email: 'MAX@Muster.example' },
      { name: 'Ohne', phone: undefined, email: undefined },
      { name: 'Ohne', phone: undefined, email: undefined },
      { name: 'Mia', phone: mobile(2), email: undefined },
    ]
    const profile = await write(companySpec('a'), { customers })
    const all = await customersOf(profile)
    expect(all).toHaveLength(453)
    expect(all.filter(({ name }) => !name.startsWith('Gast')).map(({ name }) => name)).toEqual(['Mia', 'Ohne', 'Max'])
    await write(companySpec('a'), { customers, prune: true })
    expect(await customersOf(profile)).toEqual(all)
  })
})
