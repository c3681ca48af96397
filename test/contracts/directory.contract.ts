import { describe, expect, it } from 'vitest'
import { specOf } from '../../src/application/companies/spec-of.ts'
import type { RetellAccountKeys } from '../../src/application/ports/directory.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanySpec } from '../../src/domain/company.ts'
import { secret } from '../../src/domain/secret.ts'
import {
  at,
  branchSpec,
  companySpec,
  eventually,
  newCompany,
  newNumber,
  newSlug,
  type Open,
  opening,
  platform,
  unhurried,
  within,
  writing,
} from './fixtures.ts'

/** What is known before a company is. Every answer may be some seconds old. */
export const directoryContract = (name: string, open: Open): void => {
  describe(`the directory in ${name}`, unhurried, () => {
    const get = opening(open)

    it('knows whose active number was called, and of inactive and unknown ones nothing', async () => {
      const { ports } = get()
      const [active, inactive] = [newNumber(), newNumber()]
      const phoneNumbers = [
        { number: active, active: true },
        { number: inactive, active: false },
      ]
      expect(await ports.directory.lineOf(active)).toBeUndefined()
      const { profile } = await newCompany(ports, { branches: [branchSpec('a'), branchSpec('b', { phoneNumbers })] })
      const branch = profile.branches.find(({ slug }) => slug === 'b')?.id
      await eventually(async () =>
        expect(await ports.directory.lineOf(active)).toEqual({ company: profile.id, branch, overrides: [] }),
      )
      expect(await ports.directory.lineOf(inactive)).toBeUndefined()
      expect(await ports.directory.lineOf(newNumber())).toBeUndefined()
    })

    it('forgets a number that is given up', async () => {
      const { ports } = get()
      const number = newNumber()
      const spec = companySpec(newSlug(ports), {
        branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] })],
      })
      await ports.companies.write(platform, writing(spec), at(0))
      await eventually(async () => expect(await ports.directory.lineOf(number)).toBeDefined())
      await ports.companies.write(platform, writing({ ...spec, branches: [branchSpec('a')] }), at(0))
      await eventually(async () => expect(await ports.directory.lineOf(number)).toBeUndefined())
    })

    it('names every branch of an agent, over all companies', async () => {
      const { ports } = get()
      const retellAgentId = `agent shared ${newSlug(ports)}`
      const branches = [branchSpec('a', { retellAgentId }), branchSpec('b', { retellAgentId }), branchSpec('c')]
      const [one, other] = [
        await newCompany(ports, { branches }),
        await newCompany(ports, { branches: branches.slice(1) }),
      ]
      const expected = [one, other].flatMap(({ profile }) =>
        profile.branches
          .filter((branch) => branch.retellAgentId)
          .map(({ id }) => ({ company: profile.id, branch: id })),
      )
      await eventually(async () => {
        const lines = await ports.directory.linesOfAgent(retellAgentId)
        expect(lines).toHaveLength(3)
        expect(lines).toEqual(expect.arrayContaining(expected))
      })
      expect(await ports.directory.linesOfAgent('agent of nobody')).toEqual([])
    })

    it('knows companies by id and slug, and lists them', async () => {
      const { ports } = get()
      const { profile } = await newCompany(ports)
      const { slug, name } = profile.company
      await eventually(async () => expect(await ports.directory.companyBySlug(slug)).toBe(profile.id))
      expect(await ports.directory.profile(profile.id)).toEqual(profile)
      await eventually(async () =>
        expect(await ports.directory.companies()).toContainEqual({ id: profile.id, slug, name }),
      )
      expect(await ports.directory.companyBySlug('nobody')).toBeUndefined()
      expect(await ports.directory.profile('com_00000000')).toBeUndefined()
    })

    it('knows which of some companies had a call already', async () => {
      const { ports } = get()
      const [one, other] = [await newCompany(ports), await newCompany(ports)]
      const call = `call_${one.profile.id}`
      await within(ports, one, (tx) => tx.calls.open(call, undefined, at(0)))
      const among = (...companies: readonly (typeof one)[]) =>
        ports.directory.companyOfCall(
          call,
          companies.map(({ profile }) => profile.id),
        )
      expect(await among(other, one)).toBe(one.profile.id)
      expect(await among(other)).toBeUndefined()
      expect(await among()).toBeUndefined()
    })

    const plain = ({ keys }: RetellAccountKeys) => keys.map((key) => key.use((text) => text)).toSorted()

    /** A company whose webhooks are signed with these keys. */
    const withKeys = async (ports: Ports, ...keys: readonly string[]) => {
      const spec: CompanySpec = {
        ...companySpec(newSlug(ports)),
        retell: { apiKey: { secretName: 'API' }, webhookKeys: keys.map((_, n) => ({ secretName: `KEY_${n}` })) },
      }
      const secrets = keys.map((key, n) => ({ name: `KEY_${n}`, value: secret(key) }))
      const api = { name: 'API', value: secret(`api of ${spec.company.slug}`) }
      const done = await ports.companies.write(platform, writing(spec, { secrets: [api, ...secrets] }), at(0))
      return done._unsafeUnwrap().id
    }

    it('takes a company without keys of its own for one of the platform’s account', async () => {
      const { ports, platformKeys = [] } = get()
      const { profile } = await newCompany(ports)
      await eventually(async () => {
        const account = await ports.directory.accountOf(profile.id)
        expect(account.company).toBeUndefined()
        expect(account.companies).toContain(profile.id)
        expect(plain(account)).toEqual(plain({ company: undefined, companies: [], keys: platformKeys }))
        const [platforms] = await ports.directory.accounts()
        expect(platforms?.companies).toContain(profile.id)
      })
    })

    it('keeps accounts of different keys apart', async () => {
      const { ports } = get()
      const slug = newSlug(ports)
      const [one, other] = [await withKeys(ports, `${slug} a`, `${slug} b`), await withKeys(ports, `${slug} c`)]
      await eventually(async () => {
        const [first, second] = [await ports.directory.accountOf(one), await ports.directory.accountOf(other)]
        expect({ ...first, keys: plain(first) }).toEqual({
          company: one,
          companies: [one],
          keys: [`${slug} a`, `${slug} b`],
        })
        expect({ ...second, keys: plain(second) }).toEqual({ company: other, companies: [other], keys: [`${slug} c`] })
        const accounts = (await ports.directory.accounts()).map(({ company }) => company)
        expect(accounts.filter((company) => company === one)).toHaveLength(1)
        expect(accounts.filter((company) => company === other)).toHaveLength(1)
        expect(accounts[0]).toBeUndefined()
      })
    })

    it('knows whose calendars open with the same key, whatever else they are signed with', async () => {
      const { ports } = get()
      const slug = newSlug(ports)
      const withCalendar = async (key: string | undefined, secretName = 'CAL') => {
        const settings = { kind: 'calcom', baseUrl: undefined, webhookSecret: undefined, apiVersions: {} } as const
        const spec: CompanySpec = { ...companySpec(newSlug(ports)), calendar: { ...settings, apiKey: { secretName } } }
        const secrets = key === undefined ? [] : [{ name: secretName, value: secret(key) }]
        return (await ports.companies.write(platform, writing(spec, { secrets }), at(0)))._unsafeUnwrap()
      }
      const [one, other] = [await withCalendar(`${slug} x`), await withCalendar(`${slug} x`, 'OTHER')]
      const apart = [await withCalendar(`${slug} y`), await withCalendar(undefined), await withCalendar(undefined)]
      const { profile: embedded } = await newCompany(ports)
      await eventually(async () => {
        expect(await ports.directory.sharingCalendar(one.id)).toEqual([other.id])
        expect(await ports.directory.sharingCalendar(other.id)).toEqual([one.id])
      })
      for (const { id } of [...apart, embedded]) expect(await ports.directory.sharingCalendar(id)).toEqual([])
      await ports.companies.write(platform, writing({ ...specOf(other), calendar: { kind: 'embedded' } }), at(0))
      await eventually(async () => expect(await ports.directory.sharingCalendar(one.id)).toEqual([]))
    })

    it('takes companies that share a key for one account', async () => {
      const { ports } = get()
      const slug = newSlug(ports)
      const [one, other] = [await withKeys(ports, `${slug} x`), await withKeys(ports, `${slug} x`)]
      await eventually(async () => {
        for (const company of [one, other]) {
          const account = await ports.directory.accountOf(company)
          expect(account.company).toBeUndefined()
          expect(account.companies.toSorted()).toEqual([one, other].toSorted())
          expect([...new Set(plain(account))]).toEqual([`${slug} x`])
        }
        const all = (await ports.directory.accounts()).filter(({ companies }) => companies.includes(one))
        expect(all).toHaveLength(1)
      })
    })
  })
}
