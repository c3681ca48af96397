import type { CallScript } from '../../domain/agents/script.ts'
import type { Branch, CompanyProfile, LanguageCode } from '../../domain/company.ts'

const words: {
  readonly [Language in LanguageCode]: {
    readonly name: string
    readonly wish: (service: string) => string
    readonly yes: string
    readonly message: string
    readonly leaves: string
    readonly tomorrow: string
  }
} = {
  de: {
    name: 'Üblicher Anruf',
    wish: (service) => `Guten Tag, ich hätte gern einen Termin: ${service}.`,
    yes: 'Ja, den nehme ich. Max Muster ist mein Name.',
    message: 'Bitte rufen Sie mich zurück.',
    leaves: 'Bitte richten Sie aus, dass ich angerufen habe.',
    tomorrow: 'morgen',
  },
  en: {
    name: 'Usual call',
    wish: (service) => `Hello, I would like an appointment: ${service}.`,
    yes: 'Yes, I will take that one. My name is Max Muster.',
    message: 'Please ring me back.',
    leaves: 'Please say that I called.',
    tomorrow: 'tomorrow',
  },
}

/** What most callers of a company want, for companies without scripts of their own: the next free time of its first service, or a message. */
export const usualScript = (
  { company, services }: CompanyProfile,
  branch: Branch | undefined,
): CallScript & { readonly name: string } => {
  const say = words[company.language]
  const service = services.find((one) => one.active && (one.branches?.includes(branch?.slug ?? '') ?? true))
  const begin = { name: say.name, caller: undefined, branch: branch?.slug, at: undefined, appointments: undefined }
  if (!company.booking || !service) {
    return {
      ...begin,
      steps: [
        { tool: 'initialize_call', args: {} },
        { says: 'user', text: say.leaves },
        { tool: 'take_message', args: { customer_name: 'Max Muster', message: say.message } },
        { says: 'answer' },
      ],
    }
  }
  return {
    ...begin,
    steps: [
      { tool: 'initialize_call', args: {} },
      { tool: 'check_customer', args: {} },
      { says: 'user', text: say.wish(service.name) },
      { tool: 'check_availability', args: { service: service.name, date: say.tomorrow } },
      { says: 'answer' },
      { says: 'user', text: say.yes },
      {
        tool: 'book_appointment',
        args: {
          service: service.name,
          date: '$alternative.date',
          time: '$alternative.time',
          customer_name: 'Max Muster',
          confirmed: true,
        },
      },
      { says: 'answer' },
    ],
  }
}
