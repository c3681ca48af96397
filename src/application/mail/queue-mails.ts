import type { Appointment } from '../../domain/booking/appointment.ts'
import { type AppointmentNews, changeNumber, newsOf, reminderAt } from '../../domain/booking/news.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import type { ChangeListener } from '../booking/on-appointment-change.ts'
import type { Ids } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { isMailable } from './mailable.ts'

/** The name of the mail that tells the customer of the latest change. */
export const customerMailKey = (appointment: Pick<Appointment, 'id' | 'history'>): string =>
  `appointment-mail:${appointment.id}:${changeNumber(appointment)}:customer`

const reminderKey = (id: AppointmentId): string => `appointment-reminder:${id}`

/** Queues the mails about a change, and the reminder that it makes necessary or needless. */
export const queueMails =
  ({ ids }: Pick<Ports, 'ids'>): ChangeListener =>
  async (tx, profile, { before, now: appointment }, now) => {
    const news = newsOf(before, appointment)
    if (news === undefined) return
    await tx.jobs.withdraw(reminderKey(appointment.id))
    const customer = appointment.customer && (await tx.customers.find(appointment.customer))
    const payload = { appointment: appointment.id, change: changeNumber(appointment), news }
    const fresh = () => ({ id: ids.next('job'), createdAt: now })
    if (profile.notifications.customerEmail && isMailable(customer?.email) && !isToldThere(appointment)) {
      const key = customerMailKey(appointment)
      await tx.jobs.enqueue({
        ...fresh(),
        kind: 'appointment-mail',
        payload: { ...payload, to: 'customer' },
        key,
        runAt: now,
      })
      await queueReminder(tx, ids, profile, appointment, news, now)
    }
    if (before === undefined && isToldThere(appointment) && appointment.createdAt < after(now, -DAY)) return
    for (const [position, address] of staffAddresses(profile, appointment).entries()) {
      const key = `appointment-mail:${appointment.id}:${payload.change}:staff-${position}`
      const toStaff = { ...payload, to: 'staff', address, position }
      await tx.jobs.enqueue({ ...fresh(), kind: 'appointment-mail', payload: toStaff, key, runAt: now })
    }
  }

/** Who booked in the calendar of a vendor is told by that calendar of what is done there; what is new only to us is old to the team as well. */
const isToldThere = ({ source, history }: Appointment): boolean =>
  source === 'calendar' && history.at(-1)?.actor.kind === 'calendar'

const queueReminder = async (
  tx: CompanyTx,
  ids: Ids,
  profile: CompanyProfile,
  appointment: Appointment,
  news: AppointmentNews,
  now: Instant,
): Promise<void> => {
  const zone = profile.branches.find(({ id }) => id === appointment.branch)?.timeZone ?? profile.company.timeZone
  const runAt = news === 'cancelled' ? undefined : reminderAt(appointment, zone, now)
  if (runAt === undefined) return
  await tx.jobs.enqueue({
    id: ids.next('job'),
    kind: 'appointment-reminder',
    payload: { appointment: appointment.id, change: changeNumber(appointment) },
    key: reminderKey(appointment.id),
    runAt,
    createdAt: now,
  })
}

/** The branch's team, else the company's, and the colleague; after a move also whoever had it before. Each address once. */
const staffAddresses = (profile: CompanyProfile, { branch, staff, history }: Appointment): readonly string[] => {
  const team = profile.branches.find(({ id }) => id === branch)?.staffEmail ?? []
  const colleagues = [staff, history.at(-1)?.fromStaff].map((id) => profile.staff.find((one) => one.id === id)?.email)
  const all = [...(team.length > 0 ? team : profile.notifications.staffEmail), ...colleagues]
  return [...new Map(all.filter(isMailable).map((address) => [address.toLowerCase(), address])).values()]
}
