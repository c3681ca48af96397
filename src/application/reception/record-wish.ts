import type { CompanyProfile } from '../../domain/company.ts'
import { hoursOn } from '../../domain/opening-hours.ts'
import { isSameWish, type WantedWhen, type Wish, wishReasons } from '../../domain/reception/wish.ts'
import { understandWhen } from '../../domain/speech/understand-when.ts'
import { type Instant, localMoment, parseInstant, type TimeZone } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'

interface Told {
  readonly status: string
  readonly fields: JsonObject
  readonly resolved?: JsonObject
}

interface Asking {
  readonly ids: Ids
  readonly profile: CompanyProfile
  readonly call: Pick<StoredCall, 'id' | 'branch'>
  /** The arguments under their own names. */
  readonly given: JsonObject
  readonly now: Instant
}

/**
 * Keeps what a caller could not get, once for a call, a service and a time, and forgets what the call wanted of a service
 * in vain as soon as it has booked it.
 */
export const recordWish = async (tx: CompanyTx, asking: Asking, told: Told): Promise<void> => {
  const { profile, call, now } = asking
  const reason = wishReasons.find((one) => one === told.status)
  const isBooked = /^(?:booked|pending|rescheduled)$/.test(told.status)
  if (!reason && !isBooked) return
  const slug = told.fields.service_slug ?? told.resolved?.service
  const service = profile.services.find((one) => one.slug === slug)?.id
  const before = await tx.wishes.ofCall(call.id)
  if (!reason) {
    for (const wish of before) if (wish.service === service) await tx.wishes.remove(wish.id)
    return
  }
  const branch =
    profile.branches.find((one) => one.slug === told.fields.branch_slug) ??
    profile.branches.find(({ id }) => id === call.branch)
  const wish: Wish = {
    id: asking.ids.next('wish'),
    callId: call.id,
    branch: branch?.id,
    service,
    wanted: wantedOf(asking, branch, told),
    reason,
    alternatives: alternativesOf(profile, told.fields.alternatives),
    createdAt: now,
  }
  const same = before.find((one) => isSameWish(one, wish))
  await tx.wishes.put(same ? { ...wish, id: same.id, createdAt: same.createdAt } : wish)
}

const nothing: WantedWhen = { date: undefined, time: undefined, window: undefined }

/** The moment that was refused, else what the words meant, as far as they can be understood. */
const wantedOf = (
  { profile, given, now }: Asking,
  branch: CompanyProfile['branches'][number] | undefined,
  { resolved = {} }: Told,
): WantedWhen => {
  const zone = (branch ?? profile.company).timeZone
  const refused = momentOf(resolved.starts_at, zone)
  if (refused) return { ...nothing, date: refused.date, time: refused.minute }
  const { date, time, datetime } = given
  const when = understandWhen(
    { ...textOf('date', date), ...textOf('time', time), ...textOf('datetime', datetime) },
    {
      language: profile.company.language,
      now,
      zone,
      hoursOn: (day) => (branch ? hoursOn(branch.hours, day) : []),
      maxAdvanceDays: profile.policies.maxAdvanceDays,
    },
  )
  switch (when.kind) {
    case 'exact':
    case 'past':
      return { ...nothing, date: when.date, time: when.minute }
    case 'window':
      return { ...nothing, date: when.date, window: { from: when.window.from, to: when.window.to } }
    case 'day':
    case 'too-far':
      return { ...nothing, date: when.date }
    case 'needs-date':
      return { ...nothing, time: when.minute, window: when.window && { from: when.window.from, to: when.window.to } }
    default:
      return nothing
  }
}

const textOf = (name: 'date' | 'time' | 'datetime', said: Json | undefined) =>
  typeof said === 'string' || typeof said === 'number' ? { [name]: String(said) } : {}

const momentOf = (text: Json | undefined, zone: TimeZone) => {
  const moment = typeof text === 'string' ? parseInstant(text) : undefined
  return moment?.isOk() ? localMoment(moment.value, zone) : undefined
}

const alternativesOf = ({ staff }: CompanyProfile, told: Json | undefined): Wish['alternatives'] =>
  (Array.isArray(told) ? told : []).flatMap((one: Json) => {
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return []
    const { starts_at: text, staff_slug: slug } = one as JsonObject
    const startsAt = typeof text === 'string' ? parseInstant(text) : undefined
    if (!startsAt?.isOk()) return []
    return [{ startsAt: startsAt.value, staff: staff.find((colleague) => colleague.slug === slug)?.id }]
  })
