import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { type UnrulyCalendar, unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { plainCalendarMessage, plainCalendarSignature } from '../../../src/adapters/memory/calendar-messages.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { CalendarBooking } from '../../../src/application/ports/calendar.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import { secret } from '../../../src/domain/secret.ts'
import { type Instant, instant } from '../../../src/domain/time.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openDesk, platformKey } from '../desk.ts'

export const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))

/** The booking of a cut by Max with nobody in particular, unless it is said otherwise. */
export const told = (uid: string, time: string, more: Partial<CalendarBooking> = {}): CalendarBooking => ({
  ...{ uid, startsAt: monday(time), endsAt: undefined, status: 'accepted', eventType: 9001, isNoShow: false },
  ...{ createdAt: instant(Date.parse('2026-11-20T08:00:00Z')), changedAt: instant(Date.parse('2026-11-20T08:00:00Z')) },
  ...{ reference: undefined, part: undefined, staff: undefined, replaces: undefined, replacedBy: undefined },
  attendee: { name: 'Erika Beispiel', phone: '+491713920002', email: 'erika@example.com' },
  reason: undefined,
  ...more,
})

const booking = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr', customer_name: 'Max Muster' }

/** A desk whose calendar of a vendor tells of its bookings, through the door, and can be made to misbehave. */
export const openHearing = async (
  files: string | readonly string[] = salonWithCalendar,
  open?: (options: Parameters<typeof memoryPorts>[0]) => Promise<Ports> | Ports,
) => {
  const mailer = memoryMailer('desk@salon-sonne.example')
  let calendar: UnrulyCalendar | undefined
  const desk = await openDesk([files].flat(), (clock) => {
    calendar = unrulyCalendar(clock)
    const options = { ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform, mailer }
    return (open ?? memoryPorts)({ clock, ...options, calendars: calendar })
  })
  if (!calendar) throw new Error('no calendar')
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('There is no salon')
  let count = 0

  const tell = async (message: Parameters<typeof plainCalendarMessage>[0]) => {
    const body = plainCalendarMessage(message)
    const signature = plainCalendarSignature(body, secret('whsec_sonne'))
    const raw = { body: Buffer.from(body), signature, address: '192.0.2.9' }
    const accepted = await desk.app.acceptCalendar('salon-sonne', raw)
    if (accepted.isErr()) throw new Error(accepted.error.kind)
    return desk.app.workInbox(100)
  }

  return {
    ...desk,
    calendar,
    mailer,
    scope,
    profile,
    named: (slug: string) => {
      const staff = profile.staff.find((one) => one.slug === slug)
      if (!staff) throw new Error(`no ${slug}`)
      return staff
    },
    tell,
    /** Tells of a booking, each time as if for the first time. */
    hear: (seen: CalendarBooking) => {
      count += 1
      return tell({
        event: 'BOOKING',
        at: desk.clock.now(),
        sameAs: `${count}`,
        news: { kind: 'booking', booking: seen },
      })
    },
    hearAttendance: (uid: string, isNoShow: boolean) => {
      count += 1
      return tell({
        ...{ event: 'BOOKING_NO_SHOW_UPDATED', at: desk.clock.now(), sameAs: `${count}` },
        news: { kind: 'attendance', uid, isNoShow },
      })
    },
    /** Somebody calls it off there, without us. */
    callOffThere: async (uid: string) => {
      const { branches, services } = profile
      const [appointment] = await desk.look(
        async (tx) => (await tx.appointments.list({ limit: 1, cursor: undefined })).items,
      )
      const [branch, service] = [branches[0], services[0]]
      if (!appointment || !branch || !service) throw new Error('There is nothing to call off')
      const placing = { appointment, branch, service, staff: undefined, customer: undefined }
      await desk.ports.calendars.of(profile)?.cancel(uid, placing, undefined)
    },
    /** A caller books a cut on Monday at ten. */
    book: async (more: Parameters<typeof desk.ask>[1] = {}, caller: Parameters<typeof desk.ask>[2] = {}) => {
      const from = { from: '+491713920001', ...caller }
      const answer = await desk.ask('book_appointment', { ...booking, ...more }, from)
      const [made] = await desk.look((tx) => tx.appointments.ofCall(caller.call ?? 'call_a'))
      if (!made) throw new Error(JSON.stringify(answer))
      return made
    },
    appointments: () => desk.look(async (tx) => (await tx.appointments.list({ limit: 200, cursor: undefined })).items),
    taken: (time: string) =>
      desk.look((tx) =>
        tx.occupancy.between(
          [...profile.staff.map(({ id }) => id), ...profile.services.map(({ id }) => id)],
          monday(time),
          instant(monday(time) + 60_000),
          desk.clock.now(),
        ),
      ),
    /** But for what the check of the event types has to say, which is another matter. */
    openAlerts: () =>
      desk.look(async (tx) => {
        const { items } = await tx.alerts.list({ open: true, limit: 200, cursor: undefined })
        // The calls in which these appointments were booked are never hung up.
        const others = /^Callers cannot book|^The calendar does not know the event type|^A call has no end/
        return items.filter(({ message }) => !others.test(message))
      }),
    /** Does all jobs of the next minutes. */
    pass: async (minutes: number) => {
      desk.clock.advance(minutes * 60_000)
      for (let round = 0; round < 20; round += 1) {
        const { done, postponed, givenUp } = await desk.app.workJobs(100)
        if (done + postponed + givenUp === 0) return
      }
      throw new Error('The jobs do not end')
    },
    mailsTo: (address: string) => mailer.taken.filter(({ to }) => to === address),
  }
}
