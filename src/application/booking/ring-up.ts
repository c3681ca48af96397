import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import type { Instant } from '../../domain/time.ts'
import { isMailable } from '../mail/mailable.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CompanyTx } from '../ports/store.ts'
import { promiseCallback } from '../reception/keep-callback.ts'

/** What a customer does not know yet of an appointment, and would rather hear from a person. */
type Untold = 'turned-down' | 'cancelled' | 'moved'

/** Puts a customer whose number is known on the list of those to ring up. */
export const ringUp = async (
  tx: CompanyTx,
  ids: Ids,
  profile: CompanyProfile,
  appointment: Appointment,
  why: { readonly what: Untold; readonly priority: Callback['priority'] },
  now: Instant,
): Promise<void> => {
  const customer = appointment.customer && (await tx.customers.find(appointment.customer))
  if (!customer?.phone) return
  const zone = profile.branches.find(({ id }) => id === appointment.branch)?.timeZone
  const { language, timeZone } = profile.company
  const when = spokenMoment(language, appointment.startsAt, zone ?? timeZone)
  await promiseCallback(
    tx,
    ids,
    profile,
    {
      kind: 'callback',
      priority: why.priority,
      customerName: appointment.attendeeName,
      phoneNumber: customer.phone,
      reason: reasons[language][why.what](when),
      message: undefined,
      preferredTimeWindow: undefined,
      branch: appointment.branch,
      service: appointment.service,
      callId: appointment.callId,
    },
    now,
  )
}

/** The same of a change that was made elsewhere, for those whom no mail can tell of it. */
export const ringUpWithoutMail = async (
  tx: CompanyTx,
  ids: Ids,
  profile: CompanyProfile,
  appointment: Appointment,
  what: Untold,
  now: Instant,
): Promise<void> => {
  const customer = appointment.customer && (await tx.customers.find(appointment.customer))
  if (!customer || appointment.startsAt <= now) return
  if (profile.notifications.customerEmail && isMailable(customer.email)) return
  await ringUp(tx, ids, profile, appointment, { what, priority: 'high' }, now)
}

const reasons: {
  readonly [Language in CompanyProfile['company']['language']]: { readonly [What in Untold]: (when: string) => string }
} = {
  de: {
    'turned-down': (when) => `Der vorgemerkte Termin (${when}) kam nicht zustande.`,
    cancelled: (when) =>
      `Der Termin (${when}) wurde im Kalender abgesagt, und davon hat noch niemand Bescheid gegeben.`,
    moved: (when) =>
      `Der Termin wurde im Kalender verschoben (neu: ${when}), und davon hat noch niemand Bescheid gegeben.`,
  },
  en: {
    'turned-down': (when) => `The appointment that was noted (${when}) did not come about.`,
    cancelled: (when) => `The appointment (${when}) was called off in the calendar, and nobody has said so yet.`,
    moved: (when) => `The appointment was moved in the calendar (now: ${when}), and nobody has said so yet.`,
  },
}
