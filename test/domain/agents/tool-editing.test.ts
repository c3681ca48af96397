import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toolPlaces, toolsOf } from '../../../src/domain/agents/agent-tools.ts'
import { type AgentConfiguration, documentOf } from '../../../src/domain/agents/configuration.ts'
import { valueAt, withValue } from '../../../src/domain/agents/json-places.ts'
import { addTool, changeTool, copyTool, removeTool, renameTool } from '../../../src/domain/agents/tool-editing.ts'
import { isObject, type Json } from '../../../src/domain/canonical-json.ts'
import { anyConfiguration, json } from './lint/any-configuration.ts'
import { flowAgent, flowWith, goodTools, lint, llmAgent, ourTool } from './lint/salon.ts'

const withTools = anyConfiguration.filter((one) => toolsOf(one).length > 0)
const chosen = fc.nat()

const oneOf = (configuration: AgentConfiguration, choice: number) => {
  const tools = toolsOf(configuration)
  return tools[choice % tools.length]?.path ?? ''
}

/** Every pointer under which the documents are not the same, as deep as they can be compared. */
const differences = (one: Json | undefined, other: Json | undefined, path = ''): readonly string[] => {
  if (JSON.stringify(one) === JSON.stringify(other)) return []
  if (!isObject(one) && !Array.isArray(one)) return [path]
  if (!isObject(other) && !Array.isArray(other)) return [path]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  const inside = names.flatMap((name) => {
    const at = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return differences(valueAt(one, at), valueAt(other, at), `${path}${at}`)
  })
  return inside.length === 0 ? [path] : inside
}

describe('the laws of editing tools', () => {
  it('changing a value changes that value and nothing else', () => {
    fc.assert(
      fc.property(
        withTools,
        chosen,
        fc.constantFrom('description', 'timeout_ms', 'x/y', 'parameters', '__proto__'),
        json,
        (before, choice, field, value) => {
          const path = oneOf(before, choice)
          const pointer = `/${field.replaceAll('/', '~1')}`
          const { configuration } = changeTool(before, path, [{ path: pointer, value }])._unsafeUnwrap()
          expect(valueAt(documentOf(configuration), `${path}${pointer}`)).toEqual(value)
          for (const where of differences(documentOf(before), documentOf(configuration))) {
            expect(where.startsWith(`${path}${pointer}`)).toBe(true)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('a value set and taken away again, or put back, was never there', () => {
    fc.assert(
      fc.property(withTools, chosen, json, (before, choice, value) => {
        const path = oneOf(before, choice)
        const old = valueAt(documentOf(before), `${path}/description`)
        const { configuration } = changeTool(before, path, [
          { path: '/description', value },
          { path: '/description', value: old },
        ])._unsafeUnwrap()
        expect(configuration).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('a copy that is removed was never there', () => {
    fc.assert(
      fc.property(withTools, chosen, (before, choice) => {
        const path = oneOf(before, choice)
        const copied = copyTool(before, path)._unsafeUnwrap()
        expect(copied.path).not.toBe(path)
        expect(toolsOf(copied.configuration)).toHaveLength(toolsOf(before).length + 1)
        expect(removeTool(copied.configuration, copied.path)._unsafeUnwrap().configuration).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('a copy is the same but for its name and id', () => {
    fc.assert(
      fc.property(withTools, chosen, (before, choice) => {
        const path = oneOf(before, choice)
        const { configuration, path: at } = copyTool(before, path)._unsafeUnwrap()
        const [original, copy] = [valueAt(documentOf(before), path), valueAt(documentOf(configuration), at)]
        expect(differences(original, copy).every((where) => ['/name', '/tool_id'].includes(where))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('a tool that is added and removed leaves nothing behind but its list', () => {
    fc.assert(
      fc.property(anyConfiguration, chosen, (before, choice) => {
        const places = toolPlaces(before)
        const place = places[choice % Math.max(places.length, 1)]?.path
        if (place === undefined) return
        const added = addTool(before, place, ourTool('brand_new'))._unsafeUnwrap()
        const { configuration } = removeTool(added.configuration, added.path)._unsafeUnwrap()
        const list = valueAt(documentOf(before), place)
        const back = withValue(documentOf(configuration), place, list)
        expect(back).toEqual(documentOf(before))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the tools of a configuration', () => {
  it('are found wherever they stand', () => {
    const flow = flowAgent(
      {
        nodes: [{ id: 'a', name: 'Termine', type: 'subagent', tools: [ourTool('check_availability')] }],
        components: [{ name: 'Rückruf', tools: [ourTool('request_callback')], nodes: [] }],
      },
      { pre_session_tools: [ourTool('initialize_call')] },
    )
    expect(toolsOf(flow).map(({ path, owner, name }) => [path, owner, name])).toEqual([
      ['/response_engine/tools/0', { kind: 'agent' }, 'book_appointment'],
      ['/response_engine/tools/1', { kind: 'agent' }, 'check_availability'],
      ['/response_engine/nodes/0/tools/0', { kind: 'node', name: 'Termine' }, 'check_availability'],
      ['/response_engine/components/0/tools/0', { kind: 'component', name: 'Rückruf' }, 'request_callback'],
      ['/agent/pre_session_tools/0', { kind: 'before-calls' }, 'initialize_call'],
    ])
    const states = llmAgent({ states: [{ name: 'Buchen', tools: goodTools }] })
    expect(toolsOf(states)).toHaveLength(6)
    expect(toolsOf(states)[4]).toMatchObject({
      path: '/response_engine/states/0/tools/1',
      owner: { kind: 'state', name: 'Buchen' },
    })
  })

  it('get an id in a flow, for nodes ask them by it', () => {
    const { configuration, path } = addTool(
      flowAgent(),
      '/response_engine/tools',
      ourTool('take_message'),
    )._unsafeUnwrap()
    expect(valueAt(documentOf(configuration), path)).toEqual({
      ...ourTool('take_message'),
      tool_id: 'tool-take_message',
    })
    const llm = addTool(llmAgent({ general_tools: null }), '/response_engine/general_tools', ourTool('take_message'))
    expect(valueAt(documentOf(llm._unsafeUnwrap().configuration), '/response_engine/general_tools')).toEqual([
      ourTool('take_message'),
    ])
  })

  it('are copied behind themselves under a free name, or to another place', () => {
    const tools = (configuration: AgentConfiguration) =>
      toolsOf(configuration).map(({ name, toolId }) => [name, toolId])
    const once = copyTool(flowAgent(), '/response_engine/tools/0')._unsafeUnwrap()
    const twice = copyTool(once.configuration, '/response_engine/tools/0')._unsafeUnwrap()
    expect(tools(twice.configuration)).toEqual([
      ['book_appointment', 'tool-book'],
      ['book_appointment_copy2', 'tool-book-3'],
      ['book_appointment_copy', 'tool-book-2'],
      ['check_availability', 'tool-check'],
    ])
    const states = llmAgent({
      general_tools: [],
      states: [{ name: 'a' }, { name: 'b', tools: [ourTool('take_message')] }],
    })
    const moved = copyTool(states, '/response_engine/states/1/tools/0', { to: '/response_engine/states/0/tools' })
    expect(moved._unsafeUnwrap().path).toBe('/response_engine/states/0/tools/0')
    expect(tools(moved._unsafeUnwrap().configuration)).toEqual([
      ['take_message', undefined],
      ['take_message', undefined],
    ])
  })

  it('are removed together with a word on who still asks for them', () => {
    const before = flowWith({
      failed: { instruction: { type: 'prompt', text: 'Sonst book_appointment noch einmal.' } },
    })
    const { configuration, references } = removeTool(before, '/response_engine/tools/0')._unsafeUnwrap()
    expect(references).toEqual([
      { kind: 'node', path: '/response_engine/nodes/1/tool_id' },
      { kind: 'text', path: '/response_engine/nodes/3/instruction/text' },
    ])
    expect(lint(configuration).map(({ code }) => code)).toContain('tool-unknown')
  })

  it('are not their own references', () => {
    const said = { execution_message_description: 'Beim Aufruf von take_message kurz bestätigen.' }
    const { configuration, path } = addTool(llmAgent(), '/response_engine/general_tools', {
      ...ourTool('take_message'),
      ...said,
    })._unsafeUnwrap()
    expect(renameTool(configuration, path, 'note_message')._unsafeUnwrap().references).toEqual([])
  })

  it('are renamed where nodes ask them, and not in what people wrote', () => {
    const byName = flowAgent({
      tools: [ourTool('book_appointment')],
      nodes: [
        { id: 'a', type: 'function', tool_id: 'book_appointment' },
        { id: 'b', type: 'subagent', tool_ids: ['book_appointment'] },
      ],
      global_prompt: 'Buche mit book_appointment, nicht mit book_appointment_old.',
    })
    const renamed = renameTool(byName, '/response_engine/tools/0', 'book_it')._unsafeUnwrap()
    const document = documentOf(renamed.configuration)
    expect(valueAt(document, '/response_engine/nodes/0/tool_id')).toBe('book_it')
    expect(valueAt(document, '/response_engine/nodes/1/tool_ids/0')).toBe('book_it')
    expect(valueAt(document, '/response_engine/global_prompt')).toContain('book_appointment,')
    expect(renamed.references).toEqual([{ kind: 'text', path: '/response_engine/global_prompt' }])
    const byId = renameTool(flowAgent(), '/response_engine/tools/0', 'book_it')._unsafeUnwrap()
    expect(valueAt(documentOf(byId.configuration), '/response_engine/nodes/1/tool_id')).toBe('tool-book')
  })

  it('are refused where they are not, or where their name is taken', () => {
    const agent = llmAgent()
    const place = '/response_engine/general_tools'
    expect(changeTool(agent, `${place}/9`, [])._unsafeUnwrapErr()).toEqual({ kind: 'unknown-tool', path: `${place}/9` })
    expect(removeTool(agent, '/agent')._unsafeUnwrapErr().kind).toBe('unknown-tool')
    expect(copyTool(agent, `${place}/0`, { to: '/agent/tools' })._unsafeUnwrapErr().kind).toBe('unknown-tool-place')
    expect(addTool(agent, '/numbers', ourTool('x'))._unsafeUnwrapErr().kind).toBe('unknown-tool-place')
    expect(addTool(agent, place, ourTool('end_call'))._unsafeUnwrapErr()).toEqual({
      kind: 'tool-name-taken',
      name: 'end_call',
    })
    expect(renameTool(agent, `${place}/1`, 'end_call')._unsafeUnwrapErr().kind).toBe('tool-name-taken')
    expect(copyTool(agent, `${place}/1`, { name: 'end_call' })._unsafeUnwrapErr().kind).toBe('tool-name-taken')
  })
})
