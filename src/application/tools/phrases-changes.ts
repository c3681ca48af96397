import type { LanguageCode } from '../../domain/company.ts'

/** An appointment as it is spoken of; `attendee` only when somebody else comes than who calls. */
export interface SpokenAppointment {
  readonly service: string
  readonly when: string
  readonly staff: string | undefined
  readonly attendee: string | undefined
  /** It is noted, and does not stand yet. */
  readonly isNoted: boolean
  /** Nobody knows whether it stays like this: the calendar says something else, or has yet to answer to a move. */
  readonly isChecked: boolean
}

type Doing = 'cancel' | 'move'

/** Sentences about appointments that are there already, under the same rules as `Phrases`. */
export interface ChangePhrases {
  /** One in a list. */
  readonly item: (one: SpokenAppointment) => string
  readonly none: string
  readonly one: (one: SpokenAppointment) => string
  readonly several: (count: number, list: string, isAll: boolean) => string
  readonly which: (count: number, list: string, isAll: boolean) => string
  /** The same person has it at the time that another one is to be moved to. */
  readonly atTheSameTime: (one: SpokenAppointment) => string
  readonly notThat: (list: string, count: number) => string
  readonly notFound: string
  /** Whoever hides their number is asked for one; nobody is called back under a number that we know and they do not say. */
  readonly verify: (isHidden: boolean) => string
  readonly confirmCancel: (one: SpokenAppointment, fee: string | undefined) => string
  readonly cancelled: (one: SpokenAppointment, fee: string | undefined) => string
  readonly deadlineMissed: (doing: Doing, hours: number, left: string, isHidden: boolean) => string
  readonly quotaExceeded: (doing: Doing, most: number, isHidden: boolean) => string
  readonly alreadyBegun: (isHidden: boolean) => string
  readonly notChangeable: (isHidden: boolean) => string
  readonly needsNewTime: (one: SpokenAppointment, options: string | undefined) => string
  readonly thenAlready: (one: SpokenAppointment) => string
  readonly confirmMove: (to: SpokenAppointment, from: string) => string
  readonly moved: (to: SpokenAppointment, from: string) => string
  /** The calendar has it there, and somebody has yet to accept it. */
  readonly moveAwaits: (to: SpokenAppointment, from: string) => string
  /** Asked of the calendar of the company, which has not said yes. */
  readonly moveNoted: (to: SpokenAppointment, from: string) => string
  readonly colleagueBusy: (staff: string, when: string, others: string, options: string | undefined) => string
}

const deStaff = (staff: string | undefined): string => (staff === undefined ? '' : ` bei ${staff}`)
const deWhose = ({ attendee }: SpokenAppointment, own: string, of: string): string =>
  attendee === undefined ? own : `${of} von ${attendee}`
const deYours = (one: SpokenAppointment): string => `${deWhose(one, 'Ihr Termin', 'Der Termin')} für ${one.service}`
const deCallBack = (isHidden: boolean): string =>
  isHidden ? 'Unter welcher Nummer dürfen wir Sie zurückrufen?' : 'Sollen wir Sie zurückrufen?'
const deNoted = ({ isNoted, isChecked }: SpokenAppointment): string =>
  isChecked
    ? ' Ob es dabei bleibt, prüfen wir gerade noch.'
    : isNoted
      ? ' Er ist vorgemerkt und noch nicht bestätigt.'
      : ''
const deState = ({ isNoted, isChecked }: SpokenAppointment): string =>
  isChecked ? ', was wir gerade noch prüfen' : isNoted ? ', noch nicht bestätigt' : ''
const deFee = (fee: string | undefined): string => (fee === undefined ? '' : `Dafür berechnen wir ${fee}.`)
const deTimes = (count: number): string => (count === 1 ? 'einmal' : `${count} Mal`)

const de: ChangePhrases = {
  item: (one) =>
    `${one.service}${one.attendee === undefined ? '' : ` für ${one.attendee}`} am ${one.when}${deState(one)}`,
  none: 'Unter Ihrer Nummer finde ich keinen kommenden Termin. Möchten Sie einen vereinbaren?',
  one: (one) =>
    one.attendee === undefined
      ? `Sie haben einen Termin für ${one.service}${deStaff(one.staff)}: ${one.when}.${deNoted(one)}`
      : `${one.attendee} hat einen Termin für ${one.service}${deStaff(one.staff)}: ${one.when}.${deNoted(one)}`,
  several: (count, list, isAll) =>
    isAll ? `Sie haben ${count} Termine: ${list}.` : `Sie haben ${count} Termine, die nächsten sind ${list}.`,
  which: (count, list, isAll) =>
    `${isAll ? `Sie haben ${count} Termine: ${list}` : `Sie haben ${count} Termine, die nächsten sind ${list}`}. Um welchen geht es?`,
  atTheSameTime: (one) =>
    `${deYours(one)} ist schon zu dieser Zeit: ${one.when}. Welche andere Zeit würde Ihnen passen?`,
  notThat: (list, count) =>
    `So einen Termin finde ich nicht, nur ${list}. ${count === 1 ? 'Meinen Sie diesen?' : 'Um welchen geht es?'}`,
  notFound: 'Diesen Termin finde ich unter Ihrer Nummer leider nicht. Sollen wir Sie zurückrufen?',
  verify: (isHidden) =>
    isHidden
      ? 'Ohne sichtbare Rufnummer kann ich zu bestehenden Terminen leider nichts sagen oder ändern. Unter welcher Nummer dürfen wir Sie zurückrufen?'
      : 'Unter dieser Rufnummer finde ich dazu keinen Termin. Sollen wir Sie zurückrufen?',
  confirmCancel: (one, fee) =>
    `${fee === undefined ? '' : `Für die Absage berechnen wir ${fee}. `}Soll ich ${deWhose(one, 'Ihren Termin', 'den Termin')} für ${one.service} am ${one.when} wirklich absagen?`,
  cancelled: (one, fee) => [`${deYours(one)} am ${one.when} ist abgesagt.`, deFee(fee)].filter(Boolean).join(' '),
  deadlineMissed: (doing, hours, left, isHidden) =>
    `${doing === 'cancel' ? 'Absagen' : 'Verschieben'} kann ich Termine nur bis ${hours === 1 ? 'eine Stunde' : `${hours} Stunden`} vorher, und es sind nur noch ${left}. ${deCallBack(isHidden)}`,
  quotaExceeded: (doing, most, isHidden) => {
    const why =
      doing === 'cancel'
        ? most === 0
          ? 'Absagen kann ich Termine am Telefon leider nicht.'
          : `Öfter als ${deTimes(most)} in 30 Tagen kann ich Termine am Telefon leider nicht absagen.`
        : most === 0
          ? 'Verschieben kann ich Termine am Telefon leider nicht.'
          : `Dieser Termin wurde schon ${deTimes(most)} verschoben, öfter geht es am Telefon leider nicht.`
    return `${why} ${deCallBack(isHidden)}`
  },
  alreadyBegun: (isHidden) =>
    `Dieser Termin hat schon begonnen, deshalb kann ich ihn nicht mehr ändern. ${deCallBack(isHidden)}`,
  notChangeable: (isHidden) => `Diesen Termin kann ich im Moment leider nicht ändern. ${deCallBack(isHidden)}`,
  needsNewTime: (one, options) =>
    `Auf wann möchten Sie ${deWhose(one, 'Ihren Termin', 'den Termin')} für ${one.service} am ${one.when} verschieben?${options === undefined ? '' : ` Ich könnte Ihnen zum Beispiel ${options} anbieten.`}`,
  thenAlready: (one) => `${deYours(one)} ist schon am ${one.when}. Auf wann möchten Sie ihn verschieben?`,
  confirmMove: (to, from) =>
    `Ich würde ${deWhose(to, 'Ihren Termin', 'den Termin')} für ${to.service} auf ${to.when}${deStaff(to.staff)} verschieben, bisher war es ${from}. Ist das richtig so?`,
  moved: (to, from) => `${deYours(to)} ist verschoben: ${to.when}${deStaff(to.staff)}, statt ${from}.`,
  moveAwaits: (to, from) =>
    `${deYours(to)} ist jetzt für ${to.when}${deStaff(to.staff)} vorgemerkt, statt ${from}, er muss aber noch angenommen werden. Wir bestätigen ihn Ihnen, sobald er feststeht.`,
  moveNoted: (to, from) =>
    `Ich habe ${to.when}${deStaff(to.staff)} vorgemerkt, unser Kalender hat es aber noch nicht bestätigt. Bis wir es Ihnen bestätigen, gilt noch ${from}.`,
  colleagueBusy: (staff, when, others, options) =>
    `${staff} hat ${when} leider keine Zeit, möglich wäre es dann bei ${others}. ${options === undefined ? 'Wäre Ihnen das recht?' : `Bei ${staff} ginge ${options}; was ist Ihnen lieber?`}`,
}

const enStaff = (staff: string | undefined): string => (staff === undefined ? '' : ` with ${staff}`)
const enWhose = ({ attendee }: SpokenAppointment, own: string): string =>
  attendee === undefined ? own : `${attendee}'s appointment`
const enYours = (one: SpokenAppointment): string => `${enWhose(one, 'Your appointment')} for ${one.service}`
const enNoted = ({ isNoted, isChecked }: SpokenAppointment): string =>
  isChecked
    ? ' We are still checking whether it stays like this.'
    : isNoted
      ? ' It is noted and not confirmed yet.'
      : ''
const enState = ({ isNoted, isChecked }: SpokenAppointment): string =>
  isChecked ? ', which we are still checking' : isNoted ? ', not confirmed yet' : ''
const enCallBack = (isHidden: boolean): string =>
  isHidden ? 'At which number may we call you back?' : 'Shall we call you back?'
const enTimes = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

const en: ChangePhrases = {
  item: (one) =>
    `${one.service}${one.attendee === undefined ? '' : ` for ${one.attendee}`} on ${one.when}${enState(one)}`,
  none: 'I find no upcoming appointment under your number. Would you like to make one?',
  one: (one) =>
    one.attendee === undefined
      ? `You have an appointment for ${one.service}${enStaff(one.staff)}: ${one.when}.${enNoted(one)}`
      : `${one.attendee} has an appointment for ${one.service}${enStaff(one.staff)}: ${one.when}.${enNoted(one)}`,
  several: (count, list, isAll) =>
    isAll ? `You have ${count} appointments: ${list}.` : `You have ${count} appointments, the next ones are ${list}.`,
  which: (count, list, isAll) =>
    `${isAll ? `You have ${count} appointments: ${list}` : `You have ${count} appointments, the next ones are ${list}`}. Which one is it about?`,
  atTheSameTime: (one) => `${enYours(one)} is at that time already: ${one.when}. What other time would suit you?`,
  notThat: (list, count) =>
    `I do not find that appointment, only ${list}. ${count === 1 ? 'Is this the one you mean?' : 'Which one is it about?'}`,
  notFound: 'I am afraid I do not find that appointment under your number. Shall we call you back?',
  verify: (isHidden) =>
    isHidden
      ? 'Without a visible number I am afraid I can neither say nor change anything about existing appointments. At which number may we call you back?'
      : 'I find no such appointment under this number. Shall we call you back?',
  confirmCancel: (one, fee) =>
    `${fee === undefined ? '' : `The cancellation costs ${fee}. `}Shall I really cancel ${enWhose(one, 'your appointment')} for ${one.service} on ${one.when}?`,
  cancelled: (one, fee) =>
    `${enYours(one)} on ${one.when} is cancelled.${fee === undefined ? '' : ` We charge ${fee} for it.`}`,
  deadlineMissed: (doing, hours, left, isHidden) =>
    `I can ${doing === 'cancel' ? 'cancel' : 'move'} appointments only up to ${hours === 1 ? 'one hour' : `${hours} hours`} before, and there are only ${left} left. ${enCallBack(isHidden)}`,
  quotaExceeded: (doing, most, isHidden) => {
    const why =
      doing === 'cancel'
        ? most === 0
          ? 'I am afraid I cannot cancel appointments on the phone.'
          : `I am afraid I cannot cancel more often than ${enTimes(most)} in 30 days on the phone.`
        : most === 0
          ? 'I am afraid I cannot move appointments on the phone.'
          : `This appointment has been moved ${enTimes(most)} already, and I am afraid I cannot move it again on the phone.`
    return `${why} ${enCallBack(isHidden)}`
  },
  alreadyBegun: (isHidden) =>
    `That appointment has already begun, so I cannot change it any more. ${enCallBack(isHidden)}`,
  notChangeable: (isHidden) => `I am afraid I cannot change that appointment at the moment. ${enCallBack(isHidden)}`,
  needsNewTime: (one, options) =>
    `When would you like to have ${enWhose(one, 'your appointment')} for ${one.service} on ${one.when} instead?${options === undefined ? '' : ` I could offer you, for example, ${options}.`}`,
  thenAlready: (one) => `${enYours(one)} is already on ${one.when}. When would you like to have it instead?`,
  confirmMove: (to, from) =>
    `I would move ${enWhose(to, 'your appointment')} for ${to.service} to ${to.when}${enStaff(to.staff)}, so far it was ${from}. Is that right?`,
  moved: (to, from) => `${enYours(to)} is moved: ${to.when}${enStaff(to.staff)}, instead of ${from}.`,
  moveAwaits: (to, from) =>
    `${enYours(to)} is now noted for ${to.when}${enStaff(to.staff)}, instead of ${from}, but it has yet to be accepted. We will confirm it as soon as it is certain.`,
  moveNoted: (to, from) =>
    `I have noted ${to.when}${enStaff(to.staff)}, but our calendar has not confirmed it yet. Until we confirm it, ${from} still stands.`,
  colleagueBusy: (staff, when, others, options) =>
    `I am afraid ${staff} has no time ${when}, but ${others} would. ${options === undefined ? 'Would that suit you?' : `With ${staff} it could be ${options}; which do you prefer?`}`,
}

export const changePhrases: { readonly [L in LanguageCode]: ChangePhrases } = { de, en }
