import { eventTypeMappings, severityOf } from '../../../domain/booking/event-type-fit.ts'
import type { CompanySpec } from '../../../domain/company.ts'
import type { CompanyToApply } from '../../companies/apply-company.ts'
import type { TriedCalendar } from '../../ports/calendar.ts'
import type { Ports } from '../../ports/ports.ts'
import { sayFinding } from './finding-words.ts'
import { inTime } from './in-time.ts'
import { pointerOf } from './named-event-types.ts'

/** What a company file does not say wrongly, and what will not work all the same. */
export interface FileWarning {
  /** A JSON pointer. */
  readonly path: string
  readonly message: string
}

type Needs = Pick<Ports, 'directory' | 'calendars' | 'realTime'> & {
  readonly patienceMs: number
}

/**
 * Looks at the calendar that a file names, after it was applied or instead, and says what does not fit. Never more than
 * a warning, for a calendar may be away.
 */
export const warnOfFile =
  (ports: Needs) =>
  async ({ spec, secrets }: Pick<CompanyToApply, 'spec' | 'secrets'>): Promise<readonly FileWarning[]> => {
    const calendar = await calendarOf(ports, spec, secrets)
    if (!calendar) return []
    const asked = await inTime(ports, calendar.eventTypes('fresh'))
    if (asked.isErr()) {
      const { kind, detail } = asked.error
      const message =
        kind === 'unreachable'
          ? `The calendar did not answer, so its event types are not checked yet. ${detail}`
          : `The calendar cannot be used as it is. ${detail}`
      return [{ path: kind === 'unreachable' ? '/calendar' : '/calendar/api_key', message }]
    }
    return eventTypeMappings(spec, asked.value).flatMap((mapping) =>
      mapping.findings
        .filter((finding) => severityOf(finding) !== 'note')
        .map((finding) => {
          const { found, cure } = sayFinding(finding, 'en')
          const of = [mapping.service, mapping.part, mapping.staff].filter((one) => one !== undefined).join(', ')
          return { path: pointerOf(spec, mapping), message: `${of}: ${found} ${cure}` }
        }),
    )
  }

/** The key of the file, else the stored one of its name. */
const calendarOf = async (
  { directory, calendars }: Needs,
  spec: CompanySpec,
  secrets: CompanyToApply['secrets'],
): Promise<TriedCalendar | undefined> => {
  const { calendar } = spec
  if (calendar.kind === 'embedded') return undefined
  const { secretName } = calendar.apiKey
  const given = secrets.find(({ name, value }) => name === secretName && value !== undefined)?.value
  const company = given ? undefined : await directory.companyBySlug(spec.company.slug)
  const key = given ?? (company && (await directory.secretOf(company, secretName)))
  return key && calendars.trying(calendar, key)
}
