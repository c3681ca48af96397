import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Ports } from '../ports/ports.ts'
import type { AgentRollout } from '../ports/releases.ts'
import type { CompanyTx, Store } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

/** Which versions of an agent callers of a number reach, by Retell's numbers. */
export interface ReachedVersion {
  /** Undefined: it is not known here. */
  readonly live: number | undefined
  /** False: it was looked for at Retell, and nothing of this agent is published there. */
  readonly isPublished: boolean
  readonly rollout: Pick<AgentRollout, 'id' | 'candidateAtRetell' | 'percent'> | undefined
}

export interface ReachedVersions {
  /**
   * From memory, never older than a few seconds, and at once after a change in this process. Undefined: nobody manages
   * this agent here, or it cannot be told in time. Never rejects.
   */
  readonly of: (
    scope: CompanyScope,
    retellAgentId: string,
    number: PhoneNumber | undefined,
  ) => Promise<ReachedVersion | undefined>
  /** The same store, after whose changes of agents nothing older counts. */
  readonly forgetting: (store: Store) => Store
}

/** Real milliseconds. Up to `freshMs` an answer counts, and then up to `usableMs` while a newer one is fetched. */
const freshMs = 1_500
const usableMs = 5_000
/** The caller hears it ring meanwhile. */
const patienceMs = 400
const most = 5_000

interface Known {
  readonly reached: ReachedVersion | undefined
  readonly age: () => number
}

export const reachedVersions = ({ store, realTime }: Pick<Ports, 'store' | 'realTime'>): ReachedVersions => {
  const known = new Map<string, Known>()
  const asked = new Map<string, Promise<ReachedVersion | undefined>>()
  let changes = 0

  const ask = (key: string, ...[scope, agent, number]: Parameters<ReachedVersions['of']>) => {
    const before = changes
    const asking = store
      .read(scope, (tx) => reachedIn(tx, agent, number))
      .then((reached) => {
        if (known.size >= most) known.clear()
        if (before === changes) known.set(key, { reached, age: realTime.measure() })
        return reached
      })
      .finally(() => {
        if (asked.get(key) === asking) asked.delete(key)
      })
    asked.set(key, asking)
    return asking
  }

  return {
    of: async (scope, agent, number) => {
      const key = JSON.stringify([scope.company, agent, number])
      const last = known.get(key)
      const age = last?.age() ?? Number.POSITIVE_INFINITY
      if (last && age < freshMs) return last.reached
      const asking = (asked.get(key) ?? ask(key, scope, agent, number)).catch(() => last?.reached)
      if (last && age < usableMs) return last.reached
      const answer = await realTime.deadlineIn(patienceMs).within(asking)
      return answer === 'too-late' ? last?.reached : answer
    },
    forgetting: (inner) => ({
      ...inner,
      transact: async (scope, work) => {
        let told = false
        const result = await inner.transact(scope, (tx) => {
          told = false
          return work({
            ...tx,
            publish: (event) => {
              told ||= event.kind === 'agent.updated'
              tx.publish(event)
            },
          })
        })
        if (told && result.isOk()) {
          changes += 1
          known.clear()
          asked.clear()
        }
        return result
      },
    }),
  }
}

/** What a number is bound to counts before what is live of the agent, for a version may be tried on one number alone. */
const reachedIn = async (
  tx: CompanyTx,
  retellAgentId: string,
  number: PhoneNumber | undefined,
): Promise<ReachedVersion | undefined> => {
  const agent = await tx.agents.byRetellId(retellAgentId)
  if (!agent || agent.isGone) return undefined
  const seen = number && (await tx.seenNumbers.find(number))
  const pin = seen?.inbound.find((one) => one.retellAgentId === retellAgentId)?.version
  const live = typeof pin === 'number' ? pin : agent.liveAtRetell
  const rollout = await tx.releases.runningRollout(agent.id)
  return {
    live,
    isPublished: live !== undefined || agent.seen === undefined || agent.seen.published !== undefined,
    rollout: rollout?.liveAtRetell === live ? rollout : undefined,
  }
}
