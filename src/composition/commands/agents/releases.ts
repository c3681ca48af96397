import { err, type Result } from 'neverthrow'
import { print, printJson } from '../../../adapters/cli/terminal.ts'
import { viewOfPublication, viewOfRollout } from '../../../adapters/http/api/agent-view.ts'
import type { Failure } from '../../../application/failure.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { Publication } from '../../../application/ports/releases.ts'
import type { ExitCode } from '../context.ts'
import { type Asking, askingFor, type OfCompany, refused } from './asked.ts'
import { seeThrough, tellPublication } from './publication.ts'

export interface PublishOptions extends OfCompany {
  readonly version?: number
  readonly number?: readonly string[]
  readonly candidate?: true
  readonly confirmRemoval?: readonly string[]
  readonly message?: string
}

/** Brings a version to its callers; with `candidate` to nobody yet. */
export const publishAgent = (name: string, options: PublishOptions): Promise<ExitCode> =>
  publishing(name, options, ({ desk, scope }, { id }) =>
    desk.app.startPublish(scope, id, {
      version: options.version,
      numbers: options.candidate ? [] : options.number,
      confirmedRemovals: options.confirmRemoval,
      message: options.message,
    }),
  )

/** Binds the numbers to a version that was live before. */
export const rollbackAgent = (
  name: string,
  options: OfCompany & { readonly to?: number; readonly message?: string },
): Promise<ExitCode> =>
  publishing(name, options, ({ desk, scope }, { id }) =>
    desk.app.startRollback(scope, id, { to: options.to, message: options.message }),
  )

/** Goes on with the last publication where it stopped. */
export const resumeAgent = (name: string, options: OfCompany): Promise<ExitCode> =>
  again(name, options, 'resumePublication')

/** Takes the last publication back. */
export const undoAgent = (name: string, options: OfCompany): Promise<ExitCode> =>
  again(name, options, 'undoPublication')

const again = (name: string, options: OfCompany, how: 'resumePublication' | 'undoPublication'): Promise<ExitCode> =>
  publishing(name, options, async ({ desk, scope }, { id }) => {
    const { items } = await desk.app.listPublications(scope, id, { limit: 1, cursor: undefined })
    const [last] = items
    return last ? desk.app[how](scope, last.id) : err({ kind: 'publication-over' })
  })

const publishing = (
  name: string,
  options: OfCompany,
  begin: (asking: Asking, agent: ManagedAgent) => Promise<Result<Publication, Failure>>,
): Promise<ExitCode> =>
  askingFor(options, name, async (asking, agent) => {
    const begun = await begin(asking, agent)
    if (begun.isErr()) return refused(begun.error, options)
    const ended = await seeThrough(asking, begun.value)
    if (options.json) printJson(viewOfPublication(ended, asking.profile.company.timeZone))
    else tellPublication(agent.slug, ended, options.company)
    return ended.state === 'published' || ended.state === 'undone' ? 0 : 1
  })

export interface RolloutOptions extends OfCompany {
  readonly version?: number
  readonly percent?: number
  readonly automatic?: true
  readonly reason?: string
}

/** Sends a share of callers to a version, takes that back with 0, or says how it stands when no share is named. */
export const rolloutAgent = (name: string, options: RolloutOptions): Promise<ExitCode> =>
  askingFor(options, name, async (asking, agent) => {
    const { desk, scope, profile } = asking
    const { version, percent, automatic } = options
    if (percent === undefined) {
      const found = await desk.app.rolloutDetail(scope, agent.id)
      if (options.json) printJson({ rollout: found ? viewOfRollout(found.rollout, profile.company.timeZone) : null })
      else print(found ? sayRollout(found.rollout) : 'There was no rollout.')
      return 0
    }
    if (percent === 0) {
      const back = await desk.app.takeBackRollout(scope, agent.id, options.reason)
      if (back.isErr()) return refused(back.error, options)
      if (options.json) printJson({ rollout: viewOfRollout(back.value, profile.company.timeZone) })
      else print(`All callers reach version ${back.value.live} again.`)
      return 0
    }
    const running = await desk.app.rolloutDetail(scope, agent.id)
    const wanted = version ?? (running?.rollout.state === 'running' ? running.rollout.candidate : undefined)
    if (wanted === undefined) {
      const errors = [{ pointer: '/version', detail: 'Name the version with --version.' }]
      return refused({ kind: 'invalid-input', errors }, options)
    }
    const shared = await desk.app.rollOut(scope, agent.id, { version: wanted, percent, isAutomatic: automatic })
    if (shared.isErr()) return refused(shared.error, options)
    const publication = shared.value.publication && (await seeThrough(asking, shared.value.publication))
    const zone = profile.company.timeZone
    if (options.json) {
      printJson({
        rollout: viewOfRollout(shared.value.rollout, zone),
        publication: publication ? viewOfPublication(publication, zone) : null,
      })
    } else if (publication) tellPublication(agent.slug, publication, options.company)
    else print(sayRollout(shared.value.rollout))
    return (publication?.state ?? 'published') === 'published' ? 0 : 1
  })

const sayRollout = ({ candidate, percent, state, live, reason }: Parameters<typeof viewOfRollout>[0]): string => {
  if (state === 'finished') return `All callers reach version ${candidate}.`
  if (state === 'taken-back') return `Version ${candidate} was taken back${reason === undefined ? '' : `: ${reason}`}.`
  return `${percent} of 100 callers reach version ${candidate}, the others version ${live}.`
}
