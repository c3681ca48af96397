import { parseCountry, parsePhoneNumber, type UnusablePhoneNumber } from '../../domain/phone-number.ts'
import { parseTimeZone, type TimeZone } from '../../domain/time.ts'
import { closest } from './closest.ts'
import type { Finding, Path } from './problem.ts'
import { isMapping, type Mapping } from './source.ts'
import { absenceForm, parseAbsence } from './time-texts.ts'

/** What the checks may say about the text of a place: itself in quotes, or the name it came by. */
export interface Telling {
  /** Undefined: the text may not be shown. */
  readonly shown: (path: Path, text: string) => string | undefined
  readonly whereabouts: (path: Path) => string
}

interface Entry {
  readonly path: Path
  readonly value: Mapping
}

const entries = (value: unknown, path: Path): readonly Entry[] =>
  Array.isArray(value)
    ? value.flatMap((item, at) => (isMapping(item) ? [{ path: [...path, at], value: item }] : []))
    : []

interface Text {
  readonly path: Path
  readonly text: string
}

const texts = (value: unknown, path: Path): readonly Text[] =>
  Array.isArray(value)
    ? value.flatMap((item, at) => (typeof item === 'string' ? [{ path: [...path, at], text: item }] : []))
    : typeof value === 'string'
      ? [{ path, text: value }]
      : []

const field = ({ path, value }: Entry, name: string): readonly Text[] => texts(value[name], [...path, name])

/**
 * Whether the parts of a company file fit together. It looks at the document as it is, so that a mistake elsewhere
 * hides none of these; what has the wrong shape is passed over, for the schema has said so.
 */
export const crossChecks = (document: Mapping, telling: Telling): readonly Finding[] => {
  const branches = entries(document.branches, ['branches'])
  const services = entries(document.services, ['services'])
  const staff = entries(document.staff, ['staff'])
  const agents = entries(document.agents, ['agents'])
  const customers = entries(document.customers, ['customers'])
  const company = isMapping(document.company) ? document.company : {}

  const branchNames = document.branches === undefined ? undefined : branches.flatMap((branch) => field(branch, 'slug'))
  const serviceNames = services.flatMap((service) => field(service, 'slug'))
  const fallbacks = branches.flatMap((branch) => fallbackOf(branch))

  return [
    ...[branches, services, staff, agents].flatMap((kind) =>
      repeated(
        kind.flatMap((one) => field(one, 'slug')),
        'slug',
        telling,
      ),
    ),
    ...repeated(
      agents.flatMap((agent) => field(agent, 'retell_agent_id')),
      'Retell agent',
      telling,
    ),
    ...numberFindings(company, branches, customers, telling),
    ...(branchNames === undefined
      ? []
      : unknownNames(
          [...[...services, ...staff, ...agents].flatMap((one) => field(one, 'branches')), ...fallbacks],
          branchNames,
          'branch',
          telling,
        )),
    ...branches.flatMap((branch) => selfFallback(branch)),
    ...unknownNames(
      [
        ...staff.flatMap((one) => field(one, 'services')),
        ...staff.flatMap(({ path, value }) =>
          isMapping(value.calcom_event_types)
            ? Object.keys(value.calcom_event_types).map((text) => ({
                path: [...path, 'calcom_event_types', text],
                text,
              }))
            : [],
        ),
      ],
      serviceNames,
      'service',
      telling,
    ),
    ...[...services, ...staff, ...agents].flatMap((one) => repeated(field(one, 'branches'), 'branch', telling)),
    ...staff.flatMap((one) => repeated(field(one, 'services'), 'service', telling)),
    ...services.flatMap(durationFindings),
    ...services.flatMap((service) =>
      repeated(
        entries(service.value.segments, [...service.path, 'segments']).flatMap((part) => field(part, 'key')),
        'key',
        telling,
      ),
    ),
    ...absenceFindings(company, staff),
    ...feeFindings(document),
    ...customers.flatMap(({ path, value }) =>
      value.phone === undefined && value.email === undefined
        ? [{ path, complaint: 'has neither phone nor email, so nobody could be recognised. Add one.' }]
        : [],
    ),
  ]
}

const repeated = (found: readonly Text[], what: string, telling: Telling): readonly Finding[] => {
  const first = new Map<string, Path>()
  return found.flatMap(({ path, text }) => {
    const before = first.get(text)
    if (before)
      return [{ path, complaint: `repeats the ${what} of ${telling.whereabouts(before)}. Each may stand there once.` }]
    first.set(text, path)
    return []
  })
}

const unknownNames = (
  used: readonly Text[],
  known: readonly Text[],
  what: string,
  telling: Telling,
): readonly Finding[] => {
  const existing = new Set(known.map(({ text }) => text))
  const offered = [...new Set(known.flatMap(({ path, text }) => telling.shown(path, text) ?? []))]
  return used.flatMap(({ path, text }) => {
    if (existing.has(text)) return []
    const shown = telling.shown(path, text)
    const hint = shown === undefined ? '' : ` ${closest(shown, offered, 'There is')}`
    const named = shown === undefined ? '' : ` "${shown.slice(0, 64)}"`
    return [{ path, complaint: `names the ${what}${named}, which is not in this file.${hint}` }]
  })
}

const fallbackOf = ({ path, value }: Entry): readonly Text[] => {
  const fallback = isMapping(value.fallback) ? value.fallback : {}
  const closed = isMapping(fallback.when_closed) ? fallback.when_closed : {}
  return texts(closed.to_branch, [...path, 'fallback', 'when_closed', 'to_branch'])
}

const selfFallback = (branch: Entry): readonly Finding[] =>
  fallbackOf(branch).flatMap(({ path, text }) =>
    text === branch.value.slug
      ? [{ path, complaint: 'names the branch itself. Name another one or leave it out.' }]
      : [],
  )

const unusable: { readonly [Reason in UnusablePhoneNumber['reason']]: string } = {
  empty: 'is empty. Write a number or leave it out.',
  'not-a-number': 'is no phone number. Write digits, such as 030 23125101 or +49 30 23125101.',
  'too-short': 'is too short for a phone number. Write it with its area code.',
  'too-long': 'is too long for a phone number. Remove what does not belong to it.',
  'invalid-for-country':
    'is no valid number in its country. Check the digits; numbers of other countries begin with +.',
}

const numberFindings = (
  company: Mapping,
  branches: readonly Entry[],
  customers: readonly Entry[],
  telling: Telling,
): readonly Finding[] => {
  const country = parseCountry(String(company.country ?? ''))
  if (country.isErr()) return []
  const own = branches.flatMap(({ path, value }) => {
    const numbers = value.phone_numbers
    const place = [...path, 'phone_numbers']
    return [...texts(numbers, place), ...entries(numbers, place).flatMap((one) => field(one, 'number'))].filter(
      (one) => one.path.length > place.length,
    )
  })
  const transfers = branches.flatMap(({ path, value }) =>
    isMapping(value.fallback) ? texts(value.fallback.transfer_to, [...path, 'fallback', 'transfer_to']) : [],
  )
  const findings: Finding[] = []
  const usable = (found: readonly Text[]): readonly Text[] =>
    found.flatMap(({ path, text }) => {
      const number = parsePhoneNumber(text, country.value)
      if (number.isErr()) findings.push({ path, complaint: unusable[number.error.reason] })
      return number.isOk() ? [{ path, text: number.value }] : []
    })
  const canonical = usable(own)
  usable([...transfers, ...customers.flatMap((customer) => field(customer, 'phone'))])
  return [...findings, ...repeated(canonical, 'number', telling)]
}

const durationFindings = ({ path, value }: Entry): readonly Finding[] => {
  const segments = value.segments
  const duration = value.duration_minutes
  if (segments === undefined || (Array.isArray(segments) && segments.length === 0))
    return duration === undefined
      ? [{ path: [...path, 'duration_minutes'], complaint: 'is missing. Add it, or segments.' }]
      : []
  if (!Array.isArray(segments)) return []
  const amounts = segments.flatMap((segment) =>
    isMapping(segment) ? [segment.staff_minutes, segment.wait_after_minutes ?? 0] : [undefined],
  )
  if (!amounts.every((amount) => typeof amount === 'number')) return []
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  if (duration === undefined)
    return sum > 1440 ? [{ path: [...path, 'segments'], complaint: 'take longer than a day. Shorten them.' }] : []
  if (typeof duration !== 'number' || duration === sum) return []
  return [
    {
      path: [...path, 'duration_minutes'],
      complaint: `contradicts the segments, which take ${sum} minutes with their waits. Leave it out.`,
    },
  ]
}

const absenceFindings = (company: Mapping, staff: readonly Entry[]): readonly Finding[] => {
  const zone = parseTimeZone(String(company.time_zone ?? '')).unwrapOr('UTC' as TimeZone)
  return staff
    .flatMap((one) => field(one, 'absences'))
    .flatMap(({ path, text }) => {
      if (absenceForm(text).isErr()) return []
      const absence = parseAbsence(text, zone)
      return absence.isErr() ? [{ path, complaint: absence.error }] : []
    })
}

const feeFindings = (document: Mapping): readonly Finding[] => {
  const policies = isMapping(document.policies) ? document.policies : {}
  const cancel = isMapping(policies.cancel) ? policies.cancel : {}
  const seen = new Set<unknown>()
  return entries(cancel.fee_tiers, ['policies', 'cancel', 'fee_tiers']).flatMap(({ path, value }) => {
    const hours = value.min_hours
    if (typeof hours !== 'number' || !seen.has(hours)) {
      seen.add(hours)
      return []
    }
    return [{ path: [...path, 'min_hours'], complaint: 'stands in an earlier tier too. Keep one fee.' }]
  })
}
