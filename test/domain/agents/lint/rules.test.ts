import { describe, expect, it } from 'vitest'
import { blocks } from '../../../../src/domain/agents/lint/finding.ts'
import type { LintContext } from '../../../../src/domain/agents/lint/lint-context.ts'
import type { Json, JsonObject } from '../../../../src/domain/canonical-json.ts'
import { codes, flowAgent, flowEdge, flowWith, goodNodes, goodTools, lint, llmAgent, ourTool, salon } from './salon.ts'

const withTool = (tool: JsonObject) => llmAgent({ general_tools: [...goodTools, tool] })
const prompt = (text: string) => llmAgent({ general_prompt: text })
const begin = (text: string) => llmAgent({ begin_message: text })
const withoutBooking: Partial<LintContext> = {
  company: { ...salon.company, company: { ...salon.company.company, booking: false } },
}

describe('the tools of an agent', () => {
  it.each<[what: string, tool: JsonObject, found: readonly string[]]>([
    ['of ours', ourTool('take_message', { parameters: schema({ nachricht: {} }, ['nachricht']) }), []],
    ['under an old name', ourTool('cancel_appointment_v17'), []],
    [
      'with the name in its address',
      { ...ourTool('storno'), url: 'https://desk.example/functions/retell/cancel_appointment' },
      [],
    ],
    ['that we do not answer', ourTool('fly_to_moon'), ['tool-not-ours']],
    ['without an argument that it needs', ourTool('take_message'), ['tool-argument-missing']],
    ['whose request names no call', ourTool('get_opening_hours', { args_at_root: true }), ['tool-without-call']],
    ['whose request has no body', ourTool('get_opening_hours', { method: 'GET' }), ['tool-without-call']],
    [
      'without encryption',
      { ...ourTool('get_opening_hours'), url: 'http://desk.example/functions/retell' },
      ['tool-url-insecure'],
    ],
    [
      'at another place of ours',
      { ...ourTool('get_opening_hours'), url: 'https://desk.example/api/v1' },
      ['tool-url-path'],
    ],
    ['of somebody else', { ...ourTool('weather'), url: 'https://weather.example/now' }, ['tool-url-foreign']],
    [
      'of somebody else without encryption',
      { ...ourTool('weather'), url: 'http://known.example/now' },
      ['tool-url-insecure'],
    ],
    ['at an address that a call brings along', { ...ourTool('weather'), url: '{{services}}/now' }, []],
    ['without an address', { type: 'custom', name: 'weather' }, ['tool-malformed']],
    [
      'whose parameters became a list',
      ourTool('get_opening_hours', { parameters: [{ name: 'date' }] }),
      ['tool-malformed'],
    ],
    [
      'that requires what it does not have',
      ourTool('get_opening_hours', { parameters: schema({}, ['date']) }),
      ['tool-malformed'],
    ],
    ['with a space in its name', { type: 'end_call', name: 'end call' }, ['tool-malformed']],
    ['of a name that is taken', ourTool('check_availability'), ['tool-duplicate']],
    [
      'of Cal.com as it was',
      { type: 'book_appointment_cal', name: 'book_cal', cal_api_key: 'x', event_type_id: 1 },
      ['tool-deprecated'],
    ],
    ['that goes to a draft', { type: 'agent_swap', name: 'swap', agent_id: 'agent_2' }, ['swap-unpinned']],
    [
      'that goes to the newest, draft or not',
      { type: 'agent_swap', name: 'swap', agent_id: 'agent_2', agent_version: 'latest' },
      ['swap-unpinned'],
    ],
    [
      'that goes to what is published',
      { type: 'agent_swap', name: 'swap', agent_id: 'agent_2', agent_version: 'latest_published' },
      [],
    ],
    [
      'with a header that nobody fills',
      { ...ourTool('get_opening_hours'), headers: { 'X-Salon': '{{salon_id}}' } },
      ['variable-unknown'],
    ],
  ])('%s', (_, tool, found) => {
    expect(codes(withTool(tool), { knownHosts: ['known.example'] })).toEqual(found)
  })

  it('have to be fit for a company that books nothing', () => {
    expect(codes(llmAgent(), withoutBooking)).toEqual(['tool-without-booking', 'tool-without-booking'])
    expect(codes(llmAgent({ general_tools: [ourTool('get_opening_hours')], general_prompt: 'Hallo' }))).toEqual([
      'no-booking-tool',
    ])
  })

  it('are there when a prompt counts on them', () => {
    expect(codes(prompt('Rufe cancel_appointment auf.'))).toEqual(['tool-mentioned'])
    expect(codes(prompt('Rufe niemals cancel_appointment auf.'))).toEqual([])
    expect(codes(prompt('Call the function `transfer_to_human`.'))).toEqual(['tool-mentioned-unknown'])
    expect(codes(prompt('Der Wert booking_status sagt es, und book_appointment bucht.'))).toEqual([])
  })

  it('are not fewer than callers have now, unless somebody said so', () => {
    const live = withTool(ourTool('cancel_appointment'))
    expect(lint(llmAgent(), { live })).toMatchObject([{ code: 'tool-removed', tool: 'cancel_appointment' }])
    const confirmedRemovals = ['cancel_appointment']
    expect(blocks(lint(llmAgent(), { live, confirmedRemovals }))).toBe(false)
    expect(codes(live, { live: llmAgent() })).toEqual([])
    expect(codes(llmAgent({ general_tools: [], general_prompt: 'Hallo' }), { live })).toEqual(['no-tools-left'])
    expect(codes(llmAgent({ general_tools: null, general_prompt: 'Hallo' }))).toEqual(['no-tools'])
  })

  it('stay at the address they have', () => {
    const moved = withTool({ ...ourTool('get_opening_hours'), url: 'https://known.example/x' })
    const live = withTool(ourTool('get_opening_hours'))
    expect(codes(moved, { live, knownHosts: ['known.example'] })).toEqual(['tool-url-changed'])
    expect(codes(live, { live: moved })).toEqual([])
  })
})

describe('what an agent says', () => {
  it.each<[text: string, found: readonly string[]]>([
    ['Die Absage kostet 10 €.', ['literal-money']],
    ['Die Absage kostet zehn Euro.', ['literal-money']],
    ['The fee is $15.50 per visit.', ['literal-money']],
    ['Wir haben am 24.12. zu.', ['literal-date']],
    ['Bis zum 31.12.2024 gilt das.', ['literal-date']],
    ['Seit 2024-05-03 neu.', ['literal-date']],
    ['Am 3. Mai feiern wir.', ['literal-date']],
    ['We celebrate on May 3rd.', ['literal-date']],
    ['Telefon 0171 3920001.', ['literal-phone']],
    ['Rufen Sie +49 30 99999999 an.', ['literal-phone']],
    ['Schreiben Sie an team@other.example.', ['literal-email']],
    ['Geöffnet Montag bis Freitag von 9 bis 18 Uhr.', ['literal-hours']],
    ['Mo-Fr 9:00-18:00 Uhr.', ['literal-hours']],
    ['Uns gibt es seit 1998.', ['literal-year']],
    ['Ein Datum wird geschrieben wie zum Beispiel 19.11.2024.', ['literal-example']],
    ['Regeln: 1.1. Begrüßen. 2.3. Fragen. Version 3.2 mit 24 Stunden.', []],
    ['Höchstens 2 Sätze, 3 Alternativen, 15 Minuten, 100 % Mühe.', []],
    ['Siehe https://salon.example/2024/05 und {{opening_hours_today}}.', []],
    ['Notruf: 112.', []],
    ['At most 3 may be named, and you may 2 times ask.', []],
  ])('%s', (text, found) => {
    expect(codes(prompt(`Du hilfst. ${text}`))).toEqual(found)
  })

  it('may shout the name of the company', () => {
    const loud = { ...salon.company, company: { ...salon.company.company, name: 'SALON SONNE BERLIN' } }
    expect(codes(begin('Guten Tag, SALON SONNE BERLIN!'))).toEqual(['instruction-spoken'])
    expect(codes(begin('Guten Tag, SALON SONNE BERLIN!'), { company: loud })).toEqual([])
  })

  it('names what the settings say already', () => {
    const found = lint(
      prompt('Herrenhaarschnitt kostet 32 Euro, Fragen an 030/23125101 oder mitte@salon-sonne.example. Absage 11 €.'),
    )
    expect(found.map((one) => ('own' in one ? [one.text, one.own] : one.code))).toEqual([
      ['32 Euro', true],
      ['030/23125101', true],
      ['mitte@salon-sonne.example', true],
      ['11 €', false],
    ])
  })

  it.each<[text: string, found: readonly string[]]>([
    ['SILENT ROUTING NODE – do NOT speak', ['instruction-spoken']],
    ['Guten Tag! [Pause] Was darf ich tun?', ['instruction-spoken']],
    ['Wenn der Anrufer buchen will, frage nach dem Tag.', ['instruction-spoken']],
    ['Moment, ich rufe check_availability auf.', ['instruction-spoken']],
    ['BITTE NIEMALS UNTERBRECHEN', ['instruction-spoken']],
    ['Hier ist Salon Sonne Mitte <break time="1s"/>, guten Tag!', []],
    ['We are all booked up on Monday.', []],
    ['Guten Tag, hier ist der Salon ABC in der City. Was darf ich für Sie tun?', []],
    ['Hallo {{customer_name}}, schön, dass Sie anrufen!', []],
    ['Hallo {{kunde}}!', ['variable-unknown-spoken']],
    ['Hallo {customer_name}!', ['variable-single-brace']],
    ['Ihr Termin ist gebucht.', ['success-early']],
    ['Perfekt, Ihr Termin wurde verschoben.', ['success-early']],
    ["You're all booked!", ['success-early']],
    ['Soll ich sagen, dass er gebucht ist?', []],
    ['Wenn er gebucht ist, melden wir uns.', []],
  ])('word for word: %s', (text, found) => {
    expect(codes(begin(text))).toEqual(found)
  })

  it('knows the variables that a call has by then', () => {
    expect(codes(prompt('{{greeting}} {{current_time_Europe/Berlin}} {{ user_number }} {{previous_node}}'))).toEqual([])
    expect(codes(prompt('{{wunschtermin}}'))).toEqual(['variable-unknown'])
    expect(
      codes(llmAgent({ general_prompt: '{{wunschtermin}}', default_dynamic_variables: { wunschtermin: '' } })),
    ).toEqual([])
    const extracts = {
      type: 'extract_dynamic_variable',
      name: 'note_it',
      variables: [{ name: 'wunschtermin', type: 'string' }],
    }
    expect(codes(llmAgent({ general_prompt: '{{wunschtermin}}', general_tools: [...goodTools, extracts] }))).toEqual([])
  })

  it('begins with a sentence, and fits into the model', () => {
    expect(codes(begin(''))).toEqual(['begin-message-empty'])
    expect(codes(llmAgent({ begin_message: '', start_speaker: 'user' }))).toEqual([])
    expect(codes(prompt(''))).toEqual(['prompt-empty'])
    expect(codes(prompt('wort '.repeat(30_000)))).toEqual(['prompt-too-long'])
  })

  it('promises nothing while the booking tool is asked', () => {
    const said = (more: JsonObject) =>
      llmAgent({ general_tools: [ourTool('book_appointment', more)], general_prompt: 'Hallo' })
    expect(codes(said({ execution_message_description: 'Ihr Termin ist gebucht.' }))).toEqual(['success-early'])
    expect(
      codes(said({ execution_message_description: 'Sagen Sie noch nichts darüber, ob etwas frei oder gebucht ist.' })),
    ).toEqual([])
  })
})

describe('the flow of a conversation', () => {
  it.each<[what: string, configuration: ReturnType<typeof flowAgent>, found: readonly string[]]>([
    ['without nodes', flowAgent({ nodes: [] }), ['flow-empty']],
    ['that begins nowhere', flowAgent({ start_node_id: 'gone' }), ['flow-start-missing', 'no-way-out']],
    [
      'to a node that is not there',
      flowWith({ greet: { edges: [flowEdge('e1', 'book'), flowEdge('x', 'gone')] } }),
      ['edge-unknown-node'],
    ],
    [
      'along an edge that leads nowhere',
      flowWith({ greet: { edges: [flowEdge('e1', 'book'), { id: 'x' }] } }),
      ['edge-open'],
    ],
    ['that gets stuck', flowWith({ failed: { edges: [] } }), ['dead-end']],
    [
      'that gets stuck unless the caller says something else',
      flowWith({ failed: { edges: [] } }, [
        {
          id: 'help',
          type: 'conversation',
          global_node_setting: { condition: 'Hilfe' },
          edges: [flowEdge('h', 'bye')],
        },
      ]),
      ['dead-end-escapable'],
    ],
    ['with a node that nothing leads to', flowWith({}, [{ id: 'lost', type: 'end' }]), ['node-unreachable']],
    [
      'with a tool that nothing leads to',
      flowWith({}, [{ id: 'lost', type: 'function', tool_id: 'tool-check', edges: [flowEdge('l', 'bye')] }]),
      ['tool-node-unreachable'],
    ],
    ['with two nodes of one name', flowWith({}, [{ id: 'bye', type: 'end' }]), ['node-duplicate']],
    ['that asks a tool it does not have', flowWith({ book: { tool_id: 'gone' } }), ['success-early', 'tool-unknown']],
    ['that does not wait for the answer', flowWith({ book: { wait_for_result: false } }), ['result-not-awaited']],
    [
      'that has a listening node keep quiet',
      flowWith({ failed: { instruction: { type: 'prompt', text: 'Silent router: do not speak.' } } }),
      ['silent-node'],
    ],
    [
      'that has the model judge what can be compared',
      flowWith({ book: { edges: [flowEdge('a', 'booked'), flowEdge('b', 'failed')] } }),
      ['prompt-edges'],
    ],
    [
      'without an end',
      flowAgent({
        nodes: goodNodes.slice(0, -1).map((node) => ({
          ...node,
          ...(node.id === 'booked' || node.id === 'failed' ? { edges: [flowEdge('x', 'greet')] } : {}),
        })),
      }),
      ['no-way-out'],
    ],
  ])('%s', (_, configuration, found) => {
    expect(codes(configuration).toSorted()).toEqual(found)
  })

  it('goes round in circles only where somebody listens', () => {
    const loop = (more: JsonObject) =>
      flowWith({ book: { else_edge: flowEdge('e3', 'look') } }, [
        {
          id: 'look',
          type: 'function',
          tool_id: 'tool-check',
          wait_for_result: true,
          edges: [flowEdge('l1', 'book')],
          ...more,
        },
      ])
    expect(lint(loop({})).filter(({ severity }) => severity !== 'hint')).toMatchObject([
      { code: 'silent-loop-guarded', nodes: ['book', 'look'] },
    ])
    const said = flowWith({}, [
      {
        id: 'wait',
        type: 'conversation',
        instruction: { type: 'static_text', text: 'Einen Moment bitte.' },
        skip_response_edge: flowEdge('w', 'judge'),
        global_node_setting: { condition: 'Der Anrufer wartet' },
      },
      { id: 'judge', type: 'branch', edges: [flowEdge('j', 'bye')], else_edge: flowEdge('k', 'wait') },
    ])
    expect(codes(said)).toEqual(['silent-loop'])
  })

  it('says that it is booked only behind a booking that was made', () => {
    expect(
      codes(flowWith({ failed: { instruction: { type: 'static_text', text: 'Ihr Termin ist gebucht.' } } })),
    ).toEqual(['success-early'])
    expect(
      codes(flowWith({ book: { instruction: { type: 'static_text', text: 'Der Termin ist gebucht!' } } })),
    ).toEqual(['success-early'])
    expect(
      codes(flowWith({ booked: { instruction: { type: 'static_text', text: 'Ihr Termin wurde storniert.' } } })),
    ).toEqual(['success-early'])
  })

  it('hands its tools what they need', () => {
    const mapped = (mapping: JsonObject, required: readonly string[] = ['name']) =>
      codes(
        flowAgent({
          tools: [
            ourTool('book_appointment', {
              tool_id: 'tool-book',
              parameters: schema({ name: {}, day: {} }, required),
              response_variables: { booking_status: 'status' },
            }),
          ],
          nodes: goodNodes.map((node) => (node.id === 'book' ? { ...node, parameter_mapping: mapping } : node)),
        }),
      )
    expect(mapped({ name: '{{customer_name}}' })).toEqual([])
    expect(mapped({ name: '{{customer_name}}', day: true })).toEqual([])
    expect(mapped({})).toEqual(['mapping-empty'])
    expect(mapped({ name: '', day: '{{tomorrow}}' })).toEqual(['mapping-missing'])
    expect(mapped({ name: 'Max Muster' })).toEqual(['mapping-literal'])
    expect(mapped({ name: '{{wer}}' })).toEqual(['mapping-unknown-variable'])
  })

  it('is looked at in its components as well', () => {
    const component = { name: 'Rückruf', start_node_id: 'a', nodes: [{ id: 'a', type: 'conversation' }] }
    expect(lint(flowAgent({ components: [component] }))).toMatchObject([
      { code: 'dead-end', path: '/response_engine/components/0/nodes/0' },
    ])
  })
})

describe('what is found', () => {
  it('keeps an agent from callers only if it harms them', () => {
    expect(blocks(lint(prompt('Rufe cancel_appointment auf.')))).toBe(true)
    expect(blocks(lint(prompt('{{wunschtermin}} seit 1998')))).toBe(false)
    expect(blocks([])).toBe(false)
  })
})

describe('the states of a prompt', () => {
  const state = (name: string, to: readonly string[]): JsonObject => ({
    name,
    state_prompt: 'Frage nach.',
    edges: to.map((destination_state_name) => ({ destination_state_name, description: 'weiter' })),
  })
  it.each<[what: string, states: readonly Json[], start: string | undefined, found: readonly string[]]>([
    ['that lead on', [state('a', ['b']), state('b', [])], 'a', []],
    ['without a first', [state('a', [])], undefined, ['start-state-missing']],
    ['with a first that is not there', [state('a', [])], 'x', ['start-state-missing']],
    ['that lead nowhere', [state('a', ['x'])], 'a', ['state-unknown']],
    ['that are never entered', [state('a', []), state('b', [])], 'a', ['state-unreachable']],
    ['of one name', [state('a', ['a']), state('a', [])], 'a', ['state-duplicate']],
  ])('%s', (_, states, start, found) => {
    expect(codes(llmAgent({ states, ...(start === undefined ? {} : { starting_state: start }) }))).toEqual(found)
  })
})

describe('the settings of an agent', () => {
  it.each<[what: string, agent: JsonObject, found: readonly string[]]>([
    ['whose calls nobody hears of', { webhook_url: null }, ['webhook-missing']],
    ['whose calls somebody else hears of', { webhook_url: 'https://other.example/hook' }, ['webhook-foreign']],
    ['whose calls never end for us', { webhook_events: ['call_started', 'call_ended'] }, ['webhook-events']],
    ['that speaks another language', { language: 'en-US' }, ['language']],
    ['that speaks several', { language: ['en-US', 'de-DE'] }, []],
    ['in another time zone', { timezone: 'America/New_York' }, ['time-zone']],
    ['that hangs up after a moment', { max_call_duration_ms: 30_000 }, ['out-of-range']],
    ['that hangs up early', { max_call_duration_ms: 90_000 }, ['odd-value']],
    ['that cannot be interrupted', { interruption_sensitivity: 0 }, ['odd-value']],
    ['that is never summed up', { post_call_analysis_data: null }, ['no-analysis']],
  ])('%s', (_, agent, found) => {
    expect(codes(llmAgent({}, agent))).toEqual(found)
  })

  it('are of one model, within its bounds', () => {
    expect(codes(llmAgent({ s2s_model: 'gpt-realtime' }))).toEqual(['two-models'])
    expect(codes(llmAgent({ model_temperature: 1.4 }))).toEqual(['out-of-range'])
    expect(codes({ ...llmAgent(), engine: undefined })).toEqual(['engine-missing'])
    const custom = { response_engine: { type: 'custom-llm', llm_websocket_url: 'wss://own.example' } }
    expect(codes({ ...llmAgent({}, custom), engine: undefined })).toEqual([])
  })

  it('name no secret that is not kept', () => {
    const tool = ourTool('get_opening_hours', { headers: { Authorization: '[secret a1]' } })
    const missingSecrets = (text: string) => text.match(/\[secret \w+\]/g) ?? []
    expect(lint(withTool(tool), { missingSecrets })).toMatchObject([
      { code: 'secret-missing', path: '/response_engine/general_tools/3/headers/Authorization', secret: '[secret a1]' },
    ])
  })

  it('are not lost on the way', () => {
    expect(codes(llmAgent({}, { webhook_url: '' }), { live: llmAgent() })).toEqual(['webhook-lost'])
  })
})

function schema(properties: JsonObject, required: readonly string[]): JsonObject {
  const typed = Object.fromEntries(Object.keys(properties).map((name) => [name, { type: 'string' }]))
  return { type: 'object', properties: typed, required: [...required] }
}
