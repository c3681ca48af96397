import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { planCompany } from '../../../src/application/companies/plan-company.ts'
import { inventSecretName } from '../../../src/application/companies/secret-name.ts'
import type { CompanySpec } from '../../../src/domain/company.ts'
import { companySpec, exampleCompanyYaml, stored } from '../../arbitraries/company.ts'

const spec = readCompanyFile(exampleCompanyYaml, {})._unsafeUnwrap().spec
const current = stored(spec)
const keep = { prune: false }
const prune = { prune: true }

/** The same company with every key of every mapping, and every list but the segments, the other way round. */
const turned = <Value>(value: Value, ordered = false): Value => {
  if (Array.isArray(value)) {
    const items = value.map((item) => turned(item))
    return (ordered ? items : items.toReversed()) as Value
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inside]) => [key, turned(inside, key === 'segments')])
  return Object.fromEntries(entries.toReversed()) as Value
}

describe('planning a company', () => {
  it('changes nothing where the file says what is stored', () => {
    fc.assert(
      fc.property(companySpec, (some) => {
        expect(planCompany(stored(some), some, prune)).toEqual([])
        expect(planCompany(stored(some), turned(some), prune)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('changes nothing for the holidays that a stored branch looks up', () => {
    const holidays = () => undefined
    const branches = current.branches.map((one) => ({ ...one, hours: { ...one.hours, holidays } }))
    expect(planCompany({ ...current, branches }, spec, prune)).toEqual([])
  })

  it('creates everything of a new company, what others name first', () => {
    const plan = planCompany(undefined, spec, keep)
    expect(plan.map(({ action, kind, slug }) => `${action} ${kind} ${slug}`)).toEqual([
      'create company salon-sonne',
      'create branch mitte',
      'create branch west',
      'create service herrenhaarschnitt',
      'create service dauerwelle',
      'create staff nina',
      'create agent empfang',
      'create phone-number +493023125101',
      'create phone-number +493023125102',
    ])
    expect(plan[0]?.fields).toContain('policies')
  })

  it('names the changed fields as the file spells them', () => {
    const changed: CompanySpec = {
      ...spec,
      company: { ...spec.company, name: 'Salon Mond' },
      policies: { ...spec.policies, holdSeconds: 60, cancel: { ...spec.policies.cancel, hoursBefore: 12 } },
      branches: spec.branches.map((branch) => ({ ...branch, publicHolidays: 'DE-BB' })),
      services: spec.services.map((service) => ({ ...service, price: undefined, durationMinutes: 55 })),
    }
    expect(planCompany(current, changed, keep)).toEqual([
      { action: 'change', kind: 'company', slug: 'salon-sonne', fields: ['name'] },
      { action: 'change', kind: 'settings', slug: 'policies', fields: ['hold_seconds', 'cancel'] },
      { action: 'change', kind: 'branch', slug: 'mitte', fields: ['public_holidays'] },
      { action: 'change', kind: 'branch', slug: 'west', fields: ['public_holidays'] },
      { action: 'change', kind: 'service', slug: 'herrenhaarschnitt', fields: ['price'] },
      { action: 'change', kind: 'service', slug: 'dauerwelle', fields: ['duration_minutes'] },
    ])
  })

  it('sees a number that moves to another branch, and nothing else', () => {
    const [mitte, west] = spec.branches
    const moved = {
      ...spec,
      branches: [mitte, west].flatMap((branch) =>
        branch
          ? [{ ...branch, phoneNumbers: branch === west ? spec.branches.flatMap((one) => one.phoneNumbers) : [] }]
          : [],
      ),
    }
    expect(planCompany(current, moved, prune)).toEqual([
      { action: 'change', kind: 'phone-number', slug: '+493023125101', fields: ['branch'] },
    ])
  })

  it('leaves alone what the file does not name, and retires it last and the other way round when pruning', () => {
    const less: CompanySpec = { ...spec, branches: spec.branches.slice(1), services: [], staff: [], agents: [] }
    expect(planCompany(current, less, keep)).toEqual([])
    expect(planCompany(current, less, prune).map(({ action, kind, slug }) => `${action} ${kind} ${slug}`)).toEqual([
      'retire phone-number +493023125101',
      'retire agent empfang',
      'retire staff nina',
      'retire service herrenhaarschnitt',
      'retire service dauerwelle',
      'retire branch mitte',
    ])
  })

  it('tells an own Retell account that comes, changes and goes', () => {
    const own = (name: string): CompanySpec => ({
      ...spec,
      retell: { apiKey: { secretName: name }, webhookKeys: [{ secretName: name }] },
    })
    expect(planCompany(current, own('A'), keep)).toEqual([
      { action: 'create', kind: 'settings', slug: 'retell', fields: ['api_key', 'webhook_keys'] },
    ])
    expect(planCompany(stored(own('A')), own('B'), keep)).toMatchObject([{ action: 'change', slug: 'retell' }])
    expect(planCompany(stored(own('A')), spec, keep)).toEqual([
      { action: 'retire', kind: 'settings', slug: 'retell', fields: [] },
    ])
  })

  it('heeds the order of segments, and of nothing else', () => {
    const swapped = { ...spec, services: spec.services.map((one) => ({ ...one, segments: one.segments.toReversed() })) }
    expect(planCompany(current, swapped, keep)).toEqual([
      { action: 'change', kind: 'service', slug: 'dauerwelle', fields: ['segments'] },
    ])
  })

  it('finds the one thing that was renamed, in any company', () => {
    fc.assert(
      fc.property(companySpec, fc.nat(), (some, pick) => {
        const at = pick % some.branches.length
        const branches = some.branches.map((one, index) => (index === at ? { ...one, name: `${one.name}!` } : one))
        expect(planCompany(stored(some), { ...some, branches }, prune)).toEqual([
          { action: 'change', kind: 'branch', slug: some.branches[at]?.slug, fields: ['name'] },
        ])
      }),
      { numRuns: 50 },
    )
  })
})

describe('inventing a name for a secret', () => {
  it('makes one that an environment can hold, and that is free', () => {
    expect(inventSecretName('salon-sonne', 'retell_api_key', () => true)).toBe('SALON_SONNE_RETELL_API_KEY')
    expect(inventSecretName('1a', 'x', (name) => name !== '_1A_X')).toBe('_1A_X_2')
  })
})
