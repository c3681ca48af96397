import type { Phrases } from './phrases.ts'

const withStaff = (staff: string | undefined): string => (staff === undefined ? '' : ` with ${staff}`)
const instead = (options: string | undefined, otherwise: string): string =>
  options === undefined ? otherwise : `I could offer you ${options}.`

/** Nobody is promised a call without a number to ring. */
const callBack = (reachable: boolean): string =>
  reachable ? 'Shall we call you back?' : 'At which number may we call you back?'

export const english: Phrases = {
  greeting: (branch) => `${branch}, good day. What can I do for you?`,
  ready: (day, time) => `Today is ${day}, it is ${time}.`,
  found: (name) => `Good day, ${name}. What can I do for you?`,
  newCustomer: 'Good day. What can I do for you?',
  anonymous: 'Good day. What can I do for you?',
  available: (when, service, staff) =>
    `Yes, ${when} is still free for ${service}${withStaff(staff)}. Shall I book it for you?`,
  unavailable: (when, options, staff) =>
    `I am afraid ${when} is not free${withStaff(staff)}. ${instead(options, 'Would another day suit you?')}`,
  closed: (when, options) => `I am afraid we are closed ${when}. ${instead(options, 'When else would suit you?')}`,
  pastTime: (options) => `I am afraid that time has already passed. ${instead(options, 'When else would suit you?')}`,
  noticeTooShort: (options) => `I am afraid that is too short notice. ${instead(options, 'When else would suit you?')}`,
  beyondWindow: (days) => `I am afraid I can only book the next ${days} days. Which earlier day would suit you?`,
  options: (options, several) =>
    `I could offer you ${options}. ${several ? 'Which suits you best?' : 'Would that suit you?'}`,
  needsTime: (day, options) =>
    `What time would you like to come ${day}?${options === undefined ? '' : ` I could offer you, for example, ${options}.`}`,
  noAvailability: (reachable) => `I am afraid nothing is free for that in the next two weeks. ${callBack(reachable)}`,
  needsService: (services) =>
    `Which service would you like?${services === undefined ? '' : ` We offer, for example, ${services}.`}`,
  whichService: (services) => `Do you mean ${services}?`,
  notOfferedHere: (service, branches) =>
    `I am afraid we do not offer ${service} here, but in ${branches}. Would you like to go there, or something else here?`,
  needsDate: 'Which day would you like?',
  dateDisagrees: (options) => `The weekday and the date do not fit together. Do you mean ${options}?`,
  whichOne: (options) => `Do you mean ${options}?`,
  notUnderstood: 'I am sorry, I did not understand that. Which day and time do you mean?',
  staffCannot: (staff, service, who) =>
    `I am afraid ${staff} cannot do ${service} here.${who === undefined ? ' May it be somebody else?' : ` It would be possible with ${who}.`}`,
  alreadyBooked: (when, service, attendee) =>
    `${attendee === undefined ? 'You already have' : `${attendee} already has`} an appointment for ${service} ${when}. Would you like to move it or make another one?`,
  booked: (when, service, staff) => `Your appointment for ${service}${withStaff(staff)} is booked: ${when}.`,
  slotTaken: (options) =>
    `I am afraid that time is not free any more. ${instead(options, 'When else would suit you?')}`,
  needsName: 'What name may I put the appointment under?',
  needsEmail: 'For this appointment I also need your e-mail address. What is it, please?',
  whichEmail: 'I am sorry, I did not understand your e-mail address. Could you say it once more, slowly?',
  needsConfirmation: (when, service, staff) =>
    `So that would be ${service}${withStaff(staff)}, ${when}. Is that right?`,
  bookingNotOffered: 'I am afraid we do not make appointments on the phone. I will gladly take a message for you.',
  needsBranch: (branches) => `Which branch would you like: ${branches}?`,
  unknownCall: 'I am afraid I cannot help you with that at the moment. Nothing was booked.',
  unknownTool: 'I am afraid I cannot do that for you at the moment. Nothing was booked or changed.',
  calendarUnreachable: (reachable) =>
    `I am afraid I cannot get at our calendar just now, so I cannot promise you anything. ${callBack(reachable)}`,
  pending: (when, service, staff) =>
    `I have put you down for ${service}${withStaff(staff)}, ${when}, but our calendar has not confirmed the appointment yet. We will confirm it as soon as it is firmly entered.`,
  awaitsAcceptance: (when, service, staff) =>
    `I have put you down for ${service}${withStaff(staff)}, ${when}, but the appointment has yet to be accepted. We will confirm it as soon as it is certain.`,
  mailed: 'We have sent you the confirmation by e-mail.',
  technical:
    'I am sorry, I cannot tell you that for sure just now, and I do not want to tell you anything wrong. May I look again?',
  movingOn: 'I have just looked that up for you. Please tell me how else I can help you.',
}
