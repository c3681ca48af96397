import { err, ok, type Result } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import { type CalendarEntry, calendarEntry } from '../../domain/booking/calendar-entry.ts'
import type { CompanyProfile, Slug, Staff } from '../../domain/company.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import { grantCompany } from '../grant-scope.ts'
import type { AppointmentQuery } from '../ports/booking.ts'
import type { Feed } from '../ports/feeds.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'

/** A colleague and the feed they have, if any. */
export interface StaffFeed {
  readonly staff: Staff
  readonly createdAt: Instant | undefined
}

const shownBefore = 30 * DAY

const staffOf = ({ staff }: CompanyProfile, slug: Slug): Staff | undefined => staff.find((one) => one.slug === slug)

/** Every colleague, in the order of the company file. */
export const listFeeds =
  ({ store }: Pick<Ports, 'store'>) =>
  async (scope: CompanyScope, { staff }: CompanyProfile): Promise<readonly StaffFeed[]> => {
    const feeds = await store.read(scope, (tx) => tx.feeds.list())
    return staff.map((one) => ({ staff: one, createdAt: feeds.find((feed) => feed.staff === one.id)?.createdAt }))
  }

/** A new secret, told this once; the one that the colleague had is worth nothing from now on. */
export const createFeed =
  ({ store, clock, ids, credentials }: Pick<Ports, 'store' | 'clock' | 'ids' | 'credentials'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    slug: Slug,
  ): Promise<Result<{ readonly secret: string; readonly staff: Staff; readonly createdAt: Instant }, NotFound>> => {
    const staff = staffOf(profile, slug)
    if (!staff) return err({ kind: 'not-found' })
    const secret = credentials.randomText()
    const createdAt = clock.now()
    const feed: Feed = { id: ids.next('calendarFeed'), staff: staff.id, digest: credentials.digest(secret), createdAt }
    return store.transact(scope, async (tx) => {
      await tx.feeds.put(feed)
      return ok({ secret, staff, createdAt })
    })
  }

/** From now on the address is unknown. */
export const revokeFeed =
  ({ store }: Pick<Ports, 'store'>) =>
  async (scope: CompanyScope, profile: CompanyProfile, slug: Slug): Promise<Result<StaffFeed, NotFound>> => {
    const staff = staffOf(profile, slug)
    if (!staff) return err({ kind: 'not-found' })
    return store.transact(scope, async (tx): Promise<Result<StaffFeed, NotFound>> => {
      const removed = await tx.feeds.remove(staff.id)
      return removed ? ok({ staff, createdAt: removed.createdAt }) : err({ kind: 'not-found' })
    })
  }

/**
 * What a calendar program finds under a secret: the colleague's own appointments with who comes, from 30 days ago to the end
 * of what can be booked, cancelled ones as such. `host` makes the names of the entries unique.
 */
export const readFeed =
  ({
    store,
    clock,
    credentials,
    directory,
    feeds,
  }: Pick<Ports, 'store' | 'clock' | 'credentials' | 'directory' | 'feeds'>) =>
  async (
    secret: string,
    host: string,
  ): Promise<{ readonly name: string; readonly entries: readonly CalendarEntry[] } | undefined> => {
    const feed = await feeds.byDigest(credentials.digest(secret))
    const profile = feed && (await directory.profile(feed.company))
    const staff = profile?.staff.find(({ id }) => id === feed?.staff)
    if (!feed || !profile || !staff) return undefined
    const scope = grantCompany(feed.company, { kind: 'job', name: 'feed' })
    const now = clock.now()
    const span = { from: after(now, -shownBefore), to: after(now, (profile.policies.maxAdvanceDays + 1) * DAY) }
    const appointments = await store.read(scope, (tx) => everyOne(tx, { ...span, staff: staff.id }))
    return {
      name: `${staff.name}, ${profile.company.name}`,
      entries: appointments.map((one) => entryIn(profile, one, host)),
    }
  }

const everyOne = async (
  tx: CompanyTx,
  query: Pick<AppointmentQuery, 'from' | 'to' | 'staff'>,
): Promise<readonly Appointment[]> => {
  const all: Appointment[] = []
  let cursor: string | undefined
  do {
    const page = await tx.appointments.list({ ...query, limit: 200, cursor })
    all.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}

const entryIn = ({ branches, services }: CompanyProfile, appointment: Appointment, host: string): CalendarEntry => {
  const service = services.find(({ id }) => id === appointment.service)?.name
  const branch = branches.find(({ id }) => id === appointment.branch)?.name
  return calendarEntry(appointment, host, {
    title: [service, appointment.attendeeName].filter((one) => one !== undefined).join(': '),
    description: '',
    location: branch ?? '',
    organizer: undefined,
    attendee: undefined,
  })
}
