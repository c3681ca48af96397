/** How a number is bound at Retell, as far as it says who answers its callers. */
export interface BoundNumber {
  /** False: the account does not have this number. */
  readonly isThere: boolean
  readonly inbound: readonly { readonly retellAgentId: string; readonly version: number | string | undefined }[]
  readonly inboundWebhookUrl: string | undefined
}

/** How it should be. */
export interface NumberExpectation {
  /** Retell's ids of the agents that may answer. Empty: nobody said which. */
  readonly agents: readonly string[]
  /** By agent, Retell's number of the version that callers are to reach; agents of which that is not known are left out. */
  readonly live: ReadonlyMap<string, number>
  /** By agent, whether Retell tells us of its calls; agents of which that is not known are left out. */
  readonly tells: ReadonlyMap<string, boolean>
  /** Where Retell is to ask us about ringing calls. */
  readonly inboundAddress: string
}

/** Why callers of a number do not reach what they should, or we do not hear of them. */
export type NumberFault =
  | { readonly kind: 'number_without_agent'; readonly isThere: boolean }
  | { readonly kind: 'number_wrong_agent'; readonly agent: string }
  /** `bound` undefined: the newest version that was created, drafts included. */
  | {
      readonly kind: 'number_old_version'
      readonly agent: string
      readonly bound: number | string | undefined
      readonly live: number | undefined
    }
  /** `inbound`: nobody asks us about ringing calls. `events`: nobody tells us of calls. */
  | { readonly kind: 'number_without_webhook'; readonly what: 'inbound' | 'events' }

/** References that may come to mean a version which nobody published. */
const isLoose = (version: number | string | undefined): boolean => version === undefined || version === 'latest'

/** Each fault once. A number that nobody answers has no other. */
export const numberFaults = (number: BoundNumber, wanted: NumberExpectation): readonly NumberFault[] => {
  if (!number.isThere || number.inbound.length === 0) {
    return [{ kind: 'number_without_agent', isThere: number.isThere }]
  }
  const { agents, live, tells, inboundAddress } = wanted
  const wrong = agents.length === 0 ? [] : number.inbound.filter(({ retellAgentId: id }) => !agents.includes(id))
  const old = number.inbound.filter(({ retellAgentId: id, version }) => {
    const reached = live.get(id)
    return isLoose(version) || (typeof version === 'number' && reached !== undefined && version !== reached)
  })
  const [wrongOne] = wrong
  const [oldOne] = old.filter((one) => !wrong.includes(one))
  return [
    ...(wrongOne ? [{ kind: 'number_wrong_agent', agent: wrongOne.retellAgentId } as const] : []),
    ...(oldOne
      ? [
          {
            kind: 'number_old_version',
            agent: oldOne.retellAgentId,
            bound: oldOne.version,
            live: live.get(oldOne.retellAgentId),
          } as const,
        ]
      : []),
    ...(number.inboundWebhookUrl === inboundAddress
      ? []
      : [{ kind: 'number_without_webhook', what: 'inbound' } as const]),
    ...(number.inbound.some(({ retellAgentId: id }) => tells.get(id) === false)
      ? [{ kind: 'number_without_webhook', what: 'events' } as const]
      : []),
  ]
}
