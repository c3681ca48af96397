import { describe, expect, it } from 'vitest'
import { type Schedule, scheduleFindings } from '../../../src/domain/booking/schedule.ts'
import type { Branch, Staff } from '../../../src/domain/company.ts'
import { instant, type TimeZone } from '../../../src/domain/time.ts'

type ScheduleNeeds = Parameters<typeof scheduleFindings>[0]

const now = instant(Date.parse('2026-11-20T09:00:00Z'))
const zone = (name: string) => name as TimeZone
const branch = (slug: string, name: string) => ({ slug, name: slug.toUpperCase(), timeZone: zone(name) }) as Branch
const colleague = (slug: string, calcomUserId: number, branches: readonly string[]) =>
  ({ slug, name: slug, calcomUserId, branches }) as Staff

const schedule = (owner: number | undefined, timeZone: string | undefined, more: Partial<Schedule> = {}): Schedule => ({
  ...{ id: owner ?? 1, name: 'Hours', owner, timeZone: timeZone === undefined ? undefined : zone(timeZone) },
  ...{ isDefault: true, hours: undefined },
  ...more,
})

const needs: ScheduleNeeds = {
  company: {
    branches: [branch('mitte', 'Europe/Berlin'), branch('lisboa', 'Europe/Lisbon')],
    staff: [colleague('nina', 501, ['mitte']), colleague('rui', 502, ['lisboa'])],
  },
  hosts: [],
  accountZone: undefined,
}
const found = (schedules: readonly Schedule[], more: Partial<ScheduleNeeds> = {}) =>
  scheduleFindings({ ...needs, ...more }, schedules, now)

describe('what is found of schedules', () => {
  it('is nothing where each colleague’s shows the time of their own branch', () => {
    expect(found([schedule(501, 'Europe/Berlin'), schedule(502, 'Europe/Lisbon')])).toEqual([])
    expect(found([schedule(501, 'Europe/Vienna')])).toEqual([])
  })

  it('is a zone that shows another time in some month, with the branches that it is not that of', () => {
    const branches = [{ name: 'MITTE', timeZone: 'Europe/Berlin' }]
    for (const other of ['Europe/Lisbon', 'Africa/Algiers']) {
      expect(found([schedule(501, other)])).toEqual([
        { code: 'zone', schedule: 'Hours', staff: 'nina', zone: other, branches },
      ])
    }
  })

  it('is asked of the one that is taken where nothing else is said', () => {
    const other = schedule(501, 'America/New_York', { id: 7, isDefault: false })
    expect(found([other, schedule(501, 'Europe/Berlin')])).toEqual([])
    expect(found([other])).toHaveLength(1)
  })

  it('is the zone of the account where a schedule has none, and all branches where it is no colleague’s', () => {
    expect(found([schedule(501, undefined)], { accountZone: zone('Europe/Lisbon') })).toMatchObject([{ code: 'zone' }])
    expect(found([schedule(501, undefined)])).toEqual([])
    expect(found([schedule(undefined, 'Europe/Berlin')])).toMatchObject([
      { code: 'zone', staff: undefined, branches: [{ name: 'LISBOA' }] },
    ])
  })

  it('is nothing of people who host nothing of ours', () => {
    expect(found([schedule(777, 'Asia/Tokyo', { hours: {} })])).toEqual([])
    expect(found([schedule(777, 'Asia/Tokyo')], { hosts: [777] })).toMatchObject([{ code: 'zone', zone: 'Asia/Tokyo' }])
  })

  it('is that there is none, or that nobody ever works by it', () => {
    expect(found([])).toEqual([{ code: 'none' }])
    expect(found([schedule(501, 'Europe/Berlin', { hours: { 1: [] } })])).toEqual([
      { code: 'no-hours', schedule: 'Hours', staff: 'nina' },
    ])
  })
})
