import { readFileSync } from 'node:fs'
import { inert, note, print, printJson } from '../../../adapters/cli/terminal.ts'
import { viewOfImport } from '../../../adapters/http/api/agent-exchange.ts'
import type { Json } from '../../../domain/canonical-json.ts'
import type { ExitCode } from '../context.ts'
import { asking, type OfCompany, refused } from './asked.ts'

/** The agent's file on stdout, which is one JSON document in any case. */
export const exportAgent = (name: string, options: OfCompany & { readonly version?: number }): Promise<ExitCode> =>
  asking(options, async ({ desk, scope }) => {
    const exported = await desk.app.exportAgent(scope, name, options.version)
    if (exported.isErr()) return refused(exported.error, options, name)
    printJson(exported.value)
    return 0
  })

export interface ImportOptions extends OfCompany {
  readonly into?: string
  readonly slug?: string
  readonly name?: string
  /** Names of the file whose values are taken from the environment. */
  readonly secret?: readonly string[]
  readonly message?: string
}

/** Makes a file a draft. */
export const importAgent = (
  file: string,
  options: ImportOptions,
  environment: { readonly [name: string]: string | undefined },
): Promise<ExitCode> =>
  asking(options, async ({ desk, scope, profile }) => {
    const document = read(file)
    if (document === undefined) {
      note(`${file} cannot be read as JSON. Name a file that was exported.`)
      return 1
    }
    const { into, slug, name, message = '' } = options
    const secrets = secretsFor(options.secret ?? [], environment)
    const taken = await desk.app.importAgent(scope, profile, { document, into, slug, name, message, secrets })
    if (taken.isErr()) return refused(taken.error, options, into)
    const { agent, version, secretsMissing, leftover, numbersDropped, accountIds } = taken.value
    if (options.json) {
      printJson(viewOfImport(taken.value, profile.company.timeZone))
      return 0
    }
    print(`${agent.slug}: version ${version} is the draft.`)
    for (const one of secretsMissing) {
      note(inert(`Secret missing: ${one.name}, at ${one.paths.join(', ')}. Enter it before the draft is published.`))
    }
    for (const path of leftover) note(inert(`Not taken over: ${path}`))
    for (const path of accountIds)
      note(inert(`Named in another Retell account, unless it came from yours: ${path}. Choose what is there.`))
    for (const number of numbersDropped) note(inert(`Left out, for it is no number of the company: ${number}`))
    return 0
  })

const read = (file: string): Json | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Only what somebody named: a file of somebody else could ask for anything that is there. */
const secretsFor = (
  names: readonly string[],
  environment: { readonly [name: string]: string | undefined },
): { readonly [name: string]: string } =>
  Object.fromEntries(
    names.flatMap((name): readonly (readonly [string, string])[] => {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined
      if (value === undefined || value === '') note(`${name} is not set in the environment.`)
      return value === undefined ? [] : [[name, value]]
    }),
  )
