import { bookingParts } from '../../domain/booking/booking-parts.ts'
import { isOfferedAt } from '../../domain/booking/catalogue.ts'
import type { Branch, CompanyProfile, Service } from '../../domain/company.ts'
import type { BranchId, CallId } from '../../domain/ids.ts'
import { addDays, localMoment } from '../../domain/time.ts'
import type { CallHeard } from '../calling/call-heard.ts'
import type { InBackground } from '../in-background.ts'
import type { Ports } from '../ports/ports.ts'
import { weekOf } from './ask-calendar.ts'

/** Requests to the calendar for one call. */
const mostQuestions = 5
/** At least. */
const rememberedCalls = 5_000
const friday = 5

/**
 * Has a vendor's calendar asked, when a call begins, what the caller will probably want to know: this week, and the next
 * from Friday on, of the services of the branch in the order of the company file. Nobody waits for it, nothing fails by
 * it, and it leaves turns to those who wait.
 */
export const prefetchSlots = (
  { calendars, directory, clock }: Pick<Ports, 'calendars' | 'directory' | 'clock'>,
  background: InBackground,
): CallHeard => {
  // Two sets that take turns, for the oldest of one large set is the longer looked for the more were taken out of it.
  let calls = new Set<CallId>()
  let earlier = new Set<CallId>()

  const isKnown = (call: CallId | undefined): boolean => {
    if (call === undefined) return false
    if (calls.has(call) || earlier.has(call)) return true
    if (calls.size === rememberedCalls) {
      earlier = calls
      calls = new Set()
    }
    calls.add(call)
    return false
  }

  /** The calls of a moment have the same questions. */
  const waiting = new Set<BranchId>()

  return (company, branchId, call) => {
    if (branchId === undefined || isKnown(call) || waiting.has(branchId)) return
    const begun = background.begin(async () => {
      waiting.delete(branchId)
      const profile = await directory.profile(company)
      const branch = profile?.branches.find(({ id }) => id === branchId)
      const calendar = profile?.company.booking ? calendars.of(profile) : undefined
      if (!profile || !branch || !calendar) return
      const { date, weekday } = localMoment(clock.now(), branch.timeZone)
      const weeks = [weekOf(date), ...(weekday >= friday ? [weekOf(addDays(date, 7))] : [])]
      for (const service of worthAsking(profile, branch, weeks.length)) {
        for (const week of weeks) {
          const common = { staff: undefined, moving: undefined, purpose: 'promise', urgency: 'background' } as const
          const answer = await calendar.slots({ ...common, branch, service, ...week })
          // A calendar that is silent or short of turns is left to those who wait.
          if (answer.isErr()) return
        }
      }
    })
    if (begun) waiting.add(branchId)
  }
}

/** Each event type once. Services that are booked with a wished colleague alone wait until one is wished for. */
const worthAsking = (profile: CompanyProfile, branch: Branch, weeks: number): readonly Service[] => {
  const known = new Set<string>()
  const chosen: Service[] = []
  let questions = 0
  for (const service of profile.services) {
    const eventTypes = bookingParts(service)?.map(({ eventType }) => eventType) ?? [service.calcomEventTypeId]
    const name = eventTypes.join()
    const cost = eventTypes.length * weeks
    if (!isOfferedAt(service, branch) || eventTypes.includes(undefined) || known.has(name)) continue
    if (questions + cost > mostQuestions) continue
    known.add(name)
    chosen.push(service)
    questions += cost
  }
  return chosen
}
