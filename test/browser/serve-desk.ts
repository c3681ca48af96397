import fastify from 'fastify'
import { webRoutes } from '../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../src/composition/web-application.ts'
import type { Role } from '../../src/domain/access/role.ts'
import { type Instant, parseInstant, type TimeZone } from '../../src/domain/time.ts'
import { openDesk } from '../application/desk.ts'

const password = 'ein Satz mit fünf Wörtern'

/** The dashboard over a whole desk in memory: what people do in it is really done. */
export const serveDesk = async (...given: Parameters<typeof openDesk>) => {
  const desk = await openDesk(...given)
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('There is no salon')
  const http = fastify({ forceCloseConnections: true })
  const application = webApplication(desk.app, desk.ports)
  await http.register(
    webRoutes({
      application,
      secureCookies: false,
      platformZone: 'Europe/Berlin' as TimeZone,
      publicUrl: 'https://desk.example',
      clock: desk.clock,
    }),
  )
  await http.listen({ host: '127.0.0.1', port: 0 })
  const address = http.server.address()
  return {
    desk,
    scope,
    profile,
    http,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    /** The cookie of a new user of this role. */
    signIn: async (role: Role): Promise<string> => {
      const email = `${role.replace('_', '-')}@salon-sonne.example`
      const link = await desk.app.createUser(desk.platform, { email, role, company: scope.company })
      await desk.app.setPassword(link._unsafeUnwrap().token, password)
      return (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie
    },
    /** As somebody at the counter: a man's cut in Mitte on Tuesday, 24 November 2026. */
    book: async (clock: string, staff: string, name: string) =>
      (
        await desk.app.createAppointment(scope, profile, {
          ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff, attendeeName: name, source: 'dashboard' },
          ...{ startsAt: tuesday(clock), phone: '0171 3920055', email: undefined, notes: undefined },
        })
      )._unsafeUnwrap().appointment,
    close: () => http.close(),
  }
}

export const tuesday = (clock: string): Instant => parseInstant(`2026-11-24T${clock}:00+01:00`)._unsafeUnwrap()

export type ServedDesk = Awaited<ReturnType<typeof serveDesk>>
