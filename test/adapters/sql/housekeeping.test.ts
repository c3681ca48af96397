import { afterEach, expect, it } from 'vitest'
import { at, pause, platform, unhurried } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabase } from '../../databases/test-databases.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close()
})

it('housekeeping spares what is taken up again in the very moment in which it is over', unhurried, async () => {
  const test = await testDatabase('PostgreSQL').make()
  closings.push(test.drop)
  const { ports, database, close } = await openPorts(test)
  closings.push(close)
  const request = { principal: 'tok_00000001', path: '/a', key: 'k', digest: 'd', company: undefined }
  await ports.idempotency.begin(request, at(-2_000))
  const clearing = await database.engine.asSystem(async (trx) => {
    await trx
      .updateTable('idempotent_requests')
      .set({ begun_at: at(0) })
      .where('key', '=', 'k')
      .execute()
    const begun = { cleared: ports.housekeeping.clear(platform, 'idempotent-requests', at(-1_440), 10) }
    await pause(300)
    return begun
  })
  expect(await clearing.cleared).toBe(0)
  expect(await ports.idempotency.begin(request, at(0))).toEqual({ kind: 'running' })
})
