import { createHmac, timingSafeEqual } from 'node:crypto'
import { err, ok } from 'neverthrow'
import type { CalendarMessage, CalendarMessages, CalendarNews } from '../../application/ports/calendar-messages.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Secret } from '../../domain/secret.ts'

const digestOf = (body: Uint8Array, secret: Secret): Buffer =>
  secret.use((plain) => createHmac('sha256', plain).update(body).digest())

/** A message in the application's own words, as a calendar that speaks them would send it. */
export const plainCalendarMessage = (message: CalendarMessage): string => JSON.stringify(message)

/** The signature that belongs to a body. */
export const plainCalendarSignature = (body: string, secret: Secret): string =>
  digestOf(Buffer.from(body), secret).toString('hex')

/** Colleagues travel as text, and are the company's own again when they arrive. */
const withStaff = (news: CalendarNews, { staff }: CompanyProfile): CalendarNews =>
  news.kind === 'booking'
    ? {
        kind: 'booking',
        booking: { ...news.booking, staff: staff.find(({ id }) => id === news.booking.staff?.id) },
      }
    : news

/** A calendar that speaks the application's own words (`plainCalendarMessage`) and signs as Cal.com does. */
export const plainCalendarMessages: CalendarMessages = {
  isSigned: (body, signature, secret) =>
    signature !== undefined &&
    /^[0-9a-f]{64}$/.test(signature) &&
    timingSafeEqual(digestOf(body, secret), Buffer.from(signature, 'hex')),
  read: (body, company) => {
    try {
      const message = JSON.parse(body) as Partial<CalendarMessage>
      const { event, at, sameAs, news } = message
      return event === undefined || at === undefined || news === undefined
        ? err({ kind: 'malformed-payload', field: 'event', detail: 'It names no event.' })
        : ok({ event, at, sameAs, news: withStaff(news, company) })
    } catch {
      return err({ kind: 'malformed-payload', field: '', detail: 'It is not JSON.' })
    }
  },
}
