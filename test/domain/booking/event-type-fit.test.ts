import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventType } from '../../../src/domain/booking/event-type.ts'
import {
  blocks,
  eventTypeMappings,
  eventTypesLike,
  type MappingFinding,
  severityOf,
  unfit,
  unknownHosts,
} from '../../../src/domain/booking/event-type-fit.ts'
import { defaultPolicies, type ServiceSpec, type StaffSpec } from '../../../src/domain/company.ts'

const plain: EventType = {
  id: 9001,
  title: 'Herrenhaarschnitt',
  slug: 'herrenhaarschnitt',
  minutes: 55,
  minutesToChooseFrom: [],
  needsEmail: false,
  asksPhone: true,
  questions: [],
  places: ['address'],
  noticeMinutes: 0,
  needsConfirmation: false,
  seats: undefined,
  isRecurring: false,
  team: 'none',
  needsVerifiedEmail: false,
  needsLogin: false,
  hosts: [501],
  isHidden: false,
}

const service: ServiceSpec = {
  slug: 'herrenhaarschnitt',
  name: 'Herrenhaarschnitt',
  keywords: ['Herrenschnitt'],
  category: undefined,
  durationMinutes: 55,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 5,
  price: undefined,
  segments: [],
  branches: undefined,
  active: true,
  calcomEventTypeId: 9001,
}

const nina: StaffSpec = {
  slug: 'nina',
  name: 'Nina Probe',
  email: undefined,
  branches: ['mitte'],
  services: ['herrenhaarschnitt'],
  hours: undefined,
  absences: [],
  calcomUserId: 501,
  calcomEventTypes: {},
}

const policies = defaultPolicies
const codes = (findings: readonly MappingFinding[]) => findings.map(({ code }) => code)
const company = (services: readonly ServiceSpec[], staff: readonly StaffSpec[] = [nina]) => ({
  services,
  staff,
  policies,
})

const anyEventType: fc.Arbitrary<EventType> = fc.record({
  id: fc.integer({ min: 1, max: 50 }),
  title: fc.constantFrom('Herrenhaarschnitt', 'Damenhaarschnitt', 'Beratung', ''),
  slug: fc.constantFrom('herren', 'beratung'),
  minutes: fc.integer({ min: 5, max: 120 }),
  minutesToChooseFrom: fc.uniqueArray(fc.integer({ min: 5, max: 120 }), { maxLength: 4 }),
  needsEmail: fc.boolean(),
  asksPhone: fc.boolean(),
  questions: fc.array(fc.constantFrom('hair', 'allergies'), { maxLength: 2 }),
  places: fc.array(fc.constantFrom('address', 'attendeePhone', 'attendeeAddress', 'attendeeDefined', 'integration')),
  noticeMinutes: fc.integer({ min: 0, max: 300 }),
  needsConfirmation: fc.boolean(),
  seats: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  isRecurring: fc.boolean(),
  team: fc.constantFrom('none', 'round-robin', 'collective', 'parent'),
  needsVerifiedEmail: fc.boolean(),
  needsLogin: fc.boolean(),
  hosts: fc.array(fc.integer({ min: 500, max: 505 }), { maxLength: 3 }),
  isHidden: fc.boolean(),
})

describe('an event type for so many minutes', () => {
  it('has nothing against it when it asks for nothing that a caller lacks', () => {
    expect(unfit(plain, 55, policies)).toEqual([])
  })

  it.each<readonly [Partial<EventType>, MappingFinding, ReturnType<typeof severityOf>]>([
    [{ minutes: 60 }, { code: 'length', wanted: 55, offered: [60] }, 'blocks'],
    [{ minutes: 55, minutesToChooseFrom: [30, 60] }, { code: 'length', wanted: 55, offered: [30, 60] }, 'blocks'],
    [{ questions: ['allergies'] }, { code: 'questions', questions: ['allergies'] }, 'blocks'],
    [{ places: ['attendeeAddress', 'address'] }, { code: 'place', place: 'attendeeAddress' }, 'limits'],
    [{ places: ['attendeeDefined'] }, { code: 'place', place: 'attendeeDefined' }, 'limits'],
    [{ isRecurring: true }, { code: 'recurring' }, 'blocks'],
    [{ seats: 6 }, { code: 'seats', seats: 6 }, 'blocks'],
    [{ needsVerifiedEmail: true }, { code: 'verified-email' }, 'blocks'],
    [{ team: 'round-robin', hosts: [] }, { code: 'no-hosts' }, 'blocks'],
    [{ needsEmail: true }, { code: 'email-required' }, 'limits'],
    [{ noticeMinutes: 120 }, { code: 'notice', minutes: 120, policy: 15 }, 'limits'],
    [{ needsLogin: true }, { code: 'login' }, 'limits'],
    [{ needsConfirmation: true }, { code: 'confirmation' }, 'note'],
    [{ isHidden: true }, { code: 'hidden' }, 'note'],
  ])('with %j is found', (change, finding, severity) => {
    expect(unfit({ ...plain, ...change }, 55, policies)).toEqual([finding])
    expect(severityOf(finding)).toBe(severity)
  })

  it('of a team’s template is nothing but that, for nobody can book it', () => {
    fc.assert(
      fc.property(anyEventType, fc.integer({ min: 1, max: 200 }), (eventType, minutes) => {
        expect(unfit({ ...eventType, team: 'parent' }, minutes, policies)).toEqual([{ code: 'managed-parent' }])
      }),
    )
  })

  it('fits a length exactly when that length may be asked for', () => {
    fc.assert(
      fc.property(anyEventType, fc.integer({ min: 1, max: 130 }), (eventType, minutes) => {
        fc.pre(eventType.team !== 'parent')
        const lengths = eventType.minutesToChooseFrom.length > 0 ? eventType.minutesToChooseFrom : [eventType.minutes]
        expect(codes(unfit(eventType, minutes, policies)).includes('length')).toBe(!lengths.includes(minutes))
      }),
    )
  })

  it('may have as short a notice as it likes', () => {
    fc.assert(
      fc.property(anyEventType, fc.nat(300), (eventType, minNoticeMinutes) => {
        fc.pre(eventType.team !== 'parent')
        const found = codes(unfit(eventType, eventType.minutes, { minNoticeMinutes }))
        expect(found.includes('notice')).toBe(eventType.noticeMinutes > minNoticeMinutes)
      }),
    )
  })
})

describe('the event types of a company', () => {
  it('are named or missing, one line for each service, part and colleague of its own', () => {
    const parted: ServiceSpec = {
      ...{ ...service, slug: 'dauerwelle', name: 'Dauerwelle', durationMinutes: 135, calcomEventTypeId: 9009 },
      segments: [
        { key: 'A', staffMinutes: 50, waitAfterMinutes: 15, calcomEventTypeId: 9002 },
        { key: 'B', staffMinutes: 15, waitAfterMinutes: 0, calcomEventTypeId: undefined },
        { key: 'C', staffMinutes: 40, waitAfterMinutes: 15, calcomEventTypeId: 9003 },
      ],
    }
    const types = [plain, { ...plain, id: 9002, minutes: 50 }, { ...plain, id: 9009, minutes: 55 }]
    const own = { ...nina, calcomEventTypes: { herrenhaarschnitt: 9101 }, calcomUserId: undefined }
    const found = eventTypeMappings(
      company([service, parted, { ...service, slug: 'alt', active: false }], [own]),
      types,
    )
    expect(
      found.map(({ service: of, part, staff, minutes, eventTypeId, findings }) => [
        of,
        part ?? staff,
        minutes,
        eventTypeId,
        codes(findings),
      ]),
    ).toEqual([
      ['herrenhaarschnitt', undefined, 55, 9001, []],
      ['herrenhaarschnitt', 'nina', 55, 9101, ['unknown']],
      ['dauerwelle', 'A', 50, 9002, []],
      ['dauerwelle', 'B', 55, 9009, []],
    ])
  })

  it('are one for a service in parts of which none names its own', () => {
    const parted = {
      ...{ ...service, durationMinutes: 65 },
      segments: [
        { key: 'A', staffMinutes: 30, waitAfterMinutes: 15, calcomEventTypeId: undefined },
        { key: 'B', staffMinutes: 20, waitAfterMinutes: 0, calcomEventTypeId: undefined },
      ],
    }
    const [only, ...more] = eventTypeMappings(company([parted]), [{ ...plain, minutes: 65 }])
    expect([only?.minutes, only?.findings, more]).toEqual([65, [], []])
  })

  it('are missed where none is named, and unknown where the calendar has none of that number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }), { maxLength: 8 }),
        fc.array(anyEventType, { maxLength: 8 }),
        (ids, eventTypes) => {
          const services = ids.map((id, n) => ({ ...service, slug: `s-${n}`, calcomEventTypeId: id }))
          const known = new Set(eventTypes.map(({ id }) => id))
          for (const { eventTypeId, eventType, findings } of eventTypeMappings(company(services, []), eventTypes)) {
            expect(codes(findings).includes('unmapped')).toBe(eventTypeId === undefined)
            expect(codes(findings).includes('unknown')).toBe(eventTypeId !== undefined && !known.has(eventTypeId))
            expect(eventType === undefined).toBe(eventTypeId === undefined || !known.has(eventTypeId))
            if (!eventType) expect(blocks(findings)).toBe(true)
          }
        },
      ),
    )
  })

  it('say which other services share them, each of the other', () => {
    const other = { ...service, slug: 'bart', name: 'Bartpflege' }
    const found = eventTypeMappings(company([service, other]), [plain])
    const shared = found.map(({ findings }) => findings.find(({ code }) => code === 'shared'))
    expect(shared).toEqual([
      { code: 'shared', services: ['Bartpflege'] },
      { code: 'shared', services: ['Herrenhaarschnitt'] },
    ])
    const [alone] = eventTypeMappings(company([service, { ...other, active: false }]), [plain])
    expect(alone?.findings).toEqual([])
  })

  it('name those whose wishes cannot be granted: no host there, and no event type of their own', () => {
    const udo = { ...nina, slug: 'udo', name: 'Udo Beispiel', calcomUserId: undefined }
    const own = { ...udo, calcomEventTypes: { herrenhaarschnitt: 9002 } }
    const types = [plain, { ...plain, id: 9002 }]
    const found = (staff: readonly StaffSpec[]) => eventTypeMappings(company([service], staff), types)[0]?.findings
    expect(found([nina, udo])).toEqual([{ code: 'not-hosts', staff: ['Udo Beispiel'] }])
    expect(found([nina, { ...udo, calcomUserId: 777 }])).toEqual([{ code: 'not-hosts', staff: ['Udo Beispiel'] }])
    expect(found([nina, own])).toEqual([])
    expect(found([nina, { ...udo, services: [] }])).toEqual([])
    const parted = {
      ...service,
      segments: [{ key: 'A', staffMinutes: 55, waitAfterMinutes: 0, calcomEventTypeId: 9001 }],
    }
    expect(codes(eventTypeMappings(company([parted], [own]), types)[0]?.findings ?? [])).toEqual(['not-hosts'])
  })

  it('tell whose number belongs to no host', () => {
    expect(unknownHosts({ staff: [nina, { ...nina, slug: 'udo', calcomUserId: 777 }] }, [plain])).toMatchObject([
      { slug: 'udo' },
    ])
    expect(unknownHosts({ staff: [{ ...nina, calcomUserId: undefined }] }, [plain])).toEqual([])
  })
})

describe('event types that may be meant', () => {
  const named = (id: number, title: string, minutes = 55): EventType => ({ ...plain, id, title, slug: '', minutes })

  it('are called alike, those of the right length first, and never a template', () => {
    const types = [
      named(1, 'Herrenhaarschnitt', 30),
      named(2, 'Herrenhaarschnit'),
      named(3, 'Beratungsgespräch'),
      { ...named(4, 'Herrenhaarschnitt'), team: 'parent' as const },
      named(5, 'Herrenschnitt bei Nina'),
    ]
    expect(eventTypesLike(service, 55, types).map(({ id }) => id)).toEqual([2, 5, 1])
    expect(eventTypesLike({ name: 'Massage', keywords: [] }, 55, types)).toEqual([])
    const cuts = [named(1, 'Herrenhaarschnitt'), named(2, 'Damenhaarschnitt')]
    expect(eventTypesLike({ name: 'Damenhaarschnitt', keywords: [] }, 55, cuts).map(({ id }) => id)).toEqual([2])
  })

  it('are at most three of those there are', () => {
    fc.assert(
      fc.property(fc.array(anyEventType, { maxLength: 12 }), (eventTypes) => {
        const found = eventTypesLike(service, 55, eventTypes)
        expect(found.length).toBeLessThanOrEqual(3)
        for (const one of found) expect(eventTypes).toContain(one)
        expect(found.some(({ team }) => team === 'parent')).toBe(false)
      }),
    )
  })
})
