import { describe, expect, it } from 'vitest'
import { enterCompany, enterPlatform, logIn, type Principal } from '../../../src/application/access/authenticate.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import { DAY, after as later, MINUTE } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const email = 'nina@salon-sonne.example'
const password = 'correct horse battery'

const openWithUser = async () => {
  const desk = await openDesk([salon, praxis])
  const company = await desk.ports.directory.companyBySlug('salon-sonne')
  const made = await desk.app.createUser(desk.platform, { email, role: 'staff', company })
  const link = made._unsafeUnwrap().token
  expect((await desk.app.setPassword(link, password)).isOk()).toBe(true)
  const logIn = (word = password) => desk.app.logIn(email, word, '192.0.2.7')
  const cookie = async () => (await logIn())._unsafeUnwrap().cookie
  return { ...desk, company, link, logIn, cookie }
}

describe('logging in', () => {
  it('opens a session for two weeks, until it is ended', async () => {
    const desk = await openWithUser()
    const cookie = await desk.cookie()
    expect((await desk.app.principalOfSession(cookie))._unsafeUnwrap()).toMatchObject({ role: 'staff', email })
    desk.clock.advance(14 * DAY - 1)
    expect((await desk.app.principalOfSession(cookie)).isOk()).toBe(true)
    desk.clock.advance(1)
    expect((await desk.app.principalOfSession(cookie)).isErr()).toBe(true)
    const other = await desk.cookie()
    await desk.app.logOut(other)
    expect((await desk.app.principalOfSession(other)).isErr()).toBe(true)
  })

  it('tells a wrong password and an unknown e-mail alike', async () => {
    const desk = await openWithUser()
    expect((await desk.logIn('wrong'))._unsafeUnwrapErr()).toEqual({ kind: 'wrong-login' })
    expect((await desk.app.logIn('nobody@salon-sonne.example', password, '192.0.2.7'))._unsafeUnwrapErr()).toEqual({
      kind: 'wrong-login',
    })
  })

  it('is locked for a quarter of an hour by five wrong passwords, for the right one too, and says so to security', async () => {
    const desk = await openWithUser()
    for (let time = 1; time <= 4; time += 1) await desk.logIn('wrong')
    expect((await desk.logIn()).isOk()).toBe(true)
    for (let time = 1; time <= 5; time += 1) await desk.logIn('wrong')
    desk.clock.advance(15 * MINUTE - 1)
    for (const word of [password, 'wrong']) {
      expect((await desk.logIn(word))._unsafeUnwrapErr()).toEqual({ kind: 'wrong-login' })
    }
    const { items } = await desk.ports.alarm.securityEvents(desk.platform, { limit: 50, cursor: undefined })
    expect(items.filter(({ kind }) => kind === 'lock_out')).toHaveLength(1)
    desk.clock.advance(1)
    expect((await desk.logIn()).isOk()).toBe(true)
  })

  it('is locked by wrong passwords that come all at once as well', async () => {
    const desk = await openWithUser()
    await Promise.all(Array.from({ length: 40 }, () => desk.logIn('wrong')))
    expect((await desk.logIn()).isErr()).toBe(true)
  })

  it('is refused to nobody, to a wrong password and to somebody locked out in the same way, step by step', async () => {
    const desk = await openWithUser()
    const steps: string[] = []
    const watched = <Port extends object>(name: string, port: Port): Port =>
      new Proxy(port, {
        get: (target, method) => {
          steps.push(`${name}.${String(method)}`)
          return Reflect.get(target, method)
        },
      })
    const { identities, credentials, alarm, ids, clock, realTime } = desk.ports
    const enter = logIn({
      identities: watched('identities', identities),
      credentials: watched('credentials', credentials),
      alarm: watched('alarm', alarm),
      ...{ ids, clock, realTime },
    })
    const refusal = async (who: string, word: string) => {
      steps.length = 0
      const taken = realTime.measure()
      const answer = (await enter(who, word, '192.0.2.7'))._unsafeUnwrapErr()
      expect(taken()).toBeGreaterThanOrEqual(245)
      return [answer, [...steps]]
    }
    const nobodys = await refusal('nobody@salon-sonne.example', password)
    expect(nobodys[1]).toEqual([
      'identities.userByEmail',
      'credentials.verifyPassword',
      'identities.changeUser',
      'alarm.security',
    ])
    for (let time = 1; time <= 5; time += 1) expect(await refusal(email, 'wrong')).toEqual(nobodys)
    expect(await refusal(email, 'wrong')).toEqual(nobodys)
    expect(await refusal(email, password)).toEqual(nobodys)
    await desk.app.disableUser(desk.platform, email)
    expect(await refusal(email, password)).toEqual(nobodys)
  })

  it('is over at once for a disabled user, sessions included', async () => {
    const desk = await openWithUser()
    const cookie = await desk.cookie()
    await desk.app.disableUser(desk.platform, email)
    expect((await desk.app.principalOfSession(cookie)).isErr()).toBe(true)
    expect((await desk.logIn())._unsafeUnwrapErr()).toEqual({ kind: 'wrong-login' })
    // A login may have been under way.
    const { identities, credentials, clock } = desk.ports
    const user = (await identities.userByEmail(email))?.id ?? 'usr_00000000'
    const times = { createdAt: clock.now(), expiresAt: later(clock.now(), DAY) }
    await identities.addSession({ digest: credentials.digest('late'), user, ...times })
    expect((await desk.app.principalOfSession('late')).isErr()).toBe(true)
  })
})

describe('a link to set a password', () => {
  it('works once, within two days, and ends the sessions that were open', async () => {
    const desk = await openWithUser()
    expect((await desk.app.setPassword(desk.link, password))._unsafeUnwrapErr()).toEqual({
      kind: 'link-used-or-expired',
    })
    const cookie = await desk.cookie()
    const fresh = (await desk.app.resetPassword(desk.platform, email))._unsafeUnwrap().token
    expect((await desk.app.setPassword(fresh, 'short'))._unsafeUnwrapErr()).toEqual({
      kind: 'password-too-short',
      least: 12,
    })
    expect((await desk.app.setPassword(fresh, 'another long password')).isOk()).toBe(true)
    expect((await desk.app.principalOfSession(cookie)).isErr()).toBe(true)
    const late = (await desk.app.resetPassword(desk.platform, email))._unsafeUnwrap().token
    desk.clock.advance(2 * DAY)
    expect((await desk.app.setPassword(late, password))._unsafeUnwrapErr()).toEqual({ kind: 'link-used-or-expired' })
  })

  it('takes a password as long as anybody likes', async () => {
    const desk = await openWithUser()
    const sentence = 'correct horse battery staple '.repeat(10)
    const link = (await desk.app.resetPassword(desk.platform, email))._unsafeUnwrap().token
    expect((await desk.app.setPassword(link, sentence)).isOk()).toBe(true)
    expect((await desk.logIn(sentence)).isOk()).toBe(true)
    expect((await desk.logIn(password)).isErr()).toBe(true)
  })

  it('is made for one user per e-mail, with a role that fits', async () => {
    const desk = await openWithUser()
    const create = (user: { email: string; role: Role; company: typeof desk.company }) =>
      desk.app.createUser(desk.platform, user)
    expect(
      (await create({ email: email.toUpperCase(), role: 'staff', company: desk.company }))._unsafeUnwrapErr().kind,
    ).toBe('email-taken')
    expect((await create({ email: 'a@b.example', role: 'staff', company: undefined }))._unsafeUnwrapErr().kind).toBe(
      'role-needs-company',
    )
    expect(
      (await create({ email: 'a@b.example', role: 'platform_admin', company: desk.company }))._unsafeUnwrapErr().kind,
    ).toBe('role-has-no-company')
    expect((await create({ email: 'no address', role: 'staff', company: desk.company }))._unsafeUnwrapErr().kind).toBe(
      'not-an-email',
    )
  })
})

describe('a token', () => {
  it('is who it was made for until it expires, and is kept only as a digest', async () => {
    const desk = await openWithUser()
    const expiresAt = later(desk.clock.now(), DAY)
    const { token } = (
      await desk.app.createToken(desk.platform, { role: 'viewer', company: desk.company, expiresAt })
    )._unsafeUnwrap()
    expect((await desk.app.principalOfToken(token))._unsafeUnwrap()).toMatchObject({
      role: 'viewer',
      company: desk.company,
    })
    expect(JSON.stringify(await desk.ports.identities.tokens(desk.company))).not.toContain(token)
    expect((await desk.app.principalOfToken(`${token}x`)).isErr()).toBe(true)
    desk.clock.advance(DAY)
    expect((await desk.app.principalOfToken(token)).isErr()).toBe(true)
  })
})

describe('entering a company', () => {
  const principal = (role: Role, company: Principal['company']): Principal => ({
    actor: { kind: 'user', name: 'x' },
    role,
    company,
    key: 'k',
    email: undefined,
    userId: undefined,
    seesVip: false,
  })

  it('is open to its own people and to the platform; for all others it does not exist', async () => {
    const desk = await openWithUser()
    const foreign = await desk.ports.directory.companyBySlug('praxis-mond')
    expect(enterCompany(principal('viewer', desk.company), desk.company, 'calls.read').isOk()).toBe(true)
    expect(enterCompany(principal('platform_admin', undefined), foreign, 'calls.read').isOk()).toBe(true)
    for (const role of ['viewer', 'staff', 'manager', 'company_admin'] as const) {
      expect(enterCompany(principal(role, desk.company), foreign, 'calls.read')._unsafeUnwrapErr()).toEqual({
        kind: 'not-found',
      })
      expect(enterPlatform(principal(role, desk.company), 'platform.read').isErr()).toBe(true)
    }
    expect(enterCompany(principal('viewer', desk.company), undefined, 'calls.read')._unsafeUnwrapErr()).toEqual({
      kind: 'not-found',
    })
    expect(
      enterCompany(principal('viewer', desk.company), desk.company, 'appointments.change')._unsafeUnwrapErr().kind,
    ).toBe('not-allowed')
  })
})
