import { err, ok, type Result } from 'neverthrow'
import type { EventType } from '../../../domain/booking/event-type.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { changeCompany } from '../../access/change-company-file.ts'
import type { ApplyFailure, CompanyToApply } from '../../companies/apply-company.ts'
import type { InvalidInput } from '../../failure.ts'
import type { CalendarFailure } from '../../ports/calendar.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CompanyScope } from '../../scope.ts'
import { inTime } from './in-time.ts'
import { neverBookable, newlyNamed } from './named-event-types.ts'

export type ChangingCompanies = Pick<
  Ports,
  'companies' | 'directory' | 'clock' | 'calendars' | 'realTime' | 'store' | 'ids' | 'audit'
> & { readonly patienceMs: number }

export interface ChangedCompany {
  readonly profile: CompanyProfile
  /** Everything new that it names was found in the calendar. Otherwise the calendar is asked again later. */
  readonly verified: boolean
}

/**
 * Changes a company in the way its file would. What it newly names in the calendar has to be there; where the calendar
 * does not answer it is taken at its word, and checked as soon as the calendar does.
 */
export const changeChecked =
  (ports: ChangingCompanies) =>
  async <E>(
    scope: CompanyScope,
    make: (profile: CompanyProfile) => Result<CompanyToApply, E>,
  ): Promise<Result<ChangedCompany, ApplyFailure | InvalidInput | E>> => {
    let asked: Result<readonly EventType[], CalendarFailure> | undefined
    let verified = true
    const checked = async (profile: CompanyProfile): Promise<Result<CompanyToApply, InvalidInput | E>> => {
      const file = make(profile)
      if (file.isErr()) return err(file.error)
      const wanted = newlyNamed(profile, file.value.spec)
      verified = wanted.length === 0
      const calendar = ports.calendars.of(profile)
      if (verified || !calendar) return ok(file.value)
      asked ??= await inTime(ports, calendar.eventTypes('fresh'))
      if (asked.isErr()) return ok(file.value)
      const errors = neverBookable(wanted, asked.value)
      verified = errors.length === 0
      return verified ? ok(file.value) : err({ kind: 'invalid-input', errors })
    }
    const changed = await changeCompany(ports)(scope, checked)
    if (changed.isErr()) return err(changed.error)
    return ok({ profile: changed.value, verified })
  }
