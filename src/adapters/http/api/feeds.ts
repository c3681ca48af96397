import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { StaffFeed } from '../../../application/booking/feeds.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { writeCalendar } from '../../icalendar/write-calendar.ts'
import type { Doors } from '../authenticate.ts'
import { feedAddress } from '../feed-address.ts'
import { sendFailure } from '../problem.ts'
import { problemAnswers } from './problems.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, named, nameOf, written } from './schemas.ts'

const feed = z.strictObject({ staff: named, created_at: instantText }).meta({ id: 'Feed' })
const newFeed = z
  .strictObject({
    staff: named,
    created_at: instantText,
    url: z.string().meta({ description: 'Told this once. Whoever knows it reads the appointments.' }),
  })
  .meta({ id: 'NewFeed' })

type Needs = Pick<Application, 'listFeeds' | 'createFeed' | 'revokeFeed' | 'readFeed'>

/** A colleague's calendar as a feed: made and revoked by managers, read by whoever knows its address. */
export const feedRoutes = (routing: Routing, doors: Doors, app: Needs, publicUrl: string): void => {
  const route = routesBehind(routing)(doors.company('companies.configure'))
  const url = '/companies/{company}/staff/{slug}/feed'
  const tag = 'Company'
  const isStaff = async ({ profile }: { readonly profile: CompanyProfile }, { slug }: { readonly slug: string }) =>
    profile.staff.some((one) => one.slug === slug)
  const view = (profile: CompanyProfile, { staff, createdAt }: StaffFeed) =>
    createdAt === undefined
      ? undefined
      : { staff: nameOf(staff), created_at: written(createdAt, profile.company.timeZone) }

  route({
    method: 'GET',
    url,
    tag,
    summary: 'Whether a colleague has a calendar feed, without its address',
    answer: feed,
    handle: async ({ scope, profile }, { params }) => {
      const known = (await app.listFeeds(scope, profile)).find(({ staff }) => staff.slug === params.slug)
      const shown = known && view(profile, known)
      return shown ? ok(shown) : err({ kind: 'not-found' })
    },
  })

  route({
    method: 'POST',
    url,
    tag,
    summary: 'Make a calendar feed of a colleague; the one before ends',
    answer: newFeed,
    status: () => 201,
    exists: isStaff,
    handle: async ({ scope, profile }, { params }) =>
      (await app.createFeed(scope, profile, params.slug)).map(({ secret, staff, createdAt }) => ({
        staff: nameOf(staff),
        created_at: written(createdAt, profile.company.timeZone),
        url: feedAddress(publicUrl, secret),
      })),
  })

  route({
    method: 'DELETE',
    url,
    tag,
    summary: 'Revoke the calendar feed of a colleague',
    answer: feed,
    exists: isStaff,
    handle: async ({ scope, profile }, { params }) =>
      (await app.revokeFeed(scope, profile, params.slug)).andThen((revoked) => {
        const shown = view(profile, revoked)
        return shown ? ok(shown) : err({ kind: 'not-found' } as const)
      }),
  })

  const host = new URL(publicUrl).hostname
  routing.http.get<{ Params: { readonly file: string } }>(
    '/calendars/:file',
    {
      schema: {
        tags: [tag],
        summary: 'The appointments of a colleague as iCalendar; unknown and revoked addresses are not found',
        security: [],
        params: z.object({ file: z.string().meta({ description: 'The secret, and `.ics`.' }) }),
        response: {
          200: { description: 'iCalendar', content: { 'text/calendar': { schema: z.string() } } },
          ...problemAnswers([404]),
        },
      },
    },
    async (request, reply) => {
      const read = await app.readFeed(request.params.file.replace(/\.ics$/, ''), host)
      if (!read || !request.params.file.endsWith('.ics')) {
        return sendFailure(reply, { kind: 'not-found' }, routing.clock.now())
      }
      return reply.type('text/calendar; charset=utf-8').send(writeCalendar('PUBLISH', read.name, read.entries))
    },
  )
}
