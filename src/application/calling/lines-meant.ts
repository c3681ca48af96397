import { nearMisses } from '../../domain/calling/near-miss.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'

export interface MeantLine {
  readonly number: string
  readonly profile: CompanyProfile
  readonly branch: Branch
}

/** Numbers of these companies that a dialled one may have been meant for, nearest first: for a person to see. */
export const linesMeant = (
  dialled: string | undefined,
  companies: readonly CompanyProfile[],
): readonly { readonly line: MeantLine; readonly distance: number }[] =>
  nearMisses(
    dialled,
    companies.flatMap((profile) =>
      profile.branches.flatMap((branch) => branch.phoneNumbers.map(({ number }) => ({ number, profile, branch }))),
    ),
  )
