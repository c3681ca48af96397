import type { CacheState } from '../../adapters/cache/shared-cache.ts'
import { amber, faint, green, inert, note, print, printJson, red } from '../../adapters/cli/terminal.ts'
import type { Check } from '../../application/operation/check.ts'
import { type ExitCode, shell, withDesk } from './context.ts'

const signs = { ok: green('✓'), warning: amber('!'), broken: red('✗') } as const

/** Every link, one line each, with the cure. Fails when a link is broken. */
export const doctor = (options: { readonly company?: string; readonly json?: true }): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const only = options.company === undefined ? undefined : await desk.ports.directory.companyBySlug(options.company)
    if (options.company !== undefined && only === undefined) {
      note(`There is no company ${options.company}. Apply its file first: frontdesk apply FILE`)
      return 1
    }
    const checks: readonly Check[] = [
      { company: undefined, link: 'settings', state: 'ok', found: 'Every setting can be used.', cure: '' },
      {
        company: undefined,
        link: 'database',
        state: 'ok',
        found: 'It answers, is of this version, and opens with these keys.',
        cure: '',
      },
      cacheCheck(await desk.vitals.cache()),
      ...(await desk.app.doctor(shell, only)),
    ]
    if (options.json) printJson(checks)
    else
      for (const { company, link, state, found, cure } of checks) {
        print(
          `${signs[state]} ${faint(`${company ?? 'platform'} · `)}${link}: ${inert(found)}${cure === '' ? '' : `  ${faint('→')} ${cure}`}`,
        )
      }
    return checks.some(({ state }) => state === 'broken') ? 1 : 0
  })

const cacheCheck = (state: CacheState): Check => ({
  company: undefined,
  link: 'cache',
  state: state === 'away' ? 'warning' : 'ok',
  found: {
    own: 'Each process keeps and counts for itself.',
    shared: 'The Redis server answers.',
    away: 'The Redis server does not answer, so each process keeps and counts for itself.',
  }[state],
  cure: state === 'away' ? 'Start the server, or correct REDIS_URL.' : '',
})
