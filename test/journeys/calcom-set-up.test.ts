import { describe, expect, it } from 'vitest'
import type { CalcomEventType } from '../../src/adapters/simulation/calcom/store.ts'
import { secret } from '../../src/domain/secret.ts'
import { salon } from '../application/desk.ts'
import { booking, openCalcomDesk, wish } from './calcom-desk.ts'
import { calcomTypes } from './calcom-salon.ts'

/** The salon before anybody connected its calendar, at a desk that asks Cal.com over HTTP. */
const open = async (file: (url: string, key: string) => string = () => salon) => {
  let place = { url: '', key: '' }
  const desk = await openCalcomDesk(
    (calcom) => {
      place = calcom
    },
    () => file(place.url, place.key),
  )
  const scope = await desk.scopeOf()
  const profile = async () => {
    const found = await desk.ports.directory.profile(scope.company)
    if (!found) throw new Error('There is no salon')
    return found
  }
  const connect = async (key = place.key, baseUrl = place.url) =>
    desk.app.connectCalendar(scope, await profile(), { baseUrl, apiKey: secret(key), webhookSecret: undefined })
  const codesOf = async () => {
    const setUp = await desk.app.calendarSetUp(scope, await profile(), 'fresh')
    if (!('mappings' in setUp)) return setUp.state
    return setUp.mappings.map(({ findings, matches }) => [
      findings.map(({ code }) => code),
      matches.map(({ id }) => id),
    ])
  }
  const match = (service: string, eventType: number) =>
    desk.app.mapService(scope, { service, part: undefined, staff: undefined }, eventType)
  return { ...desk, scope, profile, connect, codesOf, match }
}

describe('a Cal.com that is connected over HTTP', () => {
  it('takes its first booking after a key, three matches and nothing else', async () => {
    const desk = await open()
    expect((await desk.connect('cal_live_wrong'))._unsafeUnwrapErr()).toMatchObject({ reason: 'misconfigured' })
    expect((await desk.connect(undefined, 'http://127.0.0.1:1/v2'))._unsafeUnwrapErr()).toMatchObject({
      reason: 'unreachable',
    })
    expect((await desk.profile()).calendar).toEqual({ kind: 'embedded' })
    expect((await desk.connect()).isOk()).toBe(true)
    expect(await desk.codesOf()).toMatchObject([
      [['unmapped'], [calcomTypes.haircut, calcomTypes.ninas, calcomTypes.udos]],
      [['unmapped'], [calcomTypes.women]],
      [['unmapped'], [calcomTypes.beard]],
    ])
    expect((await desk.match('herrenhaarschnitt', 4711)).isErr()).toBe(true)
    for (const [service, id] of [
      ['herrenhaarschnitt', calcomTypes.haircut],
      ['damenhaarschnitt', calcomTypes.women],
      ['bartpflege', calcomTypes.beard],
    ] as const)
      expect((await desk.match(service, id))._unsafeUnwrap().verified).toBe(true)
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'available' })
    expect(await desk.ask('book_appointment', booking)).toMatchObject({ status: 'booked' })
    expect(desk.calcom.live()).toHaveLength(1)
    expect((await desk.app.registerCalendarWebhook(desk.scope, await desk.profile())).isOk()).toBe(true)
    const found = await desk.app.doctor(desk.platform, desk.scope.company)
    expect(
      found.filter(({ link, state }) => /calendar key|secret|versions|webhook|^calendar$/.test(link) && state !== 'ok'),
    ).toEqual([])
    await desk.close()
  }, 60_000)

  it.each<readonly [string, Partial<CalcomEventType>, string]>([
    ['is longer', { minutes: 60 }, 'length'],
    ['has other lengths', { lengths: [30, 90] }, 'length'],
    ['asks a question', { questions: ['hair-colour'] }, 'questions'],
    ['has seats', { seats: 6 }, 'seats'],
    ['repeats', { isRecurring: true }, 'recurring'],
    ['verifies addresses', { needsVerifiedEmail: true }, 'verified-email'],
    ['is a template', { team: 'managed' }, 'managed-parent'],
    ['demands an e-mail address', { email: 'required' }, 'email-required'],
  ])(
    'cannot be booked where its event type %s, and that was told before the first call',
    async (_, change, code) => {
      const desk = await open(
        (url, key) =>
          `${salon.replace('duration_minutes: 55,', `duration_minutes: 55, calcom_event_type_id: ${calcomTypes.haircut},`)}calendar: { kind: calcom, base_url: "${url}", api_key: ${key} }\n`,
      )
      desk.calcom.changeEventType(calcomTypes.haircut, change)
      const [[found] = []] = (await desk.codesOf()) as [[string[]]]
      expect(found).toContain(code)
      const answer = await desk.ask('book_appointment', booking)
      expect(answer.status).not.toBe('booked')
      expect(desk.calcom.live()).toEqual([])
      await desk.close()
    },
    60_000,
  )
})
