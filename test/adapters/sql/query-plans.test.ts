import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countingIds, fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { sqlAlarm } from '../../../src/adapters/sql/alarm.ts'
import { sqlAlerts } from '../../../src/adapters/sql/alerts.ts'
import { sqlAppointments } from '../../../src/adapters/sql/appointments.ts'
import { sqlBlockedTimes } from '../../../src/adapters/sql/blocked-times.ts'
import { sqlCalendarBookings } from '../../../src/adapters/sql/calendar-bookings.ts'
import { sqlCallbacks } from '../../../src/adapters/sql/callbacks.ts'
import { sqlCalls } from '../../../src/adapters/sql/calls.ts'
import { sqlCompanies } from '../../../src/adapters/sql/companies.ts'
import { sqlCustomers } from '../../../src/adapters/sql/customers.ts'
import type { Database } from '../../../src/adapters/sql/database.ts'
import { sqlDeliveries } from '../../../src/adapters/sql/deliveries.ts'
import { sqlDirectory } from '../../../src/adapters/sql/directory.ts'
import { sqlHousekeeping } from '../../../src/adapters/sql/housekeeping.ts'
import { sqlIdentities } from '../../../src/adapters/sql/identities.ts'
import { sqlInbox } from '../../../src/adapters/sql/inbox.ts'
import { sqlDueJobs } from '../../../src/adapters/sql/jobs.ts'
import { sqlOccupancy } from '../../../src/adapters/sql/occupancy.ts'
import { sqlOffers } from '../../../src/adapters/sql/offers.ts'
import { sqlSuggestions } from '../../../src/adapters/sql/suggestions.ts'
import type { TenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import { sqlToolCalls } from '../../../src/adapters/sql/tool-calls.ts'
import { sqlUnroutedCalls } from '../../../src/adapters/sql/unrouted-calls.ts'
import { sqlWishes } from '../../../src/adapters/sql/wishes.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import type { PhoneNumber } from '../../../src/domain/phone-number.ts'
import { DAY, HOUR, instant, MINUTE } from '../../../src/domain/time.ts'
import { companySpec, first, platform, writing } from '../../contracts/fixtures.ts'
import { openTestDatabase, type TestDatabase, testDatabases } from '../../databases/test-databases.ts'
import { expectIndexed, expectOrdered, plansOfCompany, plansOn } from './plans.ts'

const now = Date.UTC(2026, 11, 1)
const rows = 6_000
const numbers = 30_000
const page = { limit: 50, cursor: undefined }

/** Numbers from 0 up to, not including, `count`, on both databases. */
const counting = (count: number) =>
  sql.raw(
    `with recursive counted (n) as (select cast(0 as bigint) union all select n + 1 from counted where n < ${count - 1})`,
  )

describe.each(testDatabases.filter(({ name }) => name !== 'an SQLite file'))('queries on $name', ({ make }) => {
  let database: TestDatabase
  let opened: Database
  let profile: CompanyProfile

  /** Two years of a busy salon in a database with thirty thousand numbers. */
  beforeAll(async () => {
    database = await make()
    opened = await openTestDatabase(database)
    const { engine, seals } = opened
    const companies = sqlCompanies(engine, seals, countingIds(), () => undefined)
    const other = (await companies.write(platform, writing(companySpec('other')), instant(now)))._unsafeUnwrap().id
    profile = (await companies.write(platform, writing(companySpec('plans')), instant(now)))._unsafeUnwrap()
    const [company, branch, service, staff] = [
      profile.id,
      first(profile.branches).id,
      first(profile.services).id,
      first(profile.staff).id,
    ]
    const oneInTen = `case when n % 10 = 0 then '${company}' else '${other}' end`
    await engine.asSystem(async (trx) => {
      const insert = (count: number, into: string, values: string) =>
        sql`${sql.raw(engine.dialect === 'sqlite' ? `insert into ${into}` : '')} ${counting(count)}
          ${sql.raw(engine.dialect === 'sqlite' ? '' : `insert into ${into}`)} select ${sql.raw(values)} from counted`.execute(
          trx,
        )
      await insert(
        numbers,
        'phone_numbers (company_id, id, number, branch_id, active)',
        `'${company}', 'num_' || n, '+4915550' || (100000 + n), '${branch}', 1`,
      )
      await insert(
        rows,
        `calls (company_id, id, branch_id, status, outcome, at, caller_index, card, record, first_heard_at)`,
        `'${company}', 'call_' || n, '${branch}', 'ended', 'none', ${now} - n * ${30 * MINUTE}, 'caller ' || (n % 5000),
          'card', 'record', ${now}`,
      )
      await insert(
        rows,
        `appointments (company_id, id, branch_id, service_id, staff_id, resource_id, starts_at, ends_at, status, source,
          call_id, created_at, body)`,
        `'${company}', 'apt_' || n, '${branch}', '${service}', '${staff}', '${staff}',
          ${now} + (n - ${rows / 2}) * ${HOUR}, ${now} + (n - ${rows / 2}) * ${HOUR} + ${30 * MINUTE}, 'confirmed', 'phone',
          'call_' || n, ${now}, 'body'`,
      )
      await insert(
        rows,
        'occupancy (company_id, id, resource_id, starts_at, ends_at, owner)',
        `'${company}', 'occ_' || n, '${staff}', ${now} + (n - ${rows / 2}) * ${HOUR},
          ${now} + (n - ${rows / 2}) * ${HOUR} + ${30 * MINUTE}, 'apt_' || n`,
      )
      await insert(
        rows,
        `deliveries (id, company_id, owner_id, source, event, call_id, received_at, address, outcome, stages, attempt, due_at)`,
        `'dlv_' || n, ${oneInTen}, ${oneInTen}, 'retell', 'call_ended', 'call_' || n, ${now} - n * ${MINUTE}, '192.0.2.7',
          'accepted', '[]', 1, case when n % 200 = 0 then ${now} + n else null end`,
      )
      await insert(
        rows,
        'customers (company_id, id, name, phone_index, email_index, first_seen_at)',
        `${oneInTen}, 'cus_' || n, 'sealed', 'phone ' || n, 'email ' || n, ${now} - n * ${MINUTE}`,
      )
      await insert(
        rows,
        'tool_calls (company_id, id, call_id, at, name, name_as_sent, fingerprint, status, ms, body)',
        `'${company}', 'tcl_' || n, 'call_' || n, ${now} - n * ${MINUTE}, 'book', 'book', 'f', 'booked', 5, 'body'`,
      )
      await insert(
        rows,
        'alerts (company_id, id, key, kind, severity, message, created_at, resolved_at)',
        `${oneInTen}, 'alr_' || n, 'k' || n, 'security', 'info', 'm', ${now} - n * ${MINUTE}, ${now}`,
      )
      await insert(
        rows,
        'security_events (id, kind, severity, at, detail)',
        `'sev_' || n, 'login_failed', 'info', ${now} - n * ${MINUTE}, 'd'`,
      )
      await insert(
        rows,
        'jobs (id, company_id, kind, payload, key, run_at, attempt, state, created_at)',
        `'job_' || n, ${oneInTen}, 'call-summary', 'payload', 'key ' || n, ${now} + n, 0,
          case when n % 200 = 0 then 'waiting' else 'done' end, ${now} - n * ${MINUTE}`,
      )
      await insert(
        rows,
        'live_events (company_id, seq, kind, data, at)',
        `'${company}', n, 'call.updated', '{}', ${now} + n`,
      )
      await insert(
        rows,
        'unrouted_calls (id, call_key, received_at, events)',
        `'unr_' || n, 'key ' || n, ${now} - n * ${MINUTE}, '[]'`,
      )
      await insert(
        rows,
        'users (id, email, email_index, role, failed_logins, disabled, created_at)',
        `'usr_' || n, 'sealed', 'email ' || n, 'viewer', 0, 0, ${now}`,
      )
      await insert(
        rows,
        'routing_overrides (company_id, id, number, created_at, ends_at, body)',
        `'${company}', 'ovr_' || n, '+4915550' || (100000 + n % 5000), ${now} - n * ${MINUTE}, ${now} + ${HOUR}, 'body'`,
      )
      await insert(
        rows,
        'callbacks (company_id, id, call_id, kind, priority, state, due_by, created_at, body)',
        `${oneInTen}, 'cbk_' || n, null, 'callback', 'normal', case when n % 400 = 0 then 'open' else 'done' end,
          ${now} - n * ${MINUTE}, ${now} - n * ${MINUTE}, 'body'`,
      )
      await insert(
        rows,
        'wishes (company_id, id, created_at, body)',
        `${oneInTen}, 'wsh_' || n, ${now} - n * ${HOUR}, 'body'`,
      )
      await insert(
        rows,
        'blocked_times (company_id, id, starts_at, ends_at, created_at, body)',
        `${oneInTen}, 'blk_' || n, ${now} - n * ${HOUR}, ${now} - n * ${HOUR} + ${HOUR}, ${now}, 'body'`,
      )
      await insert(rows, 'tokens (id, digest, role, created_at)', `'tok_' || n, 'digest ' || n, 'viewer', ${now}`)
    })
    if (engine.dialect === 'postgres') await engine.asOwner((trx) => sql`analyze`.execute(trx))
  }, 120_000)
  afterAll(async () => {
    await opened.engine.close()
    await database.drop()
  })

  const plansOf = (ask: (database: Database) => Promise<unknown>) => plansOn(opened)(ask)
  const asTenant = (ask: (db: TenantDb, database: Database) => Promise<unknown>) =>
    plansOfCompany(opened, profile.id)(ask)

  /** What was found here opens with no key; how it was found is all that matters. */
  const sealed = (found: Promise<unknown>) => found.catch(() => undefined)

  it('look a number up among thirty thousand by its index', async () => {
    const plans = await plansOf(({ engine, seals }) =>
      sqlDirectory(engine, seals, { platformKeys: [] }).lineOf('+4915550112345' as PhoneNumber),
    )
    // Whether anything changed, whose the number is, and where a person sends its calls now.
    const [, lookUp, overrides] = plans
    expect(plans).toHaveLength(3)
    expectIndexed([lookUp ?? ''], 'phone_numbers_active')
    expectIndexed([overrides ?? ''], 'routing_overrides_number')
  })

  it('look an agent, a slug and a call’s company up by their indexes', async () => {
    const ask = async (question: (directory: ReturnType<typeof sqlDirectory>) => Promise<unknown>) =>
      (await plansOf(({ engine, seals }) => question(sqlDirectory(engine, seals, { platformKeys: [] })))).at(-1) ?? ''
    expectIndexed([await ask((directory) => directory.companyOfCall('call_7', [profile.id]))], 'calls_by_id')
    if (opened.engine.dialect === 'postgres') return // It reads tables of one page as a whole, rightly.
    expectIndexed([await ask((directory) => directory.linesOfAgent('agent_plans'))], 'branch_agents_agent')
    expectIndexed([await ask((directory) => directory.companyBySlug('plans'))])
  })

  it('list calls newest first in the order of an index, at the beginning and far down', async () => {
    const far = Buffer.from(JSON.stringify([now - 400 * DAY, 'call_1'])).toString('base64url')
    for (const cursor of [undefined, far]) {
      const plans = await asTenant((db, { seals }) => sqlCalls(db, seals.of(profile.id)).list({ ...page, cursor }))
      expectIndexed(plans, 'calls_at')
      expectOrdered(plans)
    }
    const bounded = await asTenant((db, { seals }) =>
      sqlCalls(db, seals.of(profile.id)).list({ ...page, from: instant(now - DAY), to: instant(now) }),
    )
    expectIndexed(bounded, 'calls_')
  })

  it('list the calls of a caller, and count those of a day, by an index', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      await sqlCalls(db, seals.of(profile.id)).list({ ...page, caller: '+491713920001' })
      await sqlCalls(db, seals.of(profile.id)).tally(instant(now - DAY), instant(now))
    })
    expect(plans).toHaveLength(2)
    expectIndexed([plans[0] ?? ''], 'calls_caller')
    expectIndexed([plans[1] ?? ''], 'calls_at')
  })

  it('find what is over by an index, so that a portion of housekeeping costs what it deletes', async () => {
    const plans = await plansOf(async ({ engine }) => {
      const { clear } = sqlHousekeeping(engine)
      for (const kind of ['done-jobs', 'given-up-jobs', 'live-events', 'ended-holds'] as const) {
        await clear(platform, kind, instant(now - DAY), 500)
      }
    })
    expect(plans).toHaveLength(4)
    for (const [position, index] of [
      /jobs_over/,
      /jobs_(over|given_up)/,
      /live_events_at/,
      /occupancy_until/,
    ].entries()) {
      expect(plans[position]).toMatch(index)
      expect(plans[position]).not.toMatch(
        /\bSCAN (jobs|live_events|occupancy)\b|Seq Scan on (jobs|live_events|occupancy)/,
      )
    }
  })

  it('list what is different in a vendor’s calendar by indexes of those alone', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      await sqlAppointments(db, seals.of(profile.id)).unsynced(page)
      await sqlCalendarBookings(db, seals.of(profile.id)).unmatched({ ...page, from: instant(now) })
    })
    expect(plans).toHaveLength(2)
    expectIndexed([plans[0] ?? ''], 'appointments_unsynced')
    expectOrdered([plans[0] ?? ''])
    if (opened.engine.dialect === 'postgres') return // It reads an empty table as a whole, rightly.
    expectIndexed([plans[1] ?? ''], 'calendar_bookings_unmatched')
    expectOrdered([plans[1] ?? ''])
  })

  it('list the appointments of a day by an index, without the years before', async () => {
    const plans = await asTenant((db, { seals }) =>
      sqlAppointments(db, seals.of(profile.id)).list({ ...page, from: instant(now), to: instant(now + DAY) }),
    )
    expectIndexed(plans, 'appointments_time')
    expectOrdered(plans)
  })

  it('find the appointments of a call and of a customer by an index', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      const appointments = sqlAppointments(db, seals.of(profile.id))
      await appointments.upcomingOf('cus_7', instant(now))
      await appointments.ofCalls([])
      await appointments.ofCall('call_none')
    })
    expect(plans).toHaveLength(2)
    expectIndexed(plans, 'appointments_customer', 'appointments_call')
  })

  it('list callbacks and wishes by an index, newest first in its order, and those that wait for somebody', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      const seal = seals.of(profile.id)
      await sealed(sqlCallbacks(db, seal).list(page))
      await sealed(sqlWishes(db, seal).list(page))
      await sealed(sqlCallbacks(db, seal).listByDue({ ...page, states: ['open', 'assigned'] }))
      await sqlCallbacks(db, seal).tally(instant(now))
    })
    expect(plans).toHaveLength(4)
    expectIndexed(plans, 'callbacks_at', 'wishes_at', 'callbacks_due')
    expectOrdered(plans.slice(0, 2))
  })

  it('count what was wanted lately, and find what is blocked, by an index', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      const seal = seals.of(profile.id)
      await sqlWishes(db, seal).tally(instant(now - 30 * DAY))
      await sealed(sqlBlockedTimes(db, seal).between(instant(now - DAY), instant(now + DAY)))
      await sealed(sqlBlockedTimes(db, seal).list(page))
    })
    expect(plans).toHaveLength(3)
    expectIndexed(plans, 'wishes_at')
    expectIndexed(plans.slice(2), 'blocked_times_time')
    expectOrdered(plans.slice(2))
  })

  it('find what is due among the deliveries by an index, in its order', async () => {
    const asked = await plansOf(({ engine, seals }) =>
      sqlInbox(engine, seals, {
        alarm: sqlAlarm(engine, seals),
        ids: countingIds(),
        clock: fixedClock(instant(now)),
      }).claim(instant(now - 1), 10, instant(now)),
    )
    const plans = asked.filter((plan) => !plan.includes('intake_journal'))
    expectIndexed(plans, 'deliveries_due')
    expectOrdered(plans)
  })

  it('find what is due among the jobs, one by its key, and list them by an index', async () => {
    const due = await plansOf(({ engine, seals }) => sqlDueJobs(engine, seals).claim(instant(now), 10, instant(now)))
    expectIndexed(due, 'jobs_due')
    expectOrdered(due)
    const others = await plansOf(({ engine, seals }) =>
      sqlDueJobs(engine, seals).claim(instant(now), 10, instant(now), [profile.id]),
    )
    expectIndexed(others, 'jobs_due')
    expectOrdered(others)
    const one = await plansOf(({ engine, seals }) =>
      sqlDueJobs(engine, seals).claimOne(profile.id, 'key 200', instant(now), instant(now)),
    )
    expectIndexed(one, 'jobs_key')
    for (const state of [undefined, 'given-up'] as const) {
      const listed = await plansOf(({ engine, seals }) =>
        sqlDueJobs(engine, seals).listAll(platform, { ...page, ...(state ? { state } : {}) }),
      )
      expectIndexed(listed, state ? 'jobs_given_up' : 'jobs_at')
      expectOrdered(listed)
    }
  })

  it('list deliveries, alerts and customers of a company in the order of an index', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      const seal = seals.of(profile.id)
      await sqlDeliveries(db).list(page)
      await sqlAlerts(db, seal).list(page)
      await sealed(sqlCustomers(db, seal).list(page))
    })
    expect(plans).toHaveLength(3)
    expectIndexed(plans, 'deliveries_company', 'alerts_at', 'customers_seen')
    expectOrdered(plans)
  })

  it('list security events and unrouted calls of the platform in the order of an index', async () => {
    const plans = await plansOf(async ({ engine, seals }) => {
      await sqlAlarm(engine, seals).securityEvents(platform, page)
      await sqlUnroutedCalls(engine, seals, { unpacked: () => Promise.resolve() }).listAll(platform, page)
    })
    expect(plans).toHaveLength(2)
    expectIndexed(plans, 'security_events_at', 'unrouted_calls_at')
    expectOrdered(plans)
  })

  it('find a customer by number or e-mail, a user by e-mail and a token by its digest by an index', async () => {
    const tenant = await asTenant(async (db, { seals }) => {
      await sqlCustomers(db, seals.of(profile.id)).byPhone('+491713920001' as PhoneNumber)
      await sqlCustomers(db, seals.of(profile.id)).byEmail('max@muster.example')
    })
    expect(tenant).toHaveLength(2)
    expectIndexed(tenant, 'customers')
    const system = await plansOf(async ({ engine, seals }) => {
      await sqlIdentities(engine, seals).userByEmail('max@muster.example')
      await sqlIdentities(engine, seals).token('digest')
    })
    expect(system).toHaveLength(2)
    expectIndexed(system)
  })

  it('look at everybody’s time, offers, suggestions and repeated tool calls by an index', async () => {
    const plans = await asTenant(async (db, { seals }) => {
      const seal = seals.of(profile.id)
      const resource = first(profile.staff).id
      await sqlOccupancy(db, seal).between([resource], instant(now), instant(now + DAY), instant(now))
      await sqlToolCalls(db, seal).count('call_7', 'f')
      await sqlOffers(db, seal).live(instant(now))
      await sqlSuggestions(db, seal).ofOthers('call_7', instant(now), instant(now + DAY), instant(now))
    })
    expect(plans).toHaveLength(4)
    const small = opened.engine.dialect === 'postgres' ? 2 : 4
    expectIndexed(plans.slice(0, small), 'occupancy_time', 'tool_calls_fingerprint')
  })
})
