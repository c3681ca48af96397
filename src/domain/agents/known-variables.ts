/** What an agent is told of the company, the branch and the caller when a call comes in. */
export const inboundVariables: readonly string[] = [
  'company_name',
  'branch_name',
  'language',
  'time_zone',
  'current_date',
  'current_date_iso',
  'current_time',
  'current_weekday',
  'tomorrow',
  'day_after_tomorrow',
  'next_monday',
  'is_open',
  'opening_hours_today',
  'customer_known',
  'customer_name',
  'services',
  'greeting',
  'fallback_branch',
  'transfer_number',
  'transfer_now',
]

const builtIn: ReadonlySet<string> = new Set([
  'current_time',
  'current_hour',
  'current_calendar',
  'session_type',
  'session_duration',
  'session_duration_ms',
  'current_agent_state',
  'previous_agent_state',
  'current_node',
  'previous_node',
  'direction',
  'user_number',
  'agent_number',
  'call_id',
  'call_type',
  'chat_id',
  'first_name',
  'last_name',
  'do_not_call',
])

/** Does Retell itself fill this variable? Times may name a zone, as in `current_time_Europe/Berlin`. */
export const isBuiltIn = (name: string): boolean =>
  builtIn.has(name) || /^current_(?:time|hour|calendar)_[A-Za-z]+(?:[_/][A-Za-z_/+-]+)*$/.test(name)

/** Every variable that stands in a text as `{{name}}`, in its order, with where it begins. */
export const variablesIn = (text: string): readonly { readonly name: string; readonly at: number }[] =>
  [...text.matchAll(/\{\{([^{}]{0,200})\}\}/g)].map((match) => ({ name: (match[1] ?? '').trim(), at: match.index }))
