import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { countingIds, fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { at, newCompany } from '../../contracts/fixtures.ts'

/** Two memories whose companies have the same ids, as a company and the copy of it have. */
const open = async () => {
  const [one, other] = [1, 2].map(() => memoryPorts({ clock: fixedClock(at(0)), ids: countingIds() }))
  if (!one || !other) throw new Error('nothing was opened')
  const [{ scope }, copy] = [await newCompany(one), await newCompany(other)]
  expect(copy.scope.company).toBe(scope.company)
  return { one: one.store, other: other.store, scope }
}

describe('a transaction in memory', () => {
  it('is refused inside another of the same company, which would wait for itself, and not after it', async () => {
    const { one, scope } = await open()
    const nested = one.transact(scope, async () => one.transact(scope, async () => ok(1)))
    await expect(nested).rejects.toThrow('A transaction was begun inside another')
    expect(await one.transact(scope, async () => ok(2))).toEqual(ok(2))
  })

  it('is its own in every memory, also of a company that has the same id in both', async () => {
    const { one, other, scope } = await open()
    expect(await one.transact(scope, async () => other.transact(scope, async () => ok(3)))).toEqual(ok(3))
  })
})
