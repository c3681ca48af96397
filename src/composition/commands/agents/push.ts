import { inert, note, print, printJson, progress } from '../../../adapters/cli/terminal.ts'
import { viewOfPublication } from '../../../adapters/http/api/agent-view.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { Publication } from '../../../application/ports/releases.ts'
import type { ExitCode } from '../context.ts'
import { type Asking, asking, failureLines, type OfCompany } from './asked.ts'
import { chosenAgents } from './chosen.ts'
import { type LocalAgent, localSlugs, lookAtFiles, neverRead, originOf, problemLines, writeFiles } from './local.ts'
import { seeThrough, tellPublication } from './publication.ts'

export interface PushOptions extends OfCompany {
  readonly agent?: readonly string[]
  readonly message?: string
  readonly overwrite?: true
  readonly publish?: true
}

interface Pushed {
  readonly agent: string
  readonly state: 'pushed' | 'same' | 'refused'
  readonly version: number | null
  readonly publication: Publication | undefined
  readonly problems: readonly string[]
}

/** Makes what the files say our draft, unless somebody changed the agent since they were written. */
export const pushAgents = (directory: string, options: PushOptions): Promise<ExitCode> =>
  asking(options, async (one) => {
    const names = options.agent ?? localSlugs(directory)
    if (names.length === 0) {
      note(
        `${directory} holds no agents. Write them first: frontdesk agents pull ${directory} --company ${options.company}`,
      )
      return 1
    }
    const { agents, isComplete } = await chosenAgents(one, names)
    const pushed: Pushed[] = []
    for (const agent of agents) {
      progress(`${pushed.length + 1} of ${agents.length}: ${agent.slug}`)
      pushed.push(await push(one, directory, agent, options))
    }
    const zone = one.profile.company.timeZone
    if (options.json) {
      printJson({
        items: pushed.map(({ publication, ...rest }) => ({
          ...rest,
          publication: publication ? viewOfPublication(publication, zone) : null,
        })),
      })
    }
    for (const { agent, state, version, publication, problems } of pushed) {
      if (!options.json && state !== 'refused') print(`${state}  ${agent}  version ${version}`)
      for (const line of problems) note(line)
      if (!options.json && publication) tellPublication(agent, publication, options.company)
    }
    const isDone = pushed.every(
      ({ state, publication }) => state !== 'refused' && (publication?.state ?? 'published') === 'published',
    )
    return isComplete && isDone ? 0 : 1
  })

const push = async (asking: Asking, directory: string, agent: ManagedAgent, options: PushOptions): Promise<Pushed> => {
  const { slug } = agent
  const not = (...problems: readonly string[]): Pushed => ({
    ...{ agent: slug, state: 'refused', version: null, publication: undefined },
    problems: problems.map((line) => inert(line)),
  })
  const local = await lookAtFiles(asking, directory, agent)
  const { state, folder } = local
  if (state === 'unreadable') return not(...problemLines(slug, local.problems))
  if (!folder) return not(`${slug}: There are no files of it in ${directory}.`)
  if (!local.current || !local.origin) return not(neverRead(slug, options.company))
  if (state === 'foreign' && !options.overwrite) {
    return not(
      `${slug}: The files were not written from this history. Compare them with: frontdesk agents diff ${directory} --company ${options.company}, then push with --overwrite.`,
    )
  }
  if (state === 'behind' && !options.overwrite) {
    return not(
      `${slug}: The files hold no changes, and the agent has newer ones. Take them over: frontdesk agents pull ${directory} --company ${options.company}`,
    )
  }
  const put = state === 'same' ? undefined : await putFiles(asking, agent, local, options)
  if (put?.isErr()) {
    return not(
      ...failureLines(put.error, slug).map((line) => `${slug}: ${line}`),
      ...(put.error.kind === 'agent-changed-meanwhile'
        ? [
            `${slug}: Pull into another folder, bring both together, and push that. With --overwrite yours takes its place; the other one stays in the history.`,
          ]
        : []),
    )
  }
  const draft = put?.isOk() ? put.value : local.current
  const origin = await originOf(asking, slug, draft.version)
  if (origin) writeFiles(directory, slug, draft.configuration, origin)
  const done = { agent: slug, state: state === 'same' ? 'same' : 'pushed', version: draft.version } as const
  if (!options.publish) return { ...done, publication: undefined, problems: [] }
  const { problems, publication } = await publish(asking, draft.agent, options)
  if (publication?.state === 'published') await follow(asking, directory, agent)
  return { ...done, state: problems.length > 0 ? 'refused' : done.state, problems, publication }
}

/** What is there now is overwritten only if it is what the files were written from. */
const putFiles = (
  { desk: { app }, scope, profile }: Asking,
  { slug }: ManagedAgent,
  local: LocalAgent,
  options: PushOptions,
) => {
  const { agent, engine, numbers } = local.folder?.configuration ?? { agent: {}, engine: undefined, numbers: [] }
  const isCurrent = local.origin?.hash === local.folder?.origin?.hash
  const seen = isCurrent ? local.origin?.version : local.folder?.origin?.version
  return app.putDraft(scope, profile, slug, {
    ...{ agent, engine, numbers, message: options.message ?? '' },
    ifVersion: options.overwrite ? local.origin?.version : seen,
  })
}

const publish = async (
  asking: Asking,
  { id, slug, draft, live }: ManagedAgent,
  { message }: PushOptions,
): Promise<Pick<Pushed, 'problems' | 'publication'>> => {
  if (draft === undefined && live !== undefined) return { problems: [], publication: undefined }
  const begun = await asking.desk.app.startPublish(asking.scope, id, { message })
  return begun.isErr()
    ? { problems: failureLines(begun.error, slug).map((line) => `${slug}: ${line}`), publication: undefined }
    : { problems: [], publication: await seeThrough(asking, begun.value) }
}

/** Publishing notes our webhook and the numbers in a version of its own, which the files are to say as well. */
const follow = async (asking: Asking, directory: string, agent: ManagedAgent): Promise<void> => {
  const { state, current, origin } = await lookAtFiles(asking, directory, agent)
  // Whoever changes them meanwhile keeps what they wrote.
  if (state === 'behind' && current && origin) writeFiles(directory, agent.slug, current.configuration, origin)
}
