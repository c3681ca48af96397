import { err, ok } from 'neverthrow'
import type { WebApplication } from '../adapters/web/application.ts'
import { enterCompany, enterPlatform } from '../application/access/authenticate.ts'
import type { Application } from '../application/application.ts'
import type { Ports } from '../application/ports/ports.ts'
import { parseId } from '../domain/ids.ts'

/** The application as the dashboard asks for it. */
export const webApplication = (app: Application, ports: Ports): WebApplication => ({
  ...app,
  logIn: async (email, password, address) =>
    (await app.logIn(email, password, address)).mapErr(() => ({ kind: 'wrong-credentials' })),
  whoIs: async (cookie, { address, rereads } = { address: undefined, rereads: false }) => {
    const principal = await app.principalOfSession(cookie)
    if (principal.isErr() || principal.value.userId === undefined) return undefined
    const { role, company, email, userId, seesVip } = principal.value
    const platform = enterPlatform(principal.value, 'platform.read', address)
    return {
      user: { id: userId, email: email ?? '' },
      role,
      seesVip,
      company,
      scope: (wanted) => enterCompany(principal.value, wanted, 'calls.read', address, rereads).unwrapOr(undefined),
      platform: platform.isOk() ? platform.value : undefined,
    }
  },
  setPassword: async (token, password) => {
    const done = await app.setPassword(token, password)
    if (done.isOk()) return ok()
    return done.error.kind === 'password-too-short'
      ? err({ kind: 'password-too-short', minimum: done.error.least })
      : err({ kind: 'password-link-over' })
  },
  companyBySlug: ports.directory.companyBySlug,
  hasVoiceAccount: async (profile) => (await ports.voiceAccounts.of(profile)) !== undefined,
  profile: ports.directory.profile,
  companies: async () => (await ports.directory.companies()).toSorted((a, b) => a.name.localeCompare(b.name)),
  nextAppointments: (scope, limit) =>
    ports.store.read(scope, async (tx) => {
      const { items } = await tx.appointments.list({
        from: ports.clock.now(),
        status: 'confirmed',
        limit,
        cursor: undefined,
      })
      const customers = await tx.customers.many(items.flatMap(({ customer }) => customer ?? []))
      return { appointments: items, customers: new Map(customers.map((one) => [one.id, one])) }
    }),
  openAlerts: (scope, limit) =>
    ports.store.read(scope, async (tx) => (await tx.alerts.list({ open: true, limit, cursor: undefined })).items),
  deliveries: (scope, query) => ports.inbox.of(scope).list(query),
  delivery: (scope, id) => ports.inbox.of(scope).find(id),
  platformUser: async (_scope, named) => {
    if ('email' in named) return ports.identities.userByEmail(named.email)
    const id = parseId('user', named.id)
    return id.isOk() ? ports.identities.user(id.value) : undefined
  },
  allDeliveries: ports.inbox.listAll,
  anyDelivery: ports.inbox.findAny,
  unroutedCalls: ports.unrouted.listAll,
  events: ports.events,
  idempotency: ports.idempotency,
})
