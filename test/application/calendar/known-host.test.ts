import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { knownHost } from '../../../src/application/calendar/known-host.ts'
import type { Staff } from '../../../src/domain/company.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openHearing, told } from './hearing.ts'

const staff = [{ slug: 'udo', name: 'nina' } as Staff, { slug: 'nina', name: 'Nina Probe' } as Staff]

/** A booking that nobody knows what to do with, until the file names its event type; and how Nina is called by then. */
const heardOnceNamed = async (kept: string | undefined, name: string) => {
  const desk = await openHearing()
  await desk.hear(told('uid_1', '10:00', { staff: desk.named('nina'), eventType: 9009 }))
  expect(await desk.appointments()).toEqual([])
  if (kept !== undefined) {
    await desk.ports.store.transact(desk.scope, async (tx) => {
      const known = await tx.calendarBookings.find('uid_1')
      if (known) await tx.calendarBookings.save({ ...known, host: kept })
      return ok(undefined)
    })
  }
  const file = salonWithCalendar
    .replace('calcom_event_type_id: 9001', 'calcom_event_type_id: 9009')
    .replace('name: Nina Probe', `name: ${name}`)
  const applied = await desk.app.applyCompany(desk.platform, readCompanyFile(file, {})._unsafeUnwrap(), {
    ...{ prune: false, dryRun: false },
  })
  expect(applied.isOk()).toBe(true)
  await desk.hearAttendance('uid_1', false)
  return desk.appointments()
}

describe('the host of a booking that is kept', () => {
  it('is found by slug, or else by the name that earlier versions kept', () => {
    expect(knownHost({ staff }, 'nina')?.slug).toBe('nina')
    expect(knownHost({ staff }, 'Nina Probe')?.slug).toBe('nina')
    expect(knownHost({ staff }, 'Nobody')).toBeUndefined()
    expect(knownHost({ staff }, undefined)).toBeUndefined()
  })

  it('is the same colleague under another name', async () => {
    expect(await heardOnceNamed(undefined, 'Nina Neumann')).toMatchObject([{ staff: expect.stringMatching(/^stf_/) }])
  })

  it('is found in what an earlier version kept', async () => {
    expect(await heardOnceNamed('Nina Probe', 'Nina Probe')).toMatchObject([{ staff: expect.stringMatching(/^stf_/) }])
  })
})
