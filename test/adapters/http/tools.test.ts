import { describe, expect, it } from 'vitest'
import { tools } from '../../../src/application/tools/registry.ts'
import { openApi } from './api.ts'

const address = '/api/v1/companies/salon-sonne/tools'

describe('GET tools', () => {
  it('lists the tools of an agent in the language of the company or another one', async () => {
    const api = await openApi()
    const manager = await api.token('manager')
    const german = (await api.ask(manager, 'GET', `${address}?limit=200`)).json()
    expect(german.items.map(({ name }) => name)).toEqual(tools.map(({ name }) => name).toSorted())
    const english = (await api.ask(manager, 'GET', `${address}?limit=200&language=en`)).json()
    const [one, other] = [german, english].map(({ items }) => items.find(({ name }) => name === 'parse_date'))
    expect(one.url).toBe('https://desk.example/functions/retell')
    expect(one.parameters.properties.date.description).toContain('in den Worten des Anrufers')
    expect(other.parameters.properties.date.description).toContain("in the caller's own words")
  })

  it('pages, refuses a language that nobody speaks, and asks for a token of the company', async () => {
    const api = await openApi()
    const viewer = await api.token('viewer')
    const first = (await api.ask(viewer, 'GET', `${address}?limit=2`)).json()
    expect(first.items).toHaveLength(2)
    const second = (await api.ask(viewer, 'GET', `${address}?limit=2&cursor=${String(first.next)}`)).json()
    expect(second.items[0].name > first.items[1].name).toBe(true)
    expect((await api.ask(viewer, 'GET', `${address}?language=fr`)).statusCode).toBe(422)
    expect((await api.ask(undefined, 'GET', address)).statusCode).toBe(401)
    expect((await api.ask(await api.token('manager', 'praxis-mond'), 'GET', address)).statusCode).toBe(404)
  })
})
