import { note, print, printJson, progress } from '../../../adapters/cli/terminal.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { ExitCode } from '../context.ts'
import { type Asking, asking, failureLines, type OfCompany } from './asked.ts'
import { chosenAgents } from './chosen.ts'
import { type LocalState, lookAtFiles, neverRead, problemLines, writeFiles } from './local.ts'

export interface PullOptions extends OfCompany {
  readonly agent?: readonly string[]
  readonly fromRetell?: true
  readonly overwrite?: true
}

interface Pulled {
  readonly agent: string
  readonly state: 'written' | 'same' | 'refused'
  readonly version: number | null
  readonly problems: readonly string[]
}

/** Writes what our side has of each agent into a folder of its own; files that somebody changed stay as they are. */
export const pullAgents = (directory: string, options: PullOptions): Promise<ExitCode> =>
  asking(options, async (one) => {
    const { agents, isComplete } = await chosenAgents(one, options.agent)
    const pulled: Pulled[] = []
    for (const agent of agents) {
      progress(`${pulled.length + 1} of ${agents.length}: ${agent.slug}`)
      pulled.push(await pull(one, directory, agent, options))
    }
    if (options.json) printJson({ items: pulled })
    for (const { agent, state, version, problems } of pulled) {
      if (!options.json && state === 'written') print(`written  ${agent}  version ${version}`)
      for (const line of problems) note(line)
    }
    const count = (wanted: Pulled['state']) => pulled.filter(({ state }) => state === wanted).length
    if (!options.json)
      print(`${count('written')} written, ${count('same')} the same, ${count('refused')} left as they were.`)
    return isComplete && count('refused') === 0 ? 0 : 1
  })

const pull = async (
  asking: Asking,
  directory: string,
  agent: ManagedAgent,
  { fromRetell, overwrite, company }: PullOptions,
): Promise<Pulled> => {
  const { slug } = agent
  const not = (problems: readonly string[]): Pulled => ({ agent: slug, state: 'refused', version: null, problems })
  if (fromRetell) {
    const taken = await asking.desk.app.pullAgent(asking.scope, slug, { overwrite: overwrite ?? false })
    if (taken.isErr()) {
      const lines = failureLines(taken.error, slug).map((line) => `${slug}: ${line}`)
      const cure = `${slug}: Merge: frontdesk agents merge ${slug} --company ${company}. Or take what Retell has with --overwrite.`
      return not(taken.error.kind === 'agent-diverged' ? [...lines, cure] : lines)
    }
  }
  const local = await lookAtFiles(asking, directory, agent)
  const { state, current, origin } = local
  if (!current || !origin) {
    return not([neverRead(slug, company)])
  }
  if (!overwrite && isAtRisk(state)) {
    return not([
      `${slug}: ${atRisk[state]} Push them, or let them go with --overwrite.`,
      ...problemLines(slug, local.problems),
    ])
  }
  writeFiles(directory, slug, current.configuration, origin)
  return { agent: slug, state: state === 'same' ? 'same' : 'written', version: origin.version, problems: [] }
}

/** Why files that are there would be lost. */
const atRisk = {
  unreadable: 'Its files cannot be read.',
  foreign: 'Its files were not written from this history.',
  changed: 'Its files hold changes that were not pushed.',
  'changed and behind': 'Its files hold changes that were not pushed, and the agent has newer ones.',
} as const

const isAtRisk = (state: LocalState): state is keyof typeof atRisk => Object.hasOwn(atRisk, state)
