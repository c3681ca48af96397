import { ok } from 'neverthrow'
import { countingIds, type SettableClock } from '../../src/adapters/memory/ambient.ts'
import { type UnrulyCalendar, unrulyCalendar } from '../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../src/adapters/retell/voice-platform.ts'
import type { CompanyScope } from '../../src/application/scope.ts'
import type { EventType } from '../../src/domain/booking/event-type.ts'
import type { CompanyProfile } from '../../src/domain/company.ts'
import { type Instant, instant, type TimeZone } from '../../src/domain/time.ts'
import { type Desk, openDesk, platformKey, salon } from './desk.ts'

/** An event type that any caller can book, for the man's cut of the salon unless it is said otherwise. */
export const eventType = (id: number, more: Partial<EventType> = {}): EventType => ({
  ...{ id, title: 'Herrenhaarschnitt', slug: 'herrenhaarschnitt', minutes: 55, minutesToChooseFrom: [] },
  ...{ needsEmail: false, asksPhone: true, questions: [], places: ['address'], noticeMinutes: 0 },
  ...{ needsConfirmation: false, seats: undefined, isRecurring: false, team: 'none', hosts: [501, 502] },
  ...{ needsVerifiedEmail: false, needsLogin: false, isHidden: false },
  ...more,
})

/** The salon with a calendar of a vendor in its file; its men's cut and its women's cut are matched, the beard is not. */
export const salonWithCalendar = salon
  .replace('duration_minutes: 55,', 'duration_minutes: 55, calcom_event_type_id: 9001,')
  .replace('duration_minutes: 60,', 'duration_minutes: 60, calcom_event_type_id: 9002,')
  .replace('slug: nina, name: Nina Probe,', 'slug: nina, name: Nina Probe, calcom_user_id: 501,')
  .replace('slug: udo, name: Udo Beispiel,', 'slug: udo, name: Udo Beispiel, calcom_user_id: 502,')
  .concat('calendar: { kind: calcom, api_key: cal_sonne, webhook_secret: whsec_sonne }\n')

export const eventTypes = [
  eventType(9001),
  eventType(9002, { title: 'Damenhaarschnitt', slug: 'damen', minutes: 60 }),
  eventType(9003, { title: 'Bart pflegen', slug: 'bartpflege', minutes: 30 }),
  eventType(9004, { title: 'Team', slug: 'team', team: 'parent', hosts: [] }),
]

const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))

/** One difference of each kind: the calendar was not told, it says something else, it has what is not here. */
export const differOnce = async (
  desk: Pick<Desk, 'app' | 'ports' | 'look'>,
  calendar: UnrulyCalendar,
  scope: CompanyScope,
  profile: CompanyProfile,
) => {
  const book = async (time: string, attendeeName: string) => {
    const made = await desk.app.createAppointment(scope, profile, {
      ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff: 'nina', attendeeName, source: 'dashboard' },
      ...{ startsAt: monday(time), phone: undefined, email: undefined, notes: undefined },
    })
    return made._unsafeUnwrap().appointment
  }
  const disputed = await book('10:00', 'Dora Strittig')
  calendar.misbehave('place', 'down')
  const untold = await book('12:00', 'Uwe Ungesagt')
  await desk.ports.store.transact(scope, async (tx) => {
    await tx.appointments.change<never>(disputed.id, (one) => ok({ ...one, sync: 'review' }))
    await tx.calendarBookings.save({
      ...{ uid: 'uid_elsewhere', startsAt: monday('15:00'), endsAt: monday('15:55'), status: 'accepted' },
      ...{ createdAt: monday('08:00'), changedAt: monday('08:00'), seenAt: monday('08:00'), eventType: 9001 },
      ...{ appointment: undefined, host: undefined, reference: undefined, part: undefined, reason: undefined },
      ...{ replaces: undefined, replacedBy: undefined, isNoShow: false },
      attendee: { name: 'Frida Fremd', phone: undefined, email: 'frida@kunde.example' },
    })
    return ok(undefined)
  })
  return { disputed, untold }
}

/** What a desk is opened over: companies have the calendar that their file names, and it opens with `cal_sonne`. */
export const portsWithCalendar = (clock: SettableClock) => {
  const calendar = unrulyCalendar(clock, (company) => company.calendar.kind === 'calcom')
  calendar.opensWith('cal_sonne')
  const account = { name: 'Salon Sonne', email: 'team@salon-sonne.example', timeZone: 'Europe/Berlin' as TimeZone }
  calendar.has({ eventTypes, account })
  const voice = retellVoicePlatform
  const ports = memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice, calendars: calendar })
  return { calendar, ports }
}

export const openSetUp = async (files: readonly string[] = [salonWithCalendar], publicUrl = 'https://desk.example') => {
  let calendar: UnrulyCalendar | undefined
  const desk = await openDesk(
    files,
    (clock) => {
      const made = portsWithCalendar(clock)
      calendar = made.calendar
      return made.ports
    },
    { publicUrl, calendarPatienceMs: 30 },
  )
  if (!calendar) throw new Error('no calendar')
  const scope = await desk.scopeOf()
  const profile = async () => {
    const found = await desk.ports.directory.profile(scope.company)
    if (!found) throw new Error('There is no salon')
    return found
  }
  const secretOf = async (name: string) =>
    (await desk.ports.directory.secretOf(scope.company, name))?.use((plain) => plain)
  return { ...desk, calendar, scope, profile, secretOf }
}
