import { ok, type Result } from 'neverthrow'
import { forgetSlots } from '../booking/remembered-slots.ts'
import { grantCompany } from '../grant-scope.ts'
import type { CalendarMessage } from '../ports/calendar-messages.ts'
import type { ClaimedDelivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { type Learning, type Lesson, learnAttendance, learnBooking } from './learn-booking.ts'
import { othersBookings } from './shared-account.ts'

type Needs = Pick<Ports, 'store' | 'directory' | 'ids' | 'clock' | 'calendarMessages' | 'cache' | 'credentials'>

const nothingToRead = 'Nothing in it could be read.'

const sentences: { readonly [L in Lesson]: string } = {
  nothing: 'It says what was known already.',
  changed: 'What it says is so here as well now.',
  waiting: 'The calendar is asked for the booking before anything is believed.',
  others: 'It is of another company with the same account, so nothing of it is kept.',
  unmatched: 'It is no appointment of ours; the page of the calendar connection shows it.',
}

/**
 * Learns what kept deliveries of one company's calendar say: in their order, all of them in one transaction. Doing it twice changes
 * nothing. Answers with a sentence for the trace of each; a rejection means that nothing was learnt.
 */
export const hearCalendar =
  (ports: Needs) =>
  async (claimed: readonly ClaimedDelivery[]): Promise<readonly string[]> => {
    const { store, directory, ids, clock, calendarMessages } = ports
    const company = claimed[0]?.delivery.company
    const profile = company && (await directory.profile(company))
    if (!profile || company === undefined) return claimed.map(() => nothingToRead)
    const messages = claimed.map(({ body }) => calendarMessages.read(body, profile).unwrapOr(undefined))
    const isOthers = await othersBookings(ports, profile, messages.flatMap(eventTypesIn))
    const learning: Learning = { ids, profile, now: clock.now(), askedAt: undefined, isOthers }
    const scope = grantCompany(company, { kind: 'job', name: 'calendar' })
    const heard = await store.transact(scope, async (tx): Promise<Result<readonly string[], never>> => {
      const told: string[] = []
      for (const message of messages) told.push(message ? await hear(tx, learning, message) : nothingToRead)
      return ok(told)
    })
    await forgetSlots(ports)(company)
    return heard.unwrapOr([])
  }

const eventTypesIn = (message: CalendarMessage | undefined): readonly (number | undefined)[] =>
  message?.news.kind === 'booking' ? [message.news.booking.eventType] : []

const hear = async (tx: CompanyTx, learning: Learning, { news, at }: CalendarMessage): Promise<string> => {
  switch (news.kind) {
    case 'booking':
      return sentences[await learnBooking(tx, learning, news.booking)]
    case 'attendance':
      return sentences[await learnAttendance(tx, learning, news.uid, news.isNoShow, at)]
    case 'ignored':
    case 'unknown':
      return 'Nothing in it concerns an appointment.'
  }
}
