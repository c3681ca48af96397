import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { findTool } from '../../application/tools/registry.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { DocumentState, type EditorProps, toolEditorPage } from './pages/tools/tool-editor.tsx'
import { toolLogPage } from './pages/tools/tool-log.tsx'
import { answererOf, toolPath } from './pages/tools/tool-parts.tsx'
import { type ToolMistakes, toolChanges } from './tool-changes.ts'
import { toolEntryFrom, toolEntryOf } from './tool-entry.ts'
import { toolAt, versionIn } from './tool-routes.ts'
import { argumentsOf, noTrial, trialEntryFrom } from './tool-trial.ts'

/** Documents of functions are longer than other forms. */
const bodyLimit = 1_000_000
const SPARE = 2
const MORE = 6
const PAGE_SIZE = 25

/** One function of an agent's draft: edited, tried, and what it was asked. */
export const toolEditorRoutes =
  ({ application, publicUrl }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent/functions'
    const guarded = { preHandler: http.csrfProtection, bodyLimit }
    const agentOf = (request: FastifyRequest): string => (request.params as { readonly agent: string }).agent

    const found = async ({ scope }: AtCompany, request: FastifyRequest, path: string) => {
      const editable = await application.agentToolList(scope, agentOf(request))
      if (editable.isErr()) return undefined
      const tool = toolAt(editable.value, path)
      return tool && { draft: editable.value.draft, tool }
    }
    type Found = NonNullable<Awaited<ReturnType<typeof found>>>

    const editor = ({ frame, profile }: AtCompany, at: Found, more: Partial<EditorProps>): Answer =>
      toolEditorPage({
        ...{ frame, profile, ...at, entry: toolEntryOf(at.tool.document), mistakes: {}, spare: SPARE, trial: noTrial },
        ...{ version: String(at.draft.version), said: '', status: 200, wrong: undefined, isStale: false, ...more },
      })

    http.get(
      `${base}/edit`,
      atCompany('agents.read', async (at, request) => {
        const one = await found(at, request, textOf(request.query, 'at'))
        return one ? editor(at, one, { said: textOf(request.query, 'said') }) : 'not-found'
      }),
    )

    http.post(
      `${base}/edit`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const { body } = request
        const one = await found(at, request, textOf(body, 'at'))
        if (!one) return 'not-found'
        const { wrong } = at.frame.words.tools
        const entry = toolEntryFrom(body, toolEntryOf(one.tool.document))
        const version = textOf(body, 'version')
        const refused = (status: number, text: string, mistakes: ToolMistakes = {}) =>
          editor(at, one, { entry, mistakes, status, wrong: text, version })
        const stale = () => editor(at, one, { entry, version, status: 409, wrong: wrong.changed, isStale: true })
        if (textOf(body, 'more') !== '') return editor(at, one, { entry, version, spare: MORE })
        if (versionIn(body) !== one.draft.version) return stale()

        const changes = toolChanges(one.tool.document, entry)
        if (changes.kind === 'mistakes') return refused(422, wrong.summary, changes.mistakes)
        const path = one.tool.path
        const said = (text: string) => ({ redirect: `${toolPath({ ...at, ...one }, '/edit', path)}&said=${text}` })
        if (changes.fields.length === 0) return said('unchanged')
        const done = await application.editTool(at.scope, at.profile, agentOf(request), {
          edit: { kind: 'change', path, fields: changes.fields },
          message: '',
          ifVersion: one.draft.version,
        })
        if (done.isOk()) return said('saved')
        switch (done.error.kind) {
          case 'not-found':
          case 'agent-never-seen':
            return 'not-found'
          case 'agent-changed-meanwhile':
            return stale()
          case 'invalid-input': {
            const isTaken = done.error.errors.some(({ pointer }) => pointer === '/name')
            return isTaken
              ? refused(422, wrong.summary, { name: { kind: 'taken' } })
              : refused(422, wrong.summary, { document: { kind: 'secrets' } })
          }
        }
      }),
    )

    http.post(
      `${base}/check`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const one = await found(at, request, textOf(request.body, 'at'))
        if (!one) return 'not-found'
        const { frame } = at
        const changes = toolChanges(one.tool.document, toolEntryFrom(request.body, toolEntryOf(one.tool.document)))
        const { document } = changes.kind === 'mistakes' ? changes.mistakes : {}
        return {
          title: frame.words.tools.document,
          place: 'agents',
          content: DocumentState({ frame, mistakes: { document } }),
        }
      }),
    )

    http.post(
      `${base}/try`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const { body } = request
        const one = await found(at, request, textOf(body, 'at'))
        if (!one) return 'not-found'
        const { document, path } = one.tool
        const entry = trialEntryFrom(body, document)
        const { args, mistakes } = argumentsOf(document, entry)
        if (Object.keys(mistakes).length > 0)
          return editor(at, one, { trial: { ...noTrial, entry, mistakes }, status: 422 })
        const { caller, variables } = entry
        const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
        const tried = await application.tryTool(at.scope, one.draft.agent.id, {
          ...{ path, args, variables: given, version: one.draft.version },
          caller: caller === '' ? undefined : caller,
        })
        return tried.match(
          (value) => editor(at, one, { trial: { ...noTrial, entry, tried: value } }),
          ({ kind }) => editor(at, one, { trial: { ...noTrial, entry, failed: kind }, status: 422 }),
        )
      }),
    )

    http.get(
      `${base}/log`,
      atCompany('calls.read', async (at, request) => {
        const one = await found(at, request, textOf(request.query, 'at'))
        if (!one) return 'not-found'
        const { frame, profile, scope } = at
        const name = one.tool.name ?? ''
        const cursor = textOf(request.query, 'cursor')
        const isOurs = answererOf(one.tool, publicUrl) === 'ours' && findTool(name) !== undefined
        const page = isOurs
          ? await application.toolLog(scope, name, { limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor })
          : undefined
        return toolLogPage({ frame, profile, ...one, page, cursor })
      }),
    )
  }
