import { bold, inert, note, print, printJson } from '../../../adapters/cli/terminal.ts'
import { viewOfDiff } from '../../../adapters/http/api/diff-view.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { AgentConfiguration } from '../../../domain/agents/configuration.ts'
import { type SemanticDiff, semanticDiff } from '../../../domain/agents/semantic-diff.ts'
import type { ExitCode } from '../context.ts'
import { type Asking, asking, type OfCompany } from './asked.ts'
import { chosenAgents } from './chosen.ts'
import { lookAtFiles, neverRead, problemLines } from './local.ts'
import { diffLines } from './say-diff.ts'

export interface DiffOptions extends OfCompany {
  readonly agent?: readonly string[]
  /** `draft`, `live`, `base`, `retell` or a number of ours. */
  readonly against?: string
}

interface Side {
  readonly name: string
  readonly configuration: AgentConfiguration
}

/** What the files say anew against our draft, or what the draft says anew against what is live. */
export const diffAgents = async (directory: string | undefined, options: DiffOptions): Promise<ExitCode> => {
  const against = options.against ?? (directory === undefined ? 'live' : 'draft')
  if (!/^(?:draft|live|retell|[1-9]\d{0,8})$/.test(against)) {
    note('--against is draft, live, retell or the number of a version.')
    return 2
  }
  return asking(options, async (one) => {
    const { agents, isComplete } = await chosenAgents(one, options.agent)
    const found: {
      readonly agent: string
      readonly from: string
      readonly to: string
      readonly changes: SemanticDiff
    }[] = []
    const missing: string[] = []
    let compared = 0
    let isReadable = true
    for (const agent of agents) {
      const local = directory === undefined ? undefined : await lookAtFiles(one, directory, agent)
      for (const line of problemLines(agent.slug, local?.problems ?? [])) note(line)
      if (local?.state === 'unreadable') isReadable = false
      const files = local?.folder && { name: 'files', configuration: local.folder.configuration }
      const to = directory === undefined ? await sideOf(one, agent, 'draft') : files
      if (!to && directory !== undefined) {
        if (options.agent && local?.state === 'absent')
          missing.push(`${agent.slug}: There are no files of it in ${directory}.`)
        continue
      }
      const from = to && (await sideOf(one, agent, against))
      if (!to || !from) {
        missing.push(to ? nothingThere(agent.slug, against, options.company) : neverRead(agent.slug, options.company))
        continue
      }
      compared += 1
      const changes = semanticDiff(from.configuration, to.configuration)
      if (changes.sections.length > 0) found.push({ agent: agent.slug, from: from.name, to: to.name, changes })
    }
    if (directory !== undefined && compared === 0 && missing.length === 0 && isReadable) {
      missing.push(`${directory} holds no agents of the company.`)
    }
    for (const line of missing) note(inert(line))
    if (options.json) {
      printJson({ items: found.map(({ changes, ...names }) => ({ ...names, ...viewOfDiff(changes) })) })
    } else {
      for (const { agent, from, to, changes } of found) {
        print(`${bold(agent)}  ${from} → ${to}`)
        for (const line of diffLines(changes)) print(line)
      }
      if (found.length === 0 && compared > 0) print('Both sides say the same.')
    }
    const isMissed = missing.length > 0 && (options.agent !== undefined || compared === 0)
    return isComplete && isReadable && !isMissed ? 0 : 1
  })
}

const nothingThere = (slug: string, which: string, company: string): string => {
  if (which === 'live') return `${slug}: Callers reach nothing of it yet, so there is nothing to compare with.`
  return /^\d/.test(which) ? `${slug}: There is no version ${which}.` : neverRead(slug, company)
}

/** Undefined: there is no such version. */
const sideOf = async (
  { desk: { app }, scope }: Asking,
  { slug, live, theirs }: ManagedAgent,
  which: string,
): Promise<Side | undefined> => {
  if (which === 'draft') {
    const draft = await app.getDraft(scope, slug)
    return draft.isOk()
      ? {
          name: `${draft.value.isDraft ? 'draft' : 'version'} ${draft.value.version}`,
          configuration: draft.value.configuration,
        }
      : undefined
  }
  const number = { live, retell: theirs }[which] ?? (/^\d/.test(which) ? Number(which) : undefined)
  const found = number === undefined ? undefined : await app.agentVersionDetail(scope, slug, number)
  return found?.isOk()
    ? { name: inert(`${/^\d/.test(which) ? 'version' : which} ${number}`), configuration: found.value.configuration }
    : undefined
}
