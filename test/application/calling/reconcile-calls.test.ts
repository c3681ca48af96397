import { describe, expect, it } from 'vitest'
import { reportOf } from '../../../src/adapters/retell/read-call.ts'
import type { VoiceCall } from '../../../src/application/ports/voice-accounts.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { after, instant } from '../../../src/domain/time.ts'
import { openAgentDesk } from '../agents/agent-desk.ts'
import { praxisKey } from '../desk.ts'

const HOUR = 3_600_000
const begin = instant(Date.parse('2026-11-20T08:00:00Z'))
const to = '+493023125111'

/** What is known of a call that has just begun. */
const begun: JsonObject = { call_status: 'ongoing', end_timestamp: null, duration_ms: null, transcript: null }

const calls = async () => {
  const desk = await openAgentDesk()
  const document = (id: string, extra: JsonObject = {}): JsonObject => ({
    ...desk.callOf({ call: id, to }),
    call_status: 'ended',
    start_timestamp: begin,
    end_timestamp: begin + 60_000,
    duration_ms: 60_000,
    transcript: 'Agent: Guten Tag.\nUser: Danke.\n',
    ...extra,
  })
  const atRetell = (id: string, extra: JsonObject = {}, listed: Partial<VoiceCall> = {}) => {
    const call = document(id, extra)
    desk.retell.addCall(
      {
        callId: id,
        agentId: undefined,
        fromNumber: '+4915550100001',
        toNumber: to,
        direction: 'inbound',
        status: String(call.call_status),
        startedAt: begin,
        endedAt: after(begin, 60_000),
        ...listed,
      },
      reportOf('call_ended', call),
    )
  }
  const look = async () => (await desk.app.reconcileCallsNow(desk.scope, after(begin, -HOUR)))._unsafeUnwrap()
  const cards = async () =>
    (await desk.look((tx) => tx.calls.list({ limit: 50, cursor: undefined }), 'praxis-mond')).items
  const told = async (event: string, id: string, extra: JsonObject = {}) => {
    await desk.send({ event, call: document(id, extra) }, { key: praxisKey })
    await desk.app.workInbox(100)
  }
  return { desk, atRetell, look, cards, told }
}

describe('the reconciliation of calls', () => {
  it('finds a call that nobody told of, once', async () => {
    const { desk, atRetell, look, cards } = await calls()
    atRetell('call_lost')
    expect(await look()).toEqual({ found: 1, ended: 0, closed: 0 })
    expect(await look()).toEqual({ found: 0, ended: 0, closed: 0 })
    expect(await cards()).toMatchObject([{ id: 'call_lost', status: 'ended', durationMs: 60_000 }])
    const events = await desk.look((tx) => tx.calls.events('call_lost'), 'praxis-mond')
    expect(events).toMatchObject([{ event: 'call_ended', delivery: undefined }])
  })

  it('says no more than once what the webhook says as well, later', async () => {
    const { desk, atRetell, look, told } = await calls()
    atRetell('call_late')
    await look()
    await told('call_ended', 'call_late')
    expect(await desk.look((tx) => tx.calls.events('call_late'), 'praxis-mond')).toHaveLength(1)
  })

  it('ends a call whose end was never told', async () => {
    const { atRetell, look, cards, told } = await calls()
    await told('call_started', 'call_open', begun)
    atRetell('call_open')
    expect(await look()).toMatchObject({ found: 1 })
    expect(await cards()).toMatchObject([{ id: 'call_open', status: 'ended' }])
  })

  it('takes no call of somebody else', async () => {
    const { atRetell, look, cards } = await calls()
    atRetell('call_foreign', {}, { toNumber: '+4930999999' })
    atRetell('call_web', {}, { toNumber: undefined, agentId: 'agent_of_nobody' })
    expect(await look()).toMatchObject({ found: 0 })
    expect(await cards()).toEqual([])
  })

  it('closes a call that has no end anywhere, says so, and corrects it when its end is told', async () => {
    const { desk, look, cards, told } = await calls()
    await told('call_started', 'call_endless', begun)
    expect(await look()).toEqual({ found: 0, ended: 0, closed: 0 })
    desk.clock.advance(3 * HOUR)
    expect(await look()).toEqual({ found: 0, ended: 1, closed: 1 })
    expect(await cards()).toMatchObject([{ status: 'ended' }])
    expect((await cards())[0]?.durationMs).toBeUndefined()
    expect(await desk.alerts()).toEqual(['call_without_end'])
    expect(await look()).toEqual({ found: 0, ended: 0, closed: 0 })

    await told('call_ended', 'call_endless', { disconnection_reason: 'error_retell', call_status: 'error' })
    expect(await cards()).toMatchObject([{ status: 'failed', durationMs: 60_000 }])
    expect(await desk.alerts()).toEqual([])
  })

  it('closes nothing while Retell does not answer', async () => {
    const { desk, cards, told } = await calls()
    await told('call_started', 'call_endless', begun)
    desk.clock.advance(3 * HOUR)
    desk.retell.misbehave('call', 'down')
    const looked = await desk.app.reconcileCallsNow(desk.scope, begin)
    expect(looked._unsafeUnwrapErr()).toMatchObject({ kind: 'unreachable' })
    expect(await cards()).toMatchObject([{ status: 'ongoing' }])
    desk.retell.misbehave('call', undefined)
  })

  it('comes round by itself', async () => {
    const { desk, atRetell, cards } = await calls()
    atRetell('call_lost')
    desk.clock.advance(20 * 60_000)
    await desk.work()
    expect(await cards()).toMatchObject([{ id: 'call_lost' }])
    atRetell('call_lost_too', {}, { startedAt: desk.clock.now() })
    desk.clock.advance(16 * 60_000)
    await desk.work()
    expect(await cards()).toHaveLength(2)
  })
})
