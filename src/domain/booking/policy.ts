import type { FeeTier, Policies } from '../company.ts'
import type { CallId } from '../ids.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts'
import type { Appointment } from './appointment.ts'

export type DenialCode = 'already_begun' | 'deadline_missed' | 'quota_exceeded'

/**
 * May a caller change an appointment now, and what does it cost? `fee` is in minor units of the company's currency; that
 * of a denial is what the change would cost at this hour. People at a desk are not bound by it, but it is written down.
 */
export type PolicyAnswer =
  | { readonly kind: 'allowed'; readonly fee: number }
  | { readonly kind: 'denied'; readonly code: DenialCode; readonly fee: number }

type Changeable = Pick<Appointment, 'startsAt' | 'createdAt' | 'callId' | 'history'>

export const quotaDays = 30

/** Exactly `hours_before` hours before the start is early enough. `cancelledBefore`: what `cancellationsOf` counts. */
export const mayCancel = (
  { cancel, reschedule }: Pick<Policies, 'cancel' | 'reschedule'>,
  appointment: Changeable,
  asking: { readonly call: CallId | undefined; readonly cancelledBefore: number },
  now: Instant,
): PolicyAnswer => {
  const graced = hasGrace(reschedule.sameCallGraceMinutes, appointment, asking.call, now)
  const fee = graced ? 0 : feeAt(cancel.feeTiers, appointment.startsAt - now)
  return answer({
    now,
    startsAt: appointment.startsAt,
    hoursBefore: graced ? 0 : cancel.hoursBefore,
    quotaLeft: cancel.maxPer30Days - asking.cancelledBefore,
    fee,
  })
}

/** Moving costs nothing. What people at a desk moved does not count. */
export const mayMove = (
  { reschedule }: Pick<Policies, 'reschedule'>,
  appointment: Changeable,
  asking: { readonly call: CallId | undefined },
  now: Instant,
): PolicyAnswer => {
  const graced = hasGrace(reschedule.sameCallGraceMinutes, appointment, asking.call, now)
  return answer({
    now,
    startsAt: appointment.startsAt,
    hoursBefore: graced ? 0 : reschedule.hoursBefore,
    quotaLeft: reschedule.maxPerAppointment - entriesByPhone(appointment, 'moved').length,
    fee: 0,
  })
}

const answer = (asked: {
  readonly now: Instant
  readonly startsAt: Instant
  readonly hoursBefore: number
  readonly quotaLeft: number
  readonly fee: number
}): PolicyAnswer => {
  const denied = (code: DenialCode): PolicyAnswer => ({ kind: 'denied', code, fee: asked.fee })
  if (asked.startsAt <= asked.now) return denied('already_begun')
  if (asked.startsAt - asked.now < asked.hoursBefore * HOUR) return denied('deadline_missed')
  return asked.quotaLeft > 0 ? { kind: 'allowed', fee: asked.fee } : denied('quota_exceeded')
}

/** Booked in this very call, so many minutes ago at most: free of notice and fee, not of the quotas. */
const hasGrace = (minutes: number, { callId, createdAt }: Changeable, call: CallId | undefined, now: Instant) =>
  call !== undefined && callId === call && now - createdAt <= minutes * MINUTE

/**
 * What cancelling costs with so many milliseconds left: the fee of the greatest `minHours` that is still reached,
 * itself included; below all of them that of the smallest.
 */
export const feeAt = (tiers: readonly FeeTier[], millisecondsLeft: number): number => {
  const falling = tiers.toSorted((one, other) => other.minHours - one.minHours)
  const reached = falling.find(({ minHours }) => minHours * HOUR <= millisecondsLeft) ?? falling.at(-1)
  return reached?.fee ?? 0
}

/** The cancellations by phone of the last thirty days among these appointments, each with the call it was made in. */
export const cancellationsOf = (appointments: readonly Changeable[], now: Instant) =>
  appointments.flatMap((appointment) =>
    entriesByPhone(appointment, 'cancelled')
      .filter(({ at }) => now - at < quotaDays * DAY)
      .map((entry) => ({ booked: appointment.callId, cancelled: entry.callId })),
  )

const entriesByPhone = ({ history }: Changeable, wanted: 'moved' | 'cancelled') =>
  history.filter(({ action, callId }) => action === wanted && callId !== undefined)
