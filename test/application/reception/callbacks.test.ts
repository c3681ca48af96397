import { describe, expect, it } from 'vitest'
import { DAY, HOUR, instant, MINUTE } from '../../../src/domain/time.ts'
import { openDesk } from '../desk.ts'

const page = { limit: 50, cursor: undefined }

/** A desk with one callback, due on Friday at twelve, and a user who could do it. */
const promised = async () => {
  const desk = await openDesk()
  await desk.ask('request_callback', { customer_name: 'Erika Beispiel', priority: 'urgent' })
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('none')
  const email = 'tresen@salon-sonne.example'
  await desk.app.createUser(desk.platform, { email, role: 'staff', company: scope.company })
  const list = async () => (await desk.app.listCallbacks(scope, { ...page, order: 'due' })).items
  const [first] = await list()
  if (!first) throw new Error('none')
  return {
    ...{ desk, scope, profile, email, list, id: first.id },
    now: async () => {
      const found = await desk.app.findCallback(scope, first.id)
      if (!found) throw new Error('none')
      return found
    },
    change: (wish: Parameters<typeof desk.app.changeCallback>[3]) =>
      desk.app.changeCallback(scope, profile, first.id, wish),
    work: () => desk.app.workJobs(50),
    alerts: (open?: boolean) =>
      desk.look(async (tx) => {
        const { items } = await tx.alerts.list({ ...page, ...(open === undefined ? {} : { open }) })
        // The call in which it was promised is never hung up.
        return items.filter(({ kind }) => kind !== 'call_without_end')
      }),
    events: async () => {
      const told = await desk.ports.events.after(scope.company, 0, 100)
      return told.filter(({ kind }) => kind === 'callback.updated')
    },
  }
}

describe('1.10 a callback that nobody does', () => {
  it('escalates at its moment, once, with an alert and a word to open pages', async () => {
    const { desk, now, work, alerts, events } = await promised()
    desk.clock.advance(2 * HOUR - 1)
    await work()
    expect(await now()).toMatchObject({ state: 'open', escalatedAt: undefined })
    expect(await alerts()).toEqual([])
    desk.clock.advance(1)
    const moment = desk.clock.now()
    await work()
    expect(await now()).toMatchObject({ state: 'open', escalatedAt: moment })
    expect(await alerts()).toMatchObject([{ kind: 'callback_overdue', severity: 'critical', callId: 'call_a' }])
    expect(JSON.stringify(await alerts())).not.toMatch(/Erika|Beispiel|4915550100001/)
    const told = (await events()).length
    desk.clock.advance(HOUR)
    await work()
    expect(await alerts()).toHaveLength(1)
    expect(await events()).toHaveLength(told)
  })

  it('expires a week after it was due', async () => {
    const { desk, now, work } = await promised()
    desk.clock.advance(2 * HOUR)
    await work()
    desk.clock.advance(7 * DAY - 1)
    await work()
    expect((await now()).state).toBe('open')
    desk.clock.advance(1)
    await work()
    expect((await now()).state).toBe('expired')
    expect(await desk.app.tallyCallbacks(await desk.scopeOf())).toEqual({ standing: 0, overdue: 0 })
  })

  it('expires also when nobody looked for weeks', async () => {
    const { desk, now, work, alerts } = await promised()
    desk.clock.advance(30 * DAY)
    await work()
    expect((await now()).state).toBe('expired')
    expect(await alerts()).toEqual([])
  })
})

describe('1.10 a callback in hands of people', () => {
  it('is taken over by a user, done, and no alert is left of it', async () => {
    const { desk, now, change, work, email, alerts } = await promised()
    const taken = await change({ state: 'assigned', assignedTo: email })
    expect(taken._unsafeUnwrap()).toMatchObject({ state: 'assigned', assignedTo: { name: email } })
    desk.clock.advance(3 * HOUR)
    await work()
    expect((await now()).escalatedAt).toBeDefined()
    expect(await alerts(true)).toHaveLength(1)
    await change({ state: 'done' })
    expect(await now()).toMatchObject({ state: 'done', assignedTo: { name: email } })
    expect(await alerts(true)).toEqual([])
    desk.clock.advance(30 * DAY)
    await work()
    expect((await now()).state).toBe('done')
  })

  it('does not escalate when it was done in time', async () => {
    const { desk, change, work, alerts } = await promised()
    await change({ state: 'done' })
    desk.clock.advance(3 * HOUR)
    expect(await work()).toEqual({ done: 0, postponed: 0, givenUp: 0 })
    expect(await alerts()).toEqual([])
  })

  it('is due anew when it is opened again, and escalates again', async () => {
    const { desk, now, change, work, alerts } = await promised()
    await change({ state: 'done' })
    desk.clock.advance(HOUR)
    await change({ state: 'open' })
    expect(await now()).toMatchObject({ state: 'open', assignedTo: undefined, dueBy: desk.clock.now() + 2 * HOUR })
    desk.clock.advance(2 * HOUR)
    await work()
    expect(await alerts(true)).toHaveLength(1)
  })

  it('stays due when it is given back, and comes sooner when it becomes more pressing', async () => {
    const { desk, now, change, email } = await promised()
    const before = await now()
    await change({ assignedTo: email })
    await change({ assignedTo: null })
    expect(await now()).toEqual(before)
    await change({ priority: 'normal' })
    expect((await now()).dueBy).toBe(desk.clock.now() + DAY)
    desk.clock.advance(HOUR)
    await change({ priority: 'high' })
    expect((await now()).dueBy).toBe(desk.clock.now() + 4 * HOUR)
    await change({ priority: 'urgent' })
    expect((await now()).dueBy).toBe(desk.clock.now() + 2 * HOUR)
  })

  it('is looked at at its new moment when that was moved, earlier or later', async () => {
    const { desk, now, change, work, alerts } = await promised()
    const later = (await now()).dueBy + DAY
    await change({ dueBy: instant(later) })
    desk.clock.advance(3 * HOUR)
    await work()
    expect(await alerts()).toEqual([])
    const soon = instant(desk.clock.now() + MINUTE)
    await change({ dueBy: soon })
    desk.clock.advance(MINUTE)
    await work()
    expect(await alerts()).toHaveLength(1)
  })

  it.each([
    ['nobody knows', { assignedTo: 'niemand@salon-sonne.example' }, '/assigned_to'],
    ['nobody is named', { state: 'assigned' }, '/assigned_to'],
    ['is done and given to somebody', { state: 'done', assignedTo: 'tresen@salon-sonne.example' }, '/assigned_to'],
    ['is open and somebody’s', { state: 'open', assignedTo: 'tresen@salon-sonne.example' }, '/state'],
  ] as const)('is not changed when %s', async (_, wish, pointer) => {
    const { now, change } = await promised()
    const before = await now()
    expect((await change(wish))._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer }] })
    expect(await now()).toEqual(before)
  })

  it('is not given to somebody of another company', async () => {
    const { desk, change, scope } = await promised()
    const elsewhere = desk.ports.ids.next('company')
    await desk.ports.identities.addUser({
      ...{ id: desk.ports.ids.next('user'), email: 'fremd@praxis-mond.example', role: 'staff', company: elsewhere },
      ...{
        passwordHash: undefined,
        failedLogins: 0,
        lockedUntil: undefined,
        disabled: false,
        seesVip: false,
        createdAt: desk.clock.now(),
      },
    })
    expect(scope.company).not.toBe(elsewhere)
    expect((await change({ assignedTo: 'fremd@praxis-mond.example' })).isErr()).toBe(true)
  })

  it('tells open pages of every change, by its id alone', async () => {
    const { change, events, id } = await promised()
    await change({ state: 'done' })
    expect((await events()).map(({ data }) => data)).toEqual([
      { callback_id: id, state: 'open' },
      { callback_id: id, state: 'done' },
    ])
  })
})
