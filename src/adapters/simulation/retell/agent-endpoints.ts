import { isObject } from '../../../domain/canonical-json.ts'
import { done, malformed, no, noSuchAsset, pageOf } from './answers.ts'
import { agentFault } from './check-documents.ts'
import { type EndpointEntry, type EndpointRequest, wishIn } from './endpoint.ts'
import { engineNamed, showAgent, showListing, showVersion } from './show.ts'
import { type AgentEntry, firstVersion, modifiedAt, newId, type VersionEntry, versionOf } from './store.ts'
import { addDraft, changeAgentVersion, publishVersion } from './versions.ts'

/** The agent and the version that a request names. */
const named = ({ account, id, query }: EndpointRequest): readonly [AgentEntry, VersionEntry] | undefined => {
  const agent = account.agents.get(id)
  const version = agent && versionOf(agent, query.get('version') ?? undefined, agent.tags)
  return agent && version && [agent, version]
}

const create: EndpointEntry['act'] = ({ account, store, body }) => {
  const fault = agentFault(body)
  if (fault !== undefined) return malformed(fault)
  for (const required of ['response_engine', 'voice_id']) {
    if (body[required] === undefined) return malformed(`body must have required property '${required}'`)
  }
  const engine = engineNamed(body.response_engine)
  if (engine && !account.engines.has(engine.id)) return noSuchAsset()
  if (engine?.version !== undefined && engine.version !== 0)
    return malformed('response_engine.version must be the version of the agent')
  const { version_title: _, version_description: __, ...document } = body
  const first = firstVersion(document, store.moment())
  const agent: AgentEntry = { id: newId('agent'), channel: 'voice', tags: {}, versions: [first] }
  account.agents.set(agent.id, agent)
  return done(showAgent(agent, first), 201)
}

const update: EndpointEntry['act'] = (asked) => {
  const found = named(asked)
  if (!found) return noSuchAsset()
  const fault = agentFault(asked.body)
  if (fault !== undefined) return malformed(fault)
  if (asked.fault === 'ignores') return done(showAgent(...found))
  const changed = changeAgentVersion(asked.account, ...found, asked.body, asked.store.moment())
  return changed.andThen((now) => done(showAgent(...now)))
}

const createVersion: EndpointEntry['act'] = ({ account, store, id, body, fault }) => {
  const { base_version: base, ...more } = body
  if (Object.keys(more).length > 0) return malformed('body must NOT have additional properties')
  if (typeof base !== 'number') return malformed("body must have required property 'base_version'")
  const agent = account.agents.get(id)
  const from = agent && versionOf(agent, base)
  if (!from) return noSuchAsset()
  const draft = addDraft(account, agent, from, store.moment(), fault === 'loses-tools')
  return done(showAgent(account.agents.get(id) ?? agent, draft), 201)
}

const publish: EndpointEntry['act'] = ({ account, id, body, fault }) => {
  const agent = account.agents.get(id)
  const { version, version_title: title, version_description: description } = body
  if (typeof version !== 'number') return malformed("body must have required property 'version'")
  const found = agent && versionOf(agent, version)
  if (!found) return noSuchAsset()
  if (found.isPublished) return malformed('The version has already been published')
  if (fault !== 'ignores') {
    publishVersion(account, agent, found, {
      title: typeof title === 'string' ? title : undefined,
      description: typeof description === 'string' ? description : undefined,
    })
  }
  return done(undefined)
}

const deleteVersion: EndpointEntry['act'] = (asked) => {
  const found = named(asked)
  if (!found || asked.query.get('version') === null) return noSuchAsset()
  const [agent, { version }] = found
  const lists = [...asked.account.numbers.values()].flatMap((number) => [number.inbound_agents, number.outbound_agents])
  const bound = lists.flat().some((one) => isObject(one) && one.agent_id === agent.id && one.agent_version === version)
  if (bound || Object.values(agent.tags).includes(version))
    return no(400, 'The version is still in use. Unbind numbers and tags first.')
  asked.account.agents.set(agent.id, {
    ...agent,
    versions: agent.versions.filter((one) => one.version !== version),
  })
  return done(undefined, 204)
}

export const agentEndpoints: readonly EndpointEntry[] = [
  {
    name: 'list-agents',
    method: 'POST',
    path: /^\/v2\/list-agents$/,
    act: ({ account, query, body }) => {
      const { filter_criteria: filter } = body
      const channel = isObject(filter) && isObject(filter.channel) ? filter.channel.value : undefined
      const agents = [...account.agents.values()]
        .filter((agent) => channel === undefined || agent.channel === channel)
        .toSorted((one, other) => modifiedAt(one) - modifiedAt(other))
      return pageOf(agents, wishIn(query), ({ id }) => id, showListing).andThen((page) => done(page))
    },
  },
  {
    name: 'get-agent',
    method: 'GET',
    path: /^\/get-agent\/([^/]+)$/,
    act: (asked) => {
      const found = named(asked)
      return found ? done(showAgent(...found)) : noSuchAsset()
    },
  },
  { name: 'create-agent', method: 'POST', path: /^\/create-agent$/, act: create },
  { name: 'update-agent', method: 'PATCH', path: /^\/update-agent\/([^/]+)$/, act: update },
  {
    name: 'delete-agent',
    method: 'DELETE',
    path: /^\/delete-agent\/([^/]+)$/,
    act: ({ account, id }) => (account.agents.delete(id) ? done(undefined, 204) : noSuchAsset()),
  },
  { name: 'create-agent-version', method: 'POST', path: /^\/create-agent-version\/([^/]+)$/, act: createVersion },
  { name: 'publish-agent-version', method: 'POST', path: /^\/publish-agent-version\/([^/]+)$/, act: publish },
  {
    name: 'list-agent-versions',
    method: 'GET',
    path: /^\/list-agent-versions\/([^/]+)$/,
    act: ({ account, id, query }) => {
      const agent = account.agents.get(id)
      if (!agent) return noSuchAsset()
      const page = pageOf(agent.versions, wishIn(query), ({ version }) => String(version), showVersion)
      return page.andThen((shown) => done(shown))
    },
  },
  {
    name: 'delete-agent-version',
    method: 'DELETE',
    path: /^\/delete-agent-version\/([^/]+)$/,
    act: deleteVersion,
  },
]
