import { afterEach, describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { sqlCompanies } from '../../../src/adapters/sql/companies.ts'
import type { Database } from '../../../src/adapters/sql/database.ts'
import { sqlDirectory } from '../../../src/adapters/sql/directory.ts'
import type { Engine } from '../../../src/adapters/sql/engine.ts'
import { sqlRoutingOverrides } from '../../../src/adapters/sql/routing-overrides.ts'
import type { Seals } from '../../../src/adapters/sql/sealing.ts'
import { grantCompany } from '../../../src/application/grant-scope.ts'
import type { CompanyProfile, CompanySpec } from '../../../src/domain/company.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { type Secret, secret } from '../../../src/domain/secret.ts'
import {
  at,
  branchSpec,
  companySpec,
  eventually,
  first,
  newNumber,
  platform,
  writing,
} from '../../contracts/fixtures.ts'
import { openTestDatabase, testDatabases } from '../../databases/test-databases.ts'

describe.each(testDatabases)('the directory on $name', ({ make }) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  /** Counts the readings, and lets one of them wait or fail. */
  const watched = ({ engine, seals }: Database) => {
    const seen = { readings: 0, opened: [] as string[] }
    let before = async (): Promise<void> => undefined
    const counting: Engine = {
      ...engine,
      readAsSystem: async (work) => {
        seen.readings += 1
        const [result] = await Promise.all([engine.readAsSystem(work), before()])
        return result
      },
    }
    const noting: Seals = {
      platform: seals.platform,
      of: (company) => {
        const seal = seals.of(company)
        return {
          ...seal,
          open: (table, column, id, sealed) => {
            seen.opened.push(`${table} ${id}`)
            return seal.open(table, column, id, sealed)
          },
        }
      },
    }
    return {
      seen,
      engine: counting,
      seals: noting,
      meanwhile: (work: () => Promise<void>) => {
        before = work
      },
    }
  }

  const begin = async (platformKeys: readonly Secret[] = []) => {
    const database = await make()
    const opened = await openTestDatabase(database)
    closing.push(async () => {
      await opened.engine.close()
      await database.drop()
    })
    const ids = countingIds()
    const { engine, seals, seen, meanwhile } = watched(opened)
    const directory = sqlDirectory(engine, seals, { platformKeys, freshFor: 60_000 })
    const companies = sqlCompanies(opened.engine, opened.seals, ids, directory.forget)
    const write = async (spec: CompanySpec, keys: readonly string[] = []): Promise<CompanyProfile> => {
      const secrets = keys.map((key, n) => ({ name: `KEY_${n}`, value: secret(key) }))
      const retell = { apiKey: { secretName: 'KEY_0' }, webhookKeys: keys.map((_, n) => ({ secretName: `KEY_${n}` })) }
      const all = keys.length > 0 ? { ...spec, retell } : spec
      return (await companies.write(platform, writing(all, { secrets }), at(0)))._unsafeUnwrap()
    }
    return { ...opened, ids, directory, write, seen, meanwhile }
  }
  const withNumber = (slug: string, number: ReturnType<typeof newNumber>) =>
    companySpec(slug, { branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] })] })

  it('asks once for a number, known or not, until any company changes', async () => {
    const { directory, write, seen } = await begin()
    const [known, unknown] = [newNumber(), newNumber()]
    const profile = await write(withNumber('a', known))
    const line = { company: profile.id, branch: first(profile.branches).id, overrides: [] }
    await directory.lineOf(known)
    await directory.lineOf(unknown)
    const { readings } = seen
    for (let n = 0; n < 5; n += 1) {
      expect(await directory.lineOf(known)).toEqual(line)
      expect(await directory.lineOf(unknown)).toBeUndefined()
    }
    expect(seen.readings).toBe(readings)
    const other = await write(withNumber('b', unknown))
    expect(await directory.lineOf(unknown)).toMatchObject({ company: other.id })
    expect(await directory.lineOf(known)).toEqual(line)
  })

  it('has the overrides of a number with its owner, until one is set or ended', async () => {
    const { directory, write, seen, engine, seals } = await begin()
    const number = newNumber()
    const { id, branches } = await write(withNumber('a', number))
    const scope = grantCompany(id, { kind: 'job', name: 'test' })
    const overrides = sqlRoutingOverrides(engine, seals, directory.forget)
    const override = {
      ...{ id: 'ovr_00000001' as const, number, createdAt: at(0), endsAt: at(60), createdBy: scope.actor },
      to: { kind: 'branch', branch: first(branches).id },
    } as const
    await directory.lineOf(number)
    const { readings } = seen
    expect((await directory.lineOf(number))?.overrides).toEqual([])
    expect(seen.readings).toBe(readings)
    await overrides.set(scope, override)
    expect(await directory.lineOf(number)).toMatchObject({ company: id, overrides: [override] })
    const after = seen.readings
    for (let n = 0; n < 3; n += 1) expect((await directory.lineOf(number))?.overrides).toEqual([override])
    expect(seen.readings).toBe(after)
    await overrides.end(scope, override.id, at(30))
    expect((await directory.lineOf(number))?.overrides).toEqual([{ ...override, endsAt: at(30) }])
  })

  it('tells other processes of an override as soon as they look', async () => {
    const { engine, seals, write } = await begin()
    const other = sqlDirectory(engine, seals, { platformKeys: [], freshFor: 100 })
    const number = newNumber()
    const { id } = await write(withNumber('a', number))
    const scope = grantCompany(id, { kind: 'job', name: 'test' })
    await eventually(async () => expect(await other.lineOf(number)).toBeDefined())
    const to = { kind: 'agent', agentId: 'agent_night' } as const
    const times = { createdAt: at(0), endsAt: at(60), createdBy: scope.actor }
    await sqlRoutingOverrides(engine, seals, () => undefined).set(scope, { id: 'ovr_00000001', number, to, ...times })
    await eventually(async () => expect((await other.lineOf(number))?.overrides).toMatchObject([{ to }]))
  })

  it('asks once for many who ask at the same time', async () => {
    const { directory, write, seen } = await begin()
    const number = newNumber()
    await write(withNumber('a', number))
    const lines = await Promise.all(Array.from({ length: 50 }, () => directory.lineOf(number)))
    expect(new Set(lines.map((line) => line?.company)).size).toBe(1)
    expect(seen.readings).toBe(2)
  })

  it('asks again after a question that failed', async () => {
    const { directory, write, meanwhile } = await begin()
    const number = newNumber()
    const { id } = await write(withNumber('a', number))
    meanwhile(() => Promise.reject(new Error('The database went away')))
    await expect(directory.lineOf(number)).rejects.toThrow('went away')
    meanwhile(async () => undefined)
    expect(await directory.lineOf(number)).toMatchObject({ company: id })
    meanwhile(() => Promise.reject(new Error('The database went away')))
    await expect(directory.profile(id)).rejects.toThrow('went away')
    await expect(directory.accounts()).rejects.toThrow('went away')
    meanwhile(async () => undefined)
    expect((await directory.profile(id))?.id).toBe(id)
    expect(await directory.accounts()).toHaveLength(1)
  })

  it('learns of another process’s change when its knowledge is no longer fresh', async () => {
    const { engine, seals, write } = await begin()
    const other = sqlDirectory(engine, seals, { platformKeys: [], freshFor: 100 })
    const number = newNumber()
    expect(await other.lineOf(number)).toBeUndefined()
    expect(await other.companies()).toEqual([])
    const { id } = await write(withNumber('a', number))
    await eventually(async () => expect(await other.lineOf(number)).toMatchObject({ company: id }))
    expect(await other.companies()).toHaveLength(1)
  })

  it('counts no look that began before the change it was told of', async () => {
    const { directory, write, meanwhile } = await begin()
    const number = newNumber()
    expect(await directory.lineOf(number)).toBeUndefined()
    expect(await directory.companies()).toEqual([])
    directory.forget()
    let change: Promise<unknown> | undefined
    meanwhile(async () => {
      // The reading has its answer already, and is given it only after the change.
      await new Promise((resolve) => setTimeout(resolve, 30))
      change ??= write(withNumber('a', number))
      await change
    })
    await directory.lineOf(number)
    meanwhile(async () => undefined)
    expect(await directory.lineOf(number)).toBeDefined()
    expect(await directory.companies()).toHaveLength(1)
  })

  it('opens again only what changed', async () => {
    const { directory, write, seen } = await begin()
    const specs = ['a', 'b', 'c'].map((slug) => companySpec(slug))
    const profiles: CompanyProfile[] = []
    for (const spec of specs) profiles.push(await write(spec, [`key of ${spec.company.slug}`]))
    await directory.accounts()
    for (const { id } of profiles) await directory.profile(id)
    seen.opened.length = 0
    const [spec] = specs
    const [changed, other] = profiles
    if (!spec || !changed || !other) throw new Error('There are three')
    await write({ ...spec, company: { ...spec.company, name: 'Neu' } }, ['key of a'])
    await directory.accounts()
    expect(seen.opened).toEqual([`companies ${changed.id}`, 'company_secrets KEY_0'])
    const same = await directory.profile(other.id)
    expect(seen.opened).toHaveLength(2)
    expect(same).toEqual(other)
    expect((await directory.profile(changed.id))?.company.name).toBe('Neu')
  })

  it('makes one account of companies that share keys with a third, and the platform’s of who shares its key', async () => {
    const { directory, write } = await begin([secret('platform key')])
    const shown = async () =>
      (await directory.accounts()).map(({ company, companies, keys }) => ({
        company,
        companies: [...companies],
        keys: keys.map((key) => key.use((plain) => plain)),
      }))
    const idOf = async (slug: string, keys: readonly string[]): Promise<CompanyId> =>
      (await write(companySpec(slug), keys)).id
    const [a, b] = [await idOf('a', ['one']), await idOf('b', ['two'])]
    expect(await shown()).toEqual([
      { company: undefined, companies: [], keys: ['platform key'] },
      { company: a, companies: [a], keys: ['one'] },
      { company: b, companies: [b], keys: ['two'] },
    ])
    const c = await idOf('c', ['two', 'one'])
    expect(await shown()).toEqual([
      { company: undefined, companies: [], keys: ['platform key'] },
      { company: undefined, companies: [b, a, c], keys: ['two', 'one'] },
    ])
    const d = await idOf('d', ['platform key', 'another'])
    expect(await shown()).toMatchObject([{ company: undefined, companies: [d] }, { companies: [b, a, c] }])
    expect((await directory.accountOf(d)).companies).toEqual([d])
    expect((await directory.accountOf(a)).companies).toEqual([b, a, c])
    expect((await directory.accountOf('com_unknown')).companies).toEqual([])
  })

  it('takes the API key where no webhook key is named', async () => {
    const { directory, ids, engine, seals } = await begin()
    const companies = sqlCompanies(engine, seals, ids, directory.forget)
    const spec = { ...companySpec('a'), retell: { apiKey: { secretName: 'API' }, webhookKeys: [] } }
    const secrets = [{ name: 'API', value: secret('the api key') }]
    const { id } = (await companies.write(platform, writing(spec, { secrets }), at(0)))._unsafeUnwrap()
    expect((await directory.accountOf(id)).keys.map((key) => key.use((plain) => plain))).toEqual(['the api key'])
  })

  it('lets all others through when one company’s rows are damaged', async () => {
    const { directory, write, engine } = await begin()
    const [broken, keyless, whole] = [
      await write(companySpec('a'), ['one']),
      await write(companySpec('b'), ['two']),
      await write(companySpec('c'), ['three']),
    ]
    await engine.asSystem(async (trx) => {
      const last = 9_000
      await trx
        .updateTable('companies')
        .set({ document: 'damaged', changed: last })
        .where('id', '=', broken.id)
        .execute()
      await trx
        .updateTable('companies')
        .set({ changed: last + 1 })
        .where('id', '=', keyless.id)
        .execute()
      await trx.updateTable('company_secrets').set({ sealed: 'damaged' }).where('company_id', '=', keyless.id).execute()
    })
    directory.forget()
    expect((await directory.companies()).map(({ id }) => id).toSorted()).toEqual([keyless.id, whole.id].toSorted())
    expect((await directory.accountOf(keyless.id)).keys).toEqual([])
    expect((await directory.accountOf(whole.id)).keys).toHaveLength(1)
    await expect(directory.profile(broken.id)).rejects.toThrow()
    expect((await directory.profile(whole.id))?.id).toBe(whole.id)
  })
})
