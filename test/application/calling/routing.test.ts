import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { publicHolidays } from '../../../src/adapters/holidays/public-holidays.ts'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { NewRoutingOverride } from '../../../src/application/calling/routing-overrides.ts'
import { instant } from '../../../src/domain/time.ts'
import { type Desk, openDesk, platformKey, salon } from '../desk.ts'

/** Both keep the holidays of Berlin; Mitte is answered for by West when it is closed, and can be passed on. */
const berlin = salon
  .replace('    retell_agent_id: agent_mitte\n', (line) =>
    line.concat(
      '    public_holidays: DE-BE\n    special_hours: { "2026-12-26": ["10:00-12:00"] }\n    closed: ["2026-12-24"]\n',
      '    fallback: { when_closed: { to_branch: west }, transfer_to: "0171 3920009" }\n',
    ),
  )
  .replace('    retell_agent_id: agent_west\n', (line) => line.concat('    public_holidays: DE-BE\n'))
  .replace('slug: udo, name: Udo Beispiel,', (colleague) =>
    colleague.concat(' hours: { thu: ["08:00-20:00"], fri: ["08:00-20:00"], sat: ["08:00-20:00"] },'),
  )

const open = (file = berlin): Promise<Desk> =>
  openDesk([file], (clock) =>
    memoryPorts({
      clock,
      ids: countingIds(),
      platformKeys: [platformKey],
      voice: retellVoicePlatform,
      holidays: publicHolidays(),
    }),
  )
const mitte = '+493023125101'
const at = (text: string) => instant(Date.parse(text))

const ring = async (desk: Desk, to = mitte) => {
  const from_number = '+491713920001'
  const sent = await desk.send({ event: 'call_inbound', call_inbound: { from_number, to_number: to } })
  const answered = sent._unsafeUnwrap()
  if (answered.kind !== 'inbound') throw new Error('No inbound answer')
  return answered.answer
}

const override = async (desk: Desk, more: Partial<NewRoutingOverride>) => {
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('No company')
  const wish = { number: mitte, branch: undefined, agent: undefined, transferTo: undefined }
  const endsAt = at('2026-11-20T18:00:00+01:00')
  return (await desk.app.setRoutingOverride(scope, profile, { ...wish, endsAt, ...more }))._unsafeUnwrap()
}

const branchOfCall = (desk: Desk, call = 'call_a') =>
  desk.look(async (tx) => {
    const scope = await desk.scopeOf()
    const found = (await tx.calls.find(call))?.branch
    return (await desk.ports.directory.profile(scope.company))?.branches.find(({ id }) => id === found)?.slug
  })

describe('a ringing call', () => {
  it('is answered for its own branch while that is open', async () => {
    const desk = await open()
    expect(await ring(desk)).toMatchObject({
      override: { agentId: 'agent_mitte' },
      variables: {
        ...{ branch_name: 'Salon Sonne Mitte', is_open: 'true', opening_hours_today: '9 bis 18 Uhr' },
        ...{ fallback_branch: '', transfer_number: '+491713920009', transfer_now: 'false' },
      },
      metadata: { company: 'salon-sonne', branch: 'mitte' },
    })
  })

  it('is answered by the agent of the fallback branch when its own is closed, and told both names', async () => {
    const desk = await open()
    desk.clock.set(at('2026-11-23T18:30:00+01:00'))
    expect(await ring(desk)).toMatchObject({
      override: { agentId: 'agent_west' },
      variables: { branch_name: 'Salon Sonne Mitte', is_open: 'false', fallback_branch: 'Salon Sonne West' },
      metadata: { branch: 'mitte', fallback_branch: 'west' },
    })
    desk.clock.set(at('2026-11-23T19:00:00+01:00'))
    const { variables, override, metadata } = await ring(desk)
    expect(override).toEqual({ agentId: 'agent_mitte', version: 'latest_published' })
    expect(variables).toMatchObject({ is_open: 'false', fallback_branch: '' })
    expect(metadata).toEqual({ company: 'salon-sonne', branch: 'mitte' })
  })

  it.each([
    ['2026-12-24T10:30:00+01:00', 'false', 'geschlossen', 'a closed day'],
    ['2026-12-25T10:30:00+01:00', 'false', 'geschlossen', 'a holiday'],
    ['2026-12-26T10:30:00+01:00', 'true', '10 bis 12 Uhr', 'a holiday with special hours'],
    ['2027-01-01T10:30:00+01:00', 'false', 'geschlossen', 'a holiday of the next year'],
    ['2027-01-02T10:30:00+01:00', 'true', '9 bis 14 Uhr', 'a day like any other'],
    ['2034-10-03T10:30:00+02:00', 'false', 'geschlossen', 'a holiday in years'],
  ])('at %s hears is_open %s, %s: %s', async (moment, isOpen, hours) => {
    const desk = await open()
    desk.clock.set(at(moment))
    const told = { is_open: isOpen, opening_hours_today: hours }
    expect((await ring(desk)).variables).toMatchObject(told)
    expect(await desk.ask('initialize_call', {})).toMatchObject({ ...told, is_open: isOpen === 'true' })
  })

  it('of a hidden caller is sent where the number is', async () => {
    const desk = await open()
    await override(desk, { branch: 'west' })
    const answer = await desk.send({ event: 'call_inbound', call_inbound: { from_number: '', to_number: mitte } })
    expect(answer._unsafeUnwrap()).toMatchObject({ answer: { override: { agentId: 'agent_west' } } })
  })
})

describe('an override of a number', () => {
  it('to a branch makes its calls that branch’s until it ends', async () => {
    const desk = await open()
    const { id } = await override(desk, { branch: 'west' })
    expect(await ring(desk)).toMatchObject({
      override: { agentId: 'agent_west' },
      variables: { branch_name: 'Salon Sonne West', fallback_branch: '', transfer_number: '' },
      metadata: { branch: 'west', routing_override: id },
    })
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    await desk.work()
    expect(await branchOfCall(desk)).toBe('west')
    expect(await desk.ask('initialize_call', {}, { call: 'call_b' })).toMatchObject({ branch_slug: 'west' })

    desk.clock.set(at('2026-11-20T18:00:00+01:00'))
    expect(await ring(desk)).toMatchObject({ metadata: { branch: 'mitte' } })
    expect(await desk.ask('initialize_call', {}, { call: 'call_c' })).toMatchObject({ branch_slug: 'mitte' })
  })

  it('leaves a call where it began, whatever is set or ends during it, and whatever is replayed', async () => {
    const desk = await open()
    const { id } = await override(desk, { branch: 'west' })
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    desk.clock.advance(1000)
    await desk.app.endRoutingOverride(await desk.scopeOf(), id)
    await desk.work()
    expect(await branchOfCall(desk)).toBe('west')
    expect(await desk.ask('initialize_call', {})).toMatchObject({ branch_slug: 'west' })
    await desk.send({ event: 'call_ended', call: desk.callOf({}) })
    await desk.send({ event: 'call_started', call: desk.callOf({}) })
    await desk.work()
    const first = (await desk.ports.inbox.of(await desk.scopeOf()).ofCall('call_a')).at(-1)
    if (first) await desk.app.replayDelivery(await desk.scopeOf(), first.id)
    await desk.work()
    expect(await branchOfCall(desk)).toBe('west')

    expect(await desk.ask('initialize_call', {}, { call: 'call_b' })).toMatchObject({ branch_slug: 'mitte' })
    await override(desk, { branch: 'west' })
    expect(await desk.ask('initialize_call', {}, { call: 'call_b' })).toMatchObject({ branch_slug: 'mitte' })
  })

  it('to a branch that the company gives up counts no more', async () => {
    const desk = await open()
    await override(desk, { branch: 'west' })
    const withoutWest = berlin
      .replace(/ {2}- slug: west[\s\S]*?(?=services:)/, '')
      .replace(/.*Bartpflege.*\n/, '')
      .replace('when_closed: { to_branch: west }, ', '')
    const file = readCompanyFile(withoutWest, {})._unsafeUnwrap()
    await desk.app.applyCompany(desk.platform, file, { prune: true, dryRun: false })
    expect(await ring(desk)).toMatchObject({ override: { agentId: 'agent_mitte' }, metadata: { branch: 'mitte' } })
    expect(await desk.ask('initialize_call', {})).toMatchObject({ branch_slug: 'mitte' })
  })

  it('to an agent or on to a person leaves the call with its branch', async () => {
    const desk = await open()
    await override(desk, { agent: 'agent_west' })
    expect(await ring(desk)).toMatchObject({ override: { agentId: 'agent_west' }, metadata: { branch: 'mitte' } })
    await override(desk, { transferTo: '0171 3920007' })
    expect(await ring(desk)).toMatchObject({
      override: { agentId: 'agent_mitte' },
      variables: { branch_name: 'Salon Sonne Mitte', transfer_number: '+491713920007', transfer_now: 'true' },
      metadata: { branch: 'mitte' },
    })
    expect(await desk.ask('initialize_call', {})).toMatchObject({ branch_slug: 'mitte' })
  })
})

describe('lessons', () => {
  it('1.1: a call belongs to the branch of the dialled number, whoever answers it', async () => {
    const desk = await open()
    desk.clock.set(at('2026-11-23T18:30:00+01:00'))
    expect((await ring(desk)).override?.agentId).toBe('agent_west')
    const call = { ...desk.callOf({}), agent_id: 'agent_west' }
    await desk.send({ event: 'call_started', call })
    await desk.work()
    expect(await branchOfCall(desk)).toBe('mitte')
  })

  it('I-91: what is booked in a call goes to the branch of the call, also when another answers for it', async () => {
    const desk = await open()
    desk.clock.set(at('2026-11-23T18:30:00+01:00'))
    const wish = { service: 'Damenhaarschnitt', date: 'morgen', time: '10 Uhr' }
    const extra = { agent_id: 'agent_west' }
    expect(await desk.ask('check_availability', wish, { extra })).toMatchObject({
      ...{ status: 'available', branch_slug: 'mitte' },
    })
    const west = { service: 'Herrenhaarschnitt', date: 'morgen', time: '10 Uhr' }
    expect(await desk.ask('check_availability', west, { call: 'call_w', to: '+493023125102' })).toMatchObject({
      branch_slug: 'west',
    })
  })

  it('I-73: alternatives follow the opening hours of the branch, over holidays and closed days', async () => {
    const desk = await open()
    desk.clock.set(at('2026-12-23T20:00:00+01:00'))
    for (const staff of ['Nina', 'Udo']) {
      const wish = { service: 'Herrenhaarschnitt', date: '25.12.', time: '10 Uhr', staff }
      const answer = await desk.ask('check_availability', wish, { call: `call_${staff}` })
      expect(answer.status).toBe('closed')
      const days = (answer.alternatives as readonly { readonly date: string }[]).map(({ date }) => date)
      expect(days.length).toBeGreaterThan(0)
      expect(days.filter((day) => ['24.12.2026', '25.12.2026', '27.12.2026'].includes(day))).toEqual([])
    }
  })
})
