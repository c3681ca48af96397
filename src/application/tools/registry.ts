import {
  type ArgumentDefinition,
  argument,
  attendee,
  backNumber,
  backPriority,
  backReason,
  backWindow,
  branch,
  confirmed,
  customer,
  type Description,
  newWhen,
  offer,
  ofWhom,
  oldWhen,
  passOn,
  reason,
  repeat,
  service,
  staff,
  when,
  which,
} from './known-arguments.ts'

export type { Description } from './known-arguments.ts'

/** Every tool that the voice agent may call, with each spelling of its name and arguments. The only list of them. */
export interface ToolDefinition {
  readonly name: string
  readonly aliases: readonly string[]
  readonly description: Description
  readonly args: { readonly [argument: string]: ArgumentDefinition }
  /** Without these it makes no sense; everything else may be left out, and is asked for by the answer. */
  readonly required: readonly string[]
  /** Its success is stored and given again to an identical request. */
  readonly changes: boolean | 'when-confirmed'
  /** Refused, with a sentence, in companies without booking. */
  readonly needsBooking: boolean
}

const booking = { ...when, service, staff, branch, offer_id: offer, ...customer, repeat, confirmed } as const

export const tools = [
  {
    name: 'initialize_call',
    aliases: ['get_current_context', 'current_time_berlin', 'zeitinfo'],
    description: {
      de: 'Zu Beginn des Gesprächs aufrufen: heutiges Datum, Uhrzeit, Filiale, Öffnungszeiten und wer anruft.',
      en: 'Call this at the beginning: the date, the time, the branch, its opening hours and who is calling.',
    },
    args: {},
    required: [],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'check_customer',
    aliases: ['identify_customer'],
    description: {
      de: 'Sagt, ob der Anrufer bekannt ist, mit kommenden Terminen. Vorschläge daraus gelten nie mehr als das Gesagte.',
      en: 'Says whether the caller is known, with upcoming appointments. What the caller says outranks its suggestions.',
    },
    args: {},
    required: [],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'list_services',
    aliases: ['get_available_services'],
    description: {
      de: 'Nennt die Leistungen der Filiale mit Preis und Dauer, bei vielen zuerst die Bereiche.',
      en: 'Names the services of the branch with price and duration, or their categories first if there are many.',
    },
    args: {
      category: argument(['kategorie', 'service_category', 'gender', 'geschlecht'], {
        de: 'Ein Bereich oder für wen, zum Beispiel "Farbe" oder "Herren". Weglassen, wenn nichts gesagt wurde.',
        en: 'A category or whom it is for, such as "colour" or "men". Leave it out if nothing was said.',
      }),
      branch,
    },
    required: [],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'get_service_info',
    aliases: [],
    description: {
      de: 'Preis, Dauer und Ansprechpartner einer Leistung.',
      en: 'The price, the duration and the staff of one service.',
    },
    args: { service, branch },
    required: ['service'],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'get_opening_hours',
    aliases: [],
    description: {
      de: 'Die Öffnungszeiten an einem Tag, ohne Angabe heute, und wann wieder geöffnet ist.',
      en: 'The opening hours of a day, of today if none is given, and when it opens next.',
    },
    args: { date: when.date, branch },
    required: [],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'parse_date',
    aliases: [],
    description: {
      de: 'Versteht, welchen Tag und welche Uhrzeit der Anrufer meint, ohne etwas zu prüfen oder zu buchen.',
      en: 'Understands which day and time the caller means, without checking or booking anything.',
    },
    args: { date: when.date, time: when.time, branch },
    required: ['date'],
    changes: false,
    needsBooking: false,
  },
  {
    name: 'check_availability',
    aliases: [],
    description: {
      de: 'Prüft, ob ein Termin frei ist, und hält ihn für diesen Anruf fest. Erst nach der Antwort sagen, dass etwas frei ist.',
      en: 'Checks whether a time is free and keeps it for this call. Say that something is free only after the answer.',
    },
    args: { ...when, service, staff, branch, for_name: attendee },
    required: [],
    changes: false,
    needsBooking: true,
  },
  {
    name: 'find_alternatives',
    aliases: ['get_alternatives', 'find_next_available'],
    description: {
      de: 'Sucht die nächsten freien Zeiten, auch ohne Tag oder nur mit einer Tageszeit.',
      en: 'Looks for the next free times, also without a day or with a part of the day alone.',
    },
    args: {
      ...when,
      after: argument(['nach', 'ab', 'not_before'], {
        de: 'Nur Zeiten danach, in den Worten des Anrufers, zum Beispiel "Freitag" oder "16 Uhr".',
        en: 'Only times after this, in the caller\'s own words, such as "Friday" or "4 pm".',
      }),
      service,
      staff,
      branch,
      for_name: attendee,
    },
    required: [],
    changes: false,
    needsBooking: true,
  },
  {
    name: 'reserve_slot',
    aliases: [],
    description: {
      de: 'Hält einen Termin kurz für den Anrufer fest, ohne ihn zu buchen.',
      en: 'Keeps a time for the caller for a short while, without booking it.',
    },
    args: { ...when, service, staff, branch, for_name: attendee },
    required: [],
    changes: false,
    needsBooking: true,
  },
  {
    name: 'release_slot',
    aliases: ['release_slot_reservation'],
    description: {
      de: 'Gibt einen festgehaltenen Termin wieder frei, wenn der Anrufer ihn nicht mehr möchte.',
      en: 'Lets a kept time go when the caller does not want it any more.',
    },
    args: { offer_id: offer },
    required: [],
    changes: false,
    needsBooking: true,
  },
  {
    name: 'book_appointment',
    aliases: ['start_booking', 'confirm_booking'],
    description: {
      de: 'Bucht den Termin, dem der Anrufer zugestimmt hat. Erst nach der Antwort "booked" sagen, dass er gebucht ist.',
      en: 'Books the time that the caller agreed to. Say that it is booked only after the answer "booked".',
    },
    args: booking,
    required: [],
    changes: true,
    needsBooking: true,
  },
  {
    name: 'collect_appointment',
    aliases: ['collect_appointment_data'],
    description: {
      de: 'Prüft einen Termin; mit confirmed, nach dem Ja des Anrufers, bucht es ihn.',
      en: 'Checks a time; with confirmed, after the caller said yes, it books it.',
    },
    args: booking,
    required: [],
    changes: 'when-confirmed',
    needsBooking: true,
  },
  {
    name: 'query_appointments',
    aliases: ['query_appointment', 'get_customer_appointments', 'query_appointment_by_name'],
    description: {
      de: 'Nennt die kommenden Termine des Anrufers. Nur hierher stammt, was über bestehende Termine gesagt werden darf.',
      en: "Names the caller's upcoming appointments. Say nothing about existing appointments that does not come from here.",
    },
    args: { ...when, service, name: ofWhom },
    required: [],
    changes: false,
    needsBooking: true,
  },
  {
    name: 'cancel_appointment',
    aliases: [],
    description: {
      de: 'Sagt einen Termin des Anrufers ab. Fragt erst nach; nach dem Ja noch einmal mit confirmed aufrufen.',
      en: 'Cancels an appointment of the caller. It asks first; after the yes, call it again with confirmed.',
    },
    args: {
      appointment_id: which,
      date: oldWhen.date([...when.date.aliases, 'old_date', 'old_datum']),
      time: oldWhen.time([...when.time.aliases, 'old_time', 'old_uhrzeit']),
      datetime: when.datetime,
      service,
      name: ofWhom,
      reason,
      confirmed,
    },
    required: [],
    changes: 'when-confirmed',
    needsBooking: true,
  },
  {
    name: 'reschedule_appointment',
    aliases: [],
    description: {
      de: 'Verschiebt einen Termin des Anrufers. Prüft die neue Zeit und fragt erst nach; nach dem Ja noch einmal mit confirmed aufrufen.',
      en: 'Moves an appointment of the caller. It checks the new time and asks first; after the yes, call it again with confirmed.',
    },
    args: {
      appointment_id: which,
      old_date: oldWhen.date(['old_datum', 'altes_datum', 'current_date']),
      old_time: oldWhen.time(['old_uhrzeit', 'alte_uhrzeit', 'current_time']),
      new_date: newWhen.date,
      new_time: newWhen.time,
      new_datetime: newWhen.datetime,
      offer_id: offer,
      service,
      staff,
      name: ofWhom,
      reason,
      confirmed: { ...confirmed, aliases: [...confirmed.aliases, 'confirm_reschedule'] },
    },
    required: [],
    changes: 'when-confirmed',
    needsBooking: true,
  },
  {
    name: 'request_callback',
    aliases: [],
    description: {
      de: 'Vereinbart einen Rückruf. Erfragen Sie vorher den Namen; erst nach der Antwort "callback_created" einen Rückruf zusagen.',
      en: 'Arranges a call back. Ask for the name first; promise a call back only after the answer "callback_created".',
    },
    args: {
      customer_name: customer.customer_name,
      phone_number: backNumber,
      reason: backReason,
      preferred_time_window: backWindow,
      priority: backPriority,
      service,
      branch,
    },
    required: [],
    changes: true,
    needsBooking: false,
  },
  {
    name: 'take_message',
    aliases: [],
    description: {
      de: 'Nimmt eine Nachricht für das Team auf. Ein Rückruf wird damit nicht zugesagt.',
      en: 'Takes a message for the team. It promises no call back.',
    },
    args: { customer_name: customer.customer_name, phone_number: backNumber, message: passOn, branch },
    required: ['message'],
    changes: true,
    needsBooking: false,
  },
] as const satisfies readonly ToolDefinition[]

export type ToolName = (typeof tools)[number]['name']

type ArgumentsOf<Tool> = Tool extends { readonly args: infer Args } ? keyof Args : never
/** Every argument of any tool. What is not here cannot be read. */
export type ArgumentName = ArgumentsOf<(typeof tools)[number]>

const byName = new Map<string, (typeof tools)[number]>(
  tools.flatMap((tool) => [tool.name, ...tool.aliases].map((name) => [name, tool] as const)),
)

/** The tool of a name as sent: version suffixes (`_v17`, `-v4`), case and hyphens do not matter. */
export const findTool = (nameAsSent: string | undefined): (typeof tools)[number] | undefined => {
  const name = (nameAsSent ?? '')
    .slice(0, 100)
    .trim()
    .toLowerCase()
    .replace(/[_-]v\d+$/, '')
    .replaceAll('-', '_')
  return byName.get(name)
}
