import { err } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { grantCompany } from '../../src/application/grant-scope.ts'
import type { CompanyWrite } from '../../src/application/ports/companies.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyProfile, CompanySpec } from '../../src/domain/company.ts'
import { secret } from '../../src/domain/secret.ts'
import {
  actor,
  at,
  branchSpec,
  companySpec,
  eventually,
  first,
  mobile,
  newNumber,
  newSlug,
  type Open,
  opening,
  platform,
  race,
  serviceSpec,
  staffSpec,
  unhurried,
  writing,
} from './fixtures.ts'

/** The profile as its file would say it. */
const specOf = ({ id: _id, version: _version, branches, services, staff, agents, ...rest }: CompanyProfile) => {
  const spec = <Stored extends { readonly id: string }>({ id: _own, ...said }: Stored) => said
  return {
    ...rest,
    branches: branches.map(spec),
    services: services.map(spec),
    staff: staff.map(spec),
    agents: agents.map(spec),
  }
}

const idsBySlug = ({ branches, services, staff, agents }: CompanyProfile) =>
  Object.fromEntries([...branches, ...services, ...staff, ...agents].map(({ slug, id }) => [slug, id]))

const slugs = (all: readonly { readonly slug: string }[]) => all.map(({ slug }) => slug).toSorted()

/** What is promised of the coming into being and changing of companies. */
export const companiesContract = (name: string, open: Open): void => {
  describe(`companies in ${name}`, unhurried, () => {
    const get = opening(open)

    const write = async (ports: Ports, spec: CompanySpec, more: Partial<CompanyWrite> = {}) =>
      ports.companies.write(platform, writing(spec, more), at(0))
    const written = async (ports: Ports, spec: CompanySpec, more: Partial<CompanyWrite> = {}) =>
      (await write(ports, spec, more))._unsafeUnwrap()
    const customersOf = (ports: Ports, { id }: CompanyProfile) =>
      ports.store.read(grantCompany(id, actor), async (tx) => {
        const { items } = await tx.customers.list({ limit: 200, cursor: undefined })
        return items.map(({ name, phone, email }) => ({ name, phone, email }))
      })

    it('stores everything the file says, under ids of its own', async () => {
      const { ports } = get()
      const base = companySpec(newSlug(ports))
      const spec: CompanySpec = {
        ...base,
        retell: { apiKey: { secretName: 'RETELL' }, webhookKeys: [{ secretName: 'RETELL' }] },
        calendar: {
          kind: 'calcom',
          baseUrl: 'https://cal.example/v2',
          apiKey: { secretName: 'CAL' },
          webhookSecret: undefined,
          apiVersions: { bookings: '2024-08-13' },
        },
        notifications: { ...base.notifications, slackWebhookUrl: { secretName: 'SLACK' } },
        staff: [...base.staff, staffSpec('uli', { calcomUserId: 7, calcomEventTypes: { schnitt: 9101 } })],
      }
      const profile = await written(ports, spec)
      expect(specOf(profile)).toEqual(spec)
      const all = [profile, ...profile.branches, ...profile.services, ...profile.staff, ...profile.agents]
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      expect(await eventually(() => ports.directory.profile(profile.id))).toEqual(profile)
    })

    it('changes nothing when the same file is written again, secrets and customers included', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const more = {
        secrets: [{ name: 'API', value: secret('api-1') }],
        customers: [{ name: 'Max Muster', phone: mobile(1), email: 'max@muster.example' }],
      }
      const before = await written(ports, spec, more)
      expect(await written(ports, spec, { ...more, prune: true })).toEqual(before)
      expect(await customersOf(ports, before)).toHaveLength(1)
      const changed = await written(ports, spec, { secrets: [{ name: 'API', value: secret('api-2') }] })
      expect(changed.version).toBeGreaterThan(before.version)
    })

    it('keeps the ids of what changes, and counts the change', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const before = await written(ports, spec)
      const changed: CompanySpec = {
        ...spec,
        company: { ...spec.company, name: 'Neu', booking: false },
        branches: spec.branches.toReversed().map((one) => ({ ...one, name: 'Neu', phoneNumbers: [] })),
        services: spec.services.map((one) => ({ ...one, durationMinutes: 99, active: false })),
      }
      const after = await written(ports, changed)
      expect(after.version).toBeGreaterThan(before.version)
      expect(after.id).toBe(before.id)
      expect(idsBySlug(after)).toEqual(idsBySlug(before))
      expect(specOf(after)).toEqual(changed)
      await eventually(async () => expect(await ports.directory.profile(before.id)).toEqual(after))
    })

    it('keeps what a file no longer names, unless told to prune', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const before = await written(ports, spec)
      const less: CompanySpec = {
        ...spec,
        branches: spec.branches.slice(0, 1),
        services: spec.services.slice(0, 1),
        staff: spec.staff.slice(0, 1),
        agents: [],
      }
      const kept = await written(ports, less)
      expect(idsBySlug(kept)).toEqual(idsBySlug(before))
      const pruned = await written(ports, less, { prune: true })
      expect([pruned.branches, pruned.services, pruned.staff, pruned.agents].map(slugs)).toEqual([
        ['mitte'],
        ['schnitt'],
        ['nina'],
        [],
      ])
      const again = await written(ports, spec)
      expect(idsBySlug(again)).toEqual(idsBySlug(before))
    })

    it('adds what is new', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const before = await written(ports, spec)
      const after = await written(ports, {
        ...spec,
        branches: [...spec.branches, branchSpec('ost')],
        services: [...spec.services, serviceSpec('farbe')],
      })
      expect(idsBySlug(after)).toMatchObject(idsBySlug(before))
      expect([slugs(after.branches), slugs(after.services)]).toEqual([
        ['mitte', 'ost', 'west'],
        ['dauerwelle', 'farbe', 'schnitt'],
      ])
    })

    it('refuses a number that another company holds, and applies nothing of that file', async () => {
      const { ports } = get()
      const number = newNumber()
      const holder = companySpec(newSlug(ports), {
        branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] })],
      })
      await written(ports, holder)
      const spec = companySpec(newSlug(ports))
      const before = await written(ports, spec)
      const wanted: CompanySpec = {
        ...spec,
        company: { ...spec.company, name: 'Never' },
        branches: [branchSpec('neu', { phoneNumbers: [{ number, active: true }] })],
      }
      const refused = await write(ports, wanted, {
        prune: true,
        secrets: [{ name: 'NEVER', value: secret('never') }],
        customers: [{ name: 'Never', phone: undefined, email: undefined }],
      })
      expect(refused).toEqual(err({ kind: 'number-taken', number }))
      expect(await ports.directory.profile(before.id)).toEqual(before)
      expect(await ports.companies.secretNames(platform, before.id)).toEqual(new Set())
      expect(await customersOf(ports, before)).toEqual([])

      const newcomer = { ...wanted, company: { ...wanted.company, slug: newSlug(ports) } }
      expect(await write(ports, newcomer)).toEqual(err({ kind: 'number-taken', number }))
      expect(await ports.directory.companyBySlug(newcomer.company.slug)).toBeUndefined()
    })

    it('says which numbers others hold, its own excepted', async () => {
      const { ports } = get()
      const [mine, theirs, idle, free] = [newNumber(), newNumber(), newNumber(), newNumber()]
      const slug = newSlug(ports)
      await written(
        ports,
        companySpec(slug, { branches: [branchSpec('a', { phoneNumbers: [{ number: mine, active: true }] })] }),
      )
      const other = [
        { number: theirs, active: true },
        { number: idle, active: false },
      ]
      await written(ports, companySpec(newSlug(ports), { branches: [branchSpec('a', { phoneNumbers: other })] }))
      expect(await ports.companies.heldByOthers(platform, slug, [mine, theirs, idle, free])).toEqual([theirs])
      const everyone = await ports.companies.heldByOthers(platform, newSlug(ports), [mine, theirs, idle, free])
      expect(everyone.toSorted()).toEqual([mine, theirs].toSorted())
    })

    it('lets a number go that is inactive, given up or pruned away', async () => {
      const { ports } = get()
      const spec = (slug: string, number: ReturnType<typeof newNumber>, active = true) =>
        companySpec(slug, { branches: [branchSpec('a', { phoneNumbers: [{ number, active }] }), branchSpec('b')] })
      for (const giveUp of ['inactive', 'given up', 'pruned'] as const) {
        const number = newNumber()
        const holder = spec(newSlug(ports), number)
        await written(ports, holder)
        const bare = { ...holder, branches: [branchSpec('a'), branchSpec('b')] }
        if (giveUp === 'inactive') await written(ports, spec(holder.company.slug, number, false))
        if (giveUp === 'given up') await written(ports, bare)
        if (giveUp === 'pruned') await written(ports, { ...holder, branches: [branchSpec('b')] }, { prune: true })
        expect((await write(ports, spec(newSlug(ports), number))).isOk(), giveUp).toBe(true)
      }
    })

    it('moves a number from one branch to another of the same company', async () => {
      const { ports } = get()
      const number = newNumber()
      const spec = companySpec(newSlug(ports), {
        branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] }), branchSpec('b')],
      })
      await written(ports, spec)
      const moved = {
        ...spec,
        branches: [branchSpec('a'), branchSpec('b', { phoneNumbers: [{ number, active: true }] })],
      }
      const profile = await written(ports, moved)
      expect(specOf(profile).branches).toEqual(moved.branches)
      const branch = profile.branches.find(({ slug }) => slug === 'b')?.id
      await eventually(async () =>
        expect(await ports.directory.lineOf(number)).toEqual({ company: profile.id, branch, overrides: [] }),
      )
    })

    it('changes only the version that was read, so that of changes at once none is lost', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const before = await written(ports, spec)
      const renamed = (name: string): CompanySpec => ({ ...spec, company: { ...spec.company, name } })
      const results = await race(5, (n) => write(ports, renamed(`Name ${n}`), { ofVersion: before.version }))
      expect(results.filter((one) => one.isOk())).toHaveLength(1)
      for (const one of results) if (one.isErr()) expect(one.error).toEqual({ kind: 'company-changed-meanwhile' })
      const refused = await write(ports, renamed('Never'), {
        ofVersion: before.version,
        secrets: [{ name: 'NEVER', value: secret('never') }],
      })
      expect(refused).toEqual(err({ kind: 'company-changed-meanwhile' }))
      expect(await ports.companies.secretNames(platform, before.id)).toEqual(new Set())
      const now = await ports.directory.profile(before.id)
      expect(now?.version).toBe(before.version + 1)
      expect((await write(ports, renamed('At last'), { ofVersion: before.version + 1 })).isOk()).toBe(true)
      const unborn = companySpec(newSlug(ports))
      expect(await write(ports, unborn, { ofVersion: 1 })).toEqual(err({ kind: 'company-changed-meanwhile' }))
    })

    it('gives a number to one of ten companies that race for it', async () => {
      const { ports } = get()
      const number = newNumber()
      const results = await race(10, () =>
        write(
          ports,
          companySpec(newSlug(ports), { branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] })] }),
        ),
      )
      expect(results.filter((one) => one.isOk())).toHaveLength(1)
      for (const one of results) if (one.isErr()) expect(one.error).toEqual({ kind: 'number-taken', number })
    })

    it('makes one company out of five racing first writes of one slug', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const results = await race(5, () => write(ports, spec))
      expect(new Set(results.map((one) => one._unsafeUnwrap().id)).size).toBe(1)
      expect(new Set(results.map((one) => JSON.stringify(idsBySlug(one._unsafeUnwrap())))).size).toBe(1)
    })

    it('keeps secrets under their names, also those a later file does not give again', async () => {
      const { ports } = get()
      const spec: CompanySpec = {
        ...companySpec(newSlug(ports)),
        retell: { apiKey: { secretName: 'API' }, webhookKeys: [{ secretName: 'HOOK' }] },
      }
      const profile = await written(ports, spec, {
        secrets: [
          { name: 'API', value: secret('api-1') },
          { name: 'HOOK', value: secret(`hook-1 ${spec.company.slug}`) },
        ],
      })
      await written(ports, spec, { secrets: [{ name: 'OTHER', value: secret('other') }] })
      expect(await ports.companies.secretNames(platform, profile.id)).toEqual(new Set(['API', 'HOOK', 'OTHER']))
      expect(JSON.stringify(await ports.directory.profile(profile.id))).not.toContain('hook-1')
      const key = async () => first((await ports.directory.accountOf(profile.id)).keys).use((plain) => plain)
      await eventually(async () => expect(await key()).toBe(`hook-1 ${spec.company.slug}`))
      await written(ports, spec, { secrets: [{ name: 'HOOK', value: secret(`hook-2 ${spec.company.slug}`) }] })
      await eventually(async () => expect(await key()).toBe(`hook-2 ${spec.company.slug}`))
    })

    it('seeds customers once and never changes or prunes one', async () => {
      const { ports } = get()
      const spec = companySpec(newSlug(ports))
      const max = { name: 'Max Muster', phone: mobile(1), email: 'max@muster.example' }
      const mia = { name: 'Mia Muster', phone: undefined, email: 'mia@muster.example' }
      const zoe = { name: 'Zoë', phone: undefined, email: undefined }
      const profile = await written(ports, spec, { customers: [max, mia, zoe, zoe] })
      const again = [{ ...max, name: 'Moritz', email: undefined }, mia, zoe, { ...mia, name: 'Mia M.' }]
      await written(ports, spec, { customers: again, prune: true })
      await written(ports, spec, { prune: true })
      const seen = await customersOf(ports, profile)
      expect(seen.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual([max, mia, zoe])
    })
  })
}
