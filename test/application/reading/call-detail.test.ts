import { expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

it('tells a call in order: its beginning first, its end last, also within one millisecond', async () => {
  const desk = await openDesk()
  const start = desk.clock.now()
  const call = { ...desk.callOf({}), start_timestamp: start }
  const said = [
    { role: 'agent', content: 'Guten Tag', words: [{ word: 'Guten', start: 0 }] },
    { role: 'user', content: 'Danke', words: [{ word: 'Danke', start: 2 }] },
  ]
  await desk.send({ event: 'call_analyzed', call: { ...call, call_status: 'ended', end_timestamp: start + 2000 } })
  await desk.send({
    event: 'call_ended',
    call: { ...call, call_status: 'ended', end_timestamp: start + 2000, transcript_object: said },
  })
  await desk.send({ event: 'call_started', call })
  await desk.ask('initialize_call', {})
  await desk.work()
  const detail = await desk.app.callDetail(await desk.scopeOf(), 'call_a')
  const told = detail?.timeline.map((one) =>
    one.kind === 'event' ? one.entry.event : one.kind === 'said' ? one.turn.content : one.toolCall.name,
  )
  expect(told).toEqual(['call_started', 'Guten Tag', 'initialize_call', 'Danke', 'call_ended', 'call_analyzed'])
})
