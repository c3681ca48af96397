import { isObject, type Json } from '../../../domain/canonical-json.ts'
import { done, malformed, noSuchAsset, pageOf, type RetellFailure } from './answers.ts'
import { type EndpointEntry, wishIn } from './endpoint.ts'
import { type RetellAccount, versionOf } from './store.ts'

/** Removed on 2026-03-31; whoever still writes them is answered with a yes, and nothing comes of it. */
const removed = new Set([
  'inbound_agent_id',
  'inbound_agent_version',
  'outbound_agent_id',
  'outbound_agent_version',
  'inbound_sms_agent_id',
  'outbound_sms_agent_id',
])
const readOnly = [
  'phone_number',
  'phone_number_type',
  'phone_number_pretty',
  'area_code',
  'last_modification_timestamp',
]
const lists = ['inbound_agents', 'outbound_agents', 'inbound_sms_agents', 'outbound_sms_agents']

/** What is wrong with a list of bindings. */
const bindingFault = (account: RetellAccount, list: Json | undefined, name: string): RetellFailure | undefined => {
  const say = (message: string): RetellFailure => ({ status: 400, message })
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return say(`body/${name} must be array`)
  let sum = 0
  for (const one of list) {
    if (!isObject(one) || typeof one.agent_id !== 'string')
      return say(`body/${name} must have required property 'agent_id'`)
    if (typeof one.weight !== 'number' || one.weight <= 0 || one.weight > 1)
      return say(`body/${name}/weight must be > 0 and <= 1`)
    sum += one.weight
    const agent = account.agents.get(one.agent_id)
    const version = one.agent_version
    const isReference = version === undefined || version === null || ['number', 'string'].includes(typeof version)
    if (!isReference) return say(`body/${name}/agent_version must be number,string`)
    const reference = typeof version === 'number' || typeof version === 'string' ? version : undefined
    if (!agent || !versionOf(agent, reference, agent.tags)) {
      return { status: 422, message: 'Cannot find requested asset under given api key.' }
    }
  }
  return list.length > 0 && Math.abs(sum - 1) > 0.001 ? say(`The weights of ${name} must sum up to 1`) : undefined
}

export const numberEndpoints: readonly EndpointEntry[] = [
  {
    name: 'list-phone-numbers',
    method: 'GET',
    path: /^\/v2\/list-phone-numbers$/,
    act: ({ account, query }) => {
      const numbers = [...account.numbers.values()]
      const page = pageOf(
        numbers,
        wishIn(query),
        (number) => String(number.phone_number),
        (number) => number,
      )
      return page.andThen((shown) => done(shown))
    },
  },
  {
    name: 'get-phone-number',
    method: 'GET',
    path: /^\/get-phone-number\/([^/]+)$/,
    act: ({ account, id }) => {
      const number = account.numbers.get(id)
      return number ? done(number) : noSuchAsset()
    },
  },
  {
    name: 'update-phone-number',
    method: 'PATCH',
    path: /^\/update-phone-number\/([^/]+)$/,
    act: ({ account, store, id, body, fault }) => {
      const number = account.numbers.get(id)
      if (!number) return noSuchAsset()
      if (readOnly.some((name) => Object.hasOwn(body, name)))
        return malformed('body must NOT have additional properties')
      const wrong = lists.map((name) => bindingFault(account, body[name], name)).find((one) => one !== undefined)
      if (wrong) return malformedOr(wrong)
      const changes = Object.fromEntries(Object.entries(body).filter(([name]) => !removed.has(name)))
      if (fault === 'ignores') return done(number)
      const next = { ...number, ...changes, last_modification_timestamp: store.moment() }
      account.numbers.set(id, next)
      return done(next)
    },
  },
]

const malformedOr = ({ status, message }: RetellFailure) => (status === 400 ? malformed(message) : noSuchAsset())
