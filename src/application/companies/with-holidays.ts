import type { CompanyProfile } from '../../domain/company.ts'
import type { Directory } from '../ports/directory.ts'
import type { PublicHolidays } from '../ports/holidays.ts'

/** The same directory, whose branches keep the holidays of their region: whoever asks their hours need not think of it. */
export const withHolidays = <Known extends Directory>(directory: Known, holidays: PublicHolidays): Known => {
  const read = new WeakMap<CompanyProfile, CompanyProfile>()
  const keeping = (profile: CompanyProfile): CompanyProfile => ({
    ...profile,
    branches: profile.branches.map((branch) => {
      const theirs = branch.publicHolidays === undefined ? undefined : holidays.of(branch.publicHolidays)
      return theirs ? { ...branch, hours: { ...branch.hours, holidays: theirs } } : branch
    }),
  })
  return {
    ...directory,
    profile: async (company) => {
      const stored = await directory.profile(company)
      if (!stored) return undefined
      const known = read.get(stored) ?? keeping(stored)
      read.set(stored, known)
      return known
    },
  }
}
