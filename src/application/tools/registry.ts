/** Every tool that the voice agent may call, with each spelling of its name and arguments. The only list of them. */
export interface ToolDefinition {
  readonly name: string
  readonly aliases: readonly string[]
  /** By argument: how else it is called. */
  readonly args: { readonly [argument: string]: readonly string[] }
  /** Its success is stored and given again to an identical request. */
  readonly changes: boolean
  /** Refused, with a sentence, in companies without booking. */
  readonly needsBooking: boolean
}

const when = {
  date: ['datum', 'appointment_date', 'date_string', 'relative_day', 'preferred_date'],
  time: ['uhrzeit', 'appointment_time', 'preferred_time'],
  datetime: ['date_time', 'appointment_datetime'],
} as const
const service = ['service_name', 'dienstleistung', 'service_slug', 'service_id'] as const
const staff = [
  'mitarbeiter',
  'mitarbeiter_wunsch',
  'preferred_staff_id',
  'preferred_staff',
  'staff_slug',
  'staff_name',
] as const
const branch = ['filiale', 'branch_name', 'branch_slug', 'standort'] as const

export const tools = [
  {
    name: 'initialize_call',
    aliases: ['get_current_context', 'current_time_berlin', 'zeitinfo'],
    args: {},
    changes: false,
    needsBooking: false,
  },
  { name: 'check_customer', aliases: ['identify_customer'], args: {}, changes: false, needsBooking: false },
  {
    name: 'check_availability',
    aliases: [],
    args: { ...when, service, staff, branch, for_name: ['customer_name', 'name'] },
    changes: false,
    needsBooking: true,
  },
  {
    name: 'book_appointment',
    aliases: ['start_booking'],
    args: {
      ...when,
      service,
      staff,
      branch,
      offer_id: ['option'],
      customer_name: ['name'],
      customer_phone: ['telefonnummer', 'phone_number'],
      customer_email: ['email'],
      for_someone_else: ['fuer_andere_person'],
      notes: ['notizen', 'kundenpraeferenzen'],
      confirmed: ['bestaetigung'],
    },
    changes: true,
    needsBooking: true,
  },
] as const satisfies readonly ToolDefinition[]

export type ToolName = (typeof tools)[number]['name']

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
