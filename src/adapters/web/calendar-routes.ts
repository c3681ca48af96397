import type { FastifyPluginAsync } from 'fastify'
import type { Appointment } from '../../domain/booking/appointment.ts'
import { instantAt, localMoment, parseLocalDate } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { appointmentListPage } from './pages/appointment-list.tsx'
import { weekPage } from './pages/week.tsx'
import { catalogues } from './words/words.ts'

const PAGE_SIZE = 50

const isStatus = (text: string): text is Appointment['status'] => Object.hasOwn(catalogues.en.calendar.status, text)

/** The branch and day that an address asks for, completed with the first branch and today. */
const asked = ({ profile, frame }: AtCompany, query: unknown) => {
  const named = profile.branches.find(({ slug }) => slug === textOf(query, 'branch'))
  const home = named ?? profile.branches[0]
  if (!home) return undefined
  const date = parseLocalDate(textOf(query, 'date')).unwrapOr(localMoment(frame.now, home.timeZone).date)
  return { named, home, date }
}

/** A week of appointments, and the list of all. */
export const calendarRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/appointments'

    http.get(
      `${base}/week`,
      atCompany('appointments.read', async (at, { query }) => {
        const { scope, profile, frame } = at
        const place = asked(at, query)
        if (!place) return 'not-found'
        const week = await application.weekOf(scope, profile, place.home, place.date)
        return weekPage({ frame, profile, week, date: place.date })
      }),
    )

    http.get(
      `${base}/list`,
      atCompany('appointments.read', async (at, { query }) => {
        const { scope, profile, frame } = at
        const place = asked(at, query)
        if (!place) return 'not-found'
        const { named, home, date } = place
        const staff = profile.staff.find(({ slug }) => slug === textOf(query, 'staff'))
        const status = textOf(query, 'status')
        const cursor = textOf(query, 'cursor')
        const page = await application.listAppointments(scope, {
          limit: PAGE_SIZE,
          cursor: cursor === '' ? undefined : cursor,
          from: instantAt(date, 0, home.timeZone),
          ...(named ? { branch: named.id } : {}),
          ...(staff ? { staff: staff.id } : {}),
          ...(isStatus(status) ? { status } : {}),
        })
        const filter = { date, branch: named, staff, status: isStatus(status) ? status : '', cursor }
        return appointmentListPage({ frame, profile, home, filter, page })
      }),
    )
  }
