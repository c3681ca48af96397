import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { sqlAlarm } from '../../../src/adapters/sql/alarm.ts'
import { sqlAppointments } from '../../../src/adapters/sql/appointments.ts'
import { sqlCalls } from '../../../src/adapters/sql/calls.ts'
import { sqlCompanies } from '../../../src/adapters/sql/companies.ts'
import { sqlCustomers } from '../../../src/adapters/sql/customers.ts'
import { sqlOffers } from '../../../src/adapters/sql/offers.ts'
import { sqlRings } from '../../../src/adapters/sql/rings.ts'
import { tenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import { sqlToolCalls } from '../../../src/adapters/sql/tool-calls.ts'
import { sqlUnroutedCalls } from '../../../src/adapters/sql/unrouted-calls.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import { learn, unheard } from '../../../src/domain/calling/call.ts'
import type { PhoneNumber } from '../../../src/domain/phone-number.ts'
import { secret } from '../../../src/domain/secret.ts'
import {
  aCustomer,
  anAppointment,
  anOffer,
  aToolCall,
  at,
  companySpec,
  first,
  platform,
  serviceSpec,
  staffSpec,
  writing,
} from '../../contracts/fixtures.ts'
import { openTestDatabase, testDatabases } from '../../databases/test-databases.ts'

/** Marks everything that must not be readable. Digits alone could be part of an index or an instant by chance. */
const personal = 'Zyxwvut'
const number = '+491713920077' as PhoneNumber

describe.each(testDatabases)('rows on $name', ({ make }) => {
  it('show nobody without the key who called, came, was asked for or what was said', async () => {
    const database = await make()
    const { engine, seals } = await openTestDatabase(database)
    const ids = countingIds()
    const spec = companySpec('a', {
      staff: [staffSpec('nina', { name: personal, email: `${personal}@muster.example` })],
      services: [serviceSpec('schnitt')],
    })
    const companies = sqlCompanies(engine, seals, ids, () => undefined)
    const seeds = [{ name: personal, phone: number, email: `${personal}@muster.example` }]
    const secrets = [{ name: 'KEY', value: secret(personal) }]
    const write = writing(spec, { customers: seeds, secrets })
    const profile = (await companies.write(platform, write, at(0)))._unsafeUnwrap()
    const ports = { ids } as Pick<Ports, 'ids'> as Ports
    const company = { profile, scope: { company: profile.id } as never }
    const branch = first(profile.branches).id

    await engine.asCompany(profile.id, async (trx) => {
      const db = tenantDb(trx, engine.dialect, profile.id)
      const seal = seals.of(profile.id)
      const calls = sqlCalls(db, seal)
      const customer = aCustomer(ports, {
        name: personal,
        phone: '+491713920078' as PhoneNumber,
        email: `${personal}.2@muster.example`,
        notes: personal,
      })
      await sqlCustomers(db, seal).add(customer)
      await calls.save({
        ...(await calls.open('call_a', branch, at(0))),
        callerName: personal,
        customer: customer.id,
        findings: [{ kind: 'id-mismatch', at: at(0), detail: personal }],
        record: learn(unheard, {
          event: 'call_analyzed',
          canonical: `{"transcript":"${personal}"}`,
          fields: {
            fromNumber: number,
            transcript: personal,
            summary: personal,
            recordingUrl: `https://x/${personal}`,
          },
        }),
      })
      const history = [
        {
          at: at(0),
          actor: { kind: 'user', name: personal },
          action: 'booked',
          from: undefined,
          to: at(0),
          reason: personal,
          callId: undefined,
        },
      ] as const
      await sqlAppointments(db, seal).add(
        anAppointment(ports, company, { attendeeName: personal, notes: personal, customer: customer.id, history }),
      )
      await sqlOffers(db, seal).save(anOffer(ports, company, { attendee: personal }))
      await sqlRings(db, seal).add({
        id: ids.next('ring'),
        branch,
        fromNumber: number,
        toNumber: '+493023125101',
        at: at(0),
      })
      await sqlToolCalls(db, seal).add(
        aToolCall(ports, { input: { name: personal }, resolved: { phone: number }, output: { message: personal } }),
      )
    })
    await sqlAlarm(engine, seals).security({
      id: ids.next('securityEvent'),
      kind: 'login_failed',
      severity: 'info',
      at: at(0),
      address: undefined,
      actor: personal,
      company: profile.id,
      detail: 'A login failed.',
    })
    await sqlUnroutedCalls(engine, seals).note({
      id: ids.next('unroutedCall'),
      callId: undefined,
      account: undefined,
      fromNumber: number,
      toNumber: number,
      agentId: undefined,
      receivedAt: at(0),
      event: 'call_inbound',
    })

    const tables = [
      ...[
        'companies',
        'company_secrets',
        'branches',
        'services',
        'staff',
        'agents',
        'customers',
        'calls',
        'call_events',
      ],
      ...['rings', 'tool_calls', 'offers', 'appointments', 'security_events', 'unrouted_calls'],
    ]
    const seen: Record<string, number> = {}
    for (const table of tables) {
      const { rows } = await engine.readAsSystem((trx) => sql.raw(`select * from ${table}`).execute(trx))
      seen[table] = rows.length
      const text = JSON.stringify(rows)
      expect(text, table).not.toContain(personal)
      expect(text, table).not.toMatch(/17139200|muster\.example/)
    }
    expect(seen).toMatchObject({ customers: 2, calls: 1, rings: 1, tool_calls: 1, offers: 1, appointments: 1 })
    expect(seen).toMatchObject({ company_secrets: 1, staff: 1, security_events: 1, unrouted_calls: 1 })
    await engine.close()
    await database.drop()
  })
})
