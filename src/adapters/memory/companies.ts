import { isDeepStrictEqual } from 'node:util'
import { err, ok } from 'neverthrow'
import type { Ids } from '../../application/ports/ambient.ts'
import type { Companies } from '../../application/ports/companies.ts'
import type { CompanyProfile, CustomerSeed } from '../../domain/company.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import { sameEmail } from './customers.ts'
import { keep } from './keep.ts'
import { type Draft, draftOf } from './tables.ts'
import type { CompanyRecord, World } from './world.ts'

interface Named {
  readonly slug: string
}

interface Brought<Stored> {
  readonly active: readonly Stored[]
  readonly retired: readonly Stored[]
}

/** Brings what is stored to what the file names. A slug keeps its id, also over a retirement. */
const brought = <Spec extends Named, Stored extends Spec & { readonly id: string }>(
  before: Brought<Stored>,
  specs: readonly Spec[],
  prune: boolean,
  stored: (spec: Spec, id: Stored['id'] | undefined) => Stored,
): Brought<Stored> => {
  const known = [...before.active, ...before.retired]
  const named = new Set(specs.map(({ slug }) => slug))
  const unnamed = before.active.filter(({ slug }) => !named.has(slug))
  const still = before.retired.filter(({ slug }) => !named.has(slug))
  const active = specs.map((spec) => stored(spec, known.find(({ slug }) => slug === spec.slug)?.id))
  return prune ? { active, retired: [...still, ...unnamed] } : { active: [...active, ...unnamed], retired: still }
}

const plain = (value: Secret | undefined): string | undefined => value?.use((text) => text)

const nothing: CompanyRecord['retired'] = { branches: [], services: [], staff: [], agents: [] }

/** A seed makes a customer whom nobody knows yet, by number, else by e-mail, else by name. */
const seed = (draft: Draft, ids: Ids, customers: readonly CustomerSeed[], now: Instant): void => {
  for (const { name, phone, email } of customers) {
    const known = draft.rows('customers').some((one) => {
      if (phone !== undefined) return one.phone === phone
      if (email !== undefined) return sameEmail(one.email, email)
      return one.phone === undefined && one.email === undefined && one.name === name
    })
    if (known) continue
    const id = ids.next('customer')
    draft.put('customers', id, { id, name, phone, email, language: undefined, notes: undefined, firstSeenAt: now })
  }
}

export const memoryCompanies = (world: World, ids: Ids): Companies => {
  const ofSlug = (slug: string) => [...world.companies.values()].find(({ profile }) => profile.company.slug === slug)
  const taken = (slug: string, numbers: readonly PhoneNumber[]): readonly PhoneNumber[] => {
    const held = new Set(
      [...world.companies.values()]
        .filter(({ profile }) => profile.company.slug !== slug)
        .flatMap(({ profile }) => profile.branches)
        .flatMap(({ phoneNumbers }) => phoneNumbers)
        .flatMap(({ number, active }) => (active ? number : [])),
    )
    return numbers.filter((number) => held.has(number))
  }

  return {
    secretNames: async (_scope, company) => new Set(world.companies.get(company)?.secrets.keys()),
    heldByOthers: async (_scope, slug, numbers) => taken(slug, numbers),
    write: async (_scope, { spec, secrets, customers, prune, ofVersion }, now) =>
      world.inTurn('companies', async () => {
        const before = ofSlug(spec.company.slug)
        if (ofVersion !== undefined && before?.profile.version !== ofVersion)
          return err({ kind: 'company-changed-meanwhile' })
        const id = before?.profile.id ?? ids.next('company')
        const { retired = nothing } = before ?? {}

        const branches = brought(
          { active: before?.profile.branches ?? [], retired: retired.branches },
          spec.branches,
          prune,
          (one, known) => ({ ...one, id: known ?? ids.next('branch') }),
        )
        const active = branches.active.flatMap(({ phoneNumbers }) => phoneNumbers.filter((one) => one.active))
        const [number] = taken(
          spec.company.slug,
          active.map((one) => one.number),
        )
        if (number !== undefined) return err({ kind: 'number-taken', number })

        const services = brought(
          { active: before?.profile.services ?? [], retired: retired.services },
          spec.services,
          prune,
          (one, known) => ({ ...one, id: known ?? ids.next('service') }),
        )
        const staff = brought(
          { active: before?.profile.staff ?? [], retired: retired.staff },
          spec.staff,
          prune,
          (one, known) => ({ ...one, id: known ?? ids.next('staff') }),
        )
        const agents = brought(
          { active: before?.profile.agents ?? [], retired: retired.agents },
          spec.agents,
          prune,
          (one, known) => ({ ...one, id: known ?? ids.next('agent') }),
        )
        const profile: CompanyProfile = keep({
          ...spec,
          id,
          version: before?.profile.version ?? 0,
          branches: branches.active,
          services: services.active,
          staff: staff.active,
          agents: agents.active,
        })
        const newSecrets = secrets.some(({ name, value }) => plain(value) !== plain(before?.secrets.get(name)))
        const changed = newSecrets || !isDeepStrictEqual(profile, before?.profile)
        const next = changed ? keep({ ...profile, version: profile.version + 1 }) : profile

        await world.inTurn(id, async () => {
          const { draft, close } = draftOf(world.tablesOf(id), 'write')
          seed(draft, ids, customers, now)
          world.commit(id, close())
          world.companies.set(id, {
            profile: next,
            retired: {
              branches: branches.retired,
              services: services.retired,
              staff: staff.retired,
              agents: agents.retired,
            },
            secrets: new Map([...(before?.secrets ?? []), ...secrets.map(({ name, value }) => [name, value] as const)]),
          })
        })
        return ok(next)
      }),
  }
}
