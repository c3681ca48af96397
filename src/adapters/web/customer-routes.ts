import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { CustomerQuery } from '../../application/reading/customers.ts'
import { type CustomerId, parseId } from '../../domain/ids.ts'
import { type Country, parsePhoneNumber } from '../../domain/phone-number.ts'
import { emailText, personNotes } from '../http/api/schemas.ts'
import { longTextOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companyPath } from './frame.ts'
import { customerPage } from './pages/customer.tsx'
import { customersPage } from './pages/customers.tsx'

const PAGE_SIZE = 50

/** Undefined: neither a number nor an address, and names are not searched for, because they are sealed. */
const searchFor = (text: string, country: Country): Pick<CustomerQuery, 'phone' | 'email'> | undefined => {
  if (text === '') return {}
  if (emailText.safeParse(text).success) return { email: text }
  const number = parsePhoneNumber(text, country)
  return number.isOk() ? { phone: number.value } : undefined
}

/** Who called or was entered, and everything about one of them. */
export const customerRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/customers'

    http.get(
      base,
      atCompany('customers.read', async ({ scope, profile, frame }, { query }) => {
        const search = textOf(query, 'q').trim().slice(0, 254)
        const cursor = textOf(query, 'cursor')
        const asked = searchFor(search, profile.company.country)
        const page = asked
          ? await application.listCustomers(scope, {
              ...asked,
              limit: PAGE_SIZE,
              cursor: cursor === '' ? undefined : cursor,
            })
          : { items: [], next: undefined }
        return customersPage({ frame, profile, search, unsearchable: asked === undefined, cursor, page })
      }),
    )

    const idIn = (request: FastifyRequest): CustomerId | undefined =>
      parseId('customer', (request.params as { readonly id: string }).id).unwrapOr(undefined)

    http.get(
      `${base}/:id`,
      atCompany('customers.read', async ({ scope, profile, frame }, request) => {
        const id = idIn(request)
        const detail = id && (await application.customerDetail(scope, id))
        return detail ? customerPage({ frame, profile, detail, said: textOf(request.query, 'said') }) : 'not-found'
      }),
    )

    http.post(
      `${base}/:id/vip`,
      { preHandler: http.csrfProtection },
      atCompany('customers.vip', async ({ scope, profile }, request) => {
        const id = idIn(request)
        const changed =
          id && (await application.changeCustomer(scope, id, { vip: textOf(request.body, 'vip') === '1' }))
        return changed?.isOk() ? { redirect: companyPath(profile, `/customers/${id}?said=vip`) } : 'not-found'
      }),
    )

    http.post(
      `${base}/:id/notes`,
      { preHandler: http.csrfProtection },
      atCompany('appointments.change', async ({ scope, profile, frame }, request) => {
        const id = idIn(request)
        const notes = longTextOf(request.body, 'notes') ?? ''
        if (id && !personNotes(4000).safeParse(notes).success) {
          const detail = await application.customerDetail(scope, id)
          return detail ? customerPage({ frame, profile, detail, said: '', refused: notes }) : 'not-found'
        }
        const changed = id && (await application.changeCustomer(scope, id, { notes }))
        return changed?.isOk() ? { redirect: companyPath(profile, `/customers/${id}?said=notes`) } : 'not-found'
      }),
    )
  }
