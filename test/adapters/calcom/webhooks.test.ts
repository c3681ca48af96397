import { describe, expect, it } from 'vitest'
import type { Asked, Said, Script } from '../vendor/local-server.ts'
import { openCalendar, profileAt, refusal, success } from './local-cal.ts'

const url = 'https://desk.example/webhooks/calcom/salon-sonne'
const core = ['BOOKING_CREATED', 'BOOKING_REQUESTED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED', 'BOOKING_REJECTED']
const all = [...core, 'BOOKING_NO_SHOW_UPDATED']
const webhook = (more: object = {}) => ({
  ...{ id: 'b7e3', subscriberUrl: url, active: true, triggers: all, secret: 'whsec_test', payloadTemplate: null },
  ...more,
})
const changes = (asked: readonly Asked[]) => asked.filter(({ method }) => method !== 'GET')
const made: Said = { ...success(webhook()), status: 201 }

describe('the webhook at Cal.com', () => {
  it('is made with our secret and a version', async () => {
    const { calendar, asked } = await openCalendar({ 'GET /v2/webhooks': success([]), 'POST /v2/webhooks': made })
    expect((await calendar.registerWebhook(url)).isOk()).toBe(true)
    expect(changes(asked).map(({ body }) => body)).toEqual([
      { active: true, subscriberUrl: url, triggers: all, version: '2021-10-20', secret: 'whsec_test' },
    ])
  })

  it('is made without what an older server refuses', async () => {
    const { calendar, asked } = await openCalendar({
      'GET /v2/webhooks': success([]),
      'POST /v2/webhooks': [refusal(400, 'Bad Request Exception'), made],
    })
    expect((await calendar.registerWebhook(url)).isOk()).toBe(true)
    expect(changes(asked).map(({ body }) => body)).toMatchObject([{ triggers: all }, { triggers: core }])
  })

  it('is left as it is when it is right, and not made again (I-85)', async () => {
    const { calendar, asked } = await openCalendar({
      'GET /v2/webhooks': success([
        webhook(),
        webhook({ id: 'other', subscriberUrl: 'https://other.example/', secret: null }),
      ]),
    })
    expect((await calendar.registerWebhook(url)).isOk()).toBe(true)
    expect(changes(asked)).toEqual([])
  })

  it.each([
    ['another secret', { secret: 'whsec_old' }, {}],
    ['no secret', { secret: null }, {}],
    ['too few triggers', { triggers: ['BOOKING_CREATED'] }, {}],
    ['been switched off', { active: false }, {}],
    ['a template of its own', { payloadTemplate: '{"uid":"{{uid}}"}' }, { payloadTemplate: null }],
  ])('is put right when it has %s', async (_, more, told) => {
    const { calendar, asked } = await openCalendar({
      'GET /v2/webhooks': success([webhook(more)]),
      'PATCH /v2/webhooks/b7e3': success(webhook()),
    })
    expect((await calendar.registerWebhook(url)).isOk()).toBe(true)
    expect(changes(asked).map(({ body }) => body)).toEqual([
      { active: true, subscriberUrl: url, triggers: all, version: '2021-10-20', secret: 'whsec_test', ...told },
    ])
  })

  it('is good enough on a server that does not know when somebody did not come', async () => {
    const { calendar, asked } = await openCalendar({
      'GET /v2/webhooks': success([webhook({ triggers: core })]),
      'PATCH /v2/webhooks/b7e3': refusal(400, 'Bad Request Exception'),
    })
    expect((await calendar.registerWebhook(url)).isOk()).toBe(true)
    expect(changes(asked)).toHaveLength(1)
  })

  it.each([
    ['another secret', { secret: 'whsec_old' }],
    ['no secret', { secret: null }],
    ['too few triggers', { triggers: ['BOOKING_CREATED'] }],
    ['a template of its own', { payloadTemplate: '{"uid":"{{uid}}"}' }],
  ])('is not right when it has %s', async (_, more) => {
    const { calendar } = await openCalendar({ 'GET /v2/webhooks': success([webhook(more)]) })
    expect((await calendar.webhooks())._unsafeUnwrap()).toEqual([{ url, isActive: true, isRight: false }])
  })

  it('is shown without its secret', async () => {
    const { calendar } = await openCalendar({ 'GET /v2/webhooks': success([webhook({ id: 12, active: false })]) })
    expect((await calendar.webhooks())._unsafeUnwrap()).toEqual([{ url, isActive: false, isRight: true }])
  })

  it.each<readonly [string, Script, string]>([
    ['Cal.com is down', { 'GET /v2/webhooks': refusal(503, 'down') }, 'unreachable'],
    [
      'the address is refused',
      { 'GET /v2/webhooks': success([]), 'POST /v2/webhooks': refusal(400, 'Bad') },
      'misconfigured',
    ],
  ])('is not there while %s', async (_, script, kind) => {
    const { calendar } = await openCalendar(script)
    expect((await calendar.registerWebhook(url))._unsafeUnwrapErr().kind).toBe(kind)
  })

  it('is none without a secret of the company', async () => {
    const { calendars, asked } = await openCalendar({})
    const profile = await profileAt('http://127.0.0.1:1')
    const calendar =
      profile.calendar.kind === 'calcom' ? { ...profile.calendar, webhookSecret: undefined } : profile.calendar
    const failure = (await calendars.of({ ...profile, calendar })?.registerWebhook(url))?._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind: 'misconfigured', detail: expect.stringContaining('webhook_secret') })
    expect(asked).toEqual([])
  })
})
