import type { FastifyPluginAsync } from 'fastify'
import { type Decision, type Disputed, decisionKinds } from '../../application/calendar/difference.ts'
import { blocks } from '../../domain/booking/event-type-fit.ts'
import { parseId } from '../../domain/ids.ts'
import { secret } from '../../domain/secret.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { fieldsOf } from './entries.ts'
import { type ConnectionProps, calendarConnectionPage, connectionPath } from './pages/calendar-connection.tsx'
import type { ConnectMistakes } from './pages/connect-form.tsx'
import { setUpPage } from './pages/set-up.tsx'

/** Undefined: nothing was typed. */
const typedSecret = (body: unknown, name: string) => {
  const text = textOf(body, name).trim()
  return text === '' ? undefined : secret(text)
}

const typedOr = (text: string): string | undefined => (text === '' ? undefined : text)

const disputedOf = (body: unknown): Disputed | undefined => {
  const booking = textOf(body, 'booking')
  if (booking !== '') return { booking }
  const appointment = parseId('appointment', textOf(body, 'appointment'))
  return appointment.isOk() ? { appointment: appointment.value } : undefined
}

const decisionOf = (body: unknown): Decision | undefined => {
  const kind = decisionKinds.find((one) => one === textOf(body, 'decision'))
  if (kind !== 'take-over') return kind && { kind }
  const [branch, service] = [textOf(body, 'branch'), textOf(body, 'service')]
  return { kind, branch, service, staff: typedOr(textOf(body, 'staff')) }
}

/** How the calendar of a company is set up, by those who may configure it. */
export const calendarConnectionRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const company = '/companies/:slug'
    const base = `${company}/calendar-connection`
    const guarded = { preHandler: http.csrfProtection }
    const done = ({ profile }: AtCompany, said: keyof AtCompany['frame']['words']['connection']['done']): Answer => ({
      redirect: connectionPath(profile, `?said=${said}`),
    })

    const shown = async (
      { scope, profile, frame }: AtCompany,
      more: Partial<Pick<ConnectionProps, 'said' | 'status' | 'entry' | 'wrong'>>,
      age?: 'fresh',
    ): Promise<Answer> => {
      const [setUp, differences] = await Promise.all([
        application.calendarSetUp(scope, profile, age),
        application.calendarDifferences(scope),
      ])
      return calendarConnectionPage({ frame, profile, setUp, differences, said: '', ...more })
    }
    const refused = (at: AtCompany, status: number, wrong: ConnectMistakes, entry?: ConnectionProps['entry']) =>
      shown(at, { status, wrong, ...(entry ? { entry } : {}) })

    http.get(
      base,
      atCompany('companies.configure', (at, request) =>
        shown(at, { said: textOf(request.query, 'said') }, textOf(request.query, 'fresh') === '' ? undefined : 'fresh'),
      ),
    )

    http.post(
      `${base}/connect`,
      guarded,
      atCompany('companies.configure', async (at, { body }) => {
        const { wrong } = at.frame.words.connection
        const entry = { baseUrl: textOf(body, 'base_url').trim() }
        const apiKey = typedSecret(body, 'api_key')
        const typed = { ...entry, apiKey, webhookSecret: typedSecret(body, 'webhook_secret') }
        const connected = await application.connectCalendar(at.scope, at.profile, typed)
        if (connected.isOk()) return done(at, 'connected')
        const failure = connected.error
        switch (failure.kind) {
          case 'invalid-input':
            return refused(at, 422, fieldsOf<'base_url' | 'api_key'>(failure, wrong), entry)
          case 'calendar-not-connected':
            if (failure.reason === 'not-here') return refused(at, 422, { all: wrong.notHere }, entry)
            if (failure.reason === 'unreachable') return refused(at, 503, { base_url: wrong.unreachable }, entry)
            return refused(at, 422, { api_key: wrong.misconfigured }, entry)
          case 'company-file-conflicts':
            return refused(at, 422, { all: wrong.summary }, entry)
        }
      }),
    )

    http.post(
      `${base}/match`,
      guarded,
      atCompany('companies.configure', async (at, { body }) => {
        const { wrong } = at.frame.words.connection
        const named = textOf(body, 'event_type').trim()
        const eventType = named === '' ? undefined : Number(named)
        if (eventType !== undefined && !(Number.isSafeInteger(eventType) && eventType > 0))
          return refused(at, 422, { all: wrong.eventType })
        const thing = {
          service: textOf(body, 'service'),
          part: typedOr(textOf(body, 'part')),
          staff: typedOr(textOf(body, 'staff')),
        }
        const mapped = await application.mapService(at.scope, thing, eventType)
        if (mapped.isOk()) return done(at, mapped.value.verified ? 'matched' : 'unverified')
        if (mapped.error.kind === 'not-found') return 'not-found'
        return refused(at, 422, { all: wrong.eventType })
      }),
    )

    http.post(
      `${base}/webhook`,
      guarded,
      atCompany('companies.configure', async (at) => {
        const { wrong } = at.frame.words.connection
        const registered = await application.registerCalendarWebhook(at.scope, at.profile)
        if (registered.isOk()) return done(at, 'webhook')
        const isFar = registered.error.kind === 'webhook-out-of-reach'
        return refused(at, isFar ? 422 : 503, { all: isFar ? wrong.outOfReach : wrong.webhook })
      }),
    )

    http.post(
      `${base}/settle`,
      guarded,
      atCompany('companies.configure', async (at, { body }) => {
        const { wrong } = at.frame.words.connection
        const [about, decision] = [disputedOf(body), decisionOf(body)]
        if (!about || !decision) return 'not-found'
        const settled = await application.settleDifference(at.scope, about, decision)
        if (settled.isOk()) return done(at, settled.value.left === undefined ? 'settled' : 'still')
        switch (settled.error.kind) {
          case 'not-found':
            return 'not-found'
          case 'decision-unfit':
            return refused(at, 409, { all: wrong.settled })
          case 'calendar-unreachable':
            return refused(at, 503, { all: wrong.silent })
          case 'invalid-input':
          case 'booking-not-offered':
            return refused(at, 422, { all: wrong.takeOver })
        }
      }),
    )

    http.get(
      `${company}/set-up`,
      atCompany('companies.configure', async ({ scope, profile, frame }) => {
        const { branches, services } = profile
        const [setUp, calls] = await Promise.all([
          application.calendarSetUp(scope, profile),
          application.listCalls(scope, { limit: 1, cursor: undefined }),
        ])
        const fits = setUp.state === 'connected' && setUp.mappings.every(({ findings }) => !blocks(findings))
        return setUpPage({
          frame,
          profile,
          steps: {
            company: branches.length > 0 && (!profile.company.booking || services.some(({ active }) => active)),
            numbers: branches.some(
              (one) => one.phoneNumbers.some(({ active }) => active) || one.retellAgentId !== undefined,
            ),
            calendar: setUp.state === 'embedded' || fits,
            call: calls.items.length > 0,
          },
        })
      }),
    )
  }
