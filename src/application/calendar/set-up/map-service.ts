import { err, ok, type Result } from 'neverthrow'
import type { CompanySpec, Slug } from '../../../domain/company.ts'
import type { NotFound } from '../../access/authenticate.ts'
import type { ApplyFailure } from '../../companies/apply-company.ts'
import { specOf } from '../../companies/spec-of.ts'
import type { InvalidInput } from '../../failure.ts'
import type { CompanyScope } from '../../scope.ts'
import { type ChangedCompany, type ChangingCompanies, changeChecked } from './change-checked.ts'

/** Which line of the calendar's page is meant. */
export interface MappedThing {
  readonly service: Slug
  /** The key of the first segment of a part. */
  readonly part: string | undefined
  /** Whose own event type it is. */
  readonly staff: Slug | undefined
}

/** Gives a service, a part of it or a colleague another event type, or none. */
export const mapService =
  (ports: ChangingCompanies) =>
  (
    scope: CompanyScope,
    thing: MappedThing,
    eventType: number | undefined,
  ): Promise<Result<ChangedCompany, ApplyFailure | InvalidInput | NotFound>> =>
    changeChecked(ports)(scope, (profile) => {
      const spec = mapped(specOf(profile), thing, eventType)
      return spec ? ok({ spec, customers: [], secrets: [] }) : err({ kind: 'not-found' })
    })

const mapped = (spec: CompanySpec, { service, part, staff }: MappedThing, id: number | undefined) => {
  const named = spec.services.find(({ slug }) => slug === service)
  if (!named) return undefined
  if (staff !== undefined) {
    if (!spec.staff.some(({ slug }) => slug === staff)) return undefined
    return {
      ...spec,
      staff: spec.staff.map((one) => {
        const { [service]: _, ...others } = one.calcomEventTypes
        if (one.slug !== staff) return one
        return { ...one, calcomEventTypes: id === undefined ? others : { ...others, [service]: id } }
      }),
    }
  }
  if (part !== undefined && !named.segments.some(({ key }) => key === part)) return undefined
  const changed =
    part === undefined
      ? { ...named, calcomEventTypeId: id }
      : {
          ...named,
          segments: named.segments.map((one) => (one.key === part ? { ...one, calcomEventTypeId: id } : one)),
        }
  return { ...spec, services: spec.services.map((one) => (one.slug === service ? changed : one)) }
}
