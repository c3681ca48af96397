import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readScript } from '../../../src/adapters/script/read-script.ts'

const list = `
- agent: Salon Sonne, guten Tag.
- user: Morgen um zehn einen Herrenhaarschnitt, bitte.
- tool: check_availability
  args: { service: Herrenhaarschnitt, date: morgen, time: "10:00" }
  expect: { status: available, says: [10 Uhr], never_says: gebucht }
- say: answer
- pause_ms: 20
`

describe('a script as people write it', () => {
  it('is a list of what is said and asked', () => {
    const read = readScript(list)._unsafeUnwrap()
    expect(read.steps).toHaveLength(5)
    expect(read.steps[2]).toEqual({
      tool: 'check_availability',
      args: { service: 'Herrenhaarschnitt', date: 'morgen', time: '10:00' },
      expect: { status: ['available'], says: ['10 Uhr'], neverSays: ['gebucht'], fields: {} },
    })
  })

  it('may say who rings, whom, when, and what has to come of it', () => {
    const source = `name: Morgen um zehn\ncaller: hidden\nbranch: mitte\nat: 2026-12-01T09:00\nsteps:${list.replaceAll('\n', '\n  ')}\nexpect: { booked: 1 }\n`
    expect(readScript(source)._unsafeUnwrap()).toMatchObject({
      name: 'Morgen um zehn',
      caller: undefined,
      branch: 'mitte',
      at: '2026-12-01T09:00',
      appointments: { booked: 1 },
    })
  })

  it.each([
    ['', '/: '],
    ['- tool: ""', '/0'],
    ['steps: []', '/steps'],
    ['steps: [{ user: Hallo }]\nat: tomorrow', '/at'],
    ['- { user: Hallo, agent: Hallo }', '/0'],
    ['a: &a [*a]', ''],
    ['- user: "', ''],
  ])('names the place of what it does not understand in %j', (source, place) => {
    const problems = readScript(source)._unsafeUnwrapErr()
    expect(problems.map(({ path, message }) => `${path}: ${message}`).join('\n')).toContain(place)
    expect(problems.every(({ message }) => message !== '')).toBe(true)
  })

  it('answers any text, and never throws', () => {
    fc.assert(fc.property(fc.string(), (source) => readScript(source).isOk() || readScript(source).isErr()))
  })
})
