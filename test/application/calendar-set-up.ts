import { countingIds, type SettableClock } from '../../src/adapters/memory/ambient.ts'
import { type UnrulyCalendar, unrulyCalendar } from '../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../src/adapters/retell/voice-platform.ts'
import type { EventType } from '../../src/domain/booking/event-type.ts'
import type { TimeZone } from '../../src/domain/time.ts'
import { openDesk, platformKey, salon } from './desk.ts'

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
