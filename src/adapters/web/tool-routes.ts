import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { EditableTools, ToolBeginnings, ToolEdit } from '../../application/agents/edit-tools.ts'
import { textIn } from '../../domain/agents/json-places.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { newToolPage, removeToolPage } from './pages/tools/new-tool.tsx'
import { toolListPage } from './pages/tools/tool-list.tsx'
import { type ToolShown, toolPath } from './pages/tools/tool-parts.tsx'

const agentOf = (request: FastifyRequest): string => (request.params as { readonly agent: string }).agent
export const toolAt = ({ tools }: EditableTools, at: string): ToolShown | undefined =>
  tools.find(({ path }) => path === at)
/** What a form was made of. Without it, one that nobody has. */
export const versionIn = (body: unknown): number => {
  const version = Number(textOf(body, 'version'))
  return Number.isSafeInteger(version) ? version : 0
}
const lastIn = ({ tools }: EditableTools, place: string): ToolShown | undefined =>
  tools.findLast(({ path }) => path.startsWith(`${place}/`) && !path.slice(place.length + 1).includes('/'))

const beginningOf = ({ ours, templates }: ToolBeginnings, chosen: string) => {
  const [kind, name = ''] = chosen.split(':')
  if (kind === 'ours') return ours.find((one) => textIn(one, 'name') === name)
  return kind === 'template' && Object.hasOwn(templates, name) ? templates[name] : undefined
}

/** The functions of an agent's draft: listed, added, copied and removed. */
export const toolRoutes =
  ({ application, publicUrl }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent/functions'
    const guarded = { preHandler: http.csrfProtection }

    const list = async (
      { scope, profile, frame }: AtCompany,
      request: FastifyRequest,
      more: { readonly said?: string; readonly status?: number; readonly wrong?: string },
    ): Promise<Answer> => {
      const found = await application.agentToolList(scope, agentOf(request))
      if (found.isErr()) return 'not-found'
      return toolListPage({ frame, profile, editable: found.value, publicUrl, said: '', ...more })
    }

    /** Where somebody goes after an edit, or the list with the reason why there was none. */
    const edited = async (
      at: AtCompany,
      request: FastifyRequest,
      edit: ToolEdit,
      next: (editable: EditableTools) => string,
    ): Promise<Answer> => {
      const { wrong } = at.frame.words.tools
      const wish = { edit, message: '', ifVersion: versionIn(request.body) }
      const done = await application.editTool(at.scope, at.profile, agentOf(request), wish)
      if (done.isOk()) return { redirect: next(done.value) }
      if (done.error.kind === 'not-found') return 'not-found'
      const isStale = done.error.kind === 'agent-changed-meanwhile'
      return list(at, request, { status: isStale ? 409 : 422, wrong: isStale ? wrong.again : wrong.impossible })
    }
    const open = ({ profile }: AtCompany, { draft }: EditableTools, tool: ToolShown | undefined, said: string) =>
      tool === undefined
        ? `${toolPath({ profile, draft })}?said=${said}`
        : `${toolPath({ profile, draft }, '/edit', tool.path)}&said=${said}`

    http.get(
      base,
      atCompany('agents.read', (at, request) => list(at, request, { said: textOf(request.query, 'said') })),
    )

    const form = async (at: AtCompany, request: FastifyRequest, status: number, wrong?: string): Promise<Answer> => {
      const found = await application.agentToolList(at.scope, agentOf(request))
      if (found.isErr()) return 'not-found'
      const { frame, profile } = at
      const beginnings = application.toolBeginnings(profile)
      const chosen = { place: textOf(request.body, 'place'), beginning: textOf(request.body, 'beginning') }
      return newToolPage({ frame, profile, editable: found.value, beginnings, chosen, status, wrong })
    }

    http.get(
      `${base}/new`,
      atCompany('agents.change', (at, request) => form(at, request, 200)),
    )

    http.post(
      `${base}/new`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const { wrong } = at.frame.words.tools
        const [place, chosen] = [textOf(request.body, 'place'), textOf(request.body, 'beginning')]
        const tool = beginningOf(application.toolBeginnings(at.profile), chosen)
        if (!tool) return form(at, request, 422, wrong.impossible)
        const wish = { edit: { kind: 'add', place, tool }, message: '', ifVersion: versionIn(request.body) } as const
        const done = await application.editTool(at.scope, at.profile, agentOf(request), wish)
        if (done.isOk()) return { redirect: open(at, done.value, lastIn(done.value, place), 'added') }
        switch (done.error.kind) {
          case 'not-found':
            return 'not-found'
          case 'agent-changed-meanwhile':
            return form(at, request, 409, wrong.again)
          default: {
            const isTaken = done.error.kind === 'invalid-input' && done.error.errors[0]?.pointer === '/name'
            return form(at, request, 422, isTaken ? wrong.taken : wrong.impossible)
          }
        }
      }),
    )

    http.post(
      `${base}/copy`,
      guarded,
      atCompany('agents.change', (at, request) => {
        const path = textOf(request.body, 'at')
        const cut = path.lastIndexOf('/') + 1
        const behind = `${path.slice(0, cut)}${Number(path.slice(cut)) + 1}`
        return edited(at, request, { kind: 'copy', path }, (tools) => open(at, tools, toolAt(tools, behind), 'copied'))
      }),
    )

    http.get(
      `${base}/remove`,
      atCompany('agents.change', async ({ scope, profile, frame }, request) => {
        const found = await application.agentToolList(scope, agentOf(request))
        const tool = found.isOk() ? toolAt(found.value, textOf(request.query, 'at')) : undefined
        if (found.isErr() || !tool) return 'not-found'
        return removeToolPage({ frame, profile, draft: found.value.draft, tool })
      }),
    )

    http.post(
      `${base}/remove`,
      guarded,
      atCompany('agents.change', (at, request) =>
        edited(at, request, { kind: 'remove', path: textOf(request.body, 'at') }, (tools) =>
          open(at, tools, undefined, 'removed'),
        ),
      ),
    )
  }
