import { describe, expect, it } from 'vitest'
import { nearMisses } from '../../../src/domain/calling/near-miss.ts'

const lines = ['+493023125101', '+493023125102', '+493023125111', '+15550100'].map((number) => ({ number }))
const found = (dialled: string | undefined) =>
  nearMisses(dialled, lines).map(({ line, distance }) => [line.number, distance])

describe('a number that nobody owns', () => {
  it('is shown beside those of ours that it was nearly, nearest first', () => {
    expect(found('+493023125109')).toEqual([
      ['+493023125101', 1],
      ['+493023125102', 1],
      ['+493023125111', 2],
    ])
    expect(found('+49 30 231251')).toEqual([
      ['+493023125101', 2],
      ['+493023125102', 2],
      ['+493023125111', 2],
    ])
  })

  it('suggests nothing where little was dialled or nothing is near', () => {
    for (const dialled of [undefined, '', 'anonymous', '110', '+441632960001']) expect(found(dialled)).toEqual([])
  })
})
