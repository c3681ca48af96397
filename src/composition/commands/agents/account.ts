import { amber, green, inert, note, print, printJson, progress, red, table } from '../../../adapters/cli/terminal.ts'
import { viewOfAgent } from '../../../adapters/http/api/agent-view.ts'
import { sayNumberFault } from '../../../application/agents/watch-numbers.ts'
import type { AgentSync } from '../../../application/ports/agent-syncs.ts'
import type { ExitCode } from '../context.ts'
import { asking, type OfCompany, refused } from './asked.ts'

export interface CreateOptions extends OfCompany {
  readonly slug?: string
  readonly language?: string
  readonly voice?: string
}

/** Makes an agent with the settings of the company; Retell is told when it is published. */
export const createAgent = (name: string, options: CreateOptions): Promise<ExitCode> =>
  asking(options, async ({ desk, scope, profile }) => {
    const { slug, language, voice } = options
    const made = await desk.app.createAgent(scope, profile, { name, slug, language, voice })
    if (made.isErr()) return refused(made.error, options)
    if (options.json) printJson(viewOfAgent(made.value, profile.company.timeZone))
    else
      print(
        `${made.value.slug} is a draft here. Publish it: frontdesk agents publish ${made.value.slug} --company ${options.company}`,
      )
    return 0
  })

const patienceMs = 600_000
const lookEveryMs = 1_000

/** Reads all agents from Retell; nothing of ours is overwritten. */
export const syncAgents = (options: OfCompany): Promise<ExitCode> =>
  asking(options, async ({ desk, scope }) => {
    const until = desk.ports.realTime.deadlineIn(patienceMs)
    let sync: AgentSync = await desk.app.startAgentSync(scope)
    while (sync.state === 'running' && until.left() > 0) {
      sync = (await desk.app.seeAgentSync(scope, Math.min(lookEveryMs, until.left()))) ?? sync
      progress(`${sync.read + sync.failed} of ${sync.total} read`)
    }
    const { state, total, read, changed, failed, error } = sync
    if (options.json) printJson({ status: state, total, read, changed, failed, error: error ?? null })
    else print(`${read} of ${total} read, ${changed} changed, ${failed} failed.`)
    if (error !== undefined) note(inert(error))
    if (state === 'running') note('It is still under way, and goes on by itself while frontdesk serve runs.')
    return state === 'done' && failed === 0 ? 0 : 1
  })

const outcomes = { set: green('✓ set'), 'was-set': green('✓ was set'), failed: red('✗ failed') } as const

/** Has Retell ask us about calls that ring at the company's numbers, and says what else is wrong with them. */
export const registerNumbers = (options: OfCompany): Promise<ExitCode> =>
  asking(options, async ({ desk, scope }) => {
    const registered = await desk.app.registerNumbers(scope)
    if (registered.isErr()) return refused(registered.error, options)
    const watched = await desk.app.watchNumbers(scope)
    const faults = watched.isErr() ? [] : watched.value.filter((one) => one.faults.length > 0)
    const items = registered.value
    if (options.json) {
      printJson({
        items: items.map(({ number, outcome, detail }) => ({
          ...{ number, outcome: outcome.replace('-', '_'), detail: detail ?? null },
          faults: (faults.find((one) => one.number === number)?.faults ?? []).map(({ kind }) => kind),
        })),
      })
    } else if (items.length === 0) print('The company has no numbers that are active.')
    else {
      print(
        table(
          ['number', 'webhook', ''],
          items.map(({ number, outcome, detail }) => [number, outcomes[outcome], detail ?? '']),
        ),
      )
      for (const { number, faults: found } of faults) {
        for (const fault of found) {
          const said = sayNumberFault(fault)
          print(`${amber('!')} ${number}  ${said.found} ${said.cure}`)
        }
      }
    }
    return items.every(({ outcome }) => outcome !== 'failed') ? 0 : 1
  })
