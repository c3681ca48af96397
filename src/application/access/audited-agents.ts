import type { Result } from 'neverthrow'
import type { AuditKind } from '../../domain/access/audit-entry.ts'
import type { Agents, ManagedAgent, VersionOrigin } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { LiveDecision, Publication, Releases } from '../ports/releases.ts'
import type { CompanyScope } from '../scope.ts'
import { type Note, noteLook } from './audited.ts'

const ofOrigin: { readonly [Origin in VersionOrigin]: AuditKind | undefined } = {
  created: 'agent.created',
  edited: 'agent.draft_changed',
  merged: 'agent.merged',
  imported: 'agent.imported',
  restored: 'agent.restored',
  seen: undefined,
  backup: undefined,
}

/** What frontdesk only saw at Retell is no change of anybody. */
export const watchedAgents = (agents: Agents, { actor }: CompanyScope, note: Note): Agents => ({
  ...agents,
  append: async (version) => {
    const appended = await agents.append(version)
    const kind = ofOrigin[version.origin]
    const { agent, author } = version
    if (kind) note({ kind, subject: { kind: 'agent', id: agent }, actor: author, facts: { version: appended.number } })
    return appended
  },
  save: async (agent) => {
    // What a job does to an agent follows from what it saw, or from a decision.
    const before = actor.kind === 'job' ? undefined : await agents.find(agent.id)
    await agents.save(agent)
    const kind = before && withdrawn(before, agent)
    const subject = { kind: 'agent', id: agent.id } as const
    if (kind && before.draft !== undefined) note({ kind, subject, facts: { version: before.draft } })
  },
})

/** A draft that is gone although nobody published it. */
const withdrawn = (before: ManagedAgent, after: ManagedAgent): AuditKind | undefined => {
  if (before.draft === undefined || after.draft !== undefined) return undefined
  return before.base === after.base ? 'agent.draft_discarded' : 'agent.pulled'
}

const ofDecision: { readonly [Kind in LiveDecision['kind']]: AuditKind } = {
  publish: 'agent.published',
  rollback: 'agent.rolled_back',
  'rollout-started': 'agent.rollout_started',
  'rollout-changed': 'agent.rollout_changed',
  'rollout-finished': 'agent.rollout_finished',
  'rollout-taken-back': 'agent.rollout_taken_back',
}

export const watchedReleases = (releases: Releases, note: Note): Releases => ({
  ...releases,
  decide: async (decision) => {
    await releases.decide(decision)
    const { agent, actor, version, retellVersion, percent } = decision
    const facts = { version, retell_version: retellVersion, percent }
    note({ kind: ofDecision[decision.kind], subject: { kind: 'agent', id: agent }, actor, facts })
  },
  savePublication: async (publication) => {
    const isNew = publication.state === 'running' && !(await releases.publication(publication.id))
    await releases.savePublication(publication)
    const kind = ofPublication(publication, isNew)
    const { agent, actor, version, id } = publication
    const subject = { kind: 'agent', id: agent } as const
    if (kind) note({ kind, subject, actor, facts: { version, publication: id } })
  },
})

/** Of the end of one for all callers its decision speaks. */
const ofPublication = ({ state, isCandidate }: Publication, isNew: boolean): AuditKind | undefined => {
  switch (state) {
    case 'running':
      return isNew ? 'agent.publish_started' : undefined
    case 'failed':
      return 'agent.publish_failed'
    case 'undone':
      return 'agent.publish_undone'
    case 'published':
      return isCandidate ? 'agent.published' : undefined
  }
}

type Shown = Pick<ManagedAgent, 'id' | 'slug'>

/** A use case that shows whole documents of an agent by its name, so that it is written down who saw them. */
export const shownAudited =
  (ports: Pick<Ports, 'store' | 'clock' | 'ids'>) =>
  <Rest extends readonly unknown[], T, E>(
    show: (scope: CompanyScope, name: string, ...rest: Rest) => Promise<Result<T, E>>,
    agentOf: (shown: T) => Shown,
    kind: AuditKind = 'agent.viewed',
  ) =>
  async (scope: CompanyScope, name: string, ...rest: Rest): Promise<Result<T, E>> => {
    const shown = await show(scope, name, ...rest)
    if (shown.isErr()) return shown
    const { id, slug } = agentOf(shown.value)
    await noteLook(ports)(scope, { kind, subject: { kind: 'agent', id }, facts: { agent: slug } })
    return shown
  }

export const itsAgent = ({ agent }: { readonly agent: Shown }): Shown => agent
