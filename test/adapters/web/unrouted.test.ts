import fastify from 'fastify'
import { expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { openDesk, praxis, praxisKey, salon } from '../../application/desk.ts'

const path = '/unrouted-calls'

const opened = async () => {
  const desk = await openDesk([salon, praxis])
  const http = fastify({ forceCloseConnections: true })
  await http.register(
    webRoutes({
      application: webApplication(desk.app, desk.ports),
      secureCookies: false,
      platformZone: 'Europe/Berlin' as TimeZone,
      publicUrl: 'https://desk.example',
      clock: desk.clock,
    }),
  )
  const sessionOf = async (role: 'platform_admin' | 'company_admin') => {
    const email = `${role.replace('_', '-')}@frontdesk.example`
    const company = role === 'platform_admin' ? undefined : (await desk.scopeOf()).company
    const link = await desk.app.createUser(desk.platform, { email, role, company })
    const password = 'ein Satz mit fünf Wörtern'
    await desk.app.setPassword(link._unsafeUnwrap().token, password)
    return (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie
  }
  const as = async (role: 'platform_admin' | 'company_admin') => {
    const cookies: Record<string, string> = { frontdesk_session: await sessionOf(role) }
    const get = async (address = path, language = 'de') => {
      const answer = await http.inject({ url: address, cookies, headers: { 'accept-language': language } })
      for (const { name, value } of answer.cookies) cookies[name] = value
      return answer
    }
    const send = async (id: string, fields: Record<string, string>) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await get(path)).body)?.[1] ?? ''
      return http.inject({
        ...{ method: 'POST', url: `${path}/${id}/assign`, cookies },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
        payload: new URLSearchParams({ _csrf: token, ...fields }).toString(),
      })
    }
    return { get, send }
  }
  await desk.send({ event: 'call_started', call: desk.callOf({ call: 'call_lost', to: '+493023125103' }) })
  await desk.send(
    { event: 'call_started', call: desk.callOf({ call: 'call_theirs', to: '+493023125113' }) },
    { key: praxisKey },
  )
  await desk.work()
  const { items } = await desk.ports.unrouted.listAll(desk.platform, { limit: 9, cursor: undefined })
  const [lost, theirs] = ['call_lost', 'call_theirs'].map(
    (call) => items.find(({ callId }) => callId === call)?.id ?? '',
  )
  const callIn = async (slug: string, call: string) => desk.look((tx) => tx.calls.find(call), slug)
  return { desk, as, lost: lost ?? '', theirs: theirs ?? '', callIn }
}

it('shows whom a call may have been meant for, and gives it to the branch that a person chose', async () => {
  const { desk, as, lost, callIn } = await opened()
  const { get, send } = await as('platform_admin')
  const page = (await get()).body
  expect(page).toMatch(
    /value="salon-sonne\/mitte"[^<]*<span>Salon Sonne Mitte<\/span><small>030 23125101, 1 Ziffer anders/,
  )
  expect(page).toContain('<option value="praxis-mond/west">')
  expect((await get(path, 'en')).body).toContain('1 digit differs')

  const given = await send(lost, { to: 'salon-sonne/west', other: '' })
  expect([given.statusCode, given.headers.location]).toEqual([303, `${path}?said=assigned`])
  const after = (await get(`${path}?said=assigned`)).body
  expect(after).toContain('Der Anruf ist zugeordnet.')
  expect(after).not.toContain(lost)
  await desk.work()
  const west = (await desk.ports.directory.profile((await desk.scopeOf()).company))?.branches[1]?.id
  expect(await callIn('salon-sonne', 'call_lost')).toMatchObject({ branch: west })
})

it('takes what is written before what is suggested, and says what it does not know', async () => {
  const { desk, as, lost, callIn } = await opened()
  const { send } = await as('platform_admin')
  for (const other of ['salon-sonne/nord', 'nirgends/mitte', 'Unsinn', '']) {
    const wrong = await send(lost, { other })
    expect([other, wrong.statusCode]).toEqual([other, 422])
    expect(wrong.body).toContain('Diese Filiale gibt es nicht.')
  }
  await send(lost, { other: ' praxis-mond/mitte ', to: 'salon-sonne/mitte' })
  await desk.work()
  expect(await callIn('praxis-mond', 'call_lost')).toBeDefined()
  expect(await callIn('salon-sonne', 'call_lost')).toBeUndefined()
  const again = await send(lost, { to: 'salon-sonne/mitte' })
  expect(again.headers.location).toBe(`${path}?said=refused`)
})

it('gives what one company’s key signed to no other, and nothing to those who are not the platform', async () => {
  const { desk, as, theirs, lost, callIn } = await opened()
  const { send, get } = await as('platform_admin')
  expect((await send(theirs, { other: 'salon-sonne/mitte' })).headers.location).toBe(`${path}?said=refused`)
  expect((await get(`${path}?said=refused`)).body).toContain('lässt sich dieser Firma nicht zuordnen')
  const company = await as('company_admin')
  expect((await company.get()).statusCode).toBe(403)
  expect((await company.send(lost, { to: 'salon-sonne/mitte' })).statusCode).toBe(403)
  await desk.work()
  for (const call of ['call_lost', 'call_theirs']) expect(await callIn('salon-sonne', call)).toBeUndefined()
})
