import { userInfo } from 'node:os'
import { note } from '../../adapters/cli/terminal.ts'
import { grantPlatform } from '../../application/grant-scope.ts'
import { type Config, readConfig } from '../config.ts'
import type { Desk } from '../desk.ts'
import { explain } from '../explain.ts'

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2

/** As the machine knows whoever runs the command; who became somebody else with sudo stays who they are. */
const whoTypes = (): string => {
  const { SUDO_USER } = process.env
  if (SUDO_USER !== undefined && /^[\w.@-]{1,64}$/.test(SUDO_USER)) return SUDO_USER
  try {
    return userInfo().username
  } catch {
    // Containers run under numbers that have no name.
    return String(process.getuid?.() ?? 'unknown')
  }
}

/** Whoever may run commands on the machine may see every company. What they do is written down under their name there. */
export const shell = grantPlatform({ kind: 'user', name: `shell (${whoTypes()})` })

/** The environment, or undefined after everything wrong with it was told. */
export const configOrTell = (): Config | undefined => {
  const config = readConfig(process.env)
  if (config.isOk()) return config.value
  note('The settings cannot be used:')
  for (const { name, message } of config.error) note(`  ${name} ${message}`)
  return undefined
}

/** Runs `work` on an open desk and closes it again, whatever happens. */
export const withDesk = async (
  work: (desk: Desk, config: Config) => Promise<ExitCode>,
  options: { readonly migrate: boolean } = { migrate: true },
): Promise<ExitCode> => {
  const config = configOrTell()
  if (!config) return 1
  const { openDesk } = await import('../desk.ts')
  const desk = await openDesk({ ...config, autoMigrate: options.migrate && config.autoMigrate })
  if (desk.isErr()) {
    for (const line of explain(desk.error)) note(line)
    return 1
  }
  for (const line of desk.value.notices) note(line)
  try {
    return await work(desk.value, config)
  } finally {
    await desk.value.close()
  }
}
