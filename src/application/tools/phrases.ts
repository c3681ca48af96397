/**
 * Every sentence that a tool gives the agent to say. At most two sentences, formal, no technical words. Times, lists
 * and durations arrive already spoken.
 */
export interface Phrases {
  readonly greeting: (branch: string) => string
  readonly ready: (day: string, time: string) => string
  readonly found: (name: string) => string
  readonly newCustomer: string
  readonly anonymous: string
  readonly available: (when: string, service: string, staff: string | undefined) => string
  /** Taken, off the grid, or nobody works then; `staff` when somebody was wished for. */
  readonly unavailable: (when: string, options: string | undefined, staff: string | undefined) => string
  readonly closed: (when: string, options: string | undefined) => string
  readonly pastTime: (options: string | undefined) => string
  readonly noticeTooShort: (options: string | undefined) => string
  readonly beyondWindow: (days: number) => string
  readonly options: (options: string, several: boolean) => string
  readonly needsTime: (day: string, options: string | undefined) => string
  /** `reachable`: the caller's number is known, so a callback can be promised without asking for one. */
  readonly noAvailability: (reachable: boolean) => string
  readonly needsService: (services: string | undefined) => string
  readonly whichService: (services: string) => string
  readonly notOfferedHere: (service: string, branches: string) => string
  readonly needsDate: string
  readonly dateDisagrees: (options: string) => string
  readonly whichOne: (options: string) => string
  readonly notUnderstood: string
  readonly staffCannot: (staff: string, service: string, who: string | undefined) => string
  /** `attendee`: who comes, when it is not the caller. */
  readonly alreadyBooked: (when: string, service: string, attendee: string | undefined) => string
  readonly booked: (when: string, service: string, staff: string | undefined) => string
  readonly slotTaken: (options: string | undefined) => string
  readonly needsName: string
  readonly needsEmail: string
  /** An address was said that cannot be understood. */
  readonly whichEmail: string
  readonly needsConfirmation: (when: string, service: string, staff: string | undefined) => string
  readonly bookingNotOffered: string
  readonly needsBranch: (branches: string) => string
  readonly unknownCall: string
  readonly unknownTool: string
  readonly calendarUnreachable: (reachable: boolean) => string
  /** The calendar has it, and somebody there has yet to accept it. */
  readonly awaitsAcceptance: (when: string, service: string, staff: string | undefined) => string
  /** Kept by us; the calendar of the company did not answer, or would not take it until somebody acts. */
  readonly pending: (when: string, service: string, staff: string | undefined) => string
  /** After a booking, once the mail is really out. */
  readonly mailed: string
  readonly technical: string
  readonly movingOn: string
}
