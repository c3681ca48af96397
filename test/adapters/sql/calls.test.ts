import { describe, expect, it } from 'vitest'
import { sqlCalls } from '../../../src/adapters/sql/calls.ts'
import { tenantDb } from '../../../src/adapters/sql/tenant-db.ts'
import { type CallFields, learn, unheard } from '../../../src/domain/calling/call.ts'
import { at, ids, mobile, newCompany } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabase } from '../../databases/test-databases.ts'

describe('calls by their caller', () => {
  it('are found by E.164, however the number was sent, as long as our own number tells the country', async () => {
    const { ports, database, close } = await openPorts(await testDatabase('SQLite in memory').make())
    const { profile } = await newCompany(ports)
    const { engine, seals } = database
    const sent: readonly (readonly [id: string, fields: CallFields])[] = [
      ['call_e164', { fromNumber: '+491713920001', toNumber: '+493023125101' }],
      ['call_zeros', { fromNumber: '0049 171 3920001', toNumber: '030 23125101' }],
      ['call_national', { fromNumber: '0171 39200-01', toNumber: '+49 30 23125101' }],
      ['call_outbound', { direction: 'outbound', fromNumber: '+493023125101', toNumber: '0171/3920001' }],
      ['call_nowhere', { fromNumber: '0171 3920001', toNumber: '030 23125101' }],
      ['call_hidden', { fromNumber: 'anonymous', toNumber: '+493023125101' }],
      ['call_other', { fromNumber: '+491713920002', toNumber: '+493023125101' }],
    ]
    await engine.asCompany(profile.id, async (trx) => {
      const calls = sqlCalls(tenantDb(trx, engine.dialect, profile.id), seals.of(profile.id))
      for (const [id, fields] of sent) {
        const call = await calls.open(id, undefined, at(0))
        await calls.save({ ...call, record: learn(unheard, { event: 'call_started', fields, canonical: id }) })
      }
      const { items } = await calls.list({ limit: 50, cursor: undefined, caller: mobile(1) })
      expect(ids(items).toSorted()).toEqual(['call_e164', 'call_national', 'call_outbound', 'call_zeros'])
    })
    await close()
  })
})
