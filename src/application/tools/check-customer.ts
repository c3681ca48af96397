import type { Appointment } from '../../domain/booking/appointment.ts'
import { canDo, isOfferedAt } from '../../domain/booking/catalogue.ts'
import { type CustomerHabits, habitsOf } from '../../domain/booking/customer-habits.ts'
import { formOfAddress } from '../../domain/speech/form-of-address.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import type { Tool, ToolContext } from './context.ts'
import { serviceFields, staffFields } from './resolve.ts'
import { momentFields } from './written.ts'

/** Who calls, as far as a visible number proves it. Every field is there for every caller. */
export const checkCustomer: Tool = async (context) => {
  const { words, caller, customer } = context
  const fields = await customerFields(context)
  if (caller.kind === 'hidden') return { status: 'anonymous', message: words.anonymous, fields }
  if (!customer) return { status: 'new_customer', message: words.newCustomer, fields }
  const name = formOfAddress(customer.name)
  return { status: 'found', message: name === undefined ? words.newCustomer : words.found(name), fields }
}

const nobody = {
  id: null,
  name: null,
  email_known: false,
  last_visit: null,
  upcoming: [],
  preferred_staff: null,
  preferred_staff_slug: null,
  suggested_service: null,
  suggested_service_slug: null,
  service_confidence: 0,
} satisfies JsonObject

/** `customer_found` and `customer`, with every field for every caller, so that no flow stops at a missing one. */
export const customerFields = async (context: ToolContext): Promise<JsonObject> => {
  const { customer, tx, now } = context
  if (!customer) return { customer_found: false, customer: nobody }
  const past = await tx.appointments.pastOf(customer.id, now)
  const upcoming = await tx.appointments.upcomingOf(customer.id, now)
  const last = past.find(({ status }) => status !== 'no_show')
  return {
    customer_found: true,
    customer: {
      ...nobody,
      id: customer.id,
      name: customer.name === '' ? null : customer.name,
      email_known: customer.email !== undefined,
      last_visit: last ? startOf(context, last) : null,
      upcoming: upcoming.map((one) => appointmentFields(context, one)),
      ...suggestions(context, habitsOf(past)),
    },
  }
}

/** Only what this branch can really offer is suggested. What the caller asks for always wins. */
const suggestions = ({ profile, branch }: ToolContext, habits: CustomerHabits): JsonObject => {
  const usual = profile.services.find(({ id }) => id === habits.service)
  const isOffered = usual !== undefined && (branch ? isOfferedAt(usual, branch) : usual.active)
  const service = isOffered && habits.isSure ? usual : undefined
  const favourite = profile.staff.find(({ id }) => id === habits.staff)
  const isHere =
    favourite !== undefined &&
    (!branch || (service ? canDo(favourite, service, branch) : favourite.branches.includes(branch.slug)))
  const staff = isHere ? favourite : undefined
  return {
    preferred_staff: staff?.name ?? null,
    preferred_staff_slug: staff?.slug ?? null,
    suggested_service: service?.name ?? null,
    suggested_service_slug: service?.slug ?? null,
    service_confidence: isOffered ? Math.round(habits.confidence * 100) / 100 : 0,
  }
}

const startOf = ({ language, profile }: ToolContext, { branch, startsAt }: Appointment): JsonObject =>
  momentFields(
    language,
    startsAt,
    profile.branches.find(({ id }) => id === branch)?.timeZone ?? profile.company.timeZone,
  )

const appointmentFields = (context: ToolContext, one: Appointment): JsonObject => {
  const { services, staff } = context.profile
  const service = services.find(({ id }) => id === one.service)
  return {
    appointment_id: one.id,
    ...startOf(context, one),
    ...(service ? serviceFields(service) : { service: null, service_slug: null }),
    ...staffFields(staff.find(({ id }) => id === one.staff)),
  }
}
