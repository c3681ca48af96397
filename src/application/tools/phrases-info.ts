import type { LanguageCode } from '../../domain/company.ts'

/** Sentences of the tools that inform, under the same rules as `Phrases`. */
interface InfoPhrases {
  readonly reserved: (when: string) => string
  readonly released: string
  readonly notThen: (when: string, options: string) => string
  /** A day with a part of it; undefined: from its beginning, until its end. */
  readonly partOfDay: (day: string, from: string | undefined, to: string | undefined) => string
  readonly understood: (when: string, willCheck: boolean) => string
  readonly whichDay: string
  readonly thatPerson: string
  readonly pastDay: string
  /** Whichever hour was meant. */
  readonly notOpenThen: string
  /** A date that lies years away, either way. */
  readonly whichDayThen: string
  readonly noServices: string
  readonly noSuchCategory: string
  readonly others: string
  readonly whichCategory: (categories: string) => string
  readonly servicePriced: (name: string, duration: string, price: string | undefined) => string
  readonly services: (list: string) => string
  readonly servicesAmongOthers: (list: string) => string
  readonly service: (name: string, duration: string, price: string | undefined, canBook: boolean) => string
  readonly open: (day: string, hours: string) => string
  readonly openAllDay: (day: string) => string
  /** `why`: the name of a holiday, or true for a day on which it is usually open. */
  readonly shut: (day: string, why: string | boolean, next: string | undefined) => string
  readonly today: (day: string) => string
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const de: InfoPhrases = {
  reserved: (when) => `Alles klar, ich halte ${when} kurz für Sie fest. Soll ich den Termin buchen?`,
  released: 'In Ordnung, diese Zeit ist nicht mehr für Sie vorgemerkt. Was kann ich sonst für Sie tun?',
  notThen: (when, options) => `${capital(when)} ist leider nichts frei. Würde Ihnen ${options} passen?`,
  partOfDay: (day, from, to) =>
    to === undefined
      ? `${day} ab ${from ?? '0 Uhr'}`
      : from === undefined
        ? `${day} bis ${to}`
        : `${day} zwischen ${from} und ${to}`,
  understood: (when, willCheck) =>
    `Sie meinen ${when}.${willCheck ? ' Einen Moment bitte, ich sehe nach, was frei ist.' : ''}`,
  whichDay: 'Welchen Tag meinen Sie?',
  thatPerson: 'Diese Person',
  whichDayThen: 'Dieses Datum habe ich vielleicht falsch verstanden. Welchen Tag meinen Sie?',
  pastDay: 'Dieser Zeitpunkt ist leider schon vorbei. Welchen Tag meinen Sie?',
  notOpenThen: 'Um diese Zeit haben wir leider nicht geöffnet. Welche Uhrzeit würde Ihnen sonst passen?',
  noServices: 'Dazu kann ich Ihnen hier leider nichts nennen. Was kann ich sonst für Sie tun?',
  noSuchCategory: 'Das bieten wir hier so leider nicht an.',
  others: 'Weiteres',
  whichCategory: (categories) => `Wir bieten Ihnen die Bereiche ${categories} an. Welcher davon interessiert Sie?`,
  servicePriced: (name, duration, price) => `${name}${price === undefined ? '' : ` für ${price}`} in ${duration}`,
  services: (list) => `Wir bieten Ihnen ${list}.`,
  servicesAmongOthers: (list) => `Wir bieten Ihnen unter anderem ${list}.`,
  service: (name, duration, price, canBook) =>
    `${name} dauert ${duration}${price === undefined ? '' : ` und kostet ${price}`}.${canBook ? ' Möchten Sie dafür einen Termin?' : ''}`,
  open: (day, hours) => `${capital(day)} haben wir von ${hours} geöffnet.`,
  openAllDay: (day) => `${capital(day)} haben wir rund um die Uhr geöffnet.`,
  shut: (day, why, next) => {
    const closed = why === true ? 'ausnahmsweise geschlossen' : 'geschlossen'
    const because = typeof why === 'string' ? `, weil ${why} ist` : ''
    return `${capital(day)} haben wir ${closed}${because}.${next === undefined ? '' : ` Wir öffnen wieder ${next}.`}`
  },
  today: (day) => `heute, ${day}`,
}

const en: InfoPhrases = {
  reserved: (when) => `All right, I am keeping ${when} for you for a moment. Shall I book it?`,
  released: 'All right, that time is not kept for you any more. What else can I do for you?',
  notThen: (when, options) => `I am afraid nothing is free ${when}. Would ${options} suit you?`,
  partOfDay: (day, from, to) =>
    to === undefined
      ? `${day} from ${from ?? 'midnight'}`
      : from === undefined
        ? `${day} until ${to}`
        : `${day} between ${from} and ${to}`,
  understood: (when, willCheck) =>
    `You mean ${when}.${willCheck ? ' One moment please, I will see what is free.' : ''}`,
  whichDay: 'Which day do you mean?',
  thatPerson: 'that person',
  whichDayThen: 'I may have misheard that date. Which day do you mean?',
  pastDay: 'I am afraid that time has already passed. Which day do you mean?',
  notOpenThen: 'I am afraid we are not open at that time. What other time would suit you?',
  noServices: 'I am afraid there is nothing I could name here. What else can I do for you?',
  noSuchCategory: 'I am afraid we do not offer quite that here.',
  others: 'Other services',
  whichCategory: (categories) => `We offer ${categories}. Which of these would you like to hear about?`,
  servicePriced: (name, duration, price) => `${name}${price === undefined ? '' : ` for ${price}`} in ${duration}`,
  services: (list) => `We offer ${list}.`,
  servicesAmongOthers: (list) => `Among others, we offer ${list}.`,
  service: (name, duration, price, canBook) =>
    `${name} takes ${duration}${price === undefined ? '' : ` and costs ${price}`}.${canBook ? ' Would you like an appointment for it?' : ''}`,
  open: (day, hours) => `${capital(day)} we are open from ${hours}.`,
  openAllDay: (day) => `${capital(day)} we are open around the clock.`,
  shut: (day, why, next) => {
    const closed = why === true ? 'exceptionally closed' : 'closed'
    const because = typeof why === 'string' ? ` for ${why}` : ''
    return `${capital(day)} we are ${closed}${because}.${next === undefined ? '' : ` We open again ${next}.`}`
  },
  today: (day) => `today, ${day}`,
}

export const infoPhrases: { readonly [L in LanguageCode]: InfoPhrases } = { de, en }
