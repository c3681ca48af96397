import { afterEach, describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { mitte, theAgent, west } from '../../application/agents/release-desk.ts'
import { praxisKey } from '../../application/desk.ts'
import { type AgentWeb, agents, openAgentWeb } from './agent-web.ts'

const said = (body: string) =>
  body
    .slice(body.indexOf('<main'), body.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const prompt = { engine: { general_prompt: 'Sie sind der neue Empfang der Praxis Mond.' } }
const both = { reach: 'numbers', number: [mitte, west] }

describe('the pages of what is live of an agent', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const open = async (): Promise<AgentWeb> => {
    const web = await openAgentWeb()
    closings.push(() => web.http.close())
    return web
  }
  const newest = async (web: AgentWeb) => {
    const { id } = await web.managed()
    const { items } = await web.releases.listPublications(web.scope, id, { limit: 1, cursor: undefined })
    const [one] = items
    if (!one) throw new Error('There is no publication.')
    return one
  }

  it('publish a draft and show every step, in words of people', async () => {
    const web = await open()
    const path = `/${web.slug}/publish`
    await web.draft(prompt)
    const form = (await web.get(path)).body
    expect(said(form)).toContain('Texte +1 −2 Sätze')
    expect(form).toMatch(/value="\+493023125111" checked/)
    const nobody = await web.post(path, { version: '2', reach: 'numbers' })
    expect([nobody.statusCode, said(nobody.body).includes('mindestens eine Nummer')]).toEqual([422, true])
    const wish = { version: '2', ...both, message: 'Neuer <i>Empfang</i>' }
    const token = await web.tokenOfAPage()
    const published = await web.post(path, wish, token)
    expect((await web.post(path, wish, token)).headers.location).toBe(published.headers.location)
    const { id, state, steps } = await newest(web)
    expect(published.headers.location).toBe(`${agents}/${web.slug}/publications/${id}`)
    expect(state).toBe('published')
    const page = (await web.get(`/${web.slug}/publications/${id}`)).body
    expect(said(page)).toContain('Anrufer erreichen jetzt Version 3 · Retell 1.')
    expect(page).toContain('Neuer &lt;i>Empfang&lt;/i>')
    expect(steps.map(({ detail }) => detail ?? '').filter((one) => saidInGerman(one) === one)).toEqual([])
    const detail = said((await web.get(`/${web.slug}`)).body)
    for (const text of ['seit 10:00, von manager@praxis-mond.example', 'veröffentlicht', '10 / 10'])
      expect(detail).toContain(text)
    expect(said((await web.get(`/${web.slug}/decisions`)).body)).toContain('Version 3 · Retell 1')
    expect(said((await web.get(`/${web.slug}/publications`)).body)).toContain('Version 3 · Retell 1')
  })

  it('say whom each number rings before it is taken from somebody', async () => {
    const web = await open()
    const other = web.retell.addElsewhere({ agent_name: 'Abend <b>Empfang' }, {}, { id: 'agent_abend' })
    web.retell.bindElsewhere(west, { inbound_agents: [{ agent_id: other, agent_version: 0, weight: 1 }] })
    await web.sync()
    for (const path of ['publish', 'draft']) {
      const page = (await web.get(`/${web.slug}/${path}`)).body
      expect(said(page)).toMatch(/030 23125111 ruft ihn jetzt an 030 23125112 ruft jetzt „Abend &lt;b>Empfang“ an/)
      expect(said(page)).toContain('rufen danach nur noch diesen Agenten an')
    }
    web.retell.bindElsewhere(west, { inbound_agents: [] })
    await web.sync()
    const page = said((await web.get(`/${web.slug}/publish`)).body)
    expect(page).toContain('030 23125112 ruft jetzt keinen Agenten an')
    expect(page).not.toContain('nur noch diesen Agenten')
  })

  it('group what was found, and let a function go only when somebody says so', async () => {
    const web = await open()
    const path = `/${web.slug}/publish`
    await web.draft({ engine: { general_tools: [{ type: 'end_call', name: 'end_call', description: 'Ende.' }] } })
    const form = said((await web.get(path)).body)
    expect(form).toContain('Verhindert das Veröffentlichen')
    expect(form).toContain('book_appointment darf wegfallen')
    const refused = await web.post(path, { version: '2', ...both })
    expect([refused.statusCode, said(refused.body).includes('So würde es Anrufern schaden')]).toEqual([422, true])
    expect(said((await web.get(path, 'en')).body)).toContain('Keeps it from being published')
    expect((await web.managed()).live).toBe(1)
  })

  it('say where a publication stopped, and resume or undo it', async () => {
    const web = await open()
    await web.draft(prompt)
    web.retell.misbehave('changeNumber', 'does-nothing')
    await web.post(`/${web.slug}/publish`, { version: '2', ...both })
    const { id, steps } = await web.toItsEnd(await newest(web))
    const failure = steps.find(({ state }) => state === 'failed')
    expect(saidInGerman(failure?.detail ?? '')).not.toBe(failure?.detail)
    const page = await web.get(`/${web.slug}/publications/${id}`)
    expect(said(page.body)).toContain('Stehen geblieben bei:')
    expect(page.body).toContain(`formaction="${agents}/${web.slug}/publications/${id}/resume"`)
    const stopped = (await web.get(`/${web.slug}`)).body
    expect(said(stopped)).toContain('Die letzte Veröffentlichung ist stehen geblieben.')
    expect(stopped).toContain(`class="button primary" href="${agents}/${web.slug}/publications/${id}"`)
    web.retell.misbehave('changeNumber', undefined)
    expect((await web.post(`/${web.slug}/publications/${id}/resume`)).statusCode).toBe(303)
    expect((await web.toItsEnd(await newest(web))).state).toBe('published')
    expect(said((await web.get(`/${web.slug}`)).body)).not.toContain('stehen geblieben')
    const over = await web.post(`/${web.slug}/publications/${id}/undo`)
    expect([over.statusCode, said(over.body).includes('vorbei oder überholt')]).toEqual([409, true])
    expect((await web.get(`/${web.slug}/publications/pub_zzzzzzzz`)).statusCode).toBe(404)
  })

  it('go back to the version that was live before, named on the button', async () => {
    const web = await open()
    expect(said((await web.get(`/${web.slug}/rollback`)).body)).toContain('Vorher war keine andere Version')
    await web.draft(prompt)
    await web.post(`/${web.slug}/publish`, { version: '2', ...both })
    const form = await web.get(`/${web.slug}/rollback`)
    expect(said(form.body)).toContain('Zurück zu Version 1 · Retell 0')
    const wrong = await web.post(`/${web.slug}/rollback`, { to: '2' })
    expect([wrong.statusCode, said(wrong.body).includes('hat noch kein Anrufer erreicht')]).toEqual([422, true])
    expect((await web.post(`/${web.slug}/rollback`, { to: '1', reason: 'Zu streng' })).statusCode).toBe(303)
    expect(await web.toItsEnd(await newest(web))).toMatchObject({ kind: 'rollback', state: 'published', version: 1 })
    expect(said((await web.get(`/${web.slug}`)).body)).toContain('Zu streng')
  })

  it('try a candidate with a share of the callers, let it go on, and take it back', async () => {
    const web = await open()
    const path = `/${web.slug}/rollout`
    expect(said((await web.get(path)).body)).toContain('Noch keine Erprobung')
    await web.draft(prompt)
    await web.post(`/${web.slug}/publish`, { version: '2', reach: 'nobody' })
    const { version } = await newest(web)
    expect(said((await web.get(path)).body)).toContain('Erprobung beginnen')
    expect(said((await web.get(`/${web.slug}`)).body)).toContain('die noch nicht alle Anrufer erreichen')
    expect((await web.post(path, { version: String(version) })).statusCode).toBe(422)
    expect((await web.post(path, { version: '1', percent: '10' })).statusCode).toBe(422)
    const begun = await web.post(path, { version: String(version), percent: '10', automatic: '1' })
    expect(begun.headers.location).toBe(`${agents}${path}?said=rollout-started`)
    expect(said((await web.get(path)).body)).toContain('hat noch niemand angerufen')
    const call = { ...web.callOf({ call: 'call_new', to: mitte }), agent_id: theAgent, agent_version: 1 }
    const times = { start_timestamp: web.clock.now(), end_timestamp: web.clock.now() + 60_000, call_status: 'ended' }
    await web.send({ event: 'call_ended', call: { ...call, ...times } }, { key: praxisKey })
    await web.app.workInbox(10)
    for (const tool of [...Array.from({ length: 10 }, () => 'list_services'), 'book_table', 'book_table']) {
      await web.ask(tool, {}, { call: 'call_new', to: mitte })
    }
    const page = (await web.get(path)).body
    expect(said(page)).toMatch(/Wiederholt sich noch kein Anruf 100 % \([^)]+\) · 1 Anruf /)
    expect(said(page)).toMatch(/Funktionen scheitern noch kein Anruf 100 % \([^)]+\) · 1 Anruf /)
    expect(said(page)).toContain('10 % der Anrufer erreichen Version 3 · Retell 1')
    expect(said(page)).toContain('geht von selbst weiter')
    expect(said(page)).toContain('noch zu wenige Anrufe')
    expect(page).toContain('<svg class="outcome-plot"')
    await web.post(`${path}?version=${version}&percent=50&automatic=0`)
    expect(said((await web.get(`/${web.slug}`)).body)).toMatch(/50 % der Anrufer .* geht nur von Hand weiter/)
    expect((await web.post(`${path}/back`)).headers.location).toBe(`${agents}${path}?said=rollout-back`)
    expect(said((await web.get(path)).body)).toContain('zurückgenommen')
    expect((await web.post(`${path}/back`)).statusCode).toBe(404)
  })

  it('take over what Retell has, and keep what was here', async () => {
    const web = await open()
    web.retell.editElsewhere(theAgent, { agent: { voice_id: 'retell-Anna' } })
    const read = await web.post(`/${web.slug}/refresh`, { next: 'drift' })
    expect(read.headers.location).toBe(`${agents}/${web.slug}/drift?said=refreshed`)
    expect(said((await web.get(`/${web.slug}`)).body)).toContain('Änderungen von Retell ansehen')
    const page = said((await web.get(`/${web.slug}/drift`)).body)
    expect(page).toContain('retell-Anna')
    const { theirs } = await web.managed()
    expect((await web.post(`/${web.slug}/pull`, { theirs: String((theirs ?? 0) + 7) })).statusCode).toBe(409)
    const pulled = await web.post(`/${web.slug}/pull`, { theirs: String(theirs) })
    expect(pulled.headers.location).toBe(`${agents}/${web.slug}?said=pulled`)
    expect(await web.managed()).toMatchObject({ syncStatus: 'clean', draft: theirs })
  })

  it('merge both sides once everything is decided, and show before what would come of it', async () => {
    const web = await open()
    web.retell.editElsewhere(theAgent, { agent: { voice_id: 'retell-Anna', voice_speed: 1.2 } })
    await web.draft({ agent: { voice_id: 'retell-Udo' }, ...prompt })
    await web.post(`/${web.slug}/refresh`)
    const page = (await web.get(`/${web.slug}/drift`)).body
    expect(said(page)).toContain('1 Stelle zu entscheiden')
    expect(page).toContain('name="decide:/agent/voice_id"')
    const { theirs, draft } = await web.managed()
    const seen = { theirs: String(theirs), if_version: String(draft) }
    const undecided = await web.post(`/${web.slug}/merge`, { ...seen, deed: 'merge' })
    expect([undecided.statusCode, said(undecided.body).includes('noch 1 Stelle')]).toEqual([422, true])
    const choice = { 'decide:/agent/voice_id': 'theirs' }
    const preview = await web.post(`/${web.slug}/merge`, { ...seen, ...choice, deed: 'preview' })
    expect(said(preview.body)).toContain('So würde der Entwurf')
    expect(preview.body).toMatch(/value="theirs" checked/)
    const gone = await web.post(`/${web.slug}/merge`, { ...seen, 'decide:/agent/nothing': 'ours', deed: 'merge' })
    expect(gone.statusCode).toBe(409)
    const kept = await web.post(`/${web.slug}/pull`, seen)
    expect([kept.statusCode, said(kept.body).includes('Beide Seiten haben sich geändert')]).toEqual([409, true])
    const merged = await web.post(`/${web.slug}/merge`, { ...seen, ...choice, message: 'Beides', deed: 'merge' })
    expect(merged.headers.location).toBe(`${agents}/${web.slug}/draft?said=merged`)
    expect(await web.configuration((await web.managed()).draft ?? 0)).toMatchObject({
      agent: { voice_id: 'retell-Anna', voice_speed: 1.2 },
      engine: prompt.engine,
    })
  })

  it('take what somebody writes instead of both sides, and lose none of it while it is no JSON', async () => {
    const web = await open()
    const sides = [
      { voice_id: 'retell-Anna', boosted_keywords: ['Termin'] },
      { voice_id: 'retell-Udo', boosted_keywords: ['Praxis'] },
    ] as const
    web.retell.editElsewhere(theAgent, { agent: sides[0] })
    await web.draft({ agent: sides[1] })
    await web.post(`/${web.slug}/refresh`)
    const read = (body: string) => body.replaceAll('&#34;', '"')
    const page = read((await web.get(`/${web.slug}/drift`)).body)
    expect(page).toMatch(/name="own-text:\/agent\/voice_id"[^>]*>\nretell-Udo</)
    expect(page).toMatch(/name="own-json:\/agent\/boosted_keywords"[^>]*>\n\[\n {2}"Praxis"\n\]</)
    const { theirs, draft } = await web.managed()
    const own = {
      ...{ theirs: String(theirs), if_version: String(draft), deed: 'merge' },
      ...{ 'decide:/agent/voice_id': 'own', 'own-text:/agent/voice_id': 'retell-<b>Nina' },
      ...{ 'decide:/agent/boosted_keywords': 'own' },
    }
    const broken = await web.post(`/${web.slug}/merge`, {
      ...own,
      'own-json:/agent/boosted_keywords': '["Termin",\r\n "Praxis"',
    })
    expect(broken.statusCode).toBe(422)
    expect(broken.body).toContain('retell-&lt;b>Nina</textarea>')
    expect(read(broken.body)).toMatch(/aria-invalid="true"[^>]*>\n\["Termin",\n "Praxis"</)
    expect(said(broken.body)).toContain('Zeile 2')
    const merged = await web.post(`/${web.slug}/merge`, {
      ...own,
      'own-json:/agent/boosted_keywords': '["Termin", "Praxis"]',
    })
    expect(merged.headers.location).toBe(`${agents}/${web.slug}/draft?said=merged`)
    expect(await web.configuration((await web.managed()).draft ?? 0)).toMatchObject({
      agent: { voice_id: 'retell-<b>Nina', boosted_keywords: ['Termin', 'Praxis'] },
    })
  })
})
