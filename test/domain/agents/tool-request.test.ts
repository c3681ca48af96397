import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toolRequest, withVariables } from '../../../src/domain/agents/tool-request.ts'

const tool = { type: 'custom', name: 'weather', url: 'https://weather.example/tool' }
const call = { call_id: 'call_1' }

describe('the request of a custom function', () => {
  it('is JSON of name, call and arguments', () => {
    const { method, url, headers, body } = toolRequest(tool, { city: 'Berlin' }, call)
    expect([method, url, headers]).toEqual(['POST', tool.url, { 'content-type': 'application/json' }])
    expect(JSON.parse(body ?? '')).toEqual({ name: 'weather', call, args: { city: 'Berlin' } })
  })

  it('is the arguments alone where the tool says so, with what its schema fixes', () => {
    const parameters = { type: 'object', properties: { unit: { const: 'celsius' }, city: { type: 'string' } } }
    const { body } = toolRequest({ ...tool, args_at_root: true, parameters }, { city: 'Berlin' }, call)
    expect(JSON.parse(body ?? '')).toEqual({ city: 'Berlin', unit: 'celsius' })
  })

  it.each(['GET', 'delete'])('has no body for %s, and its query is in the address', (method) => {
    const asked = { ...tool, method, url: `${tool.url}?a=1#top`, query_params: { q: 'ä b', key: '{{city}}' } }
    expect(toolRequest(asked, { city: 'Berlin' }, call)).toEqual({
      method: method.toUpperCase(),
      url: 'https://weather.example/tool?a=1&q=%C3%A4%20b&key={{city}}#top',
      headers: {},
      body: undefined,
    })
  })

  it('is a form where the tool says so', () => {
    const form = toolRequest({ ...tool, parameter_type: 'form' }, { city: 'Köln', days: 2 }, call)
    expect(form.body).toBe('city=K%C3%B6ln&days=2')
    expect(form.headers['content-type']).toBe('application/x-www-form-urlencoded')
  })

  it('leaves the placeholder of a secret as it stands', () => {
    const asked = {
      ...tool,
      method: 'GET',
      query_params: { key: '[secret 0123]' },
      headers: { Authorization: '[secret 0123]' },
    }
    const { url, headers } = toolRequest(asked, {}, call)
    expect([url, headers.authorization]).toEqual([`${tool.url}?key=[secret 0123]`, '[secret 0123]'])
  })
})

describe('variables of a request', () => {
  it('stand in address and headers, and stay where they have no value', () => {
    const request = {
      method: 'GET',
      url: 'https://{{host}}/{{ city }}?x={{none}}',
      headers: { 'x-city': '{{city}}' },
      body: '{{city}}',
    }
    expect(withVariables(request, { host: 'weather.example', city: 'Bad Ö' })).toEqual({
      method: 'GET',
      url: 'https://weather.example/Bad%20%C3%96?x={{none}}',
      headers: { 'x-city': 'Bad Ö' },
      body: '{{city}}',
    })
  })

  it('never change what names none', () => {
    const plain = fc.string().filter((text) => !text.includes('{{'))
    fc.assert(
      fc.property(plain, fc.dictionary(fc.string(), fc.string()), (text, variables) => {
        const request = { method: 'GET', url: text, headers: { a: text }, body: undefined }
        expect(withVariables(request, variables)).toEqual(request)
      }),
    )
  })
})
