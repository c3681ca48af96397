import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ServedDesk, serveDesk } from '../../browser/serve-desk.ts'

let served: ServedDesk
beforeEach(async () => {
  served = await serveDesk()
})
afterEach(() => served.close())

it('marks the one thing said that nothing bears, also when another was said in the same moment', async () => {
  const { desk, http } = served
  const began = desk.clock.now()
  const said = (role: string, content: string, start: number) => ({ role, content, words: [{ word: content, start }] })
  await desk.send({
    event: 'call_ended',
    call: {
      ...desk.callOf({}),
      call_status: 'ended',
      start_timestamp: began,
      end_timestamp: began + 9000,
      transcript_object: [
        said('agent', 'Guten Tag.', 1),
        said('agent', 'Einen Moment bitte.', 3),
        said('agent', 'Ihr Termin ist gebucht. Sie erhalten eine Bestätigung per E-Mail.', 3),
        said('agent', 'Auf Wiederhören.', 3),
      ],
    },
  })
  await desk.work()
  const cookies = { frontdesk_session: await served.signIn('staff') }
  const { body } = await http.inject({ url: '/companies/salon-sonne/calls/call_a', cookies })
  const wrong = [...body.matchAll(/<p class="said agent wrong">[\s\S]*?<\/p>/g)].map(([text]) => text)
  expect(wrong).toHaveLength(1)
  expect(wrong[0]).toContain('Ihr Termin ist gebucht.')
  const claims = [...body.matchAll(/<p class="claim">[\s\S]*?<\/p>/g)].map(([text]) => text)
  expect(claims).toHaveLength(2)
  expect(claims.join()).toMatch(/gebucht[\s\S]*E-Mail/)
})
