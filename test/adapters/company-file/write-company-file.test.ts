import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { writeCompanyFile } from '../../../src/adapters/company-file/write-company-file.ts'
import { planCompany } from '../../../src/application/companies/plan-company.ts'
import { companySpec, exampleCompanyYaml, stored } from '../../arbitraries/company.ts'

describe('writing a company file', () => {
  it('writes what reads as the same company, whatever the company', () => {
    fc.assert(
      fc.property(companySpec, (spec) => {
        const written = writeCompanyFile(stored(spec))
        const read = readCompanyFile(written, {})
        expect(read._unsafeUnwrap().spec).toEqual(spec)
        expect(planCompany(stored(spec), read._unsafeUnwrap().spec, { prune: true })).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('names secrets and never invents values for them', () => {
    const yaml = exampleCompanyYaml.replace(
      'branches:',
      'retell: { api_key: key_plain, webhook_keys: ["${HOOK}"] }\nbranches:',
    )
    const { spec } = readCompanyFile(yaml, { HOOK: 'hook_plain' })._unsafeUnwrap()
    const written = writeCompanyFile(stored(spec))
    expect(written).toContain('${SALON_SONNE_RETELL_API_KEY}')
    expect(written).toContain('${HOOK}')
    expect(written).not.toMatch(/key_plain|hook_plain/)
  })

  it('leaves out what is the default, and customers', () => {
    const { spec } = readCompanyFile(exampleCompanyYaml, {})._unsafeUnwrap()
    const written = writeCompanyFile(stored(spec))
    expect(written).not.toMatch(
      /policies|retention|notifications|calendar|customers|buffer_before|wait_after_minutes: 0/,
    )
    expect(written).toContain('"+493023125101"')
    expect(written).toContain('closed: [ "2026-12-24", "2026-12-25..2027-01-02" ]')
  })
})
