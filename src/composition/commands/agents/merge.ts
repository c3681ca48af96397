import { amber, bold, inert, note, print, printJson } from '../../../adapters/cli/terminal.ts'
import { viewOfConflict, viewOfMerged } from '../../../adapters/http/api/agent-work.ts'
import type { MergeDecision } from '../../../domain/agents/merge.ts'
import { pathText } from '../../../domain/agents/patch.ts'
import type { ExitCode } from '../context.ts'
import { askingFor, type OfCompany, refused } from './asked.ts'
import { short } from './say-diff.ts'

export interface MergeOptions extends OfCompany {
  /** Each a conflict's path and whose side stands, as in `/engine/begin_message=ours`. */
  readonly take?: readonly string[]
  readonly ours?: true
  readonly theirs?: true
  readonly message?: string
}

/** Undefined: one of them is no decision. */
const decisionsOf = (texts: readonly string[]): ReadonlyMap<string, MergeDecision> | undefined => {
  const decisions = new Map<string, MergeDecision>()
  for (const text of texts) {
    const [, path, side] = /^(\/.*)=(ours|theirs)$/.exec(text) ?? []
    if (path === undefined || (side !== 'ours' && side !== 'theirs')) return undefined
    decisions.set(path, side)
  }
  return decisions
}

/** Makes both sides' changes the draft. Where both changed the same differently somebody has to decide. */
export const mergeSides = async (name: string, options: MergeOptions): Promise<ExitCode> => {
  const taken = decisionsOf(options.take ?? [])
  if (!taken) {
    note('--take is the path of a conflict and whose side stands: /engine/begin_message=ours, or =theirs.')
    return 2
  }
  if (options.ours && options.theirs) {
    note('--ours and --theirs cannot both be meant.')
    return 2
  }
  return askingFor(options, name, async ({ desk, scope, profile }, { slug }) => {
    const { message = '' } = options
    const usual = options.ours ? 'ours' : options.theirs ? 'theirs' : undefined
    const first = await desk.app.mergeAgent(scope, slug, { decisions: taken, message })
    const rest = first.isOk() && first.value.kind === 'undecided' && usual ? first.value.conflicts : []
    const merged =
      rest.length === 0 || usual === undefined
        ? first
        : await desk.app.mergeAgent(scope, slug, {
            decisions: new Map([...taken, ...rest.map(({ path }) => [pathText(path), usual] as const)]),
            message,
          })
    if (merged.isErr()) return refused(merged.error, options)
    const { value } = merged
    if (options.json) printJson(viewOfMerged(value, profile.company.timeZone))
    else if (value.kind === 'merged') {
      const { draft, live } = value.agent
      print(
        `${slug}: ${draft === undefined ? `both sides are version ${live ?? ''}` : `version ${draft} is the draft`}.`,
      )
    }
    if (value.kind === 'merged') return 0
    for (const one of value.conflicts) {
      const { path, base, ours, theirs } = viewOfConflict(one)
      if (options.json) continue
      print(`${amber('!')} ${bold(inert(path))}`)
      print(`    before  ${short(base)}`)
      print(`    ours    ${short(ours)}`)
      print(`    theirs  ${short(theirs)}`)
    }
    note(
      'Nothing was changed. Decide each with --take PATH=ours or --take PATH=theirs, or all with --ours or --theirs.',
    )
    return 1
  })
}
