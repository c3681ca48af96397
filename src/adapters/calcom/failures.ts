import type { CalendarFailure } from '../../application/ports/calendar.ts'
import type { JsonAnswer, VendorFailure } from '../vendor/json-client.ts'
import { errorShape } from './wire.ts'

/** Whoever runs a server of their own may answer with millions of characters, and everybody would wait for the search. */
const longestComplaint = 2_000

/** What an answer says went wrong, as text to look for words in. It may name people and never leaves this folder. */
export const complaintOf = ({ body }: JsonAnswer): string => {
  const { data } = errorShape.safeParse(body)
  if (!data) return ''
  const { error, message } = data
  const texts = [error?.message, message, error?.details?.message].filter((one) => one !== undefined)
  return texts.join(' ').slice(0, longestComplaint)
}

/** Texts with which Cal.com says no to a time (errors.service.ts, errorCodes.ts). Never by status alone. */
const noToTime =
  /already has booking at this time|is not available|no_available_users_found|booking_conflict|hosts?_unavailable_for_booking|already_signed_up|no more seats|seats_full|can't be booked at the "?start"?|in the past|limit_reached|minimum booking notice|out_of_bounds|already reserved|already booked/i

/** `Cannot POST /v2/…`: no such address, so that nothing was looked up at all. */
const noSuchAddress = /^cannot (get|post|patch|delete) /i

export const isCancelledAlready = (answer: JsonAnswer): boolean =>
  answer.status === 400 && /(has been|is|was) (already )?cancell?ed|already cancell?ed/i.test(complaintOf(answer))

/** It looked, and there is no such booking. */
export const isUnknownThing = (answer: JsonAnswer): boolean =>
  answer.status === 404 && answer.isJson && !noSuchAddress.test(complaintOf(answer))

/** What a person has to change in Cal.com, by what Cal.com complains of. */
const cures: readonly (readonly [RegExp, string])[] = [
  [/parent managed event type/i, 'The event type is a template of a team. Name the one of a member instead.'],
  [
    /at least one contact method|e-?mail.{0,40}(required|invalid|valid|must)|(required|invalid|valid|must).{0,40}e-?mail|\{email\}/i,
    'The event type asks for an e-mail address, which callers mostly have none of. Make e-mail optional and phone required there.',
  ],
  [/phone/i, 'Cal.com did not take the phone number. Look at the phone question of the event type.'],
  [/lengthInMinutes|event length/i, 'The event type has another length. Give it the length of the service.'],
  [/location/i, 'The event type asks for a place that is not known on the phone. Choose another place for it.'],
  [/authenticat/i, 'The event type may be booked by signed-in people only. Turn that off for it.'],
  [
    /maximum number/i,
    'The event type limits how many bookings one person may have. Take that limit off, or settle it with the caller.',
  ],
  [/verification/i, 'The event type asks for a verified e-mail address. Turn that off for it.'],
]

const missingAnswer = /missing required booking field response: ([\w-]{1,60})/i

/** The names of fields that a validation complains of, and nothing that was in them. */
const fieldsOf = ({ body }: JsonAnswer): readonly string[] =>
  (errorShape.safeParse(body).data?.error?.details?.errors ?? [])
    .flatMap(({ property }) => property ?? [])
    .filter((name) => /^[\w.]{1,40}$/.test(name))

const cureOf = (answer: JsonAnswer): string => {
  const complaint = complaintOf(answer)
  const question = missingAnswer.exec(complaint)?.[1]
  if (question !== undefined) {
    return `The event type has the question "${question}", which nobody answers on the phone. Make it optional.`
  }
  const cure = cures.find(([words]) => words.test(complaint))?.[1]
  if (cure !== undefined) return cure
  const fields = fieldsOf(answer)
  return fields.length > 0 ? `Cal.com did not take: ${fields.join(', ')}.` : 'Cal.com refused the request.'
}

const trace = ({ status, requestId }: JsonAnswer): string =>
  requestId === undefined ? `(${status})` : `(${status}, request ${requestId})`

const misconfigured = (detail: string): CalendarFailure => ({ kind: 'misconfigured', detail })
const unreachable = (detail: string): CalendarFailure => ({ kind: 'unreachable', detail })

/** What a failure of the client means for whoever asked. The details name statuses, settings and cures; nobody and no uid. */
export const calendarFailure = (failure: VendorFailure): CalendarFailure => {
  if (failure.kind === 'unavailable') return unreachable(`Cal.com: ${failure.detail}`)
  if (failure.kind === 'forbidden-address') {
    return misconfigured(
      'The base_url of the calendar may not be asked. It has to be a public https address, or ALLOW_PRIVATE_ADDRESSES has to be true.',
    )
  }
  const { status } = failure
  const where = trace(failure)
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return unreachable(`Cal.com cannot answer now ${where}.`)
  }
  if (status >= 300 && status < 400) {
    return misconfigured(`The base_url of the calendar leads elsewhere ${where}. Name the address it leads to.`)
  }
  if (!failure.isJson) {
    return unreachable(`A page came instead of data ${where}. Look whether base_url is that of Cal.com's API v2.`)
  }
  if (status === 401 || status === 403) {
    return misconfigured(`Cal.com does not accept the API key of the calendar for this ${where}. Put a valid one.`)
  }
  const complaint = complaintOf(failure)
  if (noSuchAddress.test(complaint)) {
    return misconfigured(
      `Cal.com does not know the address ${where}. Look at base_url and api_versions of the calendar.`,
    )
  }
  if (noToTime.test(complaint)) return { kind: 'refused', detail: `Cal.com says no to this time ${where}.` }
  if (status === 404) {
    return misconfigured(`Cal.com does not know the event type ${where}. Look at its number, and whose key it is.`)
  }
  if (status === 409) return unreachable(`Cal.com found a conflict that it does not explain ${where}.`)
  if (status === 422) {
    return misconfigured(`The event type cannot be booked ${where}. Look whether it has hosts with a schedule.`)
  }
  return misconfigured(`${cureOf(failure)} ${where}`)
}
