import type { FastifyPluginAsync } from 'fastify'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import { parseId } from '../../domain/ids.ts'
import { hoursOn } from '../../domain/opening-hours.ts'
import { clockText, type Instant, parseLocalDate } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { dayOf, fieldsOf, notesOf, reasonMistake, wallMoment } from './entries.ts'
import { companyPath } from './frame.ts'
import { sentOnce } from './once.ts'
import {
  type BlockedEntry,
  type BlockedMistakes,
  blockedTimePage,
  blockTimePage,
  calendarOfBlocked,
} from './pages/blocked-time.tsx'
import { withQuery } from './pages/parts.tsx'

/** The whole of a day's opening hours, for whom the calendar showed it. */
const proposed = (query: unknown, profile: CompanyProfile, branch: Branch, now: Instant): BlockedEntry => {
  const date = dayOf(query, branch, now)
  const hours = hoursOn(branch.hours, date)
  const staff = profile.staff.find(({ slug }) => slug === textOf(query, 'staff'))
  return {
    whose: staff ? `staff:${staff.slug}` : `branch:${branch.slug}`,
    fromDate: date,
    fromTime: clockText(hours[0]?.opens ?? 9 * 60),
    toDate: date,
    toTime: clockText(hours.at(-1)?.closes ?? 18 * 60),
    reason: '',
  }
}

const entryOf = (body: unknown): BlockedEntry => ({
  whose: textOf(body, 'whose'),
  fromDate: textOf(body, 'from_date'),
  fromTime: textOf(body, 'from_time'),
  toDate: textOf(body, 'to_date'),
  toTime: textOf(body, 'to_time'),
  reason: notesOf(body, 'reason'),
})

/** The form that takes hours off the calendar, what stands in them, and the way back. */
export const blockedTimeRoutes =
  ({ application, clock }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/blocked-times'
    const guarded = { preHandler: http.csrfProtection }

    const branchFor = ({ profile }: AtCompany, whose: string, fields: unknown): Branch | undefined => {
      const [kind, slug] = whose.split(':')
      const home = kind === 'staff' ? profile.staff.find((one) => one.slug === slug)?.branches[0] : slug
      const wanted = home ?? textOf(fields, 'branch')
      return profile.branches.find((one) => one.slug === wanted) ?? profile.branches[0]
    }

    const form = (at: AtCompany, branch: Branch, entry: BlockedEntry, wrong: BlockedMistakes, status = 200): Answer => {
      const { frame, profile } = at
      const date = parseLocalDate(entry.fromDate).unwrapOr(undefined)
      const back = withQuery(companyPath(profile, '/appointments'), { date, branch: branch.slug })
      return blockTimePage({ frame, profile, entry, wrong, back, status })
    }

    http.get(
      `${base}/new`,
      atCompany('appointments.change', async (at, { query }) => {
        const branch = branchFor(at, '', query)
        return branch ? form(at, branch, proposed(query, at.profile, branch, at.frame.now), {}) : 'not-found'
      }),
    )

    const block = async (at: AtCompany, entry: BlockedEntry): Promise<Answer> => {
      const { scope, profile, frame } = at
      const branch = branchFor(at, entry.whose, {})
      if (!branch) return 'not-found'
      const startsAt = wallMoment(entry.fromDate, entry.fromTime, branch.timeZone)
      const endsAt = wallMoment(entry.toDate, entry.toTime, branch.timeZone)
      const [kind, slug] = entry.whose.split(':')
      const wrong: BlockedMistakes = {
        ...(startsAt === undefined ? { from: frame.words.wrong.from } : {}),
        ...(endsAt === undefined ? { to: frame.words.wrong.from } : {}),
        ...reasonMistake(entry.reason, frame.words),
      }
      if (startsAt === undefined || endsAt === undefined || wrong.reason) return form(at, branch, entry, wrong, 422)
      const blocked = await application.blockTime(scope, profile, {
        branch: kind === 'branch' ? slug : undefined,
        staff: kind === 'staff' ? slug : undefined,
        startsAt,
        endsAt,
        reason: entry.reason === '' ? undefined : entry.reason,
      })
      if (blocked.isErr()) return form(at, branch, entry, mistakes(at, blocked.error), 422)
      return { redirect: `${companyPath(profile, `/blocked-times/${blocked.value.blocked.id}`)}?said=done` }
    }

    http.post(
      `${base}/new`,
      guarded,
      atCompany('appointments.change', async (at, { body, routeOptions }) => {
        const entry = entryOf(body)
        const sent = { user: at.session.user.id, company: at.profile.id, path: String(routeOptions.url), fields: body }
        const answer = await sentOnce(application.idempotency, sent, clock.now(), () => block(at, entry))
        if (answer) return answer
        const branch = branchFor(at, entry.whose, {})
        return branch ? form(at, branch, entry, { all: at.frame.words.wrong.stillRunning }, 409) : 'not-found'
      }),
    )

    http.get(
      `${base}/:id`,
      atCompany('appointments.read', async ({ scope, profile, frame }, request) => {
        const id = parseId('blockedTime', (request.params as { readonly id: string }).id)
        const blocking = id.isOk() ? await application.blockedTimeDetail(scope, id.value) : undefined
        return blocking
          ? blockedTimePage({ frame, profile, blocking, said: textOf(request.query, 'said') })
          : 'not-found'
      }),
    )

    http.post(
      `${base}/:id/lift`,
      guarded,
      atCompany('appointments.change', async ({ scope, profile }, request) => {
        const id = parseId('blockedTime', (request.params as { readonly id: string }).id)
        const lifted = id.isOk() ? await application.unblockTime(scope, id.value) : undefined
        const path = lifted?.isOk()
          ? calendarOfBlocked(profile, lifted.value, 'lifted')
          : companyPath(profile, '/appointments')
        return { redirect: path }
      }),
    )
  }

/** Whose it is goes by one field here, whatever the pointer says. */
const mistakes = ({ frame }: AtCompany, failure: Parameters<typeof fieldsOf>[0]): BlockedMistakes => {
  const { wrong } = frame.words
  const { branch, staff, ...told } = fieldsOf<'from' | 'to' | 'branch' | 'staff'>(failure, wrong)
  return { ...told, ...(branch || staff ? { whose: wrong.whose } : {}) }
}
