import type { CompanyProfile } from '../../domain/company.ts'
import { isoUtc } from '../../domain/time.ts'
import { newestAgentSync } from '../agents/sync-agents.ts'
import { sayNumberFault, watchedNumbers } from '../agents/watch-numbers.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { broken, type Check, fine, warning } from './check.ts'

export type AgentDoctor = Pick<Ports, 'directory' | 'voiceAccounts' | 'realTime' | 'store'> & {
  readonly publicUrl: string
  readonly patienceMs: number
}

/** Every link between a company and its agents at Retell. Asks Retell about the key, within a limit, and changes nothing. */
export const agentChecks = async (
  ports: AgentDoctor,
  scope: CompanyScope,
  profile: CompanyProfile,
): Promise<readonly Check[]> => {
  const { slug } = profile.company
  const account = await ports.voiceAccounts.of(profile)
  if (!account) {
    return [
      warning(
        slug,
        'agents',
        'There is no key for Retell, so its agents and numbers cannot be looked at.',
        'Put one under api_key of retell in the company file, or into RETELL_API_KEY.',
      ),
    ]
  }
  const answer = await ports.realTime.deadlineIn(ports.patienceMs).within(account.check())
  return [
    answer === 'too-late'
      ? silent(slug, 'Retell does not answer.')
      : answer.match(
          ({ name }) =>
            fine(slug, 'Retell key', name === undefined ? 'It opens the account.' : `It opens the account ${name}.`),
          ({ kind, detail }) =>
            kind === 'misconfigured'
              ? broken(slug, 'Retell key', detail, 'Correct api_key of retell in the company file, or RETELL_API_KEY.')
              : silent(slug, detail),
        ),
    await syncCheck(ports, scope, slug),
    ...(await numberChecks(ports, scope, slug)),
  ]
}

const silent = (slug: string, detail: string): Check =>
  warning(slug, 'Retell key', detail, 'Wait, and look at the state of Retell; callers are answered meanwhile.')

const syncCheck = async (ports: AgentDoctor, scope: CompanyScope, slug: string): Promise<Check> => {
  const newest = await newestAgentSync(ports)(scope)
  const again = `Read them from Retell: frontdesk agents sync --company ${slug}`
  if (!newest) return warning(slug, 'agents', 'They were never read from Retell.', again)
  if (newest.state === 'failed' || newest.failed > 0) {
    return warning(slug, 'agents', newest.error ?? 'Some of them could not be read.', again)
  }
  return newest.endedAt === undefined
    ? fine(slug, 'agents', `${newest.read} of ${newest.total} are read from Retell.`)
    : fine(slug, 'agents', `${newest.total} were read from Retell at ${isoUtc(newest.endedAt)}.`)
}

const numberChecks = async (ports: AgentDoctor, scope: CompanyScope, slug: string): Promise<readonly Check[]> => {
  const watched = await watchedNumbers(ports)(scope)
  return watched.flatMap(({ number, seen, faults }): readonly Check[] => {
    const link = `number ${number} at Retell`
    if (!seen) {
      return [
        warning(slug, link, 'Retell was never asked for it.', `Ask it: frontdesk agents register --company ${slug}`),
      ]
    }
    if (faults.length === 0) {
      return [fine(slug, link, `It rings its agent, and we are asked; seen at ${isoUtc(seen.seenAt)}.`)]
    }
    return faults.map((fault) => {
      const { found, cure } = sayNumberFault(fault)
      return broken(slug, link, found, cure)
    })
  })
}
