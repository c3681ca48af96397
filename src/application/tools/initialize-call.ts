import type { Appointment } from '../../domain/booking/appointment.ts'
import { hoursOn, isOpenAt } from '../../domain/opening-hours.ts'
import { spokenHours, spokenTime, weekdayName } from '../../domain/speech/say.ts'
import { clockText, isoWithOffset, localMoment } from '../../domain/time.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { Tool, ToolContext } from './context.ts'
import { momentFields, writtenDate } from './written.ts'

/** The moment, the place and the caller, for the agent's first words. */
export const initializeCall: Tool = async (context) => {
  const { profile, branch, now, language, words } = context
  const zone = branch?.timeZone ?? profile.company.timeZone
  const { date, minute, weekday } = localMoment(now, zone)
  const customer = await customerFields(context)
  return {
    status: 'ready',
    message: words.ready(
      `${weekdayName(language, weekday)}, ${writtenDate(language, date)}`,
      spokenTime(language, minute),
    ),
    fields: {
      call_id: context.call.id,
      company: profile.company.name,
      company_slug: profile.company.slug,
      branch: branch?.name ?? null,
      branch_slug: branch?.slug ?? null,
      current_time: isoWithOffset(now, zone),
      current_clock: clockText(minute),
      current_date: writtenDate(language, date),
      current_date_iso: date,
      current_weekday: weekdayName(language, weekday),
      is_open: branch ? isOpenAt(branch.hours, now, zone) : null,
      opening_hours_today: branch ? spokenHours(language, hoursOn(branch.hours, date)) : null,
      ...customer,
      policies: {
        min_notice_minutes: profile.policies.minNoticeMinutes,
        max_advance_days: profile.policies.maxAdvanceDays,
        cancel_hours_before: profile.policies.cancel.hoursBefore,
        reschedule_hours_before: profile.policies.reschedule.hoursBefore,
      },
    },
  }
}

/** Who calls, as far as a visible number proves it. Every field is there for every caller. */
export const checkCustomer: Tool = async (context) => {
  const { words, caller, customer } = context
  const fields = await customerFields(context)
  if (caller.kind === 'hidden') return { status: 'anonymous', message: words.anonymous, fields }
  if (!customer) return { status: 'new_customer', message: words.newCustomer, fields }
  return { status: 'found', message: customer.name === '' ? words.newCustomer : words.found(customer.name), fields }
}

const unknownCustomer = {
  id: null,
  name: null,
  email_known: false,
  last_visit: null,
  upcoming: [],
  preferred_staff: null,
  suggested_service: null,
  service_confidence: 0,
} satisfies JsonObject

const customerFields = async (context: ToolContext): Promise<JsonObject> => {
  const { customer, tx, now, profile } = context
  if (!customer) return { customer_found: false, customer: unknownCustomer }
  const past = await tx.appointments.pastOf(customer.id, now)
  const upcoming = await tx.appointments.upcomingOf(customer.id, now)
  const usual = mostFrequent(past.map(({ service }) => service))
  const service = profile.services.find(({ id, active }) => id === usual?.value && active)
  const favourite = mostFrequent(past.flatMap(({ staff }) => staff ?? []))
  const last = past[0]
  return {
    customer_found: true,
    customer: {
      id: customer.id,
      name: customer.name === '' ? null : customer.name,
      email_known: customer.email !== undefined,
      last_visit: last ? momentOf(context, last) : null,
      upcoming: upcoming.map((one) => ({
        appointment_id: one.id,
        ...momentOf(context, one),
        ...nameOfService(context, one),
      })),
      preferred_staff: profile.staff.find(({ id }) => id === favourite?.value)?.name ?? null,
      // Said only when it is as good as sure; what the caller asks for always wins.
      suggested_service: service && usual && usual.share >= 0.8 ? service.name : null,
      service_confidence: service && usual ? Math.round(usual.share * 100) / 100 : 0,
    },
  }
}

const momentOf = ({ language, profile }: ToolContext, appointment: Appointment): JsonObject => {
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  return momentFields(language, appointment.startsAt, branch?.timeZone ?? profile.company.timeZone)
}

const nameOfService = ({ profile }: ToolContext, appointment: Appointment): { readonly service: Json } => ({
  service: profile.services.find(({ id }) => id === appointment.service)?.name ?? null,
})

const mostFrequent = <T extends string>(
  values: readonly T[],
): { readonly value: T; readonly share: number } | undefined => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
  return best && { value: best[0], share: best[1] / values.length }
}
