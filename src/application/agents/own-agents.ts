import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Ports } from '../ports/ports.ts'

/** Which agents and numbers of a Retell account are a company's. */
export interface OwnAgents {
  /** The account is the platform's, or of several companies: only what the company names or rings is its own. */
  readonly isShared: boolean
  /** Retell's ids that the company file names, each once. */
  readonly named: readonly string[]
  /** Another company of the account names this agent. Looks at every company of the account. */
  readonly isForeign: (retellAgentId: string) => Promise<boolean>
  readonly isOwnNumber: (number: PhoneNumber) => Promise<boolean>
}

export const ownAgents = async (
  { directory }: Pick<Ports, 'directory'>,
  profile: CompanyProfile,
): Promise<OwnAgents> => {
  const account = await directory.accountOf(profile.id)
  const isShared = account.company !== profile.id
  const others = account.companies.filter((one) => one !== profile.id)
  let foreign: Promise<ReadonlySet<string>> | undefined
  return {
    isShared,
    named: namedBy(profile),
    isForeign: async (agent) => {
      if (!isShared) return false
      foreign ??= namedByAll({ directory }, others)
      return (await foreign).has(agent)
    },
    isOwnNumber: async (number) => !isShared || (await directory.lineOf(number))?.company === profile.id,
  }
}

/**
 * As `OwnAgents.isForeign`, in constant time and by the branches alone: for whoever only looks at what a sync has
 * already let in.
 */
export const isAnothersAgent = async (
  { directory }: Pick<Ports, 'directory'>,
  company: CompanyId,
  retellAgentId: string,
): Promise<boolean> => {
  if ((await directory.accountOf(company)).company === company) return false
  return (await directory.linesOfAgent(retellAgentId)).some((line) => line.company !== company)
}

const namedBy = ({ agents, branches }: CompanyProfile): readonly string[] => [
  ...new Set([...agents, ...branches].flatMap(({ retellAgentId }) => retellAgentId ?? [])),
]

const namedByAll = async (
  { directory }: Pick<Ports, 'directory'>,
  companies: readonly CompanyId[],
): Promise<ReadonlySet<string>> => {
  const named = new Set<string>()
  for (const company of companies) {
    const profile = await directory.profile(company)
    if (profile) for (const agent of namedBy(profile)) named.add(agent)
  }
  return named
}
