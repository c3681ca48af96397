import type { LanguageCode } from '../../domain/company.ts'
import type { JsonObject } from '../ports/tool-calls.ts'

/** For the language model of an agent, in the language of its prompt. */
export type Description = { readonly [L in LanguageCode]: string }

export interface ArgumentDefinition {
  /** How else it is called. */
  readonly aliases: readonly string[]
  readonly description: Description
  /** JSON Schema of its value; what is no object there is never read as one. */
  readonly schema: JsonObject
}

const text = { type: 'string' } as const
const yesOrNo = { type: 'boolean' } as const

export const argument = <const Schema extends JsonObject = typeof text>(
  aliases: readonly string[],
  description: Description,
  schema?: Schema,
): ArgumentDefinition => ({ aliases, description, schema: schema ?? text })

const dateNames = ['datum', 'appointment_date', 'date_string', 'relative_day', 'preferred_date']
const timeNames = ['uhrzeit', 'appointment_time', 'preferred_time']

export const when = {
  date: argument(dateNames, {
    de: 'Der Tag in den Worten des Anrufers, zum Beispiel "nächste Woche Dienstag" oder "19. November". Rechnen Sie nichts um.',
    en: 'The day in the caller\'s own words, such as "next Tuesday" or "November 19th". Do not convert anything.',
  }),
  time: argument(timeNames, {
    de: 'Die Uhrzeit oder Tageszeit in den Worten des Anrufers, zum Beispiel "halb drei", "vormittags" oder "ab 16 Uhr".',
    en: 'The time or part of the day in the caller\'s own words, such as "half past two", "in the morning" or "from 4 pm".',
  }),
  datetime: argument(['date_time', 'appointment_datetime'], {
    de: 'Tag und Uhrzeit zusammen, wenn der Anrufer sie in einem Satz genannt hat.',
    en: 'Day and time together, if the caller said them in one phrase.',
  }),
} as const

export const service = argument(['service_name', 'dienstleistung', 'service_slug', 'service_id'], {
  de: 'Die gewünschte Leistung, wie der Anrufer sie nennt.',
  en: 'The wanted service, as the caller calls it.',
})

export const staff = argument(
  ['mitarbeiter', 'mitarbeiter_wunsch', 'preferred_staff_id', 'preferred_staff', 'staff_slug', 'staff_name'],
  {
    de: 'Wer den Termin übernehmen soll, nur wenn der Anrufer jemanden genannt hat.',
    en: 'Who should do it, only if the caller named somebody.',
  },
)

export const branch = argument(['filiale', 'branch_name', 'branch_slug', 'standort'], {
  de: 'Die Filiale, nur wenn danach gefragt wurde.',
  en: 'The branch, only after it was asked for.',
})

export const attendee = argument(['customer_name', 'name'], {
  de: 'Für wen der Termin ist, wenn der Anrufer einen Namen genannt hat.',
  en: 'Whom the appointment is for, if the caller gave a name.',
})

export const offer = argument(['option', 'reservation_uid', 'reservation_id'], {
  de: 'Die offer_id aus der letzten Antwort, unverändert, oder die Nummer (option) der gewählten Alternative.',
  en: 'The offer_id of the last answer, unchanged, or the number (option) of the chosen alternative.',
})

export const confirmed = argument(
  ['bestaetigung'],
  {
    de: 'true nur, wenn der Anrufer ausdrücklich ja gesagt hat.',
    en: 'true only if the caller said yes expressly.',
  },
  yesOrNo,
)

export const repeat = argument(
  ['wiederholung', 'serie', 'recurring'],
  {
    de: 'Nur wenn der Anrufer regelmäßig kommen möchte: jede Woche ("week") oder alle zwei ("2 weeks"), mit der Zahl der Termine oder dem letzten Tag.',
    en: 'Only if the caller wants to come regularly: every week ("week") or every second ("2 weeks"), with the number of appointments or the last day.',
  },
  {
    type: 'object',
    properties: {
      every: { type: 'string', enum: ['week', '2 weeks'] },
      count: { type: 'integer', minimum: 1 },
      until: { type: 'string' },
    },
  },
)

export const customer = {
  customer_name: argument(['name'], {
    de: 'Vor- und Nachname, wie der Anrufer ihn gesagt hat. Nie ein Platzhalter.',
    en: 'First and last name as the caller said it. Never a placeholder.',
  }),
  customer_phone: argument(['telefonnummer', 'phone_number'], {
    de: 'Eine Rufnummer, nur wenn der Anrufer eine genannt hat.',
    en: 'A phone number, only if the caller gave one.',
  }),
  customer_email: argument(['email'], {
    de: 'Eine E-Mail-Adresse, nur wenn der Anrufer eine genannt hat.',
    en: 'An e-mail address, only if the caller gave one.',
  }),
  for_someone_else: argument(
    ['fuer_andere_person'],
    { de: 'true, wenn der Termin für jemand anderen ist als den Anrufer.', en: 'true if it is for somebody else.' },
    yesOrNo,
  ),
  notes: argument(['notizen', 'kundenpraeferenzen'], {
    de: 'Was das Team zum Termin wissen soll.',
    en: 'What the team should know about the appointment.',
  }),
} as const

export const which = argument(['termin_id'], {
  de: 'Die id des Termins aus einer Antwort dieses Gesprächs, unverändert.',
  en: 'The id of the appointment from an answer of this call, unchanged.',
})

export const ofWhom = argument(['customer_name', 'kundenname', 'attendee_name'], {
  de: 'Auf welchen Namen der Termin läuft, nur wenn der Anrufer ihn gesagt hat.',
  en: 'The name that the appointment is under, only if the caller said it.',
})

export const reason = argument(['grund', 'cancellation_reason'], {
  de: 'Warum, nur wenn der Anrufer es von sich aus gesagt hat.',
  en: 'Why, only if the caller said so unasked.',
})

/** When an appointment is that exists. */
export const oldWhen = {
  date: (aliases: readonly string[]) =>
    argument(aliases, {
      de: 'Der Tag des bestehenden Termins in den Worten des Anrufers.',
      en: "The day of the existing appointment in the caller's own words.",
    }),
  time: (aliases: readonly string[]) =>
    argument(aliases, {
      de: 'Die Uhrzeit des bestehenden Termins in den Worten des Anrufers.',
      en: "The time of the existing appointment in the caller's own words.",
    }),
} as const

/** When it is to be instead. */
export const newWhen = {
  date: argument(['new_datum', 'neues_datum'], {
    de: 'Der neue Tag in den Worten des Anrufers. Weglassen, wenn es derselbe Tag bleibt.',
    en: "The new day in the caller's own words. Leave it out if the day stays.",
  }),
  time: argument(['new_uhrzeit', 'neue_uhrzeit'], {
    de: 'Die neue Uhrzeit in den Worten des Anrufers.',
    en: "The new time in the caller's own words.",
  }),
  datetime: argument(['new_appointment_datetime', 'new_date_time'], {
    de: 'Der neue Tag und die neue Uhrzeit zusammen, wenn der Anrufer sie in einem Satz genannt hat.',
    en: 'The new day and time together, if the caller said them in one phrase.',
  }),
} as const

/** Where and when to ring back, and what about. */
export const backNumber = argument(['telefonnummer', 'customer_phone', 'phone', 'rueckrufnummer', 'callback_number'], {
  de: 'Die Nummer für den Rückruf, nur wenn der Anrufer eine genannt hat. Nie ein Platzhalter.',
  en: 'The number to call back, only if the caller gave one. Never a placeholder.',
})

export const backReason = argument(['grund', 'anliegen', 'callback_reason'], {
  de: 'Worum es geht, in einem Satz.',
  en: 'What it is about, in one sentence.',
})

export const backWindow = argument(['wunschzeit', 'zeitfenster', 'preferred_time', 'preferred_callback_time'], {
  de: 'Wann der Anrufer am liebsten angerufen wird, in seinen Worten.',
  en: "When the caller likes to be called, in the caller's own words.",
})

export const backPriority = argument(
  ['prioritaet', 'dringlichkeit', 'urgency'],
  {
    de: '"urgent" oder "high" nur, wenn der Anrufer es eilig hat, sonst "normal".',
    en: '"urgent" or "high" only if the caller is in a hurry, "normal" otherwise.',
  },
  { type: 'string', enum: ['normal', 'high', 'urgent'] },
)

export const passOn = argument(['nachricht', 'text', 'message_text'], {
  de: 'Die Nachricht in den Worten des Anrufers.',
  en: "The message in the caller's own words.",
})
