import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { ApplyFailure } from '../companies/apply-company.ts'
import {
  type AppliedCompany,
  type Applying,
  applyCompany,
  applyToVersion,
  type CompanyToApply,
} from '../companies/apply-company.ts'
import type { InvalidInput } from '../failure.ts'
import { grantPlatform } from '../grant-scope.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

/** Files are applied for the platform, in the name of whoever asks. */
const platformOf = ({ actor, actorId, address }: CompanyScope): PlatformScope =>
  grantPlatform(actor, { actorId, address })

/** Brings a company to its file, by those who may act for it. The file is of this very company or of none. */
export const changeCompanyFile =
  (ports: Applying) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    file: CompanyToApply,
    options: { readonly prune: boolean; readonly dryRun: boolean },
  ): Promise<Result<AppliedCompany, ApplyFailure | InvalidInput>> => {
    const { slug } = file.spec.company
    const owner = await ports.directory.companyBySlug(slug)
    if (slug !== profile.company.slug || owner !== scope.company) {
      const detail = `The file must be of the company that the address names: ${profile.company.slug}.`
      return err({ kind: 'invalid-input', errors: [{ pointer: '/company/slug', detail }] })
    }
    return applyCompany(ports)(platformOf(scope), file, options)
  }

/**
 * Changes something of a company as it stands now: `make` gives its file anew. It is asked again where somebody else
 * changed the company at the same moment, so that no change is lost, and so it has no effect outside.
 */
export const changeCompany =
  (ports: Applying) =>
  async <E>(
    scope: CompanyScope,
    make: (profile: CompanyProfile) => Promise<Result<CompanyToApply, E>>,
  ): Promise<Result<CompanyProfile, ApplyFailure | E>> => {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const profile = await ports.directory.profile(scope.company)
      if (!profile) throw new Error('The company of a granted scope is not there')
      const file = await make(profile)
      if (file.isErr()) return err(file.error)
      const options = { prune: false, dryRun: false, ofVersion: profile.version }
      const applied = await applyToVersion(ports)(platformOf(scope), file.value, options)
      if (applied.isOk()) return ok(applied.value.profile ?? profile)
      if (applied.error.kind !== 'company-changed-meanwhile') return err(applied.error)
    }
    throw new Error('A company changed faster than it could be changed')
  }

const mostAttempts = 20
