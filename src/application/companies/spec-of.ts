import type { Branch, CompanyProfile, CompanySpec } from '../../domain/company.ts'

const withoutId = <Stored extends { readonly id: string }>({ id: _, ...spec }: Stored): Omit<Stored, 'id'> => spec

/** What is looked up beside a branch stands in no file. */
const branchSpec = (branch: Branch): Omit<Branch, 'id'> => {
  const { weekly, special, closed } = branch.hours
  return { ...withoutId(branch), hours: { weekly, special, closed } }
}

/** A company as its file would say it, to be changed and applied again. */
export const specOf = ({ id: _, version: _version, ...profile }: CompanyProfile): CompanySpec => ({
  ...profile,
  branches: profile.branches.map(branchSpec),
  services: profile.services.map(withoutId),
  staff: profile.staff.map(withoutId),
  agents: profile.agents.map(withoutId),
})
