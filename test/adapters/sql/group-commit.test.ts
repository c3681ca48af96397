import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { groupCommit } from '../../../src/adapters/sql/intake.ts'
import { aDelivery } from '../../contracts/fixtures.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setImmediate'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const begin = () => {
  const batches: number[] = []
  const ids = { ids: countingIds() }
  const store = groupCommit(async (deliveries) => {
    batches.push(deliveries.length)
  }, 1)
  return { batches, keep: () => void store(aDelivery(ids)), turn: () => vi.advanceTimersToNextTimer() }
}

it('commits what successive turns of the event loop bring together, as soon as one brings nothing', () => {
  const { batches, keep, turn } = begin()
  for (const count of [2, 1, 3]) {
    for (let one = 0; one < count; one += 1) keep()
    turn()
  }
  expect(batches).toEqual([])
  turn()
  expect(batches).toEqual([6])
})

it('lets nobody wait for more than two milliseconds because others come', () => {
  const { batches, keep, turn } = begin()
  const clock = vi.spyOn(performance, 'now')
  for (const milliseconds of [0, 1, 1.9, 2]) {
    expect(batches).toEqual([])
    clock.mockReturnValue(milliseconds)
    keep()
    turn()
  }
  expect(batches).toEqual([4])
})

it('commits a full batch at once', () => {
  const { batches, keep, turn } = begin()
  for (let one = 0; one < 100; one += 1) keep()
  turn()
  expect(batches).toEqual([100])
})
