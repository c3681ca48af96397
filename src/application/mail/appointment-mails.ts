import { type AppointmentNews, changeNumber } from '../../domain/booking/news.ts'
import { parseId } from '../../domain/ids.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import type { Customer } from '../ports/customers.ts'
import type { Job } from '../ports/jobs.ts'
import type { Mail } from '../ports/mailer.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { contextOf, type LetterContext, letterToCustomer, letterToStaff } from './letters.ts'
import { isMailable } from './mailable.ts'
import type { PostOffice } from './post-office.ts'

type Needs = Pick<Ports, 'store' | 'directory' | 'mailer'>

/** Tells the customer or a colleague of a change, unless it was overtaken by another one, which has a mail of its own. */
export const sendAppointmentMail =
  (ports: Needs, post: PostOffice): JobHandler =>
  async (scope, job, now) => {
    const { payload } = job
    const found = await look(ports, scope, payload)
    const news = newsIn(payload.news)
    if (!found || !news) return { kind: 'done' }
    const { startsAt } = found.appointment
    if (startsAt <= now) return begun(job)
    const mail =
      payload.to === 'customer'
        ? toCustomer(found, (customer) => letterToCustomer(found, customer, news, ports.mailer?.from ?? ''))
        : letterToStaff(found, String(payload.address), news, Number(payload.position))
    return mail ? post(scope, mail, job, startsAt) : { kind: 'done' }
  }

/** Reminds the customer, if everything is still as it was when the reminder was planned. */
export const sendReminder =
  (ports: Needs, post: PostOffice): JobHandler =>
  async (scope, job, now) => {
    const found = await look(ports, scope, job.payload)
    if (found?.appointment.status !== 'confirmed') return { kind: 'done' }
    const { startsAt } = found.appointment
    if (startsAt <= now) return begun(job)
    const mail = toCustomer(found, (customer) =>
      letterToCustomer(found, customer, 'reminder', ports.mailer?.from ?? ''),
    )
    return mail ? post(scope, mail, job, startsAt) : { kind: 'done' }
  }

/** Nobody needs the mail any more; that it could not be sent in time has to be known. */
const begun = ({ attempt, error }: Job): JobOutcome =>
  attempt === 0 && error === undefined
    ? { kind: 'done' }
    : { kind: 'given-up', error: 'It could not be sent before the appointment began.' }

const newsIn = (value: unknown): AppointmentNews | undefined =>
  value === 'confirmed' || value === 'moved' || value === 'cancelled' ? value : undefined

/** The appointment as it is now, if this change is its latest. */
const look = async (
  { store, directory }: Needs,
  scope: CompanyScope,
  payload: Job['payload'],
): Promise<LetterContext | undefined> => {
  const id = parseId('appointment', String(payload.appointment))
  const profile = await directory.profile(scope.company)
  if (id.isErr() || !profile) return undefined
  return store.read(scope, async (tx) => {
    const appointment = await tx.appointments.find(id.value)
    if (!appointment || changeNumber(appointment) !== payload.change) return undefined
    const customer = appointment.customer && (await tx.customers.find(appointment.customer))
    return contextOf(profile, appointment, customer || undefined)
  })
}

const toCustomer = (
  { profile, customer }: LetterContext,
  letter: (customer: Customer & { readonly email: string }) => Mail,
): Mail | undefined => {
  const email = customer?.email
  if (!profile.notifications.customerEmail || !customer || !isMailable(email)) return undefined
  return letter({ ...customer, email })
}
