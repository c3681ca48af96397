import { expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { startBackground } from '../../../src/composition/background.ts'
import { type Instant, parseInstant } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const at = (text: string): Instant => parseInstant(`2026-${text}:00+01:00`)._unsafeUnwrap()

const opened = async () => {
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let asked = 0
  const mailer = memoryMailer('desk@salon.example')
  const slow: typeof mailer = {
    ...mailer,
    send: async (mail) => {
      if (mail.to.startsWith('max@')) {
        asked += 1
        await gate
      }
      return mailer.send(mail)
    },
  }
  const open = (clock: Parameters<NonNullable<Parameters<typeof openDesk>[1]>>[0]) =>
    memoryPorts({ clock, ids: countingIds(), mailer: slow })
  const desk = await openDesk([salon, praxis.replace('max@', 'erika@')], open)
  const book = async (slug: string, day: number, attendeeName: string) => {
    const scope = await desk.scopeOf(slug)
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error(`There is no ${slug}`)
    const made = await desk.app.createAppointment(scope, profile, {
      ...{
        branch: 'mitte',
        service: 'herrenhaarschnitt',
        staff: 'nina',
        startsAt: at(`11-${day}T10:30`),
        attendeeName,
      },
      ...{ phone: '0171 3920001', email: undefined, notes: undefined, source: 'dashboard' },
    })
    expect(made.isOk()).toBe(true)
  }
  const sent = (to: string) => mailer.taken.filter((mail) => mail.to.startsWith(to)).length
  return { desk, book, sent, waiting: () => asked, letGo }
}

it('mails that wait for their server hold up nobody else’s, and are out before the background stops', async () => {
  const { desk, book, sent, waiting, letGo } = await opened()
  for (const day of [21, 23, 24, 25, 26, 27, 28, 30]) await book('salon-sonne', day, 'Max Muster')
  const faults: unknown[] = []
  const background = startBackground(desk.app, { error: (fault: unknown) => void faults.push(fault) })
  await expect.poll(waiting).toBe(8)
  await book('praxis-mond', 24, 'Erika Beispiel')
  background.wake('jobs')
  await expect.poll(() => sent('erika@'), { timeout: 10_000 }).toBe(1)
  expect(sent('max@')).toBe(0)
  const stopped = background.stop()
  const aWhile = new Promise((resolve) => setTimeout(resolve, 1_000, 'still at work'))
  expect(await Promise.race([stopped, aWhile])).toBe('still at work')
  letGo()
  await stopped
  expect(sent('max@')).toBe(8)
  expect(faults).toEqual([])
})

it('what goes wrong is logged and tried again', async () => {
  const faults: unknown[] = []
  let asked = 0
  const background = startBackground(
    {
      workInbox: async () => ({ processed: 0, postponed: 0, dead: 0 }),
      workJobs: async () => {
        asked += 1
        if (asked < 3) throw new RangeError('no database')
        return { done: 0, postponed: 0, givenUp: 0 }
      },
    },
    { error: (fault: unknown) => void faults.push(fault) },
  )
  await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(2)
  await background.stop()
  expect(faults).toEqual([1, 2].map(() => ({ err: { name: 'RangeError', message: 'no database' } })))
})
