import { describe, expect, it } from 'vitest'
import { argonCredentials } from '../../../src/adapters/crypto/credentials.ts'
import { randomIds } from '../../../src/adapters/crypto/ids.ts'
import { parseId } from '../../../src/domain/ids.ts'
import { instant } from '../../../src/domain/time.ts'

describe('ids', () => {
  it('are well formed, never given twice, and sort by the time of making', () => {
    let now = Date.UTC(2026, 11, 1)
    const ids = randomIds({ now: () => instant(now) })
    const made = Array.from({ length: 5_000 }, () => {
      now += 1
      return ids.next('appointment')
    })
    expect(new Set(made).size).toBe(made.length)
    expect(made.toSorted()).toEqual(made)
    for (const id of made.slice(0, 50)) expect(parseId('appointment', id).isOk()).toBe(true)
  })

  it('differ within one millisecond as well', () => {
    const ids = randomIds({ now: () => instant(0) })
    expect(new Set(Array.from({ length: 5_000 }, () => ids.next('delivery'))).size).toBe(5_000)
  })
})

describe('credentials', () => {
  const credentials = argonCredentials()

  it('know a password by its argon2id hash, salted anew each time', async () => {
    const [one, other] = [await credentials.hashPassword('Käse 12'), await credentials.hashPassword('Käse 12')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
    expect(await credentials.verifyPassword(one, 'Käse 12')).toBe(true)
    expect(await credentials.verifyPassword(one, 'Ka\u0308se 12')).toBe(true)
    expect(await credentials.verifyPassword(one, 'Kaese 12')).toBe(false)
    expect(await credentials.verifyPassword(undefined, 'Käse 12')).toBe(false)
  })

  it('take as long for nobody as for somebody', async () => {
    const hash = await credentials.hashPassword('somebody’s')
    await credentials.verifyPassword(undefined, 'warm')
    const time = async (known: string | undefined) => {
      const times: number[] = []
      for (let turn = 0; turn < 7; turn += 1) {
        const begin = process.cpuUsage()
        await credentials.verifyPassword(known, 'wrong')
        const { user, system } = process.cpuUsage(begin)
        times.push(user + system)
      }
      return times.toSorted((one, other) => one - other)[3] ?? 0
    }
    const [somebody, nobody] = [await time(hash), await time(undefined)]
    expect(nobody).toBeGreaterThan(somebody / 3)
    expect(nobody).toBeLessThan(somebody * 3)
  })

  it('make random texts of 256 bits and digests that are equal for equal texts', () => {
    expect(credentials.randomText()).toMatch(/^[\w-]{43}$/)
    expect(credentials.randomText()).not.toBe(credentials.randomText())
    expect(credentials.digest('a')).toBe(credentials.digest('a'))
    expect(credentials.digest('a')).not.toBe(credentials.digest('b'))
  })
})
