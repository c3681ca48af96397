import { done, malformed, no, noSuchAsset, pageOf } from './answers.ts'
import { engineFault, withoutTools } from './check-documents.ts'
import { type EndpointEntry, type EndpointRequest, wishIn } from './endpoint.ts'
import { engineNamed, showEngine } from './show.ts'
import {
  type EngineEntry,
  type EngineName,
  firstVersion,
  modifiedAt,
  newId,
  type RetellAccount,
  type VersionEntry,
  versionOf,
  withVersion,
} from './store.ts'

const isInUse = ({ agents }: RetellAccount, id: string): boolean =>
  [...agents.values()].some(({ versions }) =>
    versions.some(({ document }) => engineNamed(document.response_engine)?.id === id),
  )

/** The operations on engines of one kind; their versions are numbers and nothing else. */
const endpointsOf = (kind: EngineName, word: string, list: string): readonly EndpointEntry[] => {
  const named = ({ account, id, query }: EndpointRequest): readonly [EngineEntry, VersionEntry] | undefined => {
    const engine = account.engines.get(id)
    const wanted = query.get('version') ?? undefined
    if (engine?.kind !== kind || (wanted !== undefined && !/^\d+$/.test(wanted))) return undefined
    const version = versionOf(engine, wanted)
    return version && [engine, version]
  }
  const path = (operation: string) => new RegExp(`^/${operation}-${kind}/([^/]+)$`)
  return [
    {
      name: 'get-engine',
      method: 'GET',
      path: path('get'),
      act: (asked) => {
        const found = named(asked)
        return found ? done(showEngine(...found)) : noSuchAsset()
      },
    },
    {
      name: 'create-engine',
      method: 'POST',
      path: new RegExp(`^/create-${kind}$`),
      act: ({ account, store, body, fault }) => {
        const wrong = engineFault(body)
        if (wrong !== undefined) return malformed(wrong)
        const first = firstVersion(fault === 'loses-tools' ? withoutTools(body) : body, store.moment())
        const engine = { id: newId(kind === 'retell-llm' ? 'llm' : 'conversation_flow'), kind, versions: [first] }
        account.engines.set(engine.id, engine)
        return done(showEngine(engine, first), 201)
      },
    },
    {
      name: 'update-engine',
      method: 'PATCH',
      path: path('update'),
      act: (asked) => {
        const found = named(asked)
        if (!found) return noSuchAsset()
        const [engine, version] = found
        const wrong = engineFault(asked.body)
        if (wrong !== undefined) return malformed(wrong)
        if (version.isPublished) return no(400, `Cannot update published ${word}`)
        if (asked.fault === 'ignores') return done(showEngine(...found))
        const changed = { ...version.document, ...asked.body }
        const document = asked.fault === 'loses-tools' ? withoutTools(changed) : changed
        const next = { ...version, document, modifiedAt: asked.store.moment() }
        asked.account.engines.set(engine.id, withVersion(engine, next))
        return done(showEngine(engine, next))
      },
    },
    {
      name: 'list-engines',
      method: 'GET',
      path: new RegExp(`^/v2/list-${list}$`),
      act: ({ account, query }) => {
        const all = [...account.engines.values()]
          .filter((engine) => engine.kind === kind)
          .toSorted((one, other) => modifiedAt(one) - modifiedAt(other))
        const page = pageOf(
          all,
          wishIn(query),
          ({ id }) => id,
          (engine) => showEngine(engine, versionOf(engine, undefined) ?? firstVersion({}, 0)),
        )
        return page.andThen((shown) => done(shown))
      },
    },
    {
      name: 'delete-engine',
      method: 'DELETE',
      path: path('delete'),
      act: ({ account, id, query }) => {
        if (account.engines.get(id)?.kind !== kind) return noSuchAsset()
        if (query.get('force_delete') !== 'true' && isInUse(account, id))
          return no(400, `The ${word} is in use by an agent.`)
        account.engines.delete(id)
        return done(undefined, 204)
      },
    },
  ]
}

export const engineEndpoints: readonly EndpointEntry[] = [
  ...endpointsOf('retell-llm', 'LLM', 'retell-llms'),
  ...endpointsOf('conversation-flow', 'conversation flow', 'conversation-flows'),
]
