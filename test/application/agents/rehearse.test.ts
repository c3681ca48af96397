import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { readScript } from '../../../src/adapters/script/read-script.ts'
import { rehearse } from '../../../src/application/agents/rehearse.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import type { AgentId } from '../../../src/domain/ids.ts'
import { openDesk, platformKey, salon } from '../desk.ts'
import { managedAgent } from './managed-agent.ts'

const publicUrl = 'https://desk.example'
const agent: AgentId = 'agt_00000001'
const ours = toolJson('de', publicUrl)

/** A desk whose agent has these tools, and what its rehearsal is asked for. */
const rehearsing = async (tools: readonly JsonObject[] = ours, file: string = salon) => {
  const desk = await openDesk([file], (clock) =>
    memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform, readScript }),
  )
  const scope = await desk.scopeOf()
  await desk.ports.store.transact(scope, async (tx) => {
    await tx.agents.save(managedAgent(agent, { draft: 1 }))
    await tx.agents.append({
      agent,
      parents: [],
      origin: 'created',
      author: { kind: 'user', name: 'test' },
      message: 'First',
      createdAt: desk.clock.now(),
      configuration: {
        agent: { agent_name: 'Empfang', response_engine: { type: 'retell-llm' } },
        engine: { general_prompt: 'Sie nehmen Anrufe an.', general_tools: tools },
        numbers: [],
      },
    })
    return ok()
  })
  const play = async (source?: string) => {
    const scripts = source === undefined ? undefined : [{ name: 'script', source }]
    const played = await rehearse(desk.ports, { publicUrl })(scope, agent, { scripts })
    return played._unsafeUnwrap()
  }
  return { desk, scope, play }
}

const booking = `
caller: "0171 3920001"
branch: mitte
steps:
  - user: Morgen um zehn einen Herrenhaarschnitt, bitte.
  - tool: check_availability
    args: { service: Herrenhaarschnitt, date: morgen, time: "10:00" }
    expect: { status: available, says: [10 Uhr] }
  - say: answer
  - tool: book_appointment
    args: { offer_id: $offer_id, service: Herrenhaarschnitt, date: morgen, time: "10:00", customer_name: Max Muster }
    expect: { status: booked }
  - say: answer
expect: { booked: 1 }
`

describe('a rehearsal', () => {
  it('says what a caller would have heard, and what came of the call', async () => {
    const { play } = await rehearsing()
    const { passed, scripts } = await play(booking)
    const [script] = scripts
    expect(script?.faults).toEqual([])
    expect(passed).toBe(true)
    expect(script?.effects.booked).toBe(1)
    const heard = script?.lines.flatMap((line) => (line.kind === 'agent' ? line.text : [])) ?? []
    expect(heard.join(' ')).toContain('10 Uhr')
  })

  it('reaches nothing of the company', async () => {
    const { desk, play } = await rehearsing()
    await play(booking)
    const left = await desk.look(async (tx) => ({
      appointments: (await tx.appointments.list({ limit: 10, cursor: undefined })).items,
      calls: (await tx.calls.list({ limit: 10, cursor: undefined })).items,
      offers: await tx.offers.live(desk.clock.now()),
    }))
    expect(left).toEqual({ appointments: [], calls: [], offers: [] })
  })

  it('finds a time taken that is taken in the company', async () => {
    const { desk, play } = await rehearsing()
    for (const [call, from] of [
      ['call_1', '+4915550100001'],
      ['call_2', '+4915550100002'],
    ] as const) {
      const when = { service: 'Herrenhaarschnitt', date: 'morgen', time: '10:00', customer_name: 'Erika Beispiel' }
      expect(await desk.ask('book_appointment', when, { call, from })).toMatchObject({ status: 'booked' })
    }
    const { passed, scripts } = await play(booking)
    expect(passed).toBe(false)
    expect(scripts[0]?.lines[1]).toMatchObject({
      answer: { status: 'unavailable' },
      faults: [{ kind: 'unmet', wanted: 'status available', found: 'unavailable' }],
    })
  })

  it('names a tool that the version lacks', async () => {
    const { play } = await rehearsing(ours.filter(({ name }) => name !== 'book_appointment'))
    const { passed, scripts } = await play(booking)
    expect(passed).toBe(false)
    expect(scripts[0]?.lines.at(-2)).toMatchObject({ faults: [{ kind: 'tool-missing', name: 'book_appointment' }] })
  })

  it('names arguments that the agent could not have sent', async () => {
    const without = ours.map((tool) =>
      tool.name === 'check_availability'
        ? {
            ...tool,
            parameters: { type: 'object', properties: { service: { type: 'string' }, day: {} }, required: ['day'] },
          }
        : tool,
    )
    const { scripts } = await (await rehearsing(without)).play(booking)
    expect(scripts[0]?.lines[1]).toMatchObject({
      faults: [
        { kind: 'not-a-parameter', name: 'date' },
        { kind: 'not-a-parameter', name: 'time' },
        { kind: 'required-missing', name: 'day' },
      ],
    })
  })

  it('hears a sentence that claims what no tool had said', async () => {
    const { play } = await rehearsing()
    const claims = '- agent: Ihr Termin ist gebucht.\n- user: Danke.'
    const { passed, scripts } = await play(claims)
    expect(passed).toBe(false)
    expect(scripts[0]?.faults).toMatchObject([{ kind: 'claim' }])
  })

  it('hears what is said to be booked before it is', async () => {
    const { play } = await rehearsing()
    const early = booking.replace(
      '  - tool: book_appointment',
      '  - agent: Ihr Termin ist gebucht.\n  - tool: book_appointment',
    )
    expect((await play(early)).scripts[0]?.faults).toMatchObject([{ kind: 'claim' }])
  })

  it('asks nobody else', async () => {
    const elsewhere = ours.map((tool) => ({ ...tool, url: 'https://elsewhere.example/functions/retell' }))
    const { passed, scripts } = await (await rehearsing(elsewhere)).play('- tool: check_customer')
    expect(scripts[0]?.lines).toMatchObject([{ answer: undefined, faults: [{ kind: 'tool-elsewhere' }] }])
    expect(passed).toBe(true)
  })

  it.each([
    ['with booking', salon],
    ['without booking', salon.replace('booking: true', 'booking: false')],
  ])('plays what most callers want when nobody wrote a script, for a company %s', async (_name, file) => {
    const { play } = await rehearsing(undefined, file)
    const { passed, scripts } = await play()
    expect(scripts.map(({ isUsual }) => isUsual)).toEqual([true])
    expect(JSON.stringify(scripts[0]?.lines.flatMap((line) => (line.kind === 'tool' ? line.faults : [])))).toBe('[]')
    expect(passed).toBe(true)
    expect(scripts[0]?.effects.booked).toBe(file === salon ? 1 : 0)
  })

  it('is kept with what was heard', async () => {
    const { desk, play } = await rehearsing()
    const { id } = await play(booking)
    const kept = await desk.look((tx) => tx.rehearsals.find(id))
    expect(kept).toMatchObject({ passed: true, version: 1, report: { scripts: [{ name: 'script' }] } })
  })

  it('says of a script what cannot be read', async () => {
    const { desk, scope } = await rehearsing()
    const played = await rehearse(desk.ports, { publicUrl })(scope, agent, {
      scripts: [{ name: 'x', source: '- sing: la' }],
    })
    expect(played._unsafeUnwrapErr()).toMatchObject({ kind: 'unusable-script', name: 'x', problems: [{ path: '/0' }] })
  })
})
