import type { Alternative } from '../../../application/failure.ts'
import type { Slot } from '../../../domain/booking/availability.ts'
import {
  type Instant,
  isoWithOffset,
  type LocalDate,
  localMoment,
  parseInstant,
  type TimeZone,
} from '../../../domain/time.ts'
import { clockTime, dayAndTime, longDay } from '../format.ts'
import { type Frame, readingOf } from '../frame.ts'
import { Wrong } from './fields.tsx'

/** What is free on a day, or why nobody can say. */
export interface FreeDay {
  readonly date: LocalDate
  readonly zone: TimeZone
  readonly slots: readonly Slot[] | 'unreachable'
}

const noon = 12 * 60
const evening = 17 * 60

const parts = ['morning', 'afternoon', 'evening'] as const

const partOf = (at: Instant, zone: TimeZone): (typeof parts)[number] => {
  const { minute } = localMoment(at, zone)
  return minute < noon ? 'morning' : minute < evening ? 'afternoon' : 'evening'
}

/** The free times of a day as buttons of which one is pressed. They belong to the form of the given id. */
export const Times = (props: {
  readonly frame: Frame
  readonly form: string
  readonly free: FreeDay
  readonly chosen: Instant | undefined
  /** Whether it matters who it would be. */
  readonly named: boolean
  readonly wrong: string | undefined
}): JSX.Element => {
  const { frame, form, free, chosen, named, wrong } = props
  const { appointment, wrong: mistakes } = frame.words
  const reading = readingOf(frame, free.zone)
  const today = localMoment(frame.now, free.zone).date
  const { slots } = free
  return (
    <fieldset class="times" aria-describedby={wrong === undefined ? undefined : 'at-wrong'}>
      <legend safe>{appointment.timesOn(longDay(free.date, frame.words.code, today))}</legend>
      <Wrong name="at" text={wrong} />
      {slots === 'unreachable' ? (
        <p class="calm" safe>
          {mistakes.unreachable}
        </p>
      ) : slots.length === 0 ? (
        <p class="calm">
          <b safe>{appointment.noTimes}</b> <span safe>{appointment.noTimesHelp}</span>
        </p>
      ) : (
        parts
          .filter((part) => slots.some(({ startsAt }) => partOf(startsAt, free.zone) === part))
          .map((part) => (
            <div class="times-part">
              <p class="faint" safe>
                {appointment.parts[part]}
              </p>
              <ul>
                {slots
                  .filter(({ startsAt }) => partOf(startsAt, free.zone) === part)
                  .map(({ startsAt, staff }) => (
                    <li>
                      <label class="time-choice">
                        <input
                          type="radio"
                          name="at"
                          form={form}
                          value={isoWithOffset(startsAt, free.zone)}
                          checked={startsAt === chosen}
                          required
                        />
                        <span>
                          <b safe>{clockTime(startsAt, reading)}</b>
                          {named && staff ? <small safe>{staff.name}</small> : null}
                        </span>
                      </label>
                    </li>
                  ))}
              </ul>
            </div>
          ))
      )}
    </fieldset>
  )
}

/** After a no: the nearest free times, each a button that takes it with everything that was entered. */
export const Instead = (props: {
  readonly frame: Frame
  readonly zone: TimeZone
  readonly form: string
  readonly alternatives: readonly Alternative[] | undefined
}): JSX.Element => {
  const { frame, zone, form, alternatives } = props
  if (alternatives === undefined) return ''
  const { wrong } = frame.words
  return (
    <div class="instead">
      <p safe>{alternatives.length === 0 ? wrong.noInstead : wrong.instead}</p>
      {alternatives.map(({ starts_at, staff }) => (
        <button class="button" type="submit" form={form} name="instead" value={starts_at} formnovalidate>
          <span safe>
            {parseInstant(starts_at).match(
              (at) => dayAndTime(at, readingOf(frame, zone)),
              () => starts_at,
            )}
          </span>
          {staff === null ? null : <small safe>{staff.name}</small>}
        </button>
      ))}
    </div>
  )
}
