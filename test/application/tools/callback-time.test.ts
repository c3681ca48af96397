import { describe, expect, it } from 'vitest'
import { openDesk } from '../desk.ts'

describe('the moment by which somebody will call back', () => {
  it('is said as people say times, never earlier than it is kept', async () => {
    const desk = await openDesk()
    desk.clock.advance(3 * 60_000)
    const answer = await desk.ask('request_callback', { customer_name: 'Max Muster', priority: 'dringend' })
    expect(answer).toMatchObject({ status: 'callback_created', due_by: '2026-11-20T12:03:00+01:00', time: '12:15' })
    expect(answer.message).toContain('12 Uhr 15')
  })

  it('is left as it is on a quarter of an hour', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', { customer_name: 'Max Muster', priority: 'dringend' })
    expect(answer).toMatchObject({ due_by: '2026-11-20T12:00:00+01:00', time: '12:00' })
  })
})
