import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { grantCompany, grantPlatform } from '../../../src/application/grant-scope.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const page = { limit: 50, cursor: undefined }
const email = 'nina@salon-sonne.example'
const asking = { actorId: 'usr_admin000', address: '192.0.2.9' }
const admin = { kind: 'user', name: 'admin@desk.example' } as const

const open = async () => {
  const desk = await openDesk([salon, praxis])
  const scope = await desk.scopeOf('salon-sonne')
  const platform = grantPlatform(admin, asking)
  const log = async (slug = 'salon-sonne') =>
    (await desk.look((tx) => tx.audit.list(page), slug)).items.toReversed().map((one) => ({
      ...{ kind: one.kind, subject: one.subject, facts: one.facts },
      ...{ who: one.actor, address: one.address },
    }))
  const ofPlatform = async () =>
    (await desk.ports.audit.list(platform, page)).items.filter(({ company }) => company === undefined)
  return { ...desk, scope, platform, log, ofPlatform }
}
const who = { who: { ...admin, id: asking.actorId }, address: asking.address }

describe('the log of who comes in', () => {
  it('has every user and token of a company, by whom and from where, and nothing by which anybody could come in', async () => {
    const desk = await open()
    const { company } = desk.scope
    const made = (await desk.app.createUser(desk.platform, { email, role: 'staff', company }))._unsafeUnwrap()
    const again = (await desk.app.resetPassword(desk.platform, email))._unsafeUnwrap()
    const wanted = { role: 'manager', company, expiresAt: undefined, seesVip: true } as const
    const token = (await desk.app.createToken(desk.platform, wanted))._unsafeUnwrap()
    expect((await desk.app.disableUser(desk.platform, email)).isOk()).toBe(true)
    const user = { kind: 'user', id: made.user }
    expect(await desk.log()).toEqual([
      { ...who, kind: 'user.created', subject: user, facts: { role: 'staff', sees_vip: false } },
      { ...who, kind: 'user.password_reset', subject: user, facts: {} },
      {
        ...{ ...who, kind: 'token.created', subject: { kind: 'token', id: token.id } },
        facts: { role: 'manager', sees_vip: true },
      },
      { ...who, kind: 'user.disabled', subject: user, facts: {} },
    ])
    const text = JSON.stringify(await desk.log())
    for (const secret of [made.token, again.token, token.token, email]) expect(text).not.toContain(secret)
    expect(await desk.log('praxis-mond')).toEqual([])
  })

  it('has those of the platform beside what concerns no company', async () => {
    const desk = await open()
    const before = (await desk.ofPlatform()).length
    const wanted = { role: 'platform_admin', company: undefined } as const
    expect((await desk.app.createUser(desk.platform, { email, ...wanted })).isOk()).toBe(true)
    expect((await desk.app.createToken(desk.platform, { ...wanted, expiresAt: undefined })).isOk()).toBe(true)
    const entries = (await desk.ofPlatform()).slice(0, -before || undefined)
    expect(entries.map(({ kind }) => kind)).toEqual(['token.created', 'user.created'])
  })

  it('has nothing of what was refused', async () => {
    const desk = await open()
    const { company } = desk.scope
    expect((await desk.app.createUser(desk.platform, { email: 'x', role: 'staff', company })).isErr()).toBe(true)
    expect((await desk.app.disableUser(desk.platform, email)).isErr()).toBe(true)
    expect((await desk.app.resetPassword(desk.platform, email)).isErr()).toBe(true)
    expect(await desk.log()).toEqual([])
  })
})

describe('the log of company files', () => {
  const file = (text: string) => readCompanyFile(text, {})._unsafeUnwrap()

  it('has each that changed something, in the name of whoever sent it', async () => {
    const desk = await open()
    const scope = grantCompany(desk.scope.company, admin, { ...asking, role: 'company_admin', seesVip: true })
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('There is no salon.')
    const changed = file(salon.replace('Nina Probe', 'Nina Anders'))
    for (const dryRun of [true, false, false]) {
      const options = { prune: false, dryRun }
      expect((await desk.app.changeCompanyFile(scope, profile, changed, options)).isOk()).toBe(true)
    }
    const subject = { kind: 'company', id: scope.company }
    const facts = { changed: 1, secrets: 0, prune: false }
    expect(await desk.log()).toEqual([{ ...who, kind: 'company.applied', subject, facts }])
    expect(await desk.log('praxis-mond')).toEqual([])
  })

  it('has new companies among what concerns the platform', async () => {
    const desk = await open()
    const companies = (await desk.ofPlatform()).filter(({ kind }) => kind === 'company.applied')
    const ids = await Promise.all(
      ['praxis-mond', 'salon-sonne'].map(async (slug) => (await desk.scopeOf(slug)).company),
    )
    expect(companies.map(({ subject }) => subject?.id)).toEqual(ids)
    expect(JSON.stringify(companies)).not.toContain('key_of_praxis')
  })
})
