import { afterEach, describe, expect, it } from 'vitest'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { publicUrl } from '../../browser/serve-agent.ts'
import { agentPath, company, openAgentPages } from './agent-pages.ts'

const base = `${agentPath}/rehearsals`
const scripts = `${company}/rehearsal-scripts`

const taken = `
caller: hidden
branch: mitte
steps:
  - user: Morgen <b>um drei Uhr nachts</b> bitte.
  - tool: check_availability
    args: { service: Herrenhaarschnitt, date: morgen, time: "10:00", mood: good }
    expect: { status: booked, says: [Mondschein] }
  - tool: no_such_tool
  - tool: weather
  - agent: Ihr Termin ist gebucht.
expect: { booked: 1 }
`

describe('the rehearsals of an agent', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const open = async (...given: Parameters<typeof openAgentPages>) => {
    const pages = await openAgentPages(...given)
    closings.push(pages.close)
    const save = (name: string, source: string, address = `${scripts}/new`) =>
      pages.send(address, `${scripts}/save`, { name, source })
    const play = async () => {
      const played = await pages.send(base, `${base}/play`)
      expect([played.statusCode, played.body]).toEqual([303, ''])
      return played.headers.location ?? ''
    }
    return { ...pages, save, play }
  }

  it('play the usual call where nobody wrote one, and show what would have been heard', async () => {
    const { get, play, desk } = await open()
    const none = (await get(base)).body
    for (const text of ['Noch keine Probe', 'keine eigenen Skripte', 'Version 1 · Entwurf'])
      expect(none).toContain(text)
    const report = (await get(await play())).body
    for (const text of [
      'Üblicher Anruf',
      'bestanden',
      'Ja, den nehme ich.',
      'book_appointment',
      '<dt>gebucht</dt><dd>1</dd>',
    ])
      expect(report).toContain(text)
    expect((await get(base)).body).toContain('1 Probe')
    expect((await desk.look((tx) => tx.appointments.list({ limit: 5, cursor: undefined }))).items).toEqual([])
  })

  it('say in words what went wrong, in both languages, and let nobody’s text in', async () => {
    const { get, play, save } = await open()
    expect((await save('Nachts', taken)).headers.location).toBe(`${scripts}?said=saved`)
    expect((await get(base)).body).toContain('Nachts')
    const report = await play()
    const german = (await get(report)).body
    for (const text of [
      'nicht bestanden',
      'hat keinen solchen Parameter',
      'Als Status war „booked“ erwartet, gekommen ist „available“.',
      'Zu hören sein sollte „Mondschein“',
      'Diese Version hat keine Funktion „no_such_tool“.',
      'beantwortet jemand anders',
      'das keine Funktion gesagt hat: „Ihr Termin ist gebucht.“',
      'Am Ende sollte 1 Termin gebucht sein, gezählt wurden 0.',
    ])
      expect(german).toContain(text)
    expect(german).not.toContain('<b>um drei')
    const english = (await get(report, 'en')).body
    for (const text of [
      'not passed',
      'The status was to be “booked”',
      'no function “no_such_tool”',
      'claims what no function',
    ])
      expect(english).toContain(text)
    expect((await get(base)).body).toMatch(/\d Fehler/)
  })

  it('are played for a version that there is, and shown to those who may read', async () => {
    const { send, get } = await open()
    const missing = await send(base, `${base}/play`, { version: '9' })
    expect([missing.statusCode, missing.body.includes('Diese Version gibt es nicht.')]).toEqual([422, true])
    expect((await get(`${base}/reh_nothing`)).statusCode).toBe(404)
    const viewer = await open(undefined, 'viewer')
    const page = (await viewer.get(base)).body
    expect(page).not.toContain(`action="${base}/play"`)
    expect((await viewer.get(scripts)).body).toContain('Noch kein Skript')
    expect((await viewer.get(`${scripts}/new`)).statusCode).toBe(403)
  })

  it('begin with a script that can be played and passes', async () => {
    for (const language of ['de', 'en']) {
      const { get, post, play } = await open(toolJson('de', publicUrl))
      const page = (await get(`${scripts}/new`, language)).body
      const { formFields } = await import('./form-fields.ts')
      const fields = formFields(page, `${scripts}/save`)
      expect(fields.source).toContain('service: Herrenhaarschnitt')
      const saved = await post(`${scripts}/save`, { ...fields, name: 'Beispiel' })
      expect(saved.headers.location).toBe(`${scripts}?said=saved`)
      const report = (await get(await play())).body
      expect([language, report.includes('class="tag done"')]).toEqual([language, true])
      expect(report).not.toContain('class="claim"')
    }
  })

  it('say of a script where it cannot be read, and keep what was typed', async () => {
    const { save, get } = await open()
    for (const [source, place] of [
      ['steps:\n  - user: a\n  - sing: la', 'Schritt 2'],
      ['steps:\n  - user: "a', 'Zeile'],
      ['caller: hidden', 'steps'],
      ['steps: [{ user: a }]\nmood: good', 'Das kennt ein Skript nicht'],
      ['', 'Das Skript'],
    ] as const) {
      const refused = await save('Kaputt', source)
      expect([source, refused.statusCode, refused.body.includes(place)]).toEqual([source, 422, true])
      expect(refused.body).toContain('id="source-wrong"')
      if (source !== '')
        expect(refused.body).toContain(source.split('\n')[0]?.replaceAll('"', '&#34;').slice(0, 8) ?? '')
    }
    expect((await get(scripts)).body).toContain('Noch kein Skript')
    expect((await save(' ', 'steps: [{ user: a }]')).body).toContain('id="name-wrong"')
  })

  it('keep each script under a name of its own until it is removed', async () => {
    const { save, get, send, desk, scope } = await open()
    await save('Eins', 'steps: [{ user: a }]')
    const again = await save('Eins', 'steps: [{ user: b }]')
    expect([again.statusCode, again.body.includes('Ein anderes Skript heißt schon so.')]).toEqual([422, true])
    const [script] = await desk.app.listScripts(scope)
    const page = `${scripts}/${script?.id}`
    expect((await save('Zwei', 'steps: [{ user: c }]', page)).headers.location).toBe(`${scripts}?said=saved`)
    expect(await desk.app.listScripts(scope)).toMatchObject([
      { id: script?.id, name: 'Zwei', source: 'steps: [{ user: c }]' },
    ])
    const removed = await send(page, `${page}/remove`)
    expect(removed.headers.location).toBe(`${scripts}?said=removed`)
    expect((await get(`${scripts}?said=removed`)).body).toContain('Das Skript ist entfernt.')
    expect((await get(page)).statusCode).toBe(404)
  })
})
