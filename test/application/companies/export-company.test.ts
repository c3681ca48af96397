import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { companyFileOf, writeCompanyFile } from '../../../src/adapters/company-file/write-company-file.ts'
import type { CompanyToApply } from '../../../src/application/companies/apply-company.ts'
import { grantPlatform } from '../../../src/application/grant-scope.ts'
import type { CompanySpec } from '../../../src/domain/company.ts'
import { secret } from '../../../src/domain/secret.ts'
import { companySpec } from '../../arbitraries/company.ts'
import { openDesk } from '../desk.ts'

const platform = grantPlatform({ kind: 'user', name: 'shell' })
const whole = { prune: true, dryRun: false }

/** With a value for each of its secrets. */
const toApply = (spec: CompanySpec): CompanyToApply => ({
  spec,
  customers: [],
  secrets: secretNames(spec).map((name) => ({ name, value: secret(`value-of-${name}`), line: undefined, path: '' })),
})

const secretNames = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  if ('secretName' in value && typeof value.secretName === 'string') return [value.secretName]
  return Object.values(value).flatMap(secretNames)
}

describe('a company that is exported', () => {
  it('is changed by nothing of it when that is applied again, and its secrets are not in it', async () => {
    await fc.assert(
      fc.asyncProperty(companySpec, async (spec) => {
        const desk = await openDesk([])
        const applied = (await desk.app.applyCompany(platform, toApply(spec), whole))._unsafeUnwrap()
        const id = await desk.ports.directory.companyBySlug(spec.company.slug)
        const profile = id && (await desk.ports.directory.profile(id))
        if (!profile) throw new Error('It was not applied.')
        expect(applied.profile?.company.slug).toBe(spec.company.slug)
        for (const written of [writeCompanyFile(profile), Object(companyFileOf(profile))]) {
          expect(JSON.stringify(written)).not.toContain('value-of-')
          const again = readCompanyFile(written, {})._unsafeUnwrap()
          expect((await desk.app.applyCompany(platform, again, whole))._unsafeUnwrap().changes).toEqual([])
        }
      }),
      { numRuns: 40 },
    )
  })
})
