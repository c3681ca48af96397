import type { ScriptStep } from '../domain/agents/script.ts'
import { isOfferedAt } from '../domain/booking/catalogue.ts'
import type { Branch, CompanyProfile } from '../domain/company.ts'
import { hoursOn } from '../domain/opening-hours.ts'
import { weekdayName } from '../domain/speech/say.ts'
import { addDays, type Instant, localMoment, weekdayOf } from '../domain/time.ts'

/** A booking call as callers make them: in words, with one change of mind. `pace` is the pause between two sentences. */
export const bookingSteps = (
  profile: CompanyProfile,
  branch: Branch,
  now: Instant,
  pace: number,
): readonly ScriptStep[] => {
  const service = profile.services.find((one) => isOfferedAt(one, branch) && one.segments.length === 0)
  const today = localMoment(now, branch.timeZone).date
  const day = [2, 3, 4, 5, 6, 7, 8]
    .map((ahead) => addDays(today, ahead))
    .find((date) => hoursOn(branch.hours, date).length > 0)
  const german = profile.company.language === 'de'
  const wanted = weekdayName(profile.company.language, weekdayOf(day ?? today))
  const name = 'Jonas Probe'
  const what = service?.name ?? ''
  const pause: ScriptStep = { pause: pace }
  const greeting: ScriptStep = {
    says: 'agent',
    text: german
      ? `${branch.name}, guten Tag. Was kann ich für Sie tun?`
      : `${branch.name}, good day. What can I do for you?`,
  }

  return [
    { tool: 'initialize_call', args: {} },
    { tool: 'check_customer', args: {} },
    greeting,
    pause,
    {
      says: 'user',
      text: german
        ? `Guten Tag, ich bräuchte einen Termin: ${what}, am ${wanted} um halb elf.`
        : `Good day, I need an appointment: ${what}, on ${wanted} at half past ten.`,
    },
    pause,
    {
      tool: 'check_availability',
      args: german
        ? { dienstleistung: what, datum: wanted, uhrzeit: 'halb elf' }
        : { service: what, date: wanted, time: 'half past ten' },
    },
    { says: 'answer' },
    pause,
    { says: 'user', text: german ? `Ja, bitte. Auf den Namen ${name}.` : `Yes, please. The name is ${name}.` },
    pause,
    {
      tool: 'book_appointment',
      args: { offer_id: '$offer_id', service: what, date: '$date', time: '$time', customer_name: name },
    },
    { says: 'answer' },
    pause,
    { says: 'user', text: german ? 'Vielen Dank, auf Wiederhören.' : 'Thank you, good bye.' },
  ]
}

/** The same caller rings again and moves the appointment, which the number proves to be theirs. */
export const movingSteps = ({ company }: CompanyProfile, branch: Branch, pace: number): readonly ScriptStep[] => {
  const german = company.language === 'de'
  const pause: ScriptStep = { pause: pace }
  const later = { new_time: german ? 'halb vier' : 'half past three' }
  return [
    { tool: 'initialize_call', args: {} },
    { tool: 'check_customer', args: {} },
    { says: 'agent', text: german ? `${branch.name}, guten Tag.` : `${branch.name}, good day.` },
    pause,
    {
      says: 'user',
      text: german
        ? 'Ich schaffe es an dem Tag erst um halb vier. Geht das auch?'
        : 'I can only make it at half past three that day. Would that work?',
    },
    pause,
    { tool: 'query_appointments', args: {} },
    { tool: 'reschedule_appointment', args: later },
    { says: 'answer' },
    pause,
    { says: 'user', text: german ? 'Ja, genau.' : 'Yes, exactly.' },
    pause,
    { tool: 'reschedule_appointment', args: { ...later, confirmed: true } },
    { says: 'answer' },
  ]
}

/** A hidden number proves nothing, so what may be somebody else's is not touched; a callback is promised instead. */
export const hiddenSteps = ({ company }: CompanyProfile, branch: Branch, pace: number): readonly ScriptStep[] => {
  const german = company.language === 'de'
  const pause: ScriptStep = { pause: pace }
  const name = 'Maria Muster'
  return [
    { tool: 'initialize_call', args: {} },
    { says: 'agent', text: german ? `${branch.name}, guten Tag.` : `${branch.name}, good day.` },
    pause,
    {
      says: 'user',
      text: german ? 'Ich möchte meinen Termin absagen.' : 'I would like to cancel my appointment.',
    },
    pause,
    { tool: 'cancel_appointment', args: { name } },
    { says: 'answer' },
    pause,
    {
      says: 'user',
      text: german
        ? `Ja, bitte. ${name}, null eins sieben eins drei neun zwei null null zwei zwei.`
        : `Yes, please. ${name}, zero one seven one three nine two zero zero two two.`,
    },
    pause,
    {
      tool: 'request_callback',
      args: {
        customer_name: name,
        phone_number: '0171 3920022',
        reason: german ? 'Möchte ihren Termin absagen' : 'Wants to cancel her appointment',
      },
    },
    { says: 'answer' },
  ]
}
