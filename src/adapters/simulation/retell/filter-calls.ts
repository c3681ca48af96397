import { isObject, type Json, type JsonObject } from '../../../domain/canonical-json.ts'

type Test = (value: Json | undefined) => boolean

const texts: { readonly [op: string]: (value: string, wanted: string) => boolean } = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
  co: (value, wanted) => value.includes(wanted),
}
const numbers: { readonly [op: string]: (value: number, wanted: number) => boolean } = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  gt: (value, wanted) => value > wanted,
  ge: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  le: (value, wanted) => value <= wanted,
}

/** One filter of facts; undefined for one that Retell would refuse. */
const testOf = ({ type, op, value }: JsonObject): Test | undefined => {
  if (type === 'string' && typeof value === 'string') {
    const compare = texts[String(op)]
    return compare && ((one) => typeof one === 'string' && compare(one, value))
  }
  if (type === 'number' && typeof value === 'number') {
    const compare = numbers[String(op)]
    return compare && ((one) => typeof one === 'number' && compare(one, value))
  }
  if (type === 'range' && op === 'bt' && Array.isArray(value)) {
    const [low, high] = value
    if (typeof low !== 'number' || typeof high !== 'number') return undefined
    return (one) => typeof one === 'number' && low <= one && one <= high
  }
  if (type === 'enum' && op === 'in' && Array.isArray(value)) return (one) => one !== undefined && value.includes(one)
  if (type === 'boolean' && op === 'eq') return (one) => one === value
  if (type === 'present') return (one) => (one !== undefined && one !== null) === (op === 'pr')
  return undefined
}

/** Filters that look at a field of the same name; of the others only the agent's is known here. */
const fields = new Set([
  ...['call_id', 'call_status', 'call_type', 'direction', 'from_number', 'to_number', 'disconnection_reason'],
  ...['start_timestamp', 'end_timestamp', 'duration_ms', 'data_storage_setting', 'agent_tag', 'batch_call_id'],
])

const agentTest = (wanted: readonly Json[]) => (call: JsonObject) =>
  wanted.some(
    (one) =>
      isObject(one) &&
      one.agent_id === call.agent_id &&
      (!Array.isArray(one.version) || one.version.includes(call.agent_version ?? null)),
  )

/** Which calls are asked for; a text says what of it Retell would refuse. */
export const callFilter = (criteria: Json | undefined): ((call: JsonObject) => boolean) | string => {
  if (criteria === undefined) return () => true
  if (!isObject(criteria)) return 'body/filter_criteria must be object'
  const tests: ((call: JsonObject) => boolean)[] = []
  for (const [name, filter] of Object.entries(criteria)) {
    if (name === 'agent' && Array.isArray(filter)) {
      tests.push(agentTest(filter))
      continue
    }
    const test = fields.has(name) && isObject(filter) ? testOf(filter) : undefined
    if (!test) return `body/filter_criteria/${name} must match a schema`
    tests.push((call) => test(call[name]))
  }
  return (call) => tests.every((test) => test(call))
}
