import { z } from 'zod'
import { type Instant, type MinuteOfDay, parseInstant, parseMinuteOfDay } from '../../domain/time.ts'

/** What is missing, null or of another type than expected is left out; nothing that we do not need can spoil the rest. */
export const lenient = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .catch(undefined)
    .transform((value): z.output<Schema> | undefined => value ?? undefined)

const listOf = <Schema extends z.ZodType>(item: Schema) =>
  z
    .array(lenient(item))
    .catch([])
    .transform((items) => items.filter((one) => one !== undefined))

/** `…Z`, `….000Z` and `…+00:00` are all sent. */
export const instantText = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text)
  if (parsed.isOk()) return parsed.value
  context.addIssue({ code: 'custom', message: 'is no moment' })
  return z.NEVER
})

/** Minutes since midnight from `09:30`. */
const minuteText = z.string().transform((time, context): MinuteOfDay => {
  const parsed = parseMinuteOfDay(time)
  if (parsed.isOk()) return parsed.value
  context.addIssue({ code: 'custom', message: 'is no time of day' })
  return z.NEVER
})

const whole = z.number().int()
const text = z.string()
const answers = z.record(z.string(), z.unknown())

/** Metadata of a booking; it has been seen encoded twice. */
export const metadata = lenient(z.unknown()).transform((value): { readonly [name: string]: unknown } => {
  const once = answers.safeParse(value)
  if (once.success) return once.data
  if (typeof value !== 'string') return {}
  try {
    return answers.safeParse(JSON.parse(value)).data ?? {}
  } catch {
    return {}
  }
})

export const attendeeShape = z.looseObject({
  name: lenient(text),
  email: lenient(text),
  displayEmail: lenient(text),
  phoneNumber: lenient(text),
  absent: lenient(z.boolean()),
})

/** BookingOutput_2024_08_13, as answered live. */
export const bookingShape = z.looseObject({
  uid: z.string().min(1),
  status: text.transform((status) => status.toLowerCase()),
  start: instantText,
  end: lenient(instantText),
  duration: lenient(z.number()),
  createdAt: lenient(instantText),
  updatedAt: lenient(instantText),
  eventTypeId: lenient(whole),
  eventType: lenient(z.looseObject({ id: lenient(whole) })),
  hosts: listOf(z.looseObject({ id: lenient(whole) })),
  attendees: listOf(attendeeShape),
  bookingFieldsResponses: lenient(answers),
  metadata,
  rescheduledFromUid: lenient(text),
  rescheduledToUid: lenient(text),
  cancellationReason: lenient(text),
  rejectionReason: lenient(text),
})
export type WireBooking = z.output<typeof bookingShape>

/** One booking, or all of a recurring one. */
export const oneOrManyBookings = z.union([
  bookingShape.transform((one): readonly WireBooking[] => [one]),
  z.array(bookingShape),
])

const slotShape = z.union([
  instantText.transform((start) => ({ start, users: [] as readonly number[] })),
  z
    .looseObject({
      start: instantText,
      host: lenient(z.looseObject({ id: lenient(whole) })),
      hosts: listOf(z.looseObject({ id: lenient(whole) })),
      userId: lenient(whole),
      userIds: listOf(whole),
    })
    .transform(({ start, host, hosts, userId, userIds }) => ({
      start,
      users: [host?.id, ...hosts.map(({ id }) => id), userId, ...userIds].filter((id) => id !== undefined),
    })),
])

export const slotsShape = z.record(z.string(), z.array(slotShape)).transform((days) => Object.values(days).flat())

/** `{disabled: true}` stands for nothing, whatever else a field may hold. */
const toggled = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess(
      (value) => (z.object({ disabled: z.literal(true) }).safeParse(value).success ? undefined : value),
      lenient(schema),
    )
    .optional()

/** Event types of 2024-06-14 and 2026-06-12, a user's and a team's. */
export const eventTypeShape = z.looseObject({
  id: whole,
  title: lenient(text),
  slug: lenient(text),
  lengthInMinutes: z.number(),
  lengthInMinutesOptions: listOf(z.number()),
  bookingFields: listOf(
    z.looseObject({
      slug: lenient(text),
      type: lenient(text),
      field: lenient(text),
      required: lenient(z.boolean()),
      hidden: lenient(z.boolean()),
    }),
  ),
  locations: listOf(z.looseObject({ type: lenient(text) })),
  minimumBookingNotice: lenient(z.number()),
  confirmationPolicy: toggled(z.looseObject({ type: lenient(text) })),
  requiresConfirmation: lenient(z.boolean()),
  seats: toggled(z.looseObject({ seatsPerTimeSlot: lenient(whole) })),
  seatsPerTimeSlot: lenient(whole),
  recurrence: toggled(z.looseObject({})),
  schedulingType: lenient(text),
  requiresBookerEmailVerification: lenient(z.boolean()),
  bookingRequiresAuthentication: lenient(z.boolean()),
  hidden: lenient(z.boolean()),
  ownerId: lenient(whole),
  hosts: listOf(z.looseObject({ userId: lenient(whole) })),
  users: listOf(z.looseObject({ id: lenient(whole) })),
})
export type WireEventType = z.output<typeof eventTypeShape>

export const teamsShape = z.array(z.looseObject({ id: whole }))

export const accountShape = z.looseObject({
  name: lenient(text),
  username: lenient(text),
  email: lenient(text),
  timeZone: lenient(text),
})

/** Times are on the wall clock of `timeZone`. */
const scheduleShape = z.looseObject({
  id: whole,
  ownerId: lenient(whole),
  name: lenient(text),
  timeZone: lenient(text),
  isDefault: lenient(z.boolean()),
  availability: lenient(
    z.array(lenient(z.looseObject({ days: z.array(text), startTime: minuteText, endTime: minuteText }))),
  ),
})
export type WireSchedule = z.output<typeof scheduleShape>
export const schedulesShape = z.array(scheduleShape)

/** The spec says that `id` is a number; it has been a text. */
export const webhookShape = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  subscriberUrl: z.string(),
  active: lenient(z.boolean()),
  triggers: listOf(text),
  secret: lenient(text),
  payloadTemplate: lenient(text),
})

export const reservationShape = z.looseObject({ reservationUid: z.string().min(1) })

/** Both envelopes of errors, and what validation adds. */
export const errorShape = z.looseObject({
  message: lenient(text),
  error: lenient(
    z.looseObject({
      code: lenient(text),
      message: lenient(text),
      details: lenient(
        z.looseObject({
          message: lenient(z.union([text, z.array(text).transform((lines) => lines.join(' '))])),
          errors: listOf(z.looseObject({ property: lenient(text) })),
        }),
      ),
    }),
  ),
})
