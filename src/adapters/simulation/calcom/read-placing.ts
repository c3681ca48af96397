import { err, ok, type Result } from 'neverthrow'
import { isObject, type Json, type JsonObject } from '../../../domain/canonical-json.ts'
import { noCountry, parsePhoneNumber } from '../../../domain/phone-number.ts'
import { type CalcomFailure, malformed, no } from './answers.ts'
import type { BookingEntry, CalcomEventType } from './store.ts'
import { readZone } from './times.ts'

/** Text that is not blank. */
export const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

export const lengthOf = (type: CalcomEventType, asked: Json | undefined): Result<number, CalcomFailure> => {
  if (asked === undefined || asked === null) return ok(type.minutes)
  if (type.lengths.length === 0) {
    return err(
      no(
        400,
        "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please, remove the 'lengthInMinutes' field from the request.",
      ),
    )
  }
  return typeof asked === 'number' && type.lengths.includes(asked)
    ? ok(asked)
    : err(
        no(
          400,
          `Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible lengths are: ${type.lengths.join(', ')}`,
        ),
      )
}

export const attendeeOf = (
  type: CalcomEventType,
  body: JsonObject,
): Result<BookingEntry['attendee'], CalcomFailure> => {
  const given = isObject(body.attendee) ? body.attendee : {}
  const name = text(given.name)
  const zone = text(given.timeZone)
  const number = text(given.phoneNumber)
  const parsed = number === undefined ? undefined : parsePhoneNumber(number, noCountry)
  if (name === undefined) return err(malformed(['attendee.name', 'name must be a string']))
  if (zone === undefined || readZone(zone) === undefined) {
    return err(malformed(['attendee.timeZone', 'timeZone must be a valid IANA time-zone']))
  }
  if (parsed?.isErr() || (number !== undefined && !number.startsWith('+'))) {
    return err(malformed(['attendee.phoneNumber', 'phoneNumber must be a valid phone number']))
  }
  const phone = parsed?.isOk() ? parsed.value : undefined
  const email = text(given.email)
  if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    return err(malformed(['attendee.email', 'email must be an email']))
  }
  if (email === undefined && phone === undefined) {
    return err(malformed(['attendee', 'At least one contact method (email or phone number) must be provided']))
  }
  if (type.phone === 'required' && phone === undefined) {
    return err(
      no(
        400,
        "Missing attendee phone number - it is required by the event type. Pass it as 'attendee.phoneNumber' in the request.",
      ),
    )
  }
  if (type.email === 'required' && email === undefined) {
    return err(no(400, "responses - Invalid input in 'responses': {email}email_validation_error"))
  }
  const invented = phone === undefined ? undefined : `${phone.replace(/\D/g, '')}@sms.cal.com`
  const address = type.email === 'hidden' ? (invented ?? email) : (email ?? invented)
  return ok({ name, timeZone: zone, language: text(given.language) ?? 'en', phone, email: address ?? '' })
}

/** The place as a booking shows it. */
export const placeOf = (type: CalcomEventType, wish: Json | undefined): Result<string, CalcomFailure> => {
  const given = isObject(wish) ? wish : undefined
  const location = given ? type.locations.find((one) => one.type === given.type) : type.locations[0]
  if (given && !location) {
    const known = type.locations.map((one) => String(one.type)).join(', ')
    return err(
      no(
        400,
        `Event type with id=${type.id} has no location of type ${String(given.type)}. Its locations are: ${known}`,
      ),
    )
  }
  if (given?.type === 'attendeePhone' && text(given.phone) === undefined) {
    return err(malformed(['location.phone', 'phone must be a valid phone number']))
  }
  const shown =
    given?.phone ?? given?.address ?? given?.location ?? location?.address ?? location?.link ?? location?.phone
  return ok(
    text(shown) ??
      (location?.type === undefined ? 'integrations:daily' : String(location.integration ?? location.type)),
  )
}

export const metadataOf = (given: Json | undefined): Result<JsonObject, CalcomFailure> => {
  if (given === undefined || given === null) return ok({})
  const isGood =
    isObject(given) &&
    Object.keys(given).length <= 50 &&
    Object.entries(given).every(([key, value]) => key.length <= 40 && typeof value === 'string' && value.length <= 500)
  return isGood
    ? ok(given)
    : err(
        malformed([
          'metadata',
          'Metadata must have at most 50 keys, each key up to 40 characters, and string values up to 500 characters.',
        ]),
      )
}
