import { agentEndpoints } from './agent-endpoints.ts'
import { done } from './answers.ts'
import { callEndpoints } from './call-endpoints.ts'
import type { EndpointEntry } from './endpoint.ts'
import { engineEndpoints } from './engine-endpoints.ts'
import { numberEndpoints } from './number-endpoints.ts'

const endpoints: readonly EndpointEntry[] = [
  ...agentEndpoints,
  ...engineEndpoints,
  ...numberEndpoints,
  ...callEndpoints,
  {
    name: 'get-api-key-info',
    method: 'GET',
    path: /^\/get-api-key-info$/,
    act: ({ account }) => done({ api_key_name: 'frontdesk', org_name: account.name }),
  },
  {
    name: 'get-concurrency',
    method: 'GET',
    path: /^\/get-concurrency$/,
    act: ({ account }) =>
      done({
        current_concurrency: [...account.calls.values()].filter(({ call_status: status }) => status === 'ongoing')
          .length,
        concurrency_limit: 20,
        base_concurrency: 20,
        purchased_concurrency: 0,
        concurrency_purchase_limit: 100,
        remaining_purchase_limit: 100,
        concurrency_burst_enabled: false,
        concurrency_burst_limit: 60,
        reserved_inbound_concurrency: 0,
      }),
  },
]

export interface EndpointMatch extends EndpointEntry {
  /** What the path caught, decoded. */
  readonly id: string
}

/** What serves a path. Undefined: nothing does, as where `GET /list-agents` and the other old addresses were. */
export const endpointFor = (method: string, path: string): EndpointMatch | undefined => {
  for (const one of endpoints) {
    const caught = one.method === method ? one.path.exec(path) : null
    if (caught) return { ...one, id: decoded(caught[1] ?? '') }
  }
  return undefined
}

/** `+` stands for itself in a path only when it is written as `%2B`; a server in front has been seen to read it as a space. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
