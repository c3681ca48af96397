import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { personText } from '../http/api/schemas.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { exampleFor, scriptPage } from './pages/rehearsals/script.tsx'
import { scriptListPage, scriptsPath } from './pages/rehearsals/script-list.tsx'
import { wholeText } from './tool-entry.ts'

const bodyLimit = 1_000_000

/** The scripted calls that a company keeps. */
export const scriptRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/rehearsal-scripts'
    const guarded = { preHandler: http.csrfProtection, bodyLimit }
    const known = async ({ scope }: AtCompany, id: string) =>
      (await application.listScripts(scope)).find((one) => one.id === id)
    const idIn = (request: FastifyRequest) => (request.params as { readonly id: string }).id

    http.get(
      base,
      atCompany('agents.read', async ({ scope, profile, frame }, request) => {
        const scripts = await application.listScripts(scope)
        return scriptListPage({ frame, profile, scripts, said: textOf(request.query, 'said') })
      }),
    )

    http.get(
      `${base}/new`,
      atCompany('agents.change', async ({ profile, frame }) => {
        const entry = { id: '', name: '', source: exampleFor(frame, profile) }
        return scriptPage({ frame, profile, entry, problems: [], wrong: {}, status: 200 })
      }),
    )

    http.get(
      `${base}/:id`,
      atCompany('agents.read', async (at, request) => {
        const entry = await known(at, idIn(request))
        if (!entry) return 'not-found'
        const { profile, frame } = at
        return scriptPage({ frame, profile, entry, problems: [], wrong: {}, status: 200 })
      }),
    )

    http.post(
      `${base}/save`,
      guarded,
      atCompany('agents.change', async (at, { body }): Promise<Answer> => {
        const { profile, frame, scope } = at
        const { wrong } = frame.words.scripts
        const entry = {
          id: textOf(body, 'id'),
          name: textOf(body, 'name').trim(),
          source: wholeText(body, 'source'),
        }
        const refused = (more: Partial<Parameters<typeof scriptPage>[0]>) =>
          scriptPage({ frame, profile, entry, problems: [], wrong: {}, status: 422, ...more })
        if (!personText(120).safeParse(entry.name).success) return refused({ wrong: { name: wrong.name } })
        const script = entry.id === '' ? undefined : await known(at, entry.id)
        if (entry.id !== '' && !script) return 'not-found'
        // Without an id, a name would replace the script that has it.
        const isTaken = !script && (await application.listScripts(scope)).some(({ name }) => name === entry.name)
        if (isTaken) return refused({ wrong: { name: wrong.taken } })
        const saved = await application.saveScript(scope, { id: script?.id, name: entry.name, source: entry.source })
        if (saved.isOk()) return { redirect: `${scriptsPath(profile)}?said=saved` }
        if (saved.error.kind === 'not-found') return 'not-found'
        const { errors } = saved.error
        if (errors.some(({ pointer }) => pointer === '/name')) return refused({ wrong: { name: wrong.taken } })
        return refused({ wrong: { all: wrong.summary }, problems: errors.map(({ detail }) => detail) })
      }),
    )

    http.post(
      `${base}/:id/remove`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const script = await known(at, idIn(request))
        if (!script) return 'not-found'
        await application.removeScript(at.scope, script.id)
        return { redirect: `${scriptsPath(at.profile)}?said=removed` }
      }),
    )
  }
