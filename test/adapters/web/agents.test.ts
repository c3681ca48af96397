import { afterEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../src/domain/access/role.ts'
import { theAgent } from '../../application/agents/release-desk.ts'
import { type AgentWeb, agents, openAgentWeb } from './agent-web.ts'

const main = (body: string) => body.slice(body.indexOf('<main'), body.indexOf('</main>'))
const said = (body: string) =>
  main(body)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the pages of the agents', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const open = async (role: Role = 'manager'): Promise<AgentWeb> => {
    const web = await openAgentWeb(role)
    closings.push(() => web.http.close())
    return web
  }

  it('list every agent with what callers reach, what is ahead, and the counts as filters', async () => {
    const web = await open()
    await web.draft({ engine: { general_prompt: 'Anders.' } })
    const list = said((await web.get()).body)
    for (const text of ['Agent agent_mond', 'Version 1 · Retell 0', 'Entwurf 2', 'Entwurf voraus', '030 23125111'])
      expect(list).toContain(text)
    const filtered = said((await web.get('?status=ours_ahead')).body)
    expect([filtered.includes('Agent agent_mond'), filtered.includes('agent_mond_west')]).toEqual([true, false])
    expect(said((await web.get('?search=west')).body)).toContain('agent_mond_west')
    expect(said((await web.get('?search=nirgends')).body)).toContain('Kein Agent passt zu diesem Filter')
    expect(said((await web.get('', 'en')).body)).toContain('draft ahead')
    expect((await web.get()).body).toContain(`sse:agent.updated`)
  })

  it('read all agents from Retell and show how far that is', async () => {
    const web = await open()
    expect((await web.post('/sync')).headers.location).toBe(agents)
    expect(said((await web.get()).body)).toContain('Liest von Retell')
    await web.sync()
    expect(said((await web.get()).body)).toContain('Zuletzt gelesen')
    web.retell.misbehave('agents', 'wrong-key')
    await web.sync()
    expect(said((await web.get()).body)).toContain('Das Lesen ist gescheitert')
  })

  it('make an agent, or say beside its field what is wrong', async () => {
    const web = await open()
    const refused = await web.post('/new', { name: '', slug: 'Groß!', language: '', voice: '' })
    expect([refused.statusCode, refused.body.includes('id="name-wrong"')]).toEqual([422, true])
    const name = '"><b>Neu</b>'
    const taken = await web.post('/new', { name, slug: 'sync', language: '', voice: '' })
    expect([taken.statusCode, taken.body.includes('id="slug-wrong"')]).toEqual([422, true])
    expect(taken.body).not.toContain(name)
    const made = await web.post('/new', { name, slug: 'neu', language: 'de-DE', voice: '' })
    expect(made.headers.location).toBe(`${agents}/neu/draft?said=created`)
    const again = { name: 'Zweimal', slug: '', language: '', voice: '' }
    const token = await web.tokenOfAPage()
    const [one, other] = [await web.post('/new', again, token), await web.post('/new', again, token)]
    expect([one.statusCode, one.headers.location]).toEqual([303, other.headers.location])
    const page = (await web.get('/neu')).body
    expect(page).not.toContain('<b>Neu</b>')
    expect(said(page)).toContain('Für eine Nummer veröffentlichen')
  })

  it('save what was changed in the fields and keep the rest as it is', async () => {
    const web = await open()
    const path = `/${web.slug}/draft`
    const before = await web.configuration(1)
    const saved = await web.post(path, {
      ...{ if_version: '1', message: 'Freundlicher', 'text:/response_engine/begin_message': 'Guten\r\nTag.' },
      ...{ with_numbers: '1', number: ['+493023125111'] },
    })
    expect(saved.headers.location).toBe(`${agents}${path}?said=saved`)
    const { agent, engine, numbers } = await web.configuration(2)
    expect(agent).toEqual(before.agent)
    expect(engine).toEqual({ ...before.engine, begin_message: 'Guten\nTag.' })
    expect(numbers).toEqual(['+493023125111'])
    expect((await web.history(theAgent)).at(-1)?.message).toBe('Freundlicher')
    expect((await web.post(path, { if_version: '2' })).statusCode).toBe(303)
    const twice = await web.post(path, { if_version: '1', 'text:/response_engine/begin_message': 'Guten\nTag.' })
    expect(twice.statusCode).toBe(303)
    expect(await web.history(theAgent)).toHaveLength(2)
  })

  it('keep what was typed when somebody else was faster, and nothing of theirs is lost', async () => {
    const web = await open()
    const path = `/${web.slug}/draft`
    await web.draft({ agent: { voice_id: 'retell-Anna' } })
    const late = { 'text:/response_engine/general_prompt': 'Meins.', name: 'Mein Name', with_numbers: '1' }
    const numbers = { number: ['+493023125111', '+493023125112'] }
    const refused = await web.post(path, { if_version: '1', voice: 'retell-Cimo', ...late, ...numbers })
    expect(refused.statusCode).toBe(409)
    expect(said(refused.body)).toContain('Jemand war schneller')
    expect(refused.body).toContain('Meins.')
    expect(refused.body).toContain('value="retell-Anna"')
    expect(await web.history(theAgent)).toHaveLength(2)
    const again = await web.post(path, { if_version: '2', voice: 'retell-Anna', ...late, ...numbers })
    expect(again.statusCode).toBe(303)
    expect(await web.configuration(3)).toMatchObject({
      agent: { voice_id: 'retell-Anna', agent_name: 'Mein Name' },
      engine: { general_prompt: 'Meins.' },
    })
  })

  it('take whole documents, and name the line or the place of a mistake', async () => {
    const web = await open()
    const path = `/${web.slug}/draft/documents`
    const { agent, engine } = await web.configuration(1)
    const [agentText, engineText] = [JSON.stringify(agent, null, 2), JSON.stringify(engine, null, 2)]
    const broken = await web.post(path, {
      ...{ if_version: '1', agent_document: '{\n  "a": 1,\n  "b" 2\n}', engine_document: engineText },
    })
    expect([broken.statusCode, said(broken.body).includes('Zeile 3: Nach dem Namen fehlt ein Doppelpunkt.')]).toEqual([
      422,
      true,
    ])
    expect(broken.body).toContain('&#34;b&#34; 2')
    const list = await web.post(path, { if_version: '1', agent_document: '[1]', engine_document: engineText })
    expect([list.statusCode, list.body.includes('id="agent_document-wrong"')]).toEqual([422, true])
    const foreign = { ...agent, webhook_url: 'https://desk.example/[secret nobodys]' }
    const unknown = await web.post(path, {
      ...{ if_version: '1', agent_document: JSON.stringify(foreign), engine_document: engineText },
    })
    expect([unknown.statusCode, said(unknown.body).includes('das der Agent nicht hat')]).toEqual([422, true])
    const strange = { ...agent, unheard_of: { deep: [1, 'zwei'] } }
    const saved = await web.post(path, {
      ...{ if_version: String((await web.managed()).draft ?? 1), agent_document: JSON.stringify(strange) },
      engine_document: engineText,
    })
    expect(saved.statusCode).toBe(303)
    expect((await web.configuration((await web.managed()).draft ?? 0)).agent).toEqual(strange)
    const late = await web.post(path, { if_version: '1', agent_document: agentText, engine_document: engineText })
    expect([late.statusCode, said(late.body).includes('Jemand war schneller')]).toEqual([409, true])
  })

  it('never show a secret', async () => {
    const web = await openAgentWeb('manager', {
      general_tools: [
        {
          ...{ type: 'custom', name: 'look_up', description: 'Sucht.', url: 'https://tools.example/x' },
          headers: { Authorization: 'Bearer secret-of-the-tool' },
        },
      ],
    })
    closings.push(() => web.http.close())
    await web.draft({ engine: { general_prompt: 'Anders.' } })
    for (const path of ['draft', 'versions/1', 'diff?from=1&to=2', 'publish', 'drift'])
      expect([path, (await web.get(`/${web.slug}/${path}`)).body.includes('secret-of-the-tool')]).toEqual([path, false])
  })

  it('show the history, compare any two, and go on from an old one', async () => {
    const web = await open()
    await web.draft({ engine: { general_prompt: 'Sie sind am Empfang der Praxis Mond.\nGanz <i>neu</i>.' } })
    const list = said((await web.get(`/${web.slug}/versions`)).body)
    for (const text of ['Version 1 · Retell 0', 'für Anrufer', 'bei Retell gesehen', 'hier bearbeitet', 'Anders'])
      expect(list).toContain(text)
    const diff = (await web.get(`/${web.slug}/diff?from=1&to=2`)).body
    expect(said(diff)).toContain('Texte +1 −1 Sätze')
    expect(diff).toMatch(/<ins class="diff-cell added">/)
    expect(diff).toContain('Ganz &lt;i>neu&lt;/i>.')
    expect(said((await web.get(`/${web.slug}/diff?from=2&to=1`, 'en')).body)).toContain('prompt +1 −1 sentences')
    expect((await web.get(`/${web.slug}/diff?from=1&to=99`)).statusCode).toBe(404)
    expect((await web.get(`/${web.slug}/versions/99`)).statusCode).toBe(404)
    const restore = `/${web.slug}/versions/1/restore`
    expect((await web.get(`/${web.slug}/versions/1`)).body).toContain('name="if_version" value="2"')
    expect((await web.post(restore, { message: 'Ungesehen' })).statusCode).toBe(422)
    const overtaken = await web.post(restore, { message: 'Zu spät', if_version: '1' })
    expect([overtaken.statusCode, (await web.history(theAgent)).length]).toEqual([409, 2])
    const restored = await web.post(restore, { message: 'Doch lieber', if_version: '2' })
    expect(restored.headers.location).toBe(`${agents}/${web.slug}/draft?said=restored`)
    expect((await web.history(theAgent)).map(({ origin }) => origin)).toEqual(['seen', 'edited', 'backup', 'restored'])
  })

  it('keep a draft as a backup when it is discarded', async () => {
    const web = await open()
    await web.draft({ engine: { general_prompt: 'Weg.' } })
    expect((await web.post(`/${web.slug}/draft/discard`, { if_version: '1' })).statusCode).toBe(409)
    const left = await web.post(`/${web.slug}/draft/discard`, { if_version: '2' })
    expect(left.headers.location).toBe(`${agents}/${web.slug}?said=discarded`)
    expect((await web.history(theAgent)).at(-1)?.origin).toBe('backup')
  })

  it('let viewers look and change nothing', async () => {
    const web = await open('viewer')
    for (const path of ['', `/${web.slug}`, `/${web.slug}/draft`, `/${web.slug}/publish`, `/${web.slug}/rollout`]) {
      const page = await web.get(path)
      expect([path, page.statusCode]).toEqual([path, 200])
      expect([
        path,
        /<form[^>]*method="post"[^>]*action="[^"]*\/agents\/[^"]+\/(publish|pull|rollout)"/.test(page.body),
      ]).toEqual([path, false])
    }
    expect((await web.post(`/${web.slug}/publish`)).statusCode).toBe(403)
  })

  it('go out as a file and come in as a new draft, or say what is wrong with it and keep it', async () => {
    const web = await open()
    expect((await web.get(`/${web.slug}/versions/1`)).body).toContain(`${agents}/${web.slug}/versions/1/file`)
    const file = await web.get(`/${web.slug}/versions/1/file`)
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${web.slug}-1.json"`)
    expect((await web.get(`/${web.slug}/versions/99/file`)).statusCode).toBe(404)
    const broken = await web.post('/import', { document: '{\r\n "agent": <b>\r\n}' })
    expect(broken.statusCode).toBe(422)
    expect(broken.body).toContain(' &#34;agent&#34;: &lt;b>')
    expect(broken.body).toContain('Zeile 2')
    const unknown = await web.post('/import', { document: '{"what":"ever"}' })
    expect([unknown.statusCode, unknown.body.includes('kein Agent in einer bekannten Form')]).toEqual([422, true])
    const fields = { document: file.body, name: 'Zweiter <i>Empfang' }
    const token = await web.tokenOfAPage()
    const taken = await web.post('/import', fields, token)
    const to = String(taken.headers.location)
    expect(to).toMatch(/\/draft\?said=imported&secrets=0&/)
    expect((await web.post('/import', fields, token)).headers.location).toBe(to)
    const draft = (await web.get(to)).body
    expect(draft).toContain('Der Agent ist als Entwurf importiert.')
    expect(draft).toContain('Zweiter &lt;i>Empfang')
    expect((await (await open('viewer')).get('/import')).statusCode).toBe(403)
  })
})
