import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { AppointmentView } from '../../application/reading/appointments.ts'
import { isAhead } from '../../domain/booking/appointment.ts'
import { canDo } from '../../domain/booking/catalogue.ts'
import { parseId } from '../../domain/ids.ts'
import { localMoment } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import {
  dayOf,
  emptyEntry,
  entryOf,
  freeDayOf,
  mistakesOf,
  momentOf,
  notesOf,
  type Refusal,
  reasonMistake,
  refusalOf,
  wishOf,
} from './entries.ts'
import { sentOnce } from './once.ts'
import { appointmentPage, appointmentPath } from './pages/appointment.tsx'
import { type BookingEntry, newAppointmentPage } from './pages/booking-form.tsx'
import { branchOf } from './pages/call-row.tsx'
import { cancelPage, movePage } from './pages/change-appointment.tsx'

const nothingWrong: Refusal = { status: 200, wrong: {}, alternatives: undefined }
const change = 'appointments.change'

/** One appointment, and the forms that book, move and cancel. Each form works without any script. */
export const appointmentRoutes =
  ({ application, clock }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/appointments'
    const guarded = { preHandler: http.csrfProtection }

    const bookingForm = async (
      { scope, profile, frame }: AtCompany,
      fields: unknown,
      entry: BookingEntry,
      { status, wrong, alternatives }: Refusal,
    ): Promise<Answer> => {
      const wish = wishOf(fields, profile, frame.now)
      if (!wish || !profile.company.booking) return 'not-found'
      const { branch, service, staff, date } = wish
      const asked = { branch: branch.slug, service: service?.slug ?? '', staff: staff?.slug, date }
      const found = service ? await application.freeTimes(scope, profile, asked) : undefined
      const choice = { ...wish, free: freeDayOf(found, wish) }
      return newAppointmentPage({ frame, profile, choice, entry, wrong, alternatives, status })
    }

    const book = async (at: AtCompany, fields: unknown, entry: BookingEntry): Promise<Answer> => {
      const { scope, profile, frame } = at
      const startsAt = momentOf(fields)
      const wrong = mistakesOf(entry, startsAt, frame.words)
      if (startsAt === undefined || Object.keys(wrong).length > 0) {
        return bookingForm(at, fields, entry, { status: 422, wrong, alternatives: undefined })
      }
      const given = (text: string) => (text === '' ? undefined : text)
      const booked = await application.createAppointment(scope, profile, {
        branch: textOf(fields, 'branch'),
        service: textOf(fields, 'service'),
        staff: given(textOf(fields, 'staff')),
        startsAt,
        attendeeName: entry.name,
        phone: given(entry.phone),
        email: given(entry.email),
        notes: given(entry.notes),
        source: 'dashboard',
      })
      if (booked.isOk()) return { redirect: `${appointmentPath(profile, booked.value.appointment)}?said=booked` }
      if (booked.error.kind === 'booking-not-offered') return 'not-found'
      return bookingForm(at, fields, entry, refusalOf(booked.error, frame.words))
    }

    http.get(
      `${base}/new`,
      atCompany(change, (at, request) => bookingForm(at, request.query, emptyEntry, nothingWrong)),
    )

    http.post(
      `${base}/new`,
      guarded,
      atCompany(change, async (at, { body, routeOptions }) => {
        const entry = entryOf(body)
        const sent = { user: at.session.user.id, company: at.profile.id, path: String(routeOptions.url), fields: body }
        const answer = await sentOnce(application.idempotency, sent, clock.now(), () => book(at, body, entry))
        if (answer) return answer
        const wrong = { all: at.frame.words.wrong.stillRunning }
        return bookingForm(at, body, entry, { status: 409, wrong, alternatives: undefined })
      }),
    )

    const found = async ({ scope }: AtCompany, request: FastifyRequest): Promise<AppointmentView | undefined> => {
      const id = parseId('appointment', (request.params as { readonly id: string }).id)
      return id.isOk() ? application.appointmentDetail(scope, id.value) : undefined
    }

    http.get(
      `${base}/:id`,
      atCompany('appointments.read', async (at, request) => {
        const view = await found(at, request)
        const { frame, profile } = at
        return view ? appointmentPage({ frame, profile, view, said: textOf(request.query, 'said') }) : 'not-found'
      }),
    )

    const moveForm = async (
      at: AtCompany,
      view: AppointmentView,
      fields: unknown,
      refusal: Refusal,
    ): Promise<Answer> => {
      const { scope, profile, frame } = at
      const one = view.appointment
      const branch = branchOf(profile, one.branch)
      const service = profile.services.find(({ id }) => id === one.service)
      if (!branch || !service) return 'not-found'
      const able = profile.staff.filter((colleague) => canDo(colleague, service, branch))
      const wished = textOf(fields, 'staff')
      const chosen = able.find((colleague) => (wished === '' ? colleague.id === one.staff : colleague.slug === wished))
      const staff = chosen ?? able[0]
      const own = { date: localMoment(one.startsAt, branch.timeZone).date }
      const asks = textOf(fields, 'to') !== '' || textOf(fields, 'date') !== ''
      const date = dayOf(asks ? fields : own, branch, frame.now)
      const asked = { branch: branch.slug, service: service.slug, staff: staff?.slug, date, moving: one.id }
      const free = freeDayOf(await application.freeTimes(scope, profile, asked), { branch, date })
      return movePage({
        frame,
        profile,
        view,
        able,
        staff,
        free,
        at: momentOf(fields),
        reason: notesOf(fields, 'reason'),
        ...refusal,
      })
    }

    http.get(
      `${base}/:id/move`,
      atCompany(change, async (at, request) => {
        const view = await found(at, request)
        if (!view) return 'not-found'
        if (view.appointment.status !== 'confirmed') return { redirect: appointmentPath(at.profile, view.appointment) }
        return moveForm(at, view, request.query, nothingWrong)
      }),
    )

    http.post(
      `${base}/:id/move`,
      guarded,
      atCompany(change, async (at, request) => {
        const view = await found(at, request)
        if (!view) return 'not-found'
        const { scope, profile, frame } = at
        const startsAt = momentOf(request.body)
        const reason = notesOf(request.body, 'reason')
        const mistake = reasonMistake(reason, frame.words)
        if (startsAt === undefined || mistake.reason !== undefined) {
          const wrong = { ...mistake, ...(startsAt === undefined ? { at: frame.words.wrong.at } : {}) }
          return moveForm(at, view, request.body, { status: 422, wrong, alternatives: undefined })
        }
        const wished = textOf(request.body, 'staff')
        const to = { startsAt, staff: wished === '' ? undefined : wished, reason: reason === '' ? undefined : reason }
        const moved = await application.moveAppointment(scope, profile, view.appointment.id, to)
        if (moved.isOk()) return { redirect: `${appointmentPath(profile, view.appointment)}?said=moved` }
        if (moved.error.kind === 'not-found' || moved.error.kind === 'booking-not-offered') return 'not-found'
        return moveForm(at, view, request.body, refusalOf(moved.error, frame.words))
      }),
    )

    http.get(
      `${base}/:id/cancel`,
      atCompany(change, async (at, request) => {
        const view = await found(at, request)
        if (!view) return 'not-found'
        const { frame, profile } = at
        if (!isAhead(view.appointment)) return { redirect: appointmentPath(profile, view.appointment) }
        return cancelPage({ frame, profile, view, reason: '', wrong: {} })
      }),
    )

    http.post(
      `${base}/:id/cancel`,
      guarded,
      atCompany(change, async (at, request) => {
        const view = await found(at, request)
        if (!view) return 'not-found'
        const { scope, profile, frame } = at
        const reason = notesOf(request.body, 'reason')
        const wrong = reasonMistake(reason, frame.words)
        if (wrong.reason !== undefined) return cancelPage({ frame, profile, view, reason, wrong, status: 422 })
        const cancelled = await application.cancelAppointment(
          scope,
          profile,
          view.appointment.id,
          reason === '' ? undefined : reason,
        )
        if (cancelled.isOk()) return { redirect: `${appointmentPath(profile, view.appointment)}?said=cancelled` }
        if (cancelled.error.kind === 'not-found') return 'not-found'
        const { status, wrong: over } = refusalOf(cancelled.error, frame.words)
        return cancelPage({ frame, profile, view, reason, wrong: over, status })
      }),
    )
  }
