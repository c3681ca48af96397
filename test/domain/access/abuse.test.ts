import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blameless, isBlocked, refuse } from '../../../src/domain/access/abuse.ts'
import { allows, roles } from '../../../src/domain/access/role.ts'
import { instant, MINUTE } from '../../../src/domain/time.ts'

const refuseTimes = (times: number, at: number, from = blameless) => {
  let record = from
  for (let count = 0; count < times; count += 1) record = refuse(record, instant(at))
  return record
}

describe('an address that is refused', () => {
  it('is blocked by the twenty-first refusal within a minute, for 15 minutes', () => {
    expect(isBlocked(refuseTimes(20, 0), instant(0))).toBe(false)
    const blocked = refuseTimes(21, 0)
    expect(isBlocked(blocked, instant(0))).toBe(true)
    expect(isBlocked(blocked, instant(15 * MINUTE - 1))).toBe(true)
    expect(isBlocked(blocked, instant(15 * MINUTE))).toBe(false)
  })

  it('is blocked twice as long each time, and never longer than a day', () => {
    let record = blameless
    let now = 0
    const lengths: number[] = []
    for (let round = 0; round < 10; round += 1) {
      record = refuseTimes(21, now, record)
      lengths.push(((record.blockedUntil ?? 0) - now) / MINUTE)
      now = record.blockedUntil ?? now
    }
    expect(lengths).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440])
  })

  it('is never blocked by twenty refusals a minute, however long they go on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (minutes) => {
        let record = blameless
        for (let minute = 0; minute < minutes; minute += 1) record = refuseTimes(20, minute * MINUTE, record)
        expect(isBlocked(record, instant(minutes * MINUTE))).toBe(false)
      }),
    )
  })
})

describe('roles', () => {
  it('grow from viewer to platform administrator, each with all that the one before may do', () => {
    const order = ['viewer', 'staff', 'manager', 'company_admin', 'platform_admin'] as const
    expect([...roles].toSorted()).toEqual([...order].toSorted())
    const permissions = [
      'companies.create',
      'companies.configure',
      'agents.change',
      'users.manage',
      'appointments.change',
      'callbacks.change',
      'calls.read',
      'appointments.read',
      'customers.read',
      'deliveries.read',
      'deliveries.replay',
      'platform.read',
    ] as const
    for (const permission of permissions) {
      const may = order.map((role) => allows(role, permission))
      expect(may).toEqual(may.toSorted((a, b) => Number(a) - Number(b)))
    }
    expect(allows('company_admin', 'platform.read')).toBe(false)
    expect(allows('viewer', 'appointments.change')).toBe(false)
  })
})
