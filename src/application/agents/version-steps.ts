import { err, ok, type Result } from 'neverthrow'
import { engineOf } from '../../domain/agents/configuration.ts'
import {
  changesTo,
  fieldsLeft,
  fieldsOf,
  isBetween,
  isEqual,
  type VersionedConfiguration,
} from '../../domain/agents/parts.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { RetellVersion, VoiceAccount, VoiceFailure } from '../ports/voice-accounts.ts'
import { whyNot } from './publication.ts'
import { done, failed, type Learned, type PublishDesk, type Step, type StepEnd } from './publish-desk.ts'

/** Where the version is made that callers are to reach: ours, and nobody else's. */
export const draftVersion: Step = async (desk) => {
  const { account, agent, publication } = desk
  if (agent.retellAgentId === undefined) return createAgent(desk)
  const versions = await versionsOf(account, agent.retellAgentId)
  if (versions.isErr()) return failed(versions.error)
  const made = versions.value.find(({ version }) => version === publication.retellVersion)
  if (made) return takeUp(desk, agent.retellAgentId, made)
  const published = await publishedAlready(desk, agent.retellAgentId, versions.value)
  if (published.isErr()) return failed(published.error)
  if (published.value !== undefined) {
    return done(`Retell has it published already, as version ${published.value}.`, { retellVersion: published.value })
  }
  const [newest] = versions.value
  if (!newest) return failed('Retell shows no version of this agent.')
  if (isOurDraft(desk, newest)) return takeUp(desk, agent.retellAgentId, newest)
  return makeDraft(desk, agent.retellAgentId, newest)
}

/** A draft that an answer was lost of, or that an earlier publication left behind. What is in it decides about the rest. */
const isOurDraft = ({ publication, leftovers }: PublishDesk, { version, isPublished }: RetellVersion): boolean =>
  !isPublished &&
  (leftovers.includes(version) ||
    (publication.before.newestAtRetell !== undefined && version > publication.before.newestAtRetell))

const takeUp = async (desk: PublishDesk, id: string, { version, isPublished }: RetellVersion): Promise<StepEnd> => {
  if (isPublished) return done(`Retell has published version ${version} already.`, { retellVersion: version })
  const there = await partsAt(desk.account, id, version)
  if (there.isErr()) return failed(there.error)
  return isOnTheWay(desk, there.value)
    ? done(`The draft is version ${version} at Retell, as it was made before.`, { retellVersion: version })
    : failed(theirsAhead(version))
}

/** Nothing in the draft is anybody else's. */
const isOnTheWay = ({ base, target, publication, digestOf }: PublishDesk, parts: VersionedConfiguration): boolean =>
  isBetween(parts, base ?? target, target) || digestOf(parts) === publication.draftSeen

const publishedAlready = async (
  { account, target, publishedAs }: PublishDesk,
  id: string,
  versions: readonly RetellVersion[],
): Promise<Result<number | undefined, string>> => {
  for (const { version } of versions.filter((one) => one.isPublished && publishedAs.includes(one.version))) {
    const there = await partsAt(account, id, version)
    if (there.isErr()) return err(there.error)
    if (fieldsLeft(there.value, { from: undefined, to: target }).length === 0) return ok(version)
  }
  return ok(undefined)
}

const makeDraft = async (desk: PublishDesk, id: string, newest: RetellVersion): Promise<StepEnd> => {
  const { account, base, target } = desk
  const there = await partsAt(account, id, newest.version)
  if (there.isErr()) return failed(there.error)
  const isKnown = [base, target].some((one) => one && isEqual(there.value, one))
  if (!isKnown) return failed(theirsAhead(newest.version))
  if (!(await desk.isStillOurs())) return { kind: 'overtaken' }
  const made = await account.createVersion(id, newest.version)
  if (made.isOk()) return seenAsMade(desk, id, madeOf(made.value, newest.version))
  if (made.error.kind !== 'unreachable') return failed(whyNot(made.error))
  return findMade(desk, id, newest, there.value, made.error)
}

const madeOf = (document: JsonObject, from: number): StepEnd => {
  const version = document.version
  return typeof version === 'number' && version > from
    ? done(`Made version ${version} at Retell, a draft from version ${from}.`, { retellVersion: version })
    : failed('Retell answered without naming the draft that it made. Resume, and it is looked for.')
}

/** Whatever Retell put into it, nobody else has had it yet: what is missing in it is sent like any other difference. */
const seenAsMade = async ({ account, digestOf }: PublishDesk, id: string, end: StepEnd): Promise<StepEnd> => {
  const version = end.kind === 'done' ? end.learned.retellVersion : undefined
  if (end.kind !== 'done' || version === undefined) return end
  const parts = await partsAt(account, id, version)
  return parts.isOk() ? { ...end, learned: { ...end.learned, draftSeen: digestOf(parts.value) } } : end
}

/** After a lost answer: the draft may be there. Another one is made only when somebody resumes and it still is not. */
const findMade = async (
  { account }: PublishDesk,
  id: string,
  newest: RetellVersion,
  from: VersionedConfiguration,
  failure: VoiceFailure,
): Promise<StepEnd> => {
  const versions = await versionsOf(account, id)
  const made = versions.unwrapOr([]).find(({ version, isPublished }) => version > newest.version && !isPublished)
  const there = made && (await partsAt(account, id, made.version))
  return made && there?.isOk() && isEqual(there.value, from)
    ? done(`Made version ${made.version} at Retell, a draft from version ${newest.version}.`, {
        retellVersion: made.version,
      })
    : failed(whyNot(failure))
}

export const theirsAhead = (version: number): string =>
  `Retell is ahead: its version ${version} holds changes that are not known here. Pull or merge them first; nothing there was touched.`

/** One that was made here and that Retell does not have yet. */
const createAgent = async (desk: PublishDesk): Promise<StepEnd> => {
  const { account, target } = desk
  const lost = desk.isRepeated ? await findCreated(desk) : ok(undefined)
  if (lost.isErr()) return failed(lost.error)
  if (lost.value !== undefined) return createdAs(lost.value)
  if (!(await desk.isStillOurs())) return { kind: 'overtaken' }
  const content = { agent: fieldsOf(target, 'agent'), engine: target.engine && fieldsOf(target, 'engine') }
  const made = await account.createAgent(content.agent, content.engine, desk.isRepeated)
  if (made.isErr() && made.error.kind !== 'unreachable') return failed(whyNot(made.error))
  const id = made.isOk() ? made.value.agent.agent_id : (await findCreated(desk)).unwrapOr(undefined)
  if (typeof id === 'string') return createdAs(id)
  return failed(made.isErr() ? whyNot(made.error) : 'Retell answered without naming the agent that it made.')
}

const createdAs = (id: string): StepEnd =>
  done('Made the agent at Retell; its version 0 is the draft.', { retellVersion: 0, retellAgentId: id })

/** An agent of this name and content that nobody here knows is the one that an answer was lost of. */
export const findCreated = async ({
  account,
  agent,
  target,
  isKnownAgent,
}: PublishDesk): Promise<Result<string | undefined, string>> => {
  let cursor: string | undefined
  do {
    const page = await account.agents({ cursor, limit: 1000 })
    if (page.isErr()) return err(whyNot(page.error))
    for (const one of page.value.items) {
      if (one.name !== (target.agent.agent_name ?? agent.name) || (await isKnownAgent(one.retellAgentId))) continue
      const there = await partsAt(account, one.retellAgentId, 0)
      if (there.isOk() && fieldsLeft(there.value, { from: undefined, to: target }).length === 0)
        return ok(one.retellAgentId)
    }
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(undefined)
}

/** Only what differs is sent, and the engine goes first: an agent never names what is not there. */
export const engine: Step = (desk) =>
  onDraft(desk, async (parts, { version }) => {
    const { account, base, target } = desk
    if (target.engine === undefined && parts.engine === undefined) {
      return done('What answers for it is not kept at Retell, so nothing has to be told.')
    }
    const reference = engineOf(parts.agent)
    if (reference?.id === undefined || reference.kind !== engineOf(target.agent)?.kind) return failed(otherEngine)
    if (reference.version !== undefined && reference.version !== version) {
      return failed(`The draft names version ${reference.version} of its engine instead of ${version}. ${afresh}`)
    }
    const changes = changesTo('engine', parts, { from: base, to: target })
    return send(desk, changes, () => account.changeEngine({ ...reference, version }, changes))
  })

const afresh = 'Undo, and publish again.'
const otherEngine =
  'Retell cannot give an agent an engine of another kind. Create a new agent, and let the numbers ring that one.'

export const agentDocument: Step = (desk) =>
  onDraft(desk, async (parts, { id, version }) => {
    const changes = changesTo('agent', parts, { from: desk.base, to: desk.target })
    return send(desk, changes, () => desk.account.changeAgent(id, version, changes))
  })

const send = async (
  desk: PublishDesk,
  changes: JsonObject,
  tell: () => Promise<Result<unknown, VoiceFailure>>,
): Promise<StepEnd> => {
  const names = Object.keys(changes).toSorted()
  if (names.length === 0) return done('Nothing differs.')
  const answer = await tell()
  if (answer.isErr()) return failed(whyNot(answer.error))
  return done(`Sent: ${names.join(', ')}.`, await seenNow(desk))
}

/** How the draft is right after something was sent. Not known: it is only ours while it lies on the way. */
const seenNow = async (desk: PublishDesk): Promise<Learned> => {
  const at = placeOf(desk)
  const parts = at && (await partsAt(desk.account, at.id, at.version))
  return parts?.isOk() ? { draftSeen: desk.digestOf(parts.value) } : {}
}

/** Believes nobody's yes: what Retell has is what counts. */
export const compare: Step = (desk) =>
  onDraft(desk, async (parts) => asWanted(desk, parts) ?? done('Retell has exactly what it was to have.'))

const asWanted = ({ base, target }: PublishDesk, parts: VersionedConfiguration): StepEnd | undefined => {
  const names = fieldsLeft(parts, { from: base, to: target })
  return names.length === 0
    ? undefined
    : failed(`Retell still has something else in ${names.join(', ')}. Resume to send it again, or undo.`)
}

export const publish: Step = (desk) =>
  onDraft(desk, async (_parts, { id, version }) => {
    const { publication, account } = desk
    const title = publication.message.split('\n')[0]?.slice(0, 100) ?? ''
    const about = { title, description: `Version ${publication.version} in frontdesk` }
    const answer = await account.publish(id, version, title === '' ? { description: about.description } : about)
    if (answer.isOk()) return done(`Asked Retell to publish version ${version}.`)
    const versions = answer.error.kind === 'unreachable' ? await versionsOf(account, id) : undefined
    return versions?.unwrapOr([]).some((one) => one.version === version && one.isPublished)
      ? done(`Asked Retell to publish version ${version}.`)
      : failed(whyNot(answer.error))
  })

export const readBack: Step = async (desk) => {
  const at = placeOf(desk)
  if (at === undefined) return failed(noPlace)
  const { account, publication } = desk
  const versions = await versionsOf(account, at.id)
  if (versions.isErr()) return failed(versions.error)
  const there = versions.value.find(({ version }) => version === at.version)
  if (!there?.isPublished) return failed(notPublished(publication.kind, at.version, there !== undefined))
  const proven = `Retell says that version ${at.version} is published.`
  // Callers have reached it before, whatever is kept of it here.
  if (publication.kind === 'rollback') return done(proven)
  const parts = await partsAt(account, at.id, at.version)
  if (parts.isErr()) return failed(parts.error)
  return asWanted(desk, parts.value) ?? done(proven)
}

const notPublished = (kind: 'publish' | 'rollback', version: number, isThere: boolean): string => {
  if (kind === 'publish')
    return `Retell took the word to publish version ${version}, yet it is still a draft. Resume to ask again.`
  return isThere
    ? `Version ${version} is not published at Retell any more. Publish its content again instead.`
    : `Retell does not have version ${version} any more. Publish its content again instead.`
}

interface Place {
  readonly id: string
  readonly version: number
}

const placeOf = ({ agent: { retellAgentId }, publication: { retellVersion } }: PublishDesk): Place | undefined =>
  retellAgentId === undefined || retellVersion === undefined ? undefined : { id: retellAgentId, version: retellVersion }

const noPlace = `It is not known which version at Retell is meant. ${afresh}`

/** What is published already is not touched; a draft is, as long as nobody else did. */
const onDraft = async (
  desk: PublishDesk,
  work: (parts: VersionedConfiguration, place: Place) => Promise<StepEnd>,
): Promise<StepEnd> => {
  const at = placeOf(desk)
  if (at === undefined) return failed(noPlace)
  const versions = await versionsOf(desk.account, at.id)
  if (versions.isErr()) return failed(versions.error)
  const there = versions.value.find(({ version }) => version === at.version)
  if (!there) return failed(`Retell does not have version ${at.version} any more. Resume, and another draft is made.`)
  if (there.isPublished) return done('It is published at Retell already.')
  const parts = await partsAt(desk.account, at.id, at.version)
  if (parts.isErr()) return failed(parts.error)
  return isOnTheWay(desk, parts.value) ? work(parts.value, at) : failed(theirsAhead(at.version))
}

export const versionsOf = async (
  account: VoiceAccount,
  id: string,
): Promise<Result<readonly RetellVersion[], string>> =>
  (await account.versions(id))
    .mapErr(whyNot)
    .andThen((versions) => (versions ? ok(versions) : err('Retell does not have this agent any more.')))

/** Both documents of a version, as Retell has them now: secrets in them are in plain text. */
export const partsAt = async (
  account: VoiceAccount,
  id: string,
  version: number,
): Promise<Result<VersionedConfiguration, string>> => {
  const agent = await account.agent(id, version)
  if (agent.isErr()) return err(whyNot(agent.error))
  if (!agent.value) return err(`Retell does not show version ${version} of this agent.`)
  const reference = engineOf(agent.value)
  if (reference?.id === undefined) return ok({ agent: agent.value, engine: undefined })
  const answers = await account.engine({ ...reference, version: reference.version ?? version })
  if (answers.isErr()) return err(whyNot(answers.error))
  return answers.value
    ? ok({ agent: agent.value, engine: answers.value })
    : err(`Retell does not show what answers for version ${version} of this agent.`)
}
