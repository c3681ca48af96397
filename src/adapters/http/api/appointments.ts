import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { AppointmentQuery } from '../../../application/ports/booking.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { type AppointmentId, parseId } from '../../../domain/ids.ts'
import { parseLocalDate } from '../../../domain/time.ts'
import type { AtCompany, Doors } from '../authenticate.ts'
import { appointment, appointmentStatuses, viewOfAppointment } from './appointment-view.ts'
import { branchNamed, dateFilter, momentFilter, momentIn, momentOf, momentText } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import {
  emailText,
  instantText,
  named,
  nameOf,
  pageOf,
  pageQuery,
  personNotes,
  personText,
  slugText,
  written,
} from './schemas.ts'

type Needs = Pick<
  Application,
  | 'listAppointments'
  | 'appointmentDetail'
  | 'hasAppointment'
  | 'createAppointment'
  | 'moveAppointment'
  | 'cancelAppointment'
  | 'freeTimes'
>

const phone = z.string().trim().min(1).max(60)

const creation = z.strictObject({
  branch: slugText,
  service: slugText,
  staff: slugText.optional(),
  starts_at: momentText,
  attendee_name: personText(200),
  phone: phone.optional(),
  email: emailText.optional(),
  notes: personNotes(2000).optional(),
})

const change = z
  .strictObject({ starts_at: momentText.optional(), staff: slugText.optional(), reason: personNotes(500).optional() })
  .refine(({ starts_at, staff }) => starts_at !== undefined || staff !== undefined, {
    error: 'Say where to: starts_at, staff or both.',
  })

const cancellation = z.strictObject({ reason: personNotes(500).optional() }).nullish()

const offer = z.strictObject({
  starts_at: instantText,
  ends_at: instantText,
  branch: named,
  service: named,
  staff: named.nullable(),
})

export const appointmentRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const reading = routesBehind(routing)(doors.company('appointments.read'))
  const changing = routesBehind(routing)(doors.company('appointments.change'))
  const exists = async ({ scope }: AtCompany, { id }: { readonly id: string }) => {
    const parsed = parseId('appointment', id)
    return parsed.isOk() && app.hasAppointment(scope, parsed.value)
  }

  reading({
    method: 'GET',
    url: '/companies/{company}/appointments',
    tag: 'Appointments',
    summary: 'Appointments, in order of their start',
    query: z.strictObject({
      ...pageQuery,
      from: momentFilter.optional(),
      to: momentFilter.optional(),
      branch: slugText.optional(),
      staff: slugText.optional(),
      status: z.enum(appointmentStatuses).optional(),
      customer: z.string().max(60).optional(),
    }),
    answer: pageOf(appointment),
    handle: async ({ scope, profile }, { query }) => {
      const asked = queryOf(profile, query)
      if (!asked) return ok({ items: [], next: null })
      const { items, next } = await app.listAppointments(scope, asked)
      return ok({ items: items.map((one) => viewOfAppointment(profile, one)), next: next ?? null })
    },
  })

  reading({
    method: 'GET',
    url: '/companies/{company}/appointments/{id}',
    tag: 'Appointments',
    summary: 'An appointment with its history',
    answer: appointment,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('appointment', params.id)
      const found = id.isOk() ? await app.appointmentDetail(scope, id.value) : undefined
      return found ? ok(viewOfAppointment(profile, found)) : err({ kind: 'not-found' })
    },
  })

  changing({
    method: 'POST',
    url: '/companies/{company}/appointments',
    tag: 'Appointments',
    summary: 'Book, by the rules of the phone; 409 with alternatives when the time is taken',
    body: creation,
    answer: appointment,
    status: () => 201,
    handle: async ({ scope, profile, principal }, { body }) => {
      const { attendee_name, starts_at, staff, ...rest } = body
      const booked = await app.createAppointment(scope, profile, {
        ...rest,
        staff,
        phone: rest.phone,
        email: rest.email,
        notes: rest.notes,
        startsAt: momentIn(starts_at),
        attendeeName: attendee_name,
        source: principal.userId === undefined ? 'api' : 'dashboard',
      })
      return booked.map((one) => viewOfAppointment(profile, one))
    },
  })

  changing({
    method: 'PATCH',
    url: '/companies/{company}/appointments/{id}',
    tag: 'Appointments',
    summary: 'Move to another time, another colleague or both',
    body: change,
    answer: appointment,
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const to = {
        startsAt: body.starts_at === undefined ? undefined : momentIn(body.starts_at),
        staff: body.staff,
        reason: body.reason,
      }
      const moved = await app.moveAppointment(scope, profile, params.id as AppointmentId, to)
      return moved.map((one) => viewOfAppointment(profile, one))
    },
  })

  changing({
    method: 'DELETE',
    url: '/companies/{company}/appointments/{id}',
    tag: 'Appointments',
    summary: 'Cancel and give the time back',
    body: cancellation,
    answer: appointment,
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const cancelled = await app.cancelAppointment(scope, profile, params.id as AppointmentId, body?.reason)
      return cancelled.map((one) => viewOfAppointment(profile, one))
    },
  })

  reading({
    method: 'GET',
    url: '/companies/{company}/availability',
    tag: 'Appointments',
    summary: 'What is free on a day; nothing of it is held',
    query: z.strictObject({
      service: slugText,
      branch: slugText,
      staff: slugText.optional(),
      date: dateFilter.optional().meta({ description: 'Today, in the zone of the branch, when left out.' }),
    }),
    answer: pageOf(offer),
    handle: async ({ scope, profile }, { query }) => {
      const { service, branch, staff } = query
      const date = query.date === undefined ? undefined : parseLocalDate(query.date).unwrapOr(undefined)
      const free = await app.freeTimes(scope, profile, { service, branch, staff, date })
      return free.map((found) => ({
        items: found.slots.map((slot) => ({
          starts_at: written(slot.startsAt, found.branch.timeZone),
          ends_at: written(slot.endsAt, found.branch.timeZone),
          branch: nameOf(found.branch),
          service: nameOf(found.service),
          staff: slot.staff ? nameOf(slot.staff) : null,
        })),
        next: null,
      }))
    },
  })
}

interface Filters {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly branch?: string | undefined
  readonly staff?: string | undefined
  readonly status?: (typeof appointmentStatuses)[number] | undefined
  readonly customer?: string | undefined
}

/** Undefined: nothing can fit, for what was named is not there. */
const queryOf = (profile: CompanyProfile, filters: Filters): AppointmentQuery | undefined => {
  const { limit, cursor, from, to, status } = filters
  const branch = branchNamed(profile, filters.branch)
  const staff = profile.staff.find(({ slug }) => slug === filters.staff)
  const customer = filters.customer === undefined ? undefined : parseId('customer', filters.customer)
  const unknown = branch === 'unknown' || (filters.staff !== undefined && !staff) || customer?.isErr()
  if (unknown || status === 'pending') return undefined
  const zone = branch?.timeZone ?? profile.company.timeZone
  return {
    limit,
    cursor,
    ...(from === undefined ? {} : { from: momentOf(from, zone, 'from') }),
    ...(to === undefined ? {} : { to: momentOf(to, zone, 'to') }),
    ...(branch === undefined ? {} : { branch: branch.id }),
    ...(staff === undefined ? {} : { staff: staff.id }),
    ...(customer?.isOk() ? { customer: customer.value } : {}),
    ...(status === undefined ? {} : { status }),
  }
}
