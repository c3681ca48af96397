import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { toolChanges } from '../../../src/adapters/web/tool-changes.ts'
import { toolEntryFrom, toolEntryOf } from '../../../src/adapters/web/tool-entry.ts'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { tools as everyTool, weather } from '../../browser/serve-agent.ts'
import { agentPath, company, openAgentPages } from './agent-pages.ts'

const base = `${agentPath}/functions`
const at = (index: number) => `/response_engine/general_tools/${index}`
const edit = (index: number) => `${base}/edit?at=${encodeURIComponent(at(index))}`
const only = [weather, { type: 'end_call', name: 'end_call' }]

describe('the functions of an agent', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const open = async (...given: Parameters<typeof openAgentPages>) => {
    const pages = await openAgentPages(...given)
    closings.push(pages.close)
    return pages
  }

  it('are listed by owner with who answers them and what is wrong with each', async () => {
    const { get } = await open()
    const german = (await get(base)).body
    for (const text of ['Im ganzen Gespräch', 'book_appointment', 'weather.example', 'Retell selbst', 'keine Adresse'])
      expect(german).toContain(text)
    expect(german).toContain('Verwenden Sie bis zu 64 Buchstaben')
    expect(german).toMatch(/href="[^"]*\/functions"[^>]*aria-current="page"/)
    expect((await get(base, 'en')).body).toContain('Use up to 64 letters')
    const none = await open([])
    expect((await none.get(base)).body).toContain('Noch keine Funktion')
  })

  it('are only looked at by those who may not change them', async () => {
    const { get } = await open(only, 'viewer')
    const list = (await get(base)).body
    expect(list).toContain('Ansehen')
    for (const deed of ['/copy', '/remove', '/new']) expect(list).not.toContain(`functions${deed}`)
    const one = (await get(edit(0))).body
    expect(one).toContain('<fieldset class="tool-form" disabled')
    expect(one).not.toContain('id="trial"')
    expect((await get(`${base}/new`)).statusCode).toBe(403)
  })

  it('begin as one of ours or a template, in the place that was chosen, and each name once', async () => {
    const { get, send, tools, draft } = await open(only)
    const page = (await get(`${base}/new`)).body
    for (const text of ['book_appointment', 'Weiterverbinden', 'Im Zustand booking']) expect(page).toContain(text)
    const added = await send(`${base}/new`, `${base}/new`, {
      beginning: 'ours:list_services',
      place: at(0).slice(0, -2),
    })
    expect(added.headers.location).toBe(`${edit(2)}&said=added`)
    expect((await get(added.headers.location ?? '')).body).toContain('Füllen Sie aus, was noch fehlt.')
    expect((await tools()).at(-1)).toMatchObject({
      name: 'list_services',
      url: 'https://desk.example/functions/retell',
    })
    const taken = await send(`${base}/new`, `${base}/new`, { beginning: 'ours:list_services' })
    expect([taken.statusCode, taken.body.includes('Eine andere Funktion heißt schon so.')]).toEqual([422, true])
    const place = '/response_engine/states/0/tools'
    await send(`${base}/new`, `${base}/new`, { beginning: 'template:end-call', place })
    const { configuration } = await draft()
    expect(configuration.engine?.states).toMatchObject([{ tools: [] }])
    await send(`${base}/new`, `${base}/new`, { beginning: 'template:press-digit', place })
    expect((await draft()).configuration.engine?.states).toMatchObject([{ tools: [{ type: 'press_digit' }] }])
    expect((await send(`${base}/new`, `${base}/new`, { beginning: 'template:__proto__' })).statusCode).toBe(422)
  })

  it('are copied, and removed after it was said what still names them', async () => {
    const { get, send, tools } = await open(only)
    const copied = await send(base, `${base}/copy`)
    expect(copied.headers.location).toBe(`${edit(1)}&said=copied`)
    expect(await tools()).toMatchObject([weather, { ...weather, name: 'weather_copy' }, { name: 'end_call' }])
    const asked = (await get(`${base}/remove?at=${encodeURIComponent(at(0))}`)).body
    expect(asked).toContain('response_engine/general_prompt')
    const removed = await send(`${base}/remove?at=${encodeURIComponent(at(0))}`, `${base}/remove`)
    expect(removed.headers.location).toBe(`${base}?said=removed`)
    expect(await tools()).toMatchObject([{ name: 'weather_copy' }, { name: 'end_call' }])
  })

  it('are changed only in what was changed, and a secret is neither shown nor lost', async () => {
    const { get, send, tools, versions } = await open(only)
    const page = (await get(edit(0))).body
    expect(page).not.toContain('very secret')
    expect(page).toContain('versiegelt, bleibt so')
    const untouched = await send(edit(0), `${base}/edit`)
    expect(untouched.headers.location).toBe(`${edit(0)}&said=unchanged`)
    expect(await versions()).toHaveLength(1)
    const saved = await send(edit(0), `${base}/edit`, {
      timeout_ms: '9000',
      description: 'Neu\r\nund <b>fett</b>',
      'headers.1.value': 'text/plain',
      'parameters.1.required': '1',
      'parameters.3.name': 'unit',
      'parameters.3.choices': 'C\r\nF',
    })
    expect(saved.headers.location).toBe(`${edit(0)}&said=saved`)
    expect((await tools())[0]).toEqual({
      ...weather,
      timeout_ms: 9000,
      description: 'Neu\nund <b>fett</b>',
      headers: { authorization: 'Bearer [secret 0123456789abcdef]', accept: 'text/plain' },
      parameters: {
        ...(weather.parameters as JsonObject),
        properties: {
          ...((weather.parameters as JsonObject).properties as JsonObject),
          unit: { type: 'string', enum: ['C', 'F'] },
        },
        required: ['day', 'hours'],
      },
    })
    expect((await get(edit(0))).body).not.toContain('<b>fett</b>')
    const sealed = await send(edit(0), `${base}/edit`, { 'headers.0.value': 'Bearer 6f1ed002ab5595859014ebf0951522d9' })
    expect(sealed.headers.location).toContain('said=saved')
    expect(JSON.stringify(await tools())).not.toMatch(/6f1ed002|0123456789abcdef/)
  })

  it('are renamed everywhere in one version, and told where a name is taken', async () => {
    const { send, tools, versions } = await open(only)
    const taken = await send(edit(0), `${base}/edit`, { name: 'end_call', url: 'https://new.example' })
    expect([taken.statusCode, taken.body.includes('id="name-wrong"')]).toEqual([422, true])
    expect(taken.body).toContain('value="https://new.example"')
    await send(edit(0), `${base}/edit`, { name: 'sky', url: 'https://new.example' })
    expect((await tools())[0]).toEqual({ ...weather, name: 'sky', url: 'https://new.example' })
    expect(await versions()).toHaveLength(2)
  })

  it('are changed in their document too, with the line of what is no JSON, and not in both ways at once', async () => {
    const { send, tools, post, get } = await open(only)
    const text = JSON.stringify(weather, null, 2)
    const broken = await send(edit(0), `${base}/edit`, { document: text.replace('"method"', 'method') })
    expect([broken.statusCode, /id="document-wrong"[^>]*>Zeile 6:/.test(broken.body)]).toEqual([422, true])
    const other = { document: text.replace('8000', '7000') }
    const both = await send(edit(0), `${base}/edit`, { ...other, timeout_ms: '6000' })
    expect([both.statusCode, both.body.includes('(/timeout_ms)')]).toEqual([422, true])
    const list = await send(edit(0), `${base}/edit`, { document: '[]' })
    expect([list.statusCode, list.body.includes('in geschweiften Klammern')]).toEqual([422, true])
    const unknown = await send(edit(0), `${base}/edit`, { document: text.replace('0123456789abcdef', 'f'.repeat(16)) })
    expect([unknown.statusCode, unknown.body.includes('das hier niemand kennt')]).toEqual([422, true])
    expect(await tools()).toEqual(only)

    const token = /name="_csrf" value="([^"]+)"/.exec((await get(edit(0))).body)?.[1] ?? ''
    const check = async (document: string) =>
      (await post(`${base}/check`, { _csrf: token, at: at(0), document }, { 'hx-request': 'true' })).body
    expect(await check(text.replace('"method"', 'method'))).toMatch(/^<span id="document-wrong"[^>]*>Zeile 6:/)
    expect(await check(text)).toContain('Das ist gültiges JSON.')

    await send(edit(0), `${base}/edit`, { ...other, url: 'https://new.example' })
    expect((await tools())[0]).toEqual({ ...weather, timeout_ms: 7000, url: 'https://new.example' })
  })

  it('say which fields cannot be so, and give back what was typed', async () => {
    const { send, tools } = await open(only)
    const wrong = await send(edit(0), `${base}/edit`, {
      timeout_ms: 'lange',
      'headers.2.value': 'ohne Namen',
      'parameters.3.name': 'day',
    })
    expect(wrong.statusCode).toBe(422)
    for (const id of ['timeout_ms', 'headers.2', 'parameters.3']) expect(wrong.body).toContain(`id="${id}-wrong"`)
    expect(wrong.body).toContain('value="lange"')
    const more = await send(edit(0), `${base}/edit`, { timeout_ms: '77', more: '1' })
    expect([more.statusCode, more.body.includes('name="parameters.8.name"')]).toEqual([200, true])
    expect(more.body).toContain('value="77"')
    expect(await tools()).toEqual(only)
  })

  it('may be far longer than other forms', async () => {
    const { send, tools } = await open(only)
    const description = 'Sagt, wie das Wetter wird. '.repeat(4_000)
    const saved = await send(edit(0), `${base}/edit`, { description })
    expect(saved.headers.location).toBe(`${edit(0)}&said=saved`)
    expect(await tools()).toMatchObject([{ ...weather, description }, only[1]])
  })

  it('are not changed over what somebody else did meanwhile', async () => {
    const { get, post, tools, desk, scope, profile } = await open(only)
    const { formFields } = await import('./form-fields.ts')
    const fields = formFields((await get(edit(0))).body, `${base}/edit`)
    const copy = formFields((await get(base)).body, `${base}/copy`)
    const other = { kind: 'remove', path: at(1) } as const
    await desk.app.editTool(scope, profile, 'empfang', { edit: other, message: '' })
    const late = await post(`${base}/edit`, { ...fields, url: 'https://late.example' })
    expect([late.statusCode, late.body.includes('Neu öffnen')]).toEqual([409, true])
    expect(late.body).toContain('value="https://late.example"')
    const stale = await post(`${base}/copy`, copy)
    expect([stale.statusCode, stale.body.includes('Jemand hat den Agenten inzwischen geändert')]).toEqual([409, true])
    expect(await tools()).toEqual([weather])
  })

  it('are tried on a copy where they are ours, and really where they are not, with secrets left out', async () => {
    const { send, desk } = await open()
    const page = (index: number) => edit(index)
    const index = everyTool.findIndex(({ name }) => name === 'book_appointment')
    const booked = await send(page(index), `${base}/try`, {
      'args.service': 'Herrenhaarschnitt',
      'args.date': 'morgen',
      'args.time': '10:00',
      'args.customer_name': 'Max Muster',
      caller: '0171 3920001',
    })
    expect(booked.statusCode).toBe(200)
    expect(booked.body).toContain('Es wurde nichts gebucht')
    expect(booked.body).toMatch(/&#34;status&#34;: &#34;booked&#34;|"status": "booked"/)
    expect((await desk.look((tx) => tx.appointments.list({ limit: 5, cursor: undefined }))).items).toEqual([])
    const sky = everyTool.findIndex(({ name }) => name === 'weather')
    const asked = await send(page(sky), `${base}/try`, { 'args.day': 'heute', 'variables.city': 'Köln' })
    expect(asked.body).toContain('Diese Adresse wurde wirklich gefragt.')
    expect(asked.body).toContain('https://weather.example/K%C3%B6ln')
    expect(asked.body).toContain('Bearer [secret 0123456789abcdef]')
    expect(asked.body).not.toContain('very secret')
    const wrong = await send(page(sky), `${base}/try`, { 'args.hours': 'viele' })
    expect([wrong.statusCode, wrong.body.includes('id="args.hours-wrong"')]).toEqual([422, true])
  })

  it('have a log of what they were asked in calls', async () => {
    const { get, desk } = await open()
    const index = everyTool.findIndex(({ name }) => name === 'list_services')
    const log = `${base}/log?at=${encodeURIComponent(at(index))}`
    expect((await get(log)).body).toContain('Noch nie gefragt')
    await desk.ask('list_services', {}, { call: 'call_a' })
    const page = (await get(log)).body
    expect(page).toContain(`${company}/calls/call_a`)
    expect(page).toContain('class="tool-status')
    const other = everyTool.findIndex(({ name }) => name === 'weather')
    expect((await get(`${base}/log?at=${encodeURIComponent(at(other))}`)).body).toContain('sieht nur Retell')
  })

  it('are not there under another place, agent or company', async () => {
    const { get } = await open(only)
    for (const address of [
      edit(9),
      `${base}/edit`,
      `${base}/log?at=x`,
      `${base}/remove?at=x`,
      `${company}/agents/nobody/functions`,
      `/companies/praxis-mond/agents/empfang/functions`,
    ])
      expect([address, (await get(address)).statusCode]).toEqual([address, 404])
  })
})

const texts = fc.string({ unit: 'binary', maxLength: 12 })
const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(texts, fc.boolean(), fc.integer(), fc.constant(null), fc.constantFrom('string', ' x ', 'a\r\nb', '\n')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 3 }),
  ),
})).value
const maps = fc.dictionary(texts, values, { maxKeys: 4 })
const documents = fc.record(
  {
    ...{ name: values, description: values, url: values, method: values, timeout_ms: values, max_retry: values },
    ...{ speak_during_execution: values, execution_message_description: values, headers: maps, query_params: maps },
    parameters: fc.record(
      { type: values, properties: maps, required: fc.array(values, { maxLength: 3 }), more: values },
      { requiredKeys: [] },
    ),
    anything: values,
  },
  { requiredKeys: [] },
)

it('the form of a function that nobody touched changes nothing, whatever the function is', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const shown = toolEntryOf(document)
      const sent = toolEntryFrom(asSent(document), shown)
      const changes = toolChanges(document, sent)
      if (changes.kind === 'changes') expect(changes.fields).toEqual([])
    }),
    { numRuns: 500 },
  )
})

/** As the form would send it. */
const asSent = (document: JsonObject): Record<string, string> => {
  const { texts: lines, pairs, parameters, document: whole } = toolEntryOf(document)
  const fields: Record<string, string> = { ...lines, document: whole.replaceAll('\n', '\r\n') }
  for (const [field, rows] of Object.entries(pairs)) {
    for (const [index, { was, name, value }] of [...rows, { was: '', name: '', value: '' }].entries())
      Object.assign(fields, {
        [`${field}.${index}.was`]: was,
        [`${field}.${index}.name`]: name,
        [`${field}.${index}.value`]: value,
      })
  }
  for (const [index, row] of parameters.entries())
    for (const [part, value] of Object.entries({ ...row, required: row.isRequired ? '1' : '' }))
      fields[`parameters.${index}.${part}`] = String(value)
  return fields
}
