import type { Page } from '../../../application/ports/page.ts'
import type { CustomerListing } from '../../../application/reading/customers.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { phone, shortDay } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { Empty, PageHead, Pager, Rows } from './parts.tsx'

const CustomerRow = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly listing: CustomerListing
}) => {
  const { frame, profile, listing } = props
  const { customer, lastVisit } = listing
  const { customers } = frame.words
  const reading = readingOf(frame)
  const number = phone(customer.phone, profile.company.country)
  return (
    <li id={customer.id}>
      <a class="row customer-row" href={companyPath(profile, `/customers/${customer.id}`)}>
        <span class="cell who">
          <span class="name" safe>
            {customer.name === '' ? customers.noName : customer.name}
          </span>
        </span>
        <span class="cell contact">
          <span safe>{number ?? customer.email ?? customers.noContact}</span>
          {number !== undefined && customer.email !== undefined ? <small safe>{customer.email}</small> : null}
        </span>
        <span class="cell seen" safe>
          {shortDay(customer.firstSeenAt, reading)}
        </span>
        <span class="cell last" safe>
          {lastVisit === undefined ? customers.noVisit : shortDay(lastVisit, reading)}
        </span>
      </a>
    </li>
  )
}

/** Everybody known, newest first, or who has a number or an address. */
export const customersPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly search: string
  /** A search for what is neither a number nor an address. */
  readonly unsearchable: boolean
  readonly cursor: string
  readonly page: Page<CustomerListing>
}): View => {
  const { frame, profile, search, unsearchable, cursor, page } = props
  const { customers, calls } = frame.words
  const { columns } = customers
  const path = companyPath(profile, '/customers')
  const all = { href: path, label: customers.all }
  return {
    title: customers.title,
    place: 'customers',
    content: (
      <>
        <PageHead frame={frame} title={customers.title} sentence={customers.lead} />
        <search>
          <form id="search" class="filters" method="get" action={path}>
            <label class="field grow">
              <span safe>{customers.search}</span>
              <input type="search" name="q" value={search} autocomplete="off" maxlength="254" />
            </label>
            <button class="button" type="submit" safe>
              {customers.find}
            </button>
            {search === '' ? null : (
              <a class="button quiet" href={path} safe>
                {customers.all}
              </a>
            )}
          </form>
        </search>
        <section id="list" class="card list" aria-label={customers.title}>
          {page.items.length === 0 ? (
            search === '' ? (
              <Empty title={customers.none} help={customers.noneHelp} />
            ) : (
              <Empty title={customers.noMatch} help={customers.notSearchable} action={all} />
            )
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {customers.count(page.items.length, page.next !== undefined || cursor !== '')}
                </p>
              </div>
              <Rows row="customer-row" columns={[columns.name, columns.contact, columns.seen, columns.last]}>
                {page.items.map((listing) => (
                  <CustomerRow frame={frame} profile={profile} listing={listing} />
                ))}
              </Rows>
            </>
          )}
          <Pager
            path={path}
            query={{ q: search }}
            cursor={cursor}
            next={page.next}
            first={calls.newest}
            more={customers.older}
          />
        </section>
        {unsearchable ? (
          <p class="sr" role="status" safe>
            {customers.notSearchable}
          </p>
        ) : null}
      </>
    ),
  }
}
