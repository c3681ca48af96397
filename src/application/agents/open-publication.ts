import { err, ok, type Result } from 'neverthrow'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import type { VersionedConfiguration } from '../../domain/agents/parts.ts'
import type { JobId, PublicationId } from '../../domain/ids.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { isKnownInAccount } from './known-agents.ts'
import { openedConfiguration } from './opened-configuration.ts'
import { ownAgents } from './own-agents.ts'
import { isWorkOf, type PublicationNotes } from './publication-notes.ts'
import type { PublishDesk } from './publish-desk.ts'

export type Publishing = Pick<
  Ports,
  'store' | 'ids' | 'clock' | 'directory' | 'voiceAccounts' | 'realTime' | 'cache'
> & {
  /** Under which address Retell reaches us. */
  readonly publicUrl: string
}

/** `overtaken`: it was ended, or is another job's now. */
export type CannotBegin = { readonly kind: 'overtaken' } | { readonly kind: 'impossible'; readonly why: string }

/** All that a publication needs, read once: what it is about does not change while it runs. */
export const openPublication = async (
  ports: Publishing,
  scope: CompanyScope,
  id: PublicationId,
  job: JobId,
  turn: Deadline,
  { isStillOurs }: Pick<PublicationNotes, 'isStillOurs'>,
): Promise<Result<PublishDesk, CannotBegin>> => {
  const known = await ports.store.read(scope, (tx) => knownOf(tx, id))
  if (!known || !isWorkOf(known.publication, job)) return err({ kind: 'overtaken' })
  const { publication, agent, version, target, base, leftovers, publishedAs, digestOf } = known
  const profile = await ports.directory.profile(scope.company)
  const account = profile && (await ports.voiceAccounts.of(profile))
  if (!profile || !account) return impossible('The company has no key for Retell. Name one in its company file.')
  if (!version || !target) return impossible(`Version ${publication.version} is not there any more.`)
  if (target.isErr()) return impossible(target.error)
  const basis = base ?? ok(undefined)
  if (basis.isErr()) return impossible(basis.error)
  const { isOwnNumber } = await ownAgents(ports, profile)
  return ok({
    ...{ profile, account, agent, publication, version, leftovers, publishedAs, digestOf, isOwnNumber, turn },
    target: target.value,
    base: basis.value,
    webhookUrl: eventsAddress(ports.publicUrl),
    isKnownAgent: (retellAgentId) => isKnownInAccount(ports)(scope, retellAgentId),
    isStillOurs,
    isRepeated: false,
  })
}

const impossible = (why: string) => err({ kind: 'impossible', why } as const)

const knownOf = async (tx: CompanyTx, id: PublicationId) => {
  const publication = await tx.releases.publication(id)
  const agent = publication && (await tx.agents.find(publication.agent))
  if (!publication || !agent) return undefined
  const version = await tx.agents.version(agent.id, publication.version)
  return {
    ...{ publication, agent, version },
    target: await opened(tx, agent, publication, publication.version),
    base: await opened(tx, agent, publication, agent.base),
    leftovers: await leftoversOf(tx, publication),
    publishedAs: await publishedAs(tx, agent, publication),
    digestOf: (parts: VersionedConfiguration) => tx.agents.hashOf({ ...parts, numbers: [] }),
  }
}

/** A rollback tells Retell nothing of what is in a version, so no secret can keep it from being done. */
const opened = async (tx: CompanyTx, agent: ManagedAgent, { kind }: Publication, number: number | undefined) => {
  const configuration = number === undefined ? undefined : await tx.agents.configuration(agent.id, number)
  if (!configuration) return undefined
  return kind === 'rollback' ? ok(configuration) : openedConfiguration(tx, configuration)
}

/** Retell's numbers of what may have this content: of the version, and of those it was made from. */
const publishedAs = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { version }: Publication,
): Promise<readonly number[]> => {
  const found = await tx.agents.version(agent.id, version)
  const parents = await Promise.all((found?.parents ?? []).map((parent) => tx.agents.version(agent.id, parent)))
  return [found, ...parents].flatMap((one) => one?.retellVersion ?? [])
}

/** Drafts that failed publications of the agent made and nobody undid. */
const leftoversOf = async (tx: CompanyTx, { id, agent }: Publication): Promise<readonly number[]> => {
  const { items } = await tx.releases.publications(agent, { limit: 20, cursor: undefined })
  return items.flatMap((one) => (one.id !== id && one.state === 'failed' ? (one.retellVersion ?? []) : []))
}
