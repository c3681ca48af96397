import { isObject, type Json, type JsonObject } from '../../canonical-json.ts'
import { textsOf } from '../agent-texts.ts'
import { toolsOf } from '../agent-tools.ts'
import type { AgentConfiguration } from '../configuration.ts'
import { type Flow, flowsOf } from '../flow-graph.ts'
import { below, listIn, objectIn, objectsIn, own, textIn } from '../json-places.ts'
import { isBuiltIn, variablesIn } from '../known-variables.ts'
import type { LintFinding } from './finding.ts'
import type { LintContext } from './lint-context.ts'
import { isThere } from './tool-rules.ts'

/** A variable that nobody sets is read out as it stands, and makes every comparison with it fail. */
export const variableRules = (configuration: AgentConfiguration, context: LintContext): readonly LintFinding[] => {
  const isKnown = knownVariables(configuration, context)
  return [
    ...textRules(configuration, isKnown),
    ...flows(configuration).flatMap((flow) => equationRules(flow, isKnown)),
    ...mappingRules(configuration, isKnown),
    ...toolRules(configuration, isKnown),
  ]
}

const flows = ({ engine }: AgentConfiguration): readonly Flow[] =>
  engine === undefined ? [] : flowsOf(engine, '/response_engine')

type Knows = (variable: string) => boolean

/** Whatever a call can know: what is sent when it comes in, what Retell knows, and what the agent finds out itself. */
const knownVariables = (configuration: AgentConfiguration, { variables }: LintContext): Knows => {
  const { agent, engine } = configuration
  const documents = [
    ...toolsOf(configuration).map(({ document }) => document),
    ...flows(configuration).flatMap(({ nodes }) => nodes.map(({ document }) => document)),
  ]
  const known = new Set([
    ...variables,
    ...Object.keys(objectIn(engine, 'default_dynamic_variables')),
    ...Object.values(objectIn(agent, 'assigned_tags')).flatMap((tag) =>
      Object.keys(objectIn(tag, 'dynamic_variables')),
    ),
    ...documents.flatMap((document) => [
      ...Object.keys(objectIn(document, 'response_variables')),
      ...listIn(document, 'variables').flatMap((variable) => textIn(variable, 'name') ?? []),
    ]),
  ])
  return (variable) => known.has(variable) || isBuiltIn(variable)
}

const textRules = (configuration: AgentConfiguration, isKnown: Knows): readonly LintFinding[] =>
  textsOf(configuration).flatMap(({ text, path, kind }) => [
    ...unknownIn(text, isKnown).map(
      (variable): LintFinding => ({
        code: kind === 'spoken' ? 'variable-unknown-spoken' : 'variable-unknown',
        path,
        variable,
      }),
    ),
    ...(kind === 'spoken' ? singleBraces(text) : []).map(
      (variable): LintFinding => ({ code: 'variable-single-brace', path, variable }),
    ),
  ])

const unknownIn = (text: string, isKnown: Knows): readonly string[] => [
  ...new Set(variablesIn(text).flatMap(({ name }) => (isKnown(name) ? [] : [name]))),
]

const singleBraces = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/(?<!\{)\{([A-Za-z_][\w.]{0,63})\}(?!\})/g)].map(([, name = '']) => name)),
]

const equationRules = ({ edges }: Flow, isKnown: Knows): readonly LintFinding[] =>
  edges.flatMap((edge) => {
    const condition = own(edge.document, 'transition_condition')
    return objectsIn(condition, 'equations', below(edge.path, 'transition_condition')).flatMap(({ value, path }) =>
      ['left', 'right'].flatMap((side) =>
        unknownIn(textIn(value, side) ?? '', isKnown).map(
          (variable): LintFinding => ({ code: 'variable-unknown', path: below(path, side), variable }),
        ),
      ),
    )
  })

/** What nodes hand their tools. Without a mapping the model fills in what the tool asks for. */
const mappingRules = (configuration: AgentConfiguration, isKnown: Knows): readonly LintFinding[] => {
  const tools = toolsOf(configuration)
  const nodes = flows(configuration).flatMap((flow) => flow.nodes)
  return [
    ...nodes.flatMap(({ document, path }) => {
      const called = textIn(document, 'tool_id')
      const tool = called === undefined ? undefined : isThere(tools, called)
      return judgeMapping(document, path, tool?.name ?? called ?? '', own(tool?.document, 'parameters'), isKnown)
    }),
    ...tools.flatMap(({ document, path, name }) =>
      judgeMapping(document, path, name ?? path, own(document, 'parameters'), isKnown),
    ),
  ]
}

const judgeMapping = (
  holder: JsonObject,
  path: string,
  tool: string,
  schema: Json | undefined,
  isKnown: Knows,
): readonly LintFinding[] => {
  const mapping = own(holder, 'parameter_mapping')
  if (!isObject(mapping)) return []
  const at = below(path, 'parameter_mapping')
  const required = listIn(schema, 'required').filter((one) => typeof one === 'string')
  const properties = objectIn(schema, 'properties')
  if (Object.keys(mapping).length === 0 && Object.keys(properties).length > 0) {
    return [{ code: 'mapping-empty', path: at, tool }]
  }
  return [
    ...required.flatMap((parameter): readonly LintFinding[] =>
      isFilled(own(mapping, parameter)) || own(own(properties, parameter), 'const') !== undefined
        ? []
        : [{ code: 'mapping-missing', path: at, tool, parameter }],
    ),
    ...Object.entries(mapping).flatMap(([parameter, value]): readonly LintFinding[] => {
      const where = below(at, parameter)
      if (!isFilled(value) || isSwitch(value)) return []
      if (typeof value !== 'string' || variablesIn(value).length === 0)
        return [{ code: 'mapping-literal', path: where, tool, parameter }]
      return unknownIn(value, isKnown).map((variable) => ({
        code: 'mapping-unknown-variable',
        path: where,
        tool,
        parameter,
        variable,
      }))
    }),
  ]
}

/** A step of a flow may well say yes or no of its own accord, such as that something was confirmed. */
const isSwitch = (value: Json | undefined): boolean =>
  typeof value === 'boolean' || value === 'true' || value === 'false'

const isFilled = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '')

/** Addresses, headers and fixed arguments of tools may hold variables as well. */
const toolRules = (configuration: AgentConfiguration, isKnown: Knows): readonly LintFinding[] =>
  toolsOf(configuration).flatMap(({ document, path }) =>
    [
      { at: below(path, 'url'), text: textIn(document, 'url') ?? '' },
      ...['headers', 'query_params'].flatMap((name) =>
        Object.keys(objectIn(document, name)).map((header) => ({
          at: below(path, name, header),
          text: textIn(own(document, name), header) ?? '',
        })),
      ),
      ...Object.entries(objectIn(own(document, 'parameters'), 'properties')).map(([name, property]) => ({
        at: below(path, 'parameters', 'properties', name, 'const'),
        text: textIn(property, 'const') ?? '',
      })),
    ].flatMap(({ at, text }) =>
      unknownIn(text, isKnown).map((variable): LintFinding => ({ code: 'variable-unknown', path: at, variable })),
    ),
  )
