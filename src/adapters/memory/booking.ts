import { err, ok } from 'neverthrow'
import type { Appointments, Occupancy, Offers, Suggestions } from '../../application/ports/booking.ts'
import { type Appointment, takesTime } from '../../domain/booking/appointment.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { isHeld } from '../../domain/booking/offer.ts'
import type { Instant } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

const ended = ({ until }: { readonly until: Instant | undefined }, now: Instant): boolean =>
  until !== undefined && until <= now

export const occupancyIn = (draft: Draft): Occupancy => ({
  claim: async (owner, resource, intervals, until, now) => {
    for (const holding of draft.rows('holdings')) if (ended(holding, now)) draft.remove('holdings', holding.owner)
    const taken = draft
      .rows('holdings')
      .filter((holding) => holding.resource === resource && holding.owner !== owner)
      .flatMap((holding) => holding.intervals)
    const free = intervals.every(
      (one, position) =>
        !taken.some((other) => overlaps(one, other)) &&
        !intervals.some((other, otherPosition) => otherPosition < position && overlaps(one, other)),
    )
    if (!free) return err({ kind: 'time-taken' })
    draft.put('holdings', owner, { owner, resource, intervals, until })
    return ok()
  },
  release: async (owner) => draft.remove('holdings', owner),
  between: async (resources, from, to, now) =>
    draft
      .rows('holdings')
      .filter((holding) => resources.includes(holding.resource) && !ended(holding, now))
      .flatMap(({ owner, resource, intervals }) =>
        intervals.map(({ startsAt, endsAt }) => ({ owner, resource, startsAt, endsAt })),
      )
      .filter((busy) => overlaps(busy, { startsAt: from, endsAt: to }))
      .toSorted((one, other) => one.startsAt - other.startsAt),
})

export const offersIn = (draft: Draft): Offers => ({
  find: async (id) => draft.row('offers', id),
  save: async (offer) => draft.put('offers', offer.id, offer),
  openOf: async (call) =>
    draft
      .rows('offers')
      .filter((offer) => offer.call === call && offer.state === 'open')
      .toSorted((one, other) => other.until - one.until || (one.id < other.id ? 1 : -1)),
  live: async (now) => draft.rows('offers').filter((offer) => isHeld(offer, now)),
})

export const suggestionsIn = (draft: Draft): Suggestions => ({
  replace: async (call, suggestions) => {
    if (suggestions.length === 0) draft.remove('suggestions', call)
    else draft.put('suggestions', call, suggestions)
  },
  ofOthers: async (call, from, to, now) =>
    draft
      .rows('suggestions')
      .flat()
      .filter((one) => one.call !== call && now < one.until && overlaps(one, { startsAt: from, endsAt: to }))
      .toSorted((one, other) => one.startsAt - other.startsAt),
})

const byStart = (one: Appointment, other: Appointment): number => one.startsAt - other.startsAt

export const appointmentsIn = (draft: Draft): Appointments => ({
  find: async (id) => draft.row('appointments', id),
  add: async (appointment) => {
    if (draft.row('appointments', appointment.id)) throw new Error('An appointment of this id is there already')
    draft.put('appointments', appointment.id, appointment)
  },
  change: async (id, step) => {
    const appointment = draft.row('appointments', id)
    if (!appointment) return err({ kind: 'appointment-missing' })
    const changed = step(appointment)
    if (changed.isOk()) draft.put('appointments', id, changed.value)
    return changed
  },
  list: async ({ from, to, branch, staff, customer, status, ...request }) =>
    pageOf(
      draft
        .rows('appointments')
        .filter(
          (one) =>
            (from === undefined || from < one.endsAt) &&
            (to === undefined || one.startsAt < to) &&
            (branch === undefined || one.branch === branch) &&
            (staff === undefined || one.staff === staff) &&
            (customer === undefined || one.customer === customer) &&
            (status === undefined || one.status === status),
        ),
      request,
      'oldest-first',
      ({ startsAt, id }) => [startsAt, id],
    ),
  unsynced: async (request) =>
    pageOf(
      draft.rows('appointments').filter(({ sync }) => sync !== 'synced'),
      request,
      'oldest-first',
      ({ startsAt, id }) => [startsAt, id],
    ),
  ofCall: async (call) =>
    draft
      .rows('appointments')
      .filter(({ callId }) => callId === call)
      .toSorted(byStart),
  ofCalls: async (calls) =>
    draft
      .rows('appointments')
      .filter(({ callId }) => callId !== undefined && calls.includes(callId))
      .toSorted(byStart),
  upcomingOf: async (customer, from) =>
    draft
      .rows('appointments')
      .filter((one) => one.customer === customer && takesTime(one) && from < one.endsAt)
      .toSorted(byStart)
      .slice(0, 20),
  pastOf: async (customer, before) =>
    draft
      .rows('appointments')
      .filter((one) => one.customer === customer && takesTime(one) && one.endsAt <= before)
      .toSorted((one, other) => byStart(other, one))
      .slice(0, 20),
})
