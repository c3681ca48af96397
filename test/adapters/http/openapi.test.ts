import { describe, expect, it } from 'vitest'
import { type Item, openApi } from './api.ts'

const listed = `
GET /health/live | GET /health/ready | GET /health
GET /api/v1/companies | POST /api/v1/companies | GET /api/v1/companies/{company} | PUT /api/v1/companies/{company}/file
GET file
GET overview | GET calls | GET calls/{call_id} | GET calls/{call_id}/recording | GET unrouted-calls | POST unrouted-calls/{id}/assign
GET appointments | POST appointments | GET appointments/{id} | PATCH appointments/{id} | DELETE appointments/{id}
GET blocked-times | POST blocked-times | DELETE blocked-times/{id}
GET calendar/differences | POST calendar/differences/settle
GET routing-overrides | POST routing-overrides | DELETE routing-overrides/{id}
GET callbacks | POST callbacks | GET callbacks/{id} | PATCH callbacks/{id} | GET wishes
GET availability | GET customers | GET customers/{id} | GET holds | GET alerts | POST alerts/{id}/resolve
GET branches | GET branches/{slug} | GET phone-numbers | GET phone-numbers/{slug}
GET services | GET services/{slug} | GET staff | GET staff/{slug} | GET tools
GET settings | PATCH settings | GET /api/v1/settings | PATCH phone-numbers/{slug} | PATCH branches/{slug} | PATCH services/{slug} | PATCH staff/{slug}
GET staff/{slug}/feed | POST staff/{slug}/feed | DELETE staff/{slug}/feed | GET /calendars/{file} | GET jobs/{id} | GET /api/v1/jobs
GET deliveries | GET deliveries/{id} | POST deliveries/{id}/replay | GET events
GET /api/v1/unrouted-calls | GET /api/v1/deliveries | GET /api/v1/alerts | GET /api/v1/security-events
GET /api/v1/audit-log | GET audit-log | GET security-events | GET /api/v1/flags | PUT /api/v1/flags | GET flags
PATCH customers/{id}
GET /api/v1/users | GET /api/v1/tokens | GET users | GET tokens
GET agents | POST agents | GET agents/sync | POST agents/sync | GET agents/{agent} | POST agents/{agent}/refresh
GET agents/{agent}/draft | PUT agents/{agent}/draft | DELETE agents/{agent}/draft | POST agents/{agent}/lint
GET agents/{agent}/versions | GET agents/{agent}/versions/{n} | GET agents/{agent}/versions/{n}/diff
POST agents/{agent}/versions/{n}/restore | GET agents/{agent}/drift | POST agents/{agent}/pull | POST agents/{agent}/merge
POST agents/{agent}/publish | POST agents/{agent}/rollback | GET agents/{agent}/publications
GET agents/{agent}/publications/{id} | POST agents/{agent}/publications/{id}/resume
POST agents/{agent}/publications/{id}/undo | GET agents/{agent}/live
GET agents/{agent}/rollout | POST agents/{agent}/rollout | GET agents/{agent}/tools | PATCH agents/{agent}/tools
GET agents/{agent}/tools/beginnings | POST agents/{agent}/tools/try | GET tool-calls/{tool}
GET agents/{agent}/export | POST agents/{agent}/import | POST agents/import
POST agents/{agent}/rehearse | GET agents/{agent}/rehearsals | GET rehearsal-scripts | PUT rehearsal-scripts
DELETE rehearsal-scripts/{id} | GET retell-numbers | POST retell-numbers/look | POST retell-numbers/register`
  .split(/[|\n]/)
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .map((line) => line.replace(/^(\w+) (?!\/)/, '$1 /api/v1/companies/{company}/'))

describe('/openapi.json', () => {
  it('lists every route, each with its answer and its problems', async () => {
    const api = await openApi()
    const answer = await api.ask(undefined, 'GET', '/openapi.json')
    expect(answer.statusCode).toBe(200)
    const document = answer.json() as Item
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as object).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation: operation as Item,
      })),
    )
    expect(operations.map(({ name }) => name).toSorted()).toEqual(listed.toSorted())
    for (const { name, operation } of operations) {
      expect(operation.summary, name).toBeTruthy()
      expect(operation.tags, name).toHaveLength(1)
      const success = operation.responses['200'] ?? operation.responses['201']
      const [content] = Object.values(success.content) as Item[]
      expect(content.schema, name).toBeTruthy()
      if (!/\/(health|calendars)/.test(name))
        expect(Object.keys(operation.responses), name).toEqual(
          expect.arrayContaining(['401', '403', '404', '422', '429']),
        )
    }
  })

  it('has no reference that leads nowhere, and names what is asked for', async () => {
    const api = await openApi()
    const document = (await api.ask(undefined, 'GET', '/openapi.json')).json() as Item
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '')
    expect(references).toContain('Appointment')
    for (const name of references) expect(document.components.schemas, name).toHaveProperty([name])
    const create = document.paths['/api/v1/companies/{company}/appointments'].post
    expect(create.requestBody.content['application/json'].schema.required.toSorted()).toEqual([
      'attendee_name',
      'branch',
      'service',
      'starts_at',
    ])
    const list = document.paths['/api/v1/companies/{company}/calls'].get
    expect(list.parameters.map(({ name }: Item) => name)).toEqual(
      expect.arrayContaining(['company', 'limit', 'cursor', 'status', 'outcome', 'branch', 'from', 'to', 'caller']),
    )
    const put = document.paths['/api/v1/companies/{company}/file'].put
    expect(Object.keys(put.requestBody.content)).toEqual(['application/json', 'application/yaml'])
  })

  it('is shown at /docs without a line of inline script or style', async () => {
    const api = await openApi()
    const page = await api.ask(undefined, 'GET', '/docs')
    const html = page.statusCode === 302 ? await api.ask(undefined, 'GET', String(page.headers.location)) : page
    expect(html.statusCode).toBe(200)
    expect(html.body).not.toMatch(/<script(?![^>]*src=)|<style| style=/)
    expect(html.headers['content-security-policy']).toContain("default-src 'none'")
    expect(html.headers['content-security-policy']).not.toContain('unsafe')
  })
})

describe('health', () => {
  it('names what is not ready', async () => {
    const well = await openApi()
    expect((await well.ask(undefined, 'GET', '/health/live')).json()).toEqual({ status: 'live' })
    expect((await well.ask(undefined, 'GET', '/health/ready')).json()).toEqual({ status: 'ready', not_ready: [] })
    const ill = await openApi({ vitals: { schema: async () => undefined } })
    const answer = await ill.ask(undefined, 'GET', '/health/ready')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({ status: 'not_ready', not_ready: ['database'] })
    expect((await ill.ask(await ill.token('viewer'), 'GET', '/health')).json()).toEqual({
      status: 'down',
      checks: expect.arrayContaining([{ name: 'database', ok: false }]),
    })
  })
})
