import type { Instant } from '../../domain/time.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ids } from '../ports/ambient.ts'
import type { AgentRollout, LiveDecision, Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VoiceNumber } from '../ports/voice-accounts.ts'
import { everyAgent } from './every-agent.ts'
import { learnLines, shownOf } from './learn-agent.ts'
import { ringing } from './number-steps.ts'
import type { PublishState } from './publication-notes.ts'
import type { ProvenRelease } from './publish-desk.ts'
import { seenNumber } from './read-numbers.ts'
import { endedRollout } from './rollout-state.ts'
import { sealed } from './sealed-configuration.ts'
import { settled } from './settled.ts'

/** What Retell's own answers have proven becomes so here, all of it at once: what is live, what was decided, what was seen. */
export const concludePublication = async (
  { ids }: { readonly ids: Ids },
  tx: CompanyTx,
  { publication, agent }: PublishState,
  proven: ProvenRelease,
  now: Instant,
): Promise<PublishState> => {
  const { retellVersion, isCandidate } = publication
  if (retellVersion === undefined) throw new Error('A publication ended without a version at Retell')
  const numbers = agent.retellAgentId === undefined ? [] : ringing(proven.numbers, agent.retellAgentId)
  const lines = { ...agent, numbers: numbers.map(({ number }) => number).toSorted() }
  const version = await asItIs(tx, lines, publication, proven, now)
  const isNewest = proven.newest.version === retellVersion
  const seen: ManagedAgent = isNewest
    ? {
        ...lines,
        ...shownOf(proven.parts.agent, agent),
        draft: await draftAfter(tx, publication, agent.draft, version),
        base: version,
        theirs: version,
        seen: {
          newest: retellVersion,
          newestIsPublished: proven.newest.isPublished,
          published: proven.published,
          // Empty: the next look reads all of it again.
          fingerprint: '',
        },
        isGone: false,
        syncedAt: now,
        syncError: undefined,
      }
    : lines
  const live = isCandidate ? {} : { live: publication.version, liveAtRetell: retellVersion }
  const after = await settled(tx, { ...seen, ...live })
  await tx.agents.save(after)
  await takeFromOthers(tx, after, proven.numbers, now)
  await tx.seenNumbers.save(proven.numbers.map((one) => seenNumber(one, now)))
  if (!isCandidate) {
    const rollout = await endRollout(tx, publication, retellVersion, now)
    await tx.releases.decide(decisionOf(ids, publication, rollout, retellVersion, now))
  }
  return { publication: { ...publication, state: 'published', endedAt: now }, agent: after }
}

/** A number that rings this agent alone now is nobody else's, who would otherwise take it back when it is published next. */
const takeFromOthers = async (
  tx: CompanyTx,
  { id, numbers }: ManagedAgent,
  seen: readonly VoiceNumber[],
  now: Instant,
): Promise<void> => {
  const taken = new Set<string>(numbers)
  const hasTaken = (other: ManagedAgent) => other.id !== id && other.numbers.some((number) => taken.has(number))
  for (const listed of (await everyAgent(tx)).filter(hasTaken)) {
    const other = await tx.agents.find(listed.id)
    if (other?.retellAgentId === undefined) continue
    const rings = new Set(ringing(seen, other.retellAgentId).map(({ number }) => number))
    const left = other.numbers.filter((number) => !taken.has(number) || rings.has(number))
    if (left.length < other.numbers.length) await learnLines(tx, other, left, now)
  }
}

/** What callers do not reach yet stays the draft, so that whoever edits goes on from it. */
const draftAfter = async (
  tx: CompanyTx,
  publication: Publication,
  draft: number | undefined,
  version: number,
): Promise<number | undefined> => {
  if (!(await isPublishedNow(tx, publication, draft))) return draft
  return publication.isCandidate ? version : undefined
}

/** The draft is what was published, or what that was made from. */
const isPublishedNow = async (
  tx: CompanyTx,
  { agent, version }: Publication,
  draft: number | undefined,
): Promise<boolean> => {
  if (draft === undefined || draft === version) return true
  return (await tx.agents.version(agent, version))?.parents.includes(draft) ?? false
}

/** The version as Retell has it, which adds defaults of its own to what it was never told. */
const asItIs = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { version, retellVersion, actor }: Publication,
  { parts }: ProvenRelease,
  now: Instant,
): Promise<number> => {
  const configuration = await sealed(tx, { ...parts, numbers: agent.numbers })
  const known = await tx.agents.version(agent.id, version)
  if (known?.hash === tx.agents.hashOf(configuration)) return version
  const seen = await tx.agents.append({
    ...{ agent: agent.id, configuration, parents: [version], origin: 'seen', author: actor, createdAt: now },
    message: `Seen at Retell as version ${retellVersion}, published from version ${version}`,
  })
  return seen.number
}

/** Whatever all callers reach now ends a rollout: it was its candidate, or something else. */
const endRollout = async (
  tx: CompanyTx,
  { agent, kind }: Publication,
  retellVersion: number,
  now: Instant,
): Promise<AgentRollout | undefined> => {
  const running = await tx.releases.runningRollout(agent)
  if (!running) return undefined
  const isFinished = running.candidateAtRetell === retellVersion
  const reason = kind === 'rollback' ? 'rolled back' : 'another version was published'
  const ended = isFinished
    ? endedRollout(running, 'finished', undefined, now)
    : endedRollout(running, 'taken-back', reason, now)
  await tx.releases.saveRollout(ended)
  return ended
}

const decisionOf = (
  ids: Ids,
  { agent, version, kind, numbers, actor, message }: Publication,
  rollout: AgentRollout | undefined,
  retellVersion: number,
  at: Instant,
): LiveDecision => ({
  ...{ id: ids.next('decision'), agent, version, retellVersion, numbers, actor, at },
  kind: rollout?.state === 'finished' && kind === 'publish' ? 'rollout-finished' : kind,
  percent: 100,
  reason: message === '' ? undefined : message,
})
