import { describe, expect, it } from 'vitest'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { tools } from '../../../src/application/tools/registry.ts'
import { isObject, type JsonObject } from '../../../src/domain/canonical-json.ts'

const objectOf = (value: unknown): JsonObject => {
  if (!isObject(value)) throw new Error('not an object')
  return value
}

const both = (['de', 'en'] as const).map((language) => [language, toolJson(language, 'https://desk.example/')] as const)

describe('the tools of an agent', () => {
  it.each(both)('are what Retell takes as custom functions, in %s', (_, functions) => {
    const names = functions.map(({ name }) => String(name))
    expect(names).toEqual([...new Set(names)])
    for (const one of functions) {
      expect(one).toMatchObject({ type: 'custom', method: 'POST', url: 'https://desk.example/functions/retell' })
      expect(String(one.name)).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      expect(String(one.description)).toMatch(/^[A-ZÄÖÜ].{20,}\.$/)
      expect(Number(one.timeout_ms)).toBeGreaterThanOrEqual(1000)
      expect(typeof one.speak_during_execution).toBe('boolean')
      expect('execution_message_description' in one).toBe(one.speak_during_execution)
    }
  })

  it.each(both)('have exactly the arguments that are read, described in %s', (_, functions) => {
    expect(functions.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
    for (const [index, tool] of tools.entries()) {
      const parameters = objectOf(functions[index]?.parameters)
      const properties = objectOf(parameters.properties)
      expect(parameters).toMatchObject({ type: 'object', required: tool.required })
      expect(Object.keys(properties)).toEqual(Object.keys(tool.args))
      for (const [name, property] of Object.entries(properties)) {
        const { type, description } = objectOf(property)
        expect(type, `${tool.name}.${name}`).toMatch(/^(string|boolean|object|integer)$/)
        expect(description, `${tool.name}.${name}`).toMatch(/^\S.{10,}\.$/)
      }
    }
  })

  it('are described in two languages', () => {
    const [german = [], english = []] = both.map(([, functions]) => functions)
    for (const [index, one] of german.entries()) expect(one.description).not.toBe(english[index]?.description)
  })

  it('name no tool that a company without booking would refuse', () => {
    const names = toolJson('de', 'https://desk.example', { booking: false }).map(({ name }) => name)
    expect(names).toEqual(tools.filter(({ needsBooking }) => !needsBooking).map(({ name }) => name))
    expect(names).toContain('list_services')
    expect(names).not.toContain('book_appointment')
  })

  it('promise nothing while they are looking', () => {
    for (const [, functions] of both) {
      for (const { execution_message_description: said } of functions) {
        expect(String(said ?? '')).not.toMatch(/^(?!.*(noch nichts|nothing yet)).*(gebucht|booked)/)
      }
    }
  })
})
