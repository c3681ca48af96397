import type { Result } from 'neverthrow'
import type { CalendarEntry } from '../../domain/booking/calendar-entry.ts'
import type { LanguageCode } from '../../domain/company.ts'

/** A letter to one address. Texts are plain; whatever stands in them is shown as it is. */
export interface Mail {
  /** Its name, of letters, digits, dots and dashes: the same again is the same mail, which receivers may drop. */
  readonly id: string
  readonly to: string
  readonly replyTo: string | undefined
  /** Who writes, as shown; the address is always ours. */
  readonly sender: string
  readonly language: LanguageCode
  readonly subject: string
  /** Paragraphs, and lists of labels with what they name. */
  readonly content: readonly (string | readonly (readonly [label: string, value: string])[])[]
  readonly invitation: { readonly method: 'REQUEST' | 'CANCEL'; readonly entry: CalendarEntry } | undefined
}

/**
 * `mail-refused`: this mail will never be taken, the address is wrong. `mail-deferred`: the server works and does not take
 * this one now. `mail-server-down`: nothing can be sent at all.
 */
export type MailFailure = {
  readonly kind: 'mail-refused' | 'mail-deferred' | 'mail-server-down'
  /** For operators, without personal data. */
  readonly detail: string
}

export interface Mailer {
  /** Our address, from which every mail comes. */
  readonly from: string
  /** Resolves when the server has taken the mail, or within half a minute with why not. Never rejects. */
  readonly send: (mail: Mail) => Promise<Result<void, MailFailure>>
}
