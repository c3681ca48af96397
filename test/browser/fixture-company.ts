import type { Branch, CompanyProfile, Service, Staff } from '../../src/domain/company.ts'
import { defaultNotifications, defaultPolicies, defaultRetention } from '../../src/domain/company.ts'
import type { BranchId, CompanyId, ServiceId, StaffId } from '../../src/domain/ids.ts'
import type { Country, PhoneNumber } from '../../src/domain/phone-number.ts'
import type { TimeZone } from '../../src/domain/time.ts'

export const zone = 'Europe/Berlin' as TimeZone

export const ids = {
  company: 'com_00000001' as CompanyId,
  other: 'com_00000002' as CompanyId,
  mitte: 'brn_00000001' as BranchId,
  west: 'brn_00000002' as BranchId,
  staff: ['stf_00000001', 'stf_00000002', 'stf_00000003'] as readonly [StaffId, StaffId, StaffId],
  services: ['svc_00000001', 'svc_00000002', 'svc_00000003'] as readonly [ServiceId, ServiceId, ServiceId],
}

const whole = [{ opens: 540, closes: 1080 }]
const branch = (id: BranchId, slug: string, name: string, number: string): Branch => ({
  id,
  slug,
  name,
  timeZone: zone,
  phoneNumbers: [{ number: number as PhoneNumber, active: true }],
  retellAgentId: 'agent_nord_mitte',
  hours: {
    weekly: { 1: whole, 2: whole, 3: whole, 4: whole, 5: whole, 6: [{ opens: 540, closes: 840 }] },
    special: {},
    closed: [],
  },
  publicHolidays: undefined,
  fallback: { whenClosedToBranch: undefined, transferTo: undefined },
  staffEmail: [],
})

const service = (id: ServiceId, slug: string, name: string, durationMinutes: number, price: number): Service => ({
  id,
  slug,
  name,
  keywords: [],
  category: 'Schnitt',
  durationMinutes,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 5,
  price,
  segments: [],
  branches: undefined,
  active: true,
  calcomEventTypeId: undefined,
})

const staff = (id: StaffId, slug: string, name: string, at: string): Staff => ({
  id,
  slug,
  name,
  email: undefined,
  branches: [at],
  services: ['herrenhaarschnitt', 'damenhaarschnitt', 'dauerwelle'],
  hours: undefined,
  absences: [],
  calcomUserId: undefined,
  calcomEventTypes: {},
})

const company = (id: CompanyId, slug: string, name: string): CompanyProfile => ({
  id,
  version: 1,
  company: {
    slug,
    name,
    timeZone: zone,
    country: 'DE' as Country,
    language: 'de',
    currency: 'EUR',
    booking: true,
  },
  retell: undefined,
  calendar: { kind: 'embedded' },
  policies: defaultPolicies,
  retention: defaultRetention,
  notifications: defaultNotifications,
  branches: [],
  services: [],
  staff: [],
  agents: [],
})

export const profile: CompanyProfile = {
  ...company(ids.company, 'salon-sonne', 'Salon Sonne'),
  branches: [
    branch(ids.mitte, 'mitte', 'Salon Sonne Mitte', '+493023125101'),
    branch(ids.west, 'west', 'Salon Sonne West', '+493023125102'),
  ],
  services: [
    service(ids.services[0], 'herrenhaarschnitt', 'Herrenhaarschnitt', 55, 3200),
    service(ids.services[1], 'damenhaarschnitt', 'Damenhaarschnitt', 60, 5400),
    service(ids.services[2], 'dauerwelle', 'Dauerwelle', 135, 12_000),
  ],
  staff: [
    staff(ids.staff[0], 'nina', 'Nina Probe', 'mitte'),
    staff(ids.staff[1], 'lena', 'Lena Muster', 'mitte'),
    staff(ids.staff[2], 'kai', 'Kai Beispiel', 'west'),
  ],
  agents: [{ id: 'agt_00000001', slug: 'empfang', retellAgentId: 'agent_nord_mitte', branches: ['mitte'] }],
}

/** A company on its first day: nothing has happened yet. */
export const otherProfile: CompanyProfile = company(ids.other, 'praxis-nord', 'Praxis Nord')
