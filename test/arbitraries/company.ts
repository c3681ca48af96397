import fc from 'fast-check'
import type {
  Absence,
  AgentSpec,
  BranchSpec,
  CalendarSettings,
  CompanyProfile,
  CompanySettings,
  CompanySpec,
  Policies,
  ServiceSpec,
  StaffSpec,
} from '../../src/domain/company.ts'
import { mintId } from '../../src/domain/ids.ts'
import type { DateRange, DayInterval, OpeningHours, WeeklyHours } from '../../src/domain/opening-hours.ts'
import { type PhoneNumber, parseCountry } from '../../src/domain/phone-number.ts'
import { addDays, instant, type LocalDate, parseTimeZone, type TimeZone, type Weekday } from '../../src/domain/time.ts'

/** A company as a user writes it, small and without mistakes: two branches, a segmented service, one colleague. */
export const exampleCompanyYaml = `company: { slug: salon-sonne, name: Salon Sonne, time_zone: Europe/Berlin, country: DE, language: de, currency: EUR }
branches:
  - slug: mitte
    name: Salon Sonne Mitte
    phone_numbers: ["030 23125101"]
    retell_agent_id: agent_nord_mitte
    hours: { mon: ["09:00-18:00"], tue: ["09:00-18:00"], wed: ["09:00-18:00"], thu: ["09:00-18:00"], fri: ["09:00-18:00"], sat: ["09:00-14:00"] }
    special_hours: { "2026-12-20": ["12:00-18:00"] }
    closed: ["2026-12-24", "2026-12-25..2027-01-02"]
    public_holidays: DE-BE
    fallback: { when_closed: { to_branch: west }, transfer_to: "+49 30 9999999" }
    staff_email: [mitte@salon-sonne.example]
  - slug: west
    name: Salon Sonne West
    phone_numbers: [{ number: "030 23125102", active: false }]
services:
  - { slug: herrenhaarschnitt, name: Herrenhaarschnitt, keywords: [Herrenschnitt], category: Schnitt, duration_minutes: 55, buffer_after_minutes: 5, price: 3200 }
  - slug: dauerwelle
    name: Dauerwelle
    segments: [{ key: A, staff_minutes: 50, wait_after_minutes: 15 }, { key: B, staff_minutes: 5, wait_after_minutes: 10 }, { key: C, staff_minutes: 15, wait_after_minutes: 0 }, { key: D, staff_minutes: 40, wait_after_minutes: 0 }]
    branches: [mitte]
staff:
  - { slug: nina, name: Nina Probe, email: nina@salon-sonne.example, branches: [mitte], services: [herrenhaarschnitt, dauerwelle], hours: {}, absences: ["2026-08-03..2026-08-14", "2026-08-20T14:00..2026-08-20T15:30"] }
customers:
  - { name: Max Muster, phone: "0171 3920001", email: max@example.com }
agents:
  - { slug: empfang, retell_agent_id: agent_nord_mitte, branches: [mitte] }
`

/** Names as people and careless imports make them; never blank, never with control characters. */
const text = fc.oneof(
  fc.constantFrom(
    'Salon Sonne',
    'Märchenhaar & Söhne',
    '007',
    'yes',
    'null',
    '- [x]',
    '# 1',
    'a: b',
    "O'Neill",
    '${NAME}',
    '$${x}',
    '${}',
    '"quoted"',
    ' spaced ',
    '髪',
    '💇',
  ),
  fc
    .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
    .filter((some) => /\S/.test(some) && !/[\p{Cc}\p{Cs}]/u.test(some)),
)
const slug = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/)
const slugs = (most: number, least = 0) => fc.uniqueArray(slug, { minLength: least, maxLength: most })
const some = (known: readonly string[]) => fc.subarray([...known])
const email = fc.stringMatching(/^[a-z0-9.]{1,8}@[a-z]{1,8}\.example$/)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const number = fc.integer({ min: 0, max: 9999 }).map((last) => `+493023${String(last).padStart(6, '0')}` as PhoneNumber)
const eventType = fc.integer({ min: 1, max: 100_000 })
const zone = fc
  .constantFrom('Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'UTC')
  .map((name): TimeZone => parseTimeZone(name)._unsafeUnwrap())
const day: fc.Arbitrary<LocalDate> = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => addDays('2026-01-01' as LocalDate, days))
const range: fc.Arbitrary<DateRange> = fc
  .record({ from: day, days: fc.integer({ min: 0, max: 30 }) })
  .map(({ from, days }) => ({ from, to: addDays(from, days) }))

const intervals = (least: number): fc.Arbitrary<readonly DayInterval[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: least * 2, maxLength: 6 }).map((edges) => {
    const sorted = edges.toSorted((one, other) => one - other)
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, at) => ({
      opens: sorted[at * 2] ?? 0,
      closes: sorted[at * 2 + 1] ?? 0,
    }))
  })

const week: fc.Arbitrary<WeeklyHours> = fc
  .subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })
  .chain((days) => fc.tuple(...days.map((weekday) => fc.tuple(fc.constant(weekday), intervals(1)))))
  .map((days) => Object.fromEntries(days))

const hours: fc.Arbitrary<OpeningHours> = fc.record({
  weekly: fc.oneof(week, fc.constant({})),
  special: fc.dictionary(day, intervals(0), { maxKeys: 3, noNullPrototype: true }),
  closed: fc.array(range, { maxLength: 3 }),
})

const absence: fc.Arbitrary<Absence> = fc.oneof(
  range.map((days) => ({ kind: 'days', days }) as const),
  fc
    .record({
      // Minutes, and now and then a moment that no wall clock text names.
      from: fc.oneof(
        fc.integer({ min: 29_600_000, max: 30_600_000 }).map((minute) => minute * 60_000),
        fc.integer({ min: 1_792_800_000_000, max: 1_793_000_000_000 }),
      ),
      length: fc.integer({ min: 1, max: 10_000_000 }),
    })
    .map(({ from, length }) => ({ kind: 'hours', from: instant(from), to: instant(from + length) }) as const),
)

const company: fc.Arbitrary<CompanySettings> = fc.record({
  slug,
  name: text,
  timeZone: zone,
  country: fc.constantFrom('DE', 'AT', 'GB', 'US').map((code) => parseCountry(code)._unsafeUnwrap()),
  language: fc.constantFrom('de', 'en'),
  currency: fc.constantFrom('EUR', 'GBP', 'USD'),
  booking: fc.boolean(),
})

const secretName = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/).map((name) => ({ secretName: name }))

const calendar: fc.Arbitrary<CalendarSettings> = fc.oneof(
  fc.constant({ kind: 'embedded' } as const),
  fc.record({
    kind: fc.constant('calcom' as const),
    baseUrl: maybe(fc.constant('https://cal.salon-sonne.example/v2')),
    apiKey: secretName,
    webhookSecret: maybe(secretName),
    apiVersions: fc.oneof(fc.constant({}), fc.constant({ slots: '2024-09-04', bookings_list: '2024-08-13' })),
  }),
)

const small = fc.integer({ min: 0, max: 500 })
const policies: fc.Arbitrary<Policies> = fc.record({
  minNoticeMinutes: small,
  maxAdvanceDays: fc.integer({ min: 1, max: 400 }),
  holdSeconds: fc.integer({ min: 1, max: 900 }),
  slotStepMinutes: fc.integer({ min: 1, max: 60 }),
  cancel: fc.record({
    hoursBefore: small,
    maxPer30Days: small,
    feeTiers: fc
      .uniqueArray(fc.record({ minHours: small, fee: small }), { selector: ({ minHours }) => minHours, maxLength: 4 })
      .map((tiers) => tiers.toSorted((one, other) => other.minHours - one.minHours)),
  }),
  reschedule: fc.record({ hoursBefore: small, maxPerAppointment: small, sameCallGraceMinutes: small }),
})

const branch = (own: string, numbers: readonly PhoneNumber[], others: readonly string[]): fc.Arbitrary<BranchSpec> =>
  fc.record({
    slug: fc.constant(own),
    name: text,
    timeZone: zone,
    phoneNumbers: fc.tuple(...numbers.map((one) => fc.record({ number: fc.constant(one), active: fc.boolean() }))),
    retellAgentId: maybe(text),
    hours,
    publicHolidays: maybe(fc.constantFrom('DE', 'DE-BE', 'US-NY')),
    fallback: fc.record({
      whenClosedToBranch: others.length > 0 ? maybe(fc.constantFrom(...others)) : fc.constant(undefined),
      transferTo: maybe(number),
    }),
    staffEmail: fc.array(email, { maxLength: 2 }),
  })

const service = (own: string, branches: readonly string[]): fc.Arbitrary<ServiceSpec> =>
  fc
    .record({
      slug: fc.constant(own),
      name: text,
      keywords: fc.array(text, { maxLength: 3 }),
      category: maybe(text),
      durationMinutes: fc.integer({ min: 1, max: 600 }),
      bufferBeforeMinutes: fc.integer({ min: 0, max: 30 }),
      bufferAfterMinutes: fc.integer({ min: 0, max: 30 }),
      price: maybe(fc.integer({ min: 0, max: 100_000 })),
      segments: fc.uniqueArray(
        fc.record({
          key: text,
          staffMinutes: fc.integer({ min: 1, max: 120 }),
          waitAfterMinutes: fc.integer({ min: 0, max: 60 }),
          calcomEventTypeId: maybe(eventType),
        }),
        { selector: ({ key }) => key, maxLength: 4 },
      ),
      branches: maybe(some(branches)),
      active: fc.boolean(),
      calcomEventTypeId: maybe(eventType),
    })
    .map((made) => {
      const sum = made.segments.reduce((total, part) => total + part.staffMinutes + part.waitAfterMinutes, 0)
      return made.segments.length > 0 ? { ...made, durationMinutes: sum } : made
    })

const colleague = (own: string, branches: readonly string[], services: readonly string[]): fc.Arbitrary<StaffSpec> =>
  fc.record({
    slug: fc.constant(own),
    name: text,
    email: maybe(email),
    branches: some(branches),
    services: some(services),
    hours: maybe(week),
    absences: fc.array(absence, { maxLength: 3 }),
    calcomUserId: maybe(eventType),
    calcomEventTypes: some(services).chain((known) =>
      fc.tuple(...known.map((name) => fc.tuple(fc.constant(name), eventType))).map(Object.fromEntries),
    ),
  })

const agent = (own: string, branches: readonly string[]): fc.Arbitrary<AgentSpec> =>
  fc.record({ slug: fc.constant(own), retellAgentId: fc.constant(`agent_${own}`), branches: some(branches) })

/** Any company that a file without mistakes can describe. */
export const companySpec: fc.Arbitrary<CompanySpec> = fc
  .record({
    branches: slugs(3, 1),
    services: slugs(4),
    staff: slugs(3),
    agents: slugs(2),
    numbers: fc.uniqueArray(number, { maxLength: 4 }),
  })
  .chain((names) =>
    fc.record({
      company,
      retell: maybe(
        fc.record({ apiKey: secretName, webhookKeys: fc.array(secretName, { minLength: 1, maxLength: 2 }) }),
      ),
      calendar,
      policies,
      retention: fc.record({
        callsDays: fc.integer({ min: 1, max: 400 }),
        recordingsDays: fc.integer({ min: 0, max: 400 }),
      }),
      notifications: fc.record({
        customerEmail: fc.boolean(),
        callSummary: fc.constantFrom('all', 'bookings', 'none'),
        staffEmail: fc.array(email, { maxLength: 2 }),
        slackWebhookUrl: maybe(secretName),
      }),
      branches: fc.tuple(
        ...names.branches.map((own, at) =>
          branch(
            own,
            names.numbers.filter((_, position) => position % names.branches.length === at),
            names.branches.filter((other) => other !== own),
          ),
        ),
      ),
      services: fc.tuple(...names.services.map((own) => service(own, names.branches))),
      staff: fc.tuple(...names.staff.map((own) => colleague(own, names.branches, names.services))),
      agents: fc.tuple(...names.agents.map((own) => agent(own, names.branches))),
    }),
  )

/** The company as if it had been stored: every part with an id, counted up. */
export const stored = (spec: CompanySpec): CompanyProfile => {
  const body = (at: number) => String(at).padStart(8, '0')
  return {
    ...spec,
    id: mintId('company', body(0)),
    version: 1,
    branches: spec.branches.map((one, at) => ({ ...one, id: mintId('branch', body(at)) })),
    services: spec.services.map((one, at) => ({ ...one, id: mintId('service', body(at)) })),
    staff: spec.staff.map((one, at) => ({ ...one, id: mintId('staff', body(at)) })),
    agents: spec.agents.map((one, at) => ({ ...one, id: mintId('agent', body(at)) })),
  }
}
