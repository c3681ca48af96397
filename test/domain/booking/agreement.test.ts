import { describe, expect, it } from 'vitest'
import { type BookingClaim, judgeBooking } from '../../../src/domain/booking/agreement.ts'
import { parseId } from '../../../src/domain/ids.ts'
import { after, type Instant, instant, MINUTE } from '../../../src/domain/time.ts'

const at = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
const id = parseId('appointment', 'apt_00000001')._unsafeUnwrap()
const appointment = { id, startsAt: at('10:00'), endsAt: at('10:55') }
const askedAt = at('09:00')

const judged = (more: Partial<BookingClaim>) =>
  judgeBooking(
    {
      ...{ startsAt: at('10:00'), endsAt: at('10:55'), createdAt: askedAt, status: 'accepted', reference: id },
      ...more,
    },
    appointment,
    askedAt,
  )

describe('a calendar’s yes', () => {
  it.each<readonly [string, Partial<BookingClaim>, ReturnType<typeof judgeBooking>]>([
    ['carries our id', {}, 'ours'],
    ['carries our id, however old', { createdAt: at('01:00') }, 'ours'],
    ['carries our id and waits for a host', { status: 'pending' }, 'ours'],
    ['carries our id and is over', { status: 'cancelled' }, 'foreign'],
    ['carries our id at another time', { startsAt: at('10:30'), endsAt: at('11:25') }, 'other-time'],
    ['carries another id (I-93)', { reference: 'apt_00000002' }, 'foreign'],
    ['carries none and is new', { reference: undefined }, 'ours'],
    ['carries none and was there before', { reference: undefined, createdAt: after(askedAt, -3 * MINUTE) }, 'foreign'],
    ['carries none and is of another length', { reference: undefined, endsAt: at('10:30') }, 'foreign'],
    ['carries none and does not say how long it is', { reference: undefined, endsAt: undefined }, 'ours'],
  ])('that %s', (_, more, verdict) => {
    expect(judged(more)).toBe(verdict)
  })
})
