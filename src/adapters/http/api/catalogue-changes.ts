import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { CompanyToApply } from '../../../application/companies/apply-company.ts'
import type { Failure, InputError, InvalidInput } from '../../../application/failure.ts'
import type { Clock } from '../../../application/ports/ambient.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { Doors } from '../authenticate.ts'
import {
  branchView,
  numbersOf,
  phoneNumber,
  serviceView,
  staffView,
  stretches,
  viewOfBranch,
  viewOfService,
  viewOfStaff,
  weekly,
} from './catalogue.ts'
import { type Routing, routesBehind } from './route.ts'

/** The file of a company with one of its things changed; undefined when there is no such thing. */
export type CompanyFilePatcher = (
  profile: CompanyProfile,
  part: { readonly list: 'branches' | 'services' | 'staff' | 'phone-numbers' | 'settings'; readonly slug: string },
  changes: { readonly [key: string]: unknown },
) => Result<CompanyToApply, readonly { readonly path: string; readonly message: string }[]> | undefined

const text = z.string().max(500)
const texts = z.array(text).max(500)
const id = z.number().int().positive()
const minutes = z.number().int().min(0)

const serviceChanges = z
  .strictObject({
    name: text,
    keywords: texts,
    category: text.nullable(),
    duration_minutes: minutes,
    buffer_before_minutes: minutes,
    buffer_after_minutes: minutes,
    price: z.number().int().nullable().meta({ description: 'Minor units of the currency of the company.' }),
    segments: z
      .array(
        z.strictObject({
          key: text,
          staff_minutes: minutes,
          wait_after_minutes: minutes.optional(),
          calcom_event_type_id: id.nullable().optional(),
        }),
      )
      .max(50)
      .nullable(),
    branches: texts.nullable().meta({ description: 'Slugs. Null: company-wide.' }),
    active: z.boolean(),
    calcom_event_type_id: id.nullable(),
  })
  .partial()

const staffChanges = z
  .strictObject({
    name: text,
    email: text.nullable(),
    branches: texts.meta({ description: 'Slugs.' }),
    services: texts.meta({ description: 'Slugs.' }),
    hours: weekly.nullable().meta({ description: 'Null: those of the branch.' }),
    absences: texts.meta({ description: 'As in a company file: days, or hours on the wall clock of the company.' }),
    calcom_user_id: id.nullable(),
    calcom_event_types: z.record(z.string(), id).nullable(),
  })
  .partial()

const branchChanges = z
  .strictObject({
    name: text,
    time_zone: text,
    phone_numbers: z.array(z.union([text, z.strictObject({ number: text, active: z.boolean() })])).max(500),
    retell_agent_id: text.nullable(),
    hours: weekly,
    special_hours: z.record(z.string(), stretches),
    closed: texts.meta({ description: 'Days such as 2026-12-24, and 2026-12-25..2027-01-02.' }),
    public_holidays: text.nullable(),
    fallback: z
      .strictObject({
        when_closed: z.strictObject({ to_branch: text }).nullable().optional(),
        transfer_to: text.nullable().optional(),
      })
      .nullable(),
    staff_email: texts,
  })
  .partial()

const verified = z.boolean().meta({
  description:
    'False: the calendar did not answer, so what this names there is not known to exist. It is checked as soon as it answers.',
})

/** Changes of single things of a company, each as if its file had been changed and applied. */
export const catalogueChangeRoutes = (
  routing: Routing,
  doors: Doors,
  app: Pick<Application, 'changeChecked'>,
  patch: CompanyFilePatcher,
  clock: Clock,
): void => {
  const route = routesBehind(routing)(doors.company('companies.configure'))

  const change = <
    List extends 'branches' | 'services' | 'staff',
    Body extends z.ZodType<{ readonly [key: string]: unknown }>,
    Shape extends z.core.$ZodLooseShape,
  >(
    list: List,
    what: string,
    body: Body,
    view: z.ZodObject<Shape>,
    viewOf: (thing: CompanyProfile[List][number], profile: CompanyProfile) => z.input<z.ZodObject<Shape>>,
  ): void => {
    const answer = z.strictObject({ ...view.shape, verified })
    const thingIn = (profile: CompanyProfile, slug: string): CompanyProfile[List][number] | undefined =>
      (profile[list] as readonly CompanyProfile[List][number][]).find((one) => one.slug === slug)
    route({
      method: 'PATCH',
      url: `/companies/{company}/${list}/{slug}`,
      tag: 'Company',
      summary: `Change ${what}; keys as in a company file, null for none`,
      body,
      answer,
      exists: async ({ profile }, params) => thingIn(profile, slugOf(params)) !== undefined,
      handle: async ({ scope }, { params, body: changes }) => {
        const slug = slugOf(params)
        const changed = await app.changeChecked<Failure>(scope, (profile) => {
          const patched = patch(profile, { list, slug }, changes as { readonly [key: string]: unknown })
          return patched ? patched.mapErr(invalid) : err({ kind: 'not-found' })
        })
        if (changed.isErr()) return err(within(list, changed.error))
        const thing = thingIn(changed.value.profile, slug)
        if (!thing) return err({ kind: 'not-found' })
        return ok({ ...viewOf(thing, changed.value.profile), verified: changed.value.verified } as z.input<
          typeof answer
        >)
      },
    })
  }

  route({
    method: 'PATCH',
    url: '/companies/{company}/phone-numbers/{slug}',
    tag: 'Company',
    summary: 'Give a number to another branch, or have it ring nobody',
    body: z
      .strictObject({
        branch: text.meta({ description: 'A slug.' }),
        active: z.boolean().meta({ description: 'False: its calls are nobody’s, and it stays the company’s.' }),
      })
      .partial(),
    answer: phoneNumber,
    exists: async ({ profile }, { slug }) => numbersOf(profile).some(({ number }) => number === slug),
    handle: async ({ scope }, { params: { slug }, body: changes }) => {
      const changed = await app.changeChecked<Failure>(scope, (profile) => {
        const patched = patch(profile, { list: 'phone-numbers', slug }, changes)
        return patched ? patched.mapErr(invalid) : err({ kind: 'not-found' })
      })
      if (changed.isErr()) return err(changed.error)
      const line = numbersOf(changed.value.profile).find(({ number }) => number === slug)
      return line ? ok(line) : err({ kind: 'not-found' })
    },
  })

  const slugOf = (params: object): string => ('slug' in params ? String(params.slug) : '')

  change('services', 'a service', serviceChanges, serviceView, viewOfService)
  change('staff', 'a colleague', staffChanges, staffView, viewOfStaff)
  change('branches', 'a branch', branchChanges, branchView, (one) => viewOfBranch(one, clock.now()))
}

/** Mistakes in a company file, as mistakes in what was sent. */
export const invalid = (problems: readonly { readonly path: string; readonly message: string }[]): InvalidInput => ({
  kind: 'invalid-input',
  errors: problems.map(({ path, message }): InputError => ({ pointer: path, detail: message })),
})

/** Pointers into the body, where what was found points into the file. */
const within = (list: string, failure: Failure): Failure => {
  if (failure.kind === 'company-file-conflicts') {
    const detail = (number: string) => `${number} belongs to another company.`
    return invalid(failure.numbersTaken.map((number) => ({ path: '/phone_numbers', message: detail(number) })))
  }
  if (failure.kind !== 'invalid-input') return failure
  const inside = (pointer: string) => pointer.replace(new RegExp(`^/${list}/\\d+(?=/|$)`), '')
  return { ...failure, errors: failure.errors.map((one) => ({ ...one, pointer: inside(one.pointer) })) }
}
