/** What is done at Retell, as faults are told apart. */
export const endpointNames = [
  'list-agents',
  'get-agent',
  'create-agent',
  'update-agent',
  'delete-agent',
  'create-agent-version',
  'publish-agent-version',
  'list-agent-versions',
  'delete-agent-version',
  'get-engine',
  'create-engine',
  'update-engine',
  'list-engines',
  'delete-engine',
  'list-phone-numbers',
  'get-phone-number',
  'update-phone-number',
  'list-calls',
  'get-call',
  'delete-call',
  'get-api-key-info',
  'get-concurrency',
] as const

export type EndpointName = (typeof endpointNames)[number]

/**
 * How Retell can fail. Those of the first group do nothing of what was asked, those of the second do it and do not say
 * so, those of the third say yes and do something else.
 */
export type RetellFault =
  /** Takes the request and never answers. */
  | 'silent'
  /** Breaks the connection off. */
  | 'breaks-off'
  | 'down-500'
  /** A page of a proxy, with 502. */
  | 'down-html'
  /** 429 without a word about when to come again. */
  | 'limited'
  | { readonly limitedForSeconds: number }
  | 'refuses'
  | 'wrong-key'
  | 'no-money'
  | 'no-right'
  /** A success that is not JSON. */
  | 'garbled'
  | 'silent-after'
  | 'breaks-off-after'
  | 'down-after'
  /** Answers as if it were done, and keeps nothing of it. */
  | 'forgets'
  /** Answers with what was there before, and does nothing. */
  | 'ignores'
  /** Leaves out the tools of what is made or changed. */
  | 'loses-tools'
  /** A list that leads back to where it was. */
  | 'endless'
  /** Answers so many milliseconds later, as it should. */
  | { readonly slow: number }

const undone: ReadonlySet<unknown> = new Set([
  'silent',
  'breaks-off',
  'down-500',
  'down-html',
  'limited',
  'refuses',
  'wrong-key',
  'no-money',
  'no-right',
  'garbled',
])

export const doesNothing = (fault: RetellFault | undefined): boolean =>
  undone.has(fault) || (typeof fault === 'object' && 'limitedForSeconds' in fault)
