import { err, ok, type Result } from 'neverthrow'
import type { AppointmentSource } from '../../domain/booking/appointment.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { BookingNotOffered, CalendarUnreachable, InvalidInput, SlotTaken, TimeNotBookable } from '../failure.ts'
import type { Customer } from '../ports/customers.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { askingCalendar, calendarKind } from './ask-calendar.ts'
import { book } from './book.ts'
import { filledIn } from './customer-for.ts'
import { refuse } from './free-instead.ts'
import { lookAt, type Search } from './search.ts'
import { type SeeingThrough, seenThrough } from './see-through.ts'
import { invalid, resolveWanted } from './wanted.ts'

export interface NewAppointment {
  readonly branch: Slug
  readonly service: Slug
  readonly staff: Slug | undefined
  readonly startsAt: Instant
  readonly attendeeName: string
  /** In any spelling. */
  readonly phone: string | undefined
  readonly email: string | undefined
  readonly notes: string | undefined
  readonly source: AppointmentSource
}

export type CreateFailure = InvalidInput | BookingNotOffered | SlotTaken | TimeNotBookable | CalendarUnreachable

/** Books as the phone does: the same search, the same rules, the same last word of the database. */
export const createAppointment =
  (ports: SeeingThrough) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    wish: NewAppointment,
  ): Promise<Result<AppointmentView, CreateFailure>> => {
    const { store, clock, ids } = ports
    const wanted = resolveWanted(profile, wish)
    if (wanted.isErr()) return err(wanted.error)
    const number = wish.phone === undefined ? undefined : parsePhoneNumber(wish.phone, profile.company.country)
    if (number?.isErr()) return invalid('/phone', `This is no usable phone number (${number.error.reason}).`)
    const phone = number?.isOk() ? number.value : undefined
    const now = clock.now()
    const created = await askingCalendar(ports, profile, (free) =>
      store.transact(scope, async (tx): Promise<Result<AppointmentView, SlotTaken | TimeNotBookable>> => {
        const search: Search = { profile, ...wanted.value, own: new Set(), call: undefined, free, whenDown: 'stop' }
        const answer = await lookAt(tx, search, wish.startsAt, now)
        if (answer.kind !== 'free') return err(await refuse(tx, search, wish.startsAt, answer.kind, now))
        const customer = await whose(tx, wish, phone, () => ({
          id: ids.next('customer'),
          name: wish.attendeeName,
          phone,
          email: wish.email,
          language: profile.company.language,
          notes: undefined,
          firstSeenAt: now,
        }))
        const booked = await book(
          tx,
          ids,
          {
            branch: search.branch,
            service: search.service,
            slot: answer.slot,
            offer: undefined,
            customer: customer.id,
            attendeeName: wish.attendeeName,
            notes: wish.notes,
            source: wish.source,
            callId: undefined,
            actor: scope.actor,
            calendar: calendarKind(free),
            series: undefined,
          },
          now,
        )
        if (booked.isErr()) return err(await refuse(tx, search, wish.startsAt, 'taken', now))
        return ok({ appointment: booked.value, customer })
      }),
    )
    if (created.isErr()) return err(created.error)
    const view = await seenThrough(ports)(scope, profile, created.value)
    return view.appointment.status === 'cancelled' ? err({ kind: 'slot-taken', alternatives: [] }) : ok(view)
  }

/** Found again by number, else by an e-mail that is one person's; nobody known is ever overwritten. */
const whose = async (
  tx: CompanyTx,
  wish: NewAppointment,
  phone: PhoneNumber | undefined,
  created: () => Customer,
): Promise<Customer> => {
  if (phone === undefined && wish.email !== undefined) {
    const [known, ...others] = await tx.customers.byEmail(wish.email)
    if (known && others.length === 0) return known
  }
  const customer = await tx.customers.add(created())
  return filledIn(tx, customer, { name: wish.attendeeName, email: wish.email })
}
