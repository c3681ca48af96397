import { parseLineNumber, writtenInE164 } from '../../domain/calling/line-number.ts'
import { branchOfCall, overrideAt } from '../../domain/calling/routing.ts'
import type { BranchId, CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { Ports } from '../ports/ports.ts'
import type { Parties } from '../ports/voice-platform.ts'

interface OwnedByCompany {
  readonly kind: 'company'
  readonly company: CompanyId
  readonly branch: BranchId | undefined
}

/** Whose a call is by its number or agent. Never by the caller, never by a default. */
export type Owner =
  | OwnedByCompany
  /** The agent is named by several companies: the key that signed decides. */
  | { readonly kind: 'one-of'; readonly companies: readonly CompanyId[] }
  /** Only the call's id is known: it belongs to whoever knows that call in the account that signed. */
  | { readonly kind: 'by-call' }
  | { readonly kind: 'nobody' }

/**
 * A number that nobody owns is nobody's, whatever the agent says; only without a number does the agent decide. The
 * branch is that of the number, or the one to which a person sends its calls at this moment.
 */
export const findOwner =
  ({ directory }: Pick<Ports, 'directory'>) =>
  async (parties: Parties, at: Instant): Promise<Owner> => {
    if (parties.ourNumber !== undefined) {
      const written = writtenInE164(parties.ourNumber)
      const known =
        (written && (await ownerOf(directory, written, at))) ??
        (await ownerOfSpelling(directory, parties.ourNumber, at))
      return known ?? { kind: 'nobody' }
    }
    if (parties.agentId !== undefined) {
      const lines = await directory.linesOfAgent(parties.agentId)
      const companies = [...new Set(lines.map(({ company }) => company))]
      const [company] = companies
      if (company === undefined) return parties.callId === undefined ? { kind: 'nobody' } : { kind: 'by-call' }
      if (companies.length > 1) return { kind: 'one-of', companies }
      return { kind: 'company', company, branch: lines.length === 1 ? lines[0]?.branch : undefined }
    }
    return parties.callId === undefined ? { kind: 'nobody' } : { kind: 'by-call' }
  }

const ownerOf = async (
  directory: Ports['directory'],
  number: PhoneNumber,
  at: Instant,
): Promise<OwnedByCompany | undefined> => {
  const line = await directory.lineOf(number)
  if (!line) return undefined
  const { company, branch } = line
  const override = overrideAt(line.overrides, at)
  const profile = override?.to.kind === 'branch' ? await directory.profile(company) : undefined
  const dialled = profile?.branches.find(({ id }) => id === branch)
  return profile && dialled
    ? { kind: 'company', company, branch: branchOfCall(profile.branches, dialled, override).id }
    : { kind: 'company', company, branch }
}

/** Understanding a spelling costs more than finding a number, so it is done only for those that are not found as written. */
const ownerOfSpelling = async (
  directory: Ports['directory'],
  text: string,
  at: Instant,
): Promise<OwnedByCompany | undefined> => {
  const number = parseLineNumber(text)
  return number === undefined || number === text ? undefined : ownerOf(directory, number, at)
}
