import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { amber, blue, bold, faint, green, inert, note, print, printJson, red } from '../../../adapters/cli/terminal.ts'
import { viewOfPlayed } from '../../../adapters/http/api/rehearsal-view.ts'
import { shownFinding } from '../../../application/agents/gate-words.ts'
import { noSuchVersion } from '../../../application/agents/no-such-version.ts'
import { sayRehearsalFault } from '../../../application/agents/rehearsal-words.ts'
import type { RehearsalFault, RehearsalLine } from '../../../application/agents/rehearse.ts'
import type { ExitCode } from '../context.ts'
import { askingFor, type OfCompany, refused } from './asked.ts'

export interface LintOptions extends OfCompany {
  readonly version?: number
  readonly asks?: true
  readonly confirmRemoval?: readonly string[]
}

const severities = { error: red('✗ error'), warning: amber('! warning'), hint: faint('· hint') } as const

/** What of a version would harm callers. Fails when that keeps it from being published. */
export const lintAgent = (name: string, options: LintOptions): Promise<ExitCode> =>
  askingFor(options, name, async ({ desk, scope }, agent) => {
    const gate = await desk.app.gate(scope, agent.id, {
      version: options.version,
      confirmedRemovals: options.confirmRemoval,
      asks: options.asks ?? false,
    })
    if (!gate) return refused(noSuchVersion(options.version), options)
    const findings = gate.findings.map((one) => shownFinding(one, 'en'))
    if (options.json) printJson({ version: gate.version, passes: !gate.isClosed, findings })
    else {
      for (const { severity, path, message } of findings) {
        print(`${severities[severity]}  ${inert(message)}${path === '' ? '' : `  ${faint(inert(path))}`}`)
      }
      print(
        gate.isClosed
          ? `Version ${gate.version} cannot be published like this.`
          : `Nothing keeps version ${gate.version} from being published.`,
      )
    }
    return gate.isClosed ? 1 : 0
  })

export interface RehearseOptions extends OfCompany {
  readonly version?: number
  readonly script?: readonly string[]
}

/** Plays scripts against the functions of a version, on a copy of the company's calendar. */
export const rehearseAgent = (name: string, options: RehearseOptions): Promise<ExitCode> =>
  askingFor(options, name, async ({ desk, scope, profile }, agent) => {
    const scripts: { readonly name: string; readonly source: string }[] = []
    for (const file of options.script ?? []) {
      try {
        scripts.push({ name: basename(file), source: readFileSync(file, 'utf8') })
      } catch {
        note(`${file} cannot be read. Name a script.`)
        return 1
      }
    }
    const wanted = { version: options.version, ...(scripts.length === 0 ? {} : { scripts }) }
    const played = await desk.app.rehearse(scope, agent.id, wanted)
    if (played.isErr()) {
      const { error } = played
      if (error.kind === 'not-found') return refused(noSuchVersion(options.version), options)
      const errors = error.problems.map(({ path, message }) => ({
        pointer: `${error.name} ${path}`.trim(),
        detail: message,
      }))
      return refused({ kind: 'invalid-input', errors }, options)
    }
    const { version, passed } = played.value
    const zone = profile.company.timeZone
    if (options.json)
      printJson({ version, passed, scripts: played.value.scripts.map((one) => viewOfPlayed(one, zone)) })
    else {
      for (const script of played.value.scripts) {
        print(`${script.passed ? green('✓') : red('✗')} ${bold(inert(script.name))}  version ${version}`)
        for (const line of script.lines) for (const text of linesOf(line)) print(`    ${text}`)
        for (const fault of script.faults) print(`    ${sayFault(fault)}`)
      }
    }
    return passed ? 0 : 1
  })

const linesOf = (line: RehearsalLine): readonly string[] => {
  if (line.kind !== 'tool')
    return [`${line.kind === 'agent' ? green('▸ Agent ') : blue('▹ Caller')}  ${inert(line.text)}`]
  const status = String(line.answer?.status ?? 'not asked')
  return [
    `${amber('⚙')} ${bold(inert(line.tool))}(${inert(JSON.stringify(line.args))}) ${faint('→')} ${inert(status)}`,
    ...line.faults.map((fault) => `  ${sayFault(fault)}`),
  ]
}

const sayFault = (fault: RehearsalFault): string =>
  `${fault.kind === 'tool-elsewhere' ? amber('!') : red('✗')} ${inert(sayRehearsalFault(fault, 'en'))}`
