/** What can be booked in the calendar of a vendor, as far as it matters to a caller. */
export interface EventType {
  readonly id: number
  readonly title: string
  readonly slug: string
  readonly minutes: number
  /** Other lengths that may be asked for; empty: only `minutes`. */
  readonly minutesToChooseFrom: readonly number[]
  readonly needsEmail: boolean
  readonly asksPhone: boolean
  /** Slugs of questions that have to be answered and that nobody answers on the phone. */
  readonly questions: readonly string[]
  /** Kinds of places, such as `attendeePhone`, in the order of the vendor. */
  readonly places: readonly string[]
  readonly noticeMinutes: number
  /** A host has to accept each booking. */
  readonly needsConfirmation: boolean
  readonly seats: number | undefined
  readonly isRecurring: boolean
  /** `parent`: a template of a team that cannot be booked itself. */
  readonly team: 'none' | 'round-robin' | 'collective' | 'parent'
  readonly needsVerifiedEmail: boolean
  readonly needsLogin: boolean
  /** Those of the vendor's users who do it. */
  readonly hosts: readonly number[]
  readonly isHidden: boolean
}
