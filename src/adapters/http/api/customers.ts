import { err, ok } from 'neverthrow'
import { z } from 'zod'
import { mayDo } from '../../../application/access/authenticate.ts'
import type { Application } from '../../../application/application.ts'
import type { CustomerDetail, CustomerListing, CustomerQuery } from '../../../application/reading/customers.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import { parsePhoneNumber } from '../../../domain/phone-number.ts'
import type { Doors } from '../authenticate.ts'
import { appointment, viewOfAppointment } from './appointment-view.ts'
import { callCard, viewOfCard } from './calls.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, pageOf, pageQuery, personNotes, written, writtenOrNull } from './schemas.ts'

const listed = {
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  first_seen_at: instantText,
  last_visit: instantText.nullable(),
  notes: z.string().nullable(),
  vip: z.boolean().optional().meta({ description: 'Only there for those with the right `customers.vip`.' }),
}
const customer = z.strictObject(listed).meta({ id: 'Customer' })
const detail = z
  .strictObject({ ...listed, calls: z.array(callCard), appointments: z.array(appointment) })
  .meta({ id: 'CustomerDetail' })

const change = z
  .strictObject({
    vip: z.boolean().optional().meta({ description: 'Needs the right `customers.vip`.' }),
    notes: personNotes(4000).nullable().optional().meta({ description: 'Needs the right `appointments.change`.' }),
  })
  .meta({ description: 'What is left out stays as it is.' })

type Needs = Pick<Application, 'listCustomers' | 'customerDetail' | 'changeCustomer' | 'hasCustomer'>

export const customerRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const route = routesBehind(routing)(doors.company('customers.read'))

  route({
    method: 'GET',
    url: '/companies/{company}/customers',
    tag: 'Customers',
    summary: 'Customers, newest first; by number or e-mail when one is given',
    query: z.strictObject({
      ...pageQuery,
      phone: z.string().max(60).optional().meta({ description: 'In any spelling.' }),
      email: z.string().max(254).optional(),
    }),
    answer: pageOf(customer),
    handle: async ({ scope, profile }, { query }) => {
      const asked = queryOf(profile, query)
      if (!asked) return ok({ items: [], next: null })
      const { items, next } = await app.listCustomers(scope, asked)
      return ok({ items: items.map((one) => viewOf(profile, one)), next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/companies/{company}/customers/{id}',
    tag: 'Customers',
    summary: 'A customer with their newest calls and their appointments',
    answer: detail,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('customer', params.id)
      const found = id.isOk() ? await app.customerDetail(scope, id.value) : undefined
      if (!found) return err({ kind: 'not-found' })
      return ok(viewOfDetail(profile, found))
    },
  })

  route({
    method: 'PATCH',
    url: '/companies/{company}/customers/{id}',
    tag: 'Customers',
    summary: 'Set or take away the VIP mark, and keep notes',
    body: change,
    answer: detail,
    exists: async ({ scope }, { id }) => {
      const parsed = parseId('customer', id)
      return parsed.isOk() && app.hasCustomer(scope, parsed.value)
    },
    handle: async ({ scope, profile, principal }, { params, body: { vip, notes } }) => {
      const id = parseId('customer', params.id)
      if (id.isErr()) return err({ kind: 'not-found' })
      if (notes !== undefined && !mayDo(principal, 'appointments.change')) {
        return err({ kind: 'not-allowed', permission: 'appointments.change' })
      }
      const changed = await app.changeCustomer(scope, id.value, {
        vip,
        notes: notes ?? (notes === null ? '' : undefined),
      })
      return changed.map((found) => viewOfDetail(profile, found))
    },
  })
}

const viewOfDetail = (profile: CompanyProfile, found: CustomerDetail) => {
  const known = new Map([[found.customer.id as string, found.customer]])
  return {
    ...viewOf(profile, found),
    calls: found.calls.map((call) => viewOfCard(profile, call, known)),
    appointments: found.appointments.map((one) =>
      viewOfAppointment(profile, { appointment: one, customer: found.customer }),
    ),
  }
}

interface Filters {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly phone?: string | undefined
  readonly email?: string | undefined
}

/** Undefined: nobody can have this number, for it is none. */
const queryOf = (profile: CompanyProfile, { limit, cursor, phone, email }: Filters): CustomerQuery | undefined => {
  const number = phone === undefined ? undefined : parsePhoneNumber(phone, profile.company.country)
  if (number?.isErr()) return undefined
  return {
    limit,
    cursor,
    ...(number?.isOk() ? { phone: number.value } : {}),
    ...(email === undefined ? {} : { email: email.trim() }),
  }
}

const viewOf = (profile: CompanyProfile, { customer: one, lastVisit, vip }: CustomerListing) => {
  const zone = profile.company.timeZone
  return {
    id: one.id,
    name: one.name,
    phone: one.phone ?? null,
    email: one.email ?? null,
    language: one.language ?? null,
    first_seen_at: written(one.firstSeenAt, zone),
    last_visit: writtenOrNull(lastVisit, zone),
    notes: one.notes ?? null,
    ...(vip ? { vip: vip.mark !== undefined } : {}),
  }
}
