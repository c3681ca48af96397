import type { FastifyPluginAsync } from 'fastify'
import type { CustomerQuery } from '../../application/reading/customers.ts'
import { parseId } from '../../domain/ids.ts'
import { type Country, parsePhoneNumber } from '../../domain/phone-number.ts'
import { emailText } from '../http/api/schemas.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
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

    http.get(
      `${base}/:id`,
      atCompany('customers.read', async ({ scope, profile, frame }, request) => {
        const id = parseId('customer', (request.params as { readonly id: string }).id)
        const detail = id.isOk() ? await application.customerDetail(scope, id.value) : undefined
        return detail ? customerPage({ frame, profile, detail }) : 'not-found'
      }),
    )
  }
