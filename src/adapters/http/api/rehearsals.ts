import { err, ok } from 'neverthrow'
import { z } from 'zod'
import { noSuchVersion } from '../../../application/agents/no-such-version.ts'
import { readReport } from '../../../application/agents/rehearsal-report.ts'
import type { Application } from '../../../application/application.ts'
import type { StoredScript } from '../../../application/ports/rehearsals.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import { parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { atAgent } from './agents.ts'
import { paged } from './listed.ts'
import { playedScript, viewOfPlayed } from './rehearsal-view.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, pageOf, pageQuery, personText, written } from './schemas.ts'

const script = z
  .strictObject({ id: z.string(), name: z.string(), source: z.string(), changed_at: instantText })
  .meta({ id: 'RehearsalScript' })
const viewOfScript = (one: StoredScript, zone: TimeZone): z.input<typeof script> => ({
  id: one.id,
  name: one.name,
  source: one.source,
  changed_at: written(one.changedAt, zone),
})
const source = z.string().max(200_000).meta({ description: 'YAML: what is said, asked and expected, turn by turn.' })

const rehearsal = z
  .strictObject({
    id: z.string(),
    version: z.number(),
    passed: z.boolean(),
    at: instantText,
    scripts: z.array(playedScript),
  })
  .meta({ id: 'Rehearsal' })

type Needs = Pick<
  Application,
  'resolveAgent' | 'rehearse' | 'listScripts' | 'saveScript' | 'removeScript' | 'findRehearsal' | 'listRehearsals'
>

/** Scripted calls, played on a copy of the company's calendar. */
export const rehearsalRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))
  const exists = async ({ scope }: { readonly scope: CompanyScope }, { agent: name }: { readonly agent: string }) =>
    (await app.resolveAgent(scope, name)).isOk()

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/rehearse',
    tag: 'Rehearsals',
    summary: 'Play scripts against the functions of a version; nothing of it reaches anybody',
    body: z
      .strictObject({
        version: z.number().int().min(1).optional().meta({ description: 'Ours; the draft, when left out.' }),
        scripts: z
          .array(z.strictObject({ name: personText(120), source }))
          .max(50)
          .optional()
          .meta({ description: 'Those that the company keeps, when left out; the usual call, when it keeps none.' }),
      })
      .default({}),
    answer: rehearsal,
    exists,
    handle: ({ scope, profile }, { params, body }) =>
      atAgent(app)(scope, params.agent, async ({ id }) => {
        const played = await app.rehearse(scope, id, body)
        if (played.isErr()) {
          const { error } = played
          if (error.kind === 'not-found') return err(noSuchVersion(body.version))
          const errors = error.problems.map(({ path, message }) => ({
            pointer: '/scripts',
            detail: `${error.name}: ${path} ${message}`.trim(),
          }))
          return err({ kind: 'invalid-input', errors })
        }
        const { id: name, version, passed, at, scripts } = played.value
        const zone = profile.company.timeZone
        return ok({
          ...{ id: name, version, passed, at: written(at, zone) },
          scripts: scripts.map((one) => viewOfPlayed(one, zone)),
        })
      }),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/rehearsals',
    tag: 'Rehearsals',
    summary: 'Rehearsals of an agent, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(rehearsal),
    handle: ({ scope, profile }, { params, query: { limit, cursor } }) =>
      atAgent(app)(scope, params.agent, async ({ id }) => {
        const page = await app.listRehearsals(scope, id, { limit, cursor })
        return ok({
          items: page.items.map((one) => ({
            id: one.id,
            version: one.version,
            passed: one.passed,
            at: written(one.at, profile.company.timeZone),
            scripts: readReport(one).map((script) => viewOfPlayed(script, profile.company.timeZone)),
          })),
          next: page.next ?? null,
        })
      }),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/rehearsal-scripts',
    tag: 'Rehearsals',
    summary: 'The scripted calls that the company keeps; a version has to pass them before it is published',
    query: z.strictObject(pageQuery),
    answer: pageOf(script),
    handle: async ({ scope, profile }, { query }) => {
      const { items, next } = paged(await app.listScripts(scope), query, ({ id }) => id)
      return ok({ items: items.map((one) => viewOfScript(one, profile.company.timeZone)), next })
    },
  })

  change({
    method: 'PUT',
    url: '/companies/{company}/rehearsal-scripts',
    tag: 'Rehearsals',
    summary: 'Keep a script; another one of its name is replaced',
    body: z.strictObject({ name: personText(120), source }),
    answer: script,
    handle: async ({ scope, profile }, { body }) =>
      (await app.saveScript(scope, body)).map((one) => viewOfScript(one, profile.company.timeZone)),
  })

  change({
    method: 'DELETE',
    url: '/companies/{company}/rehearsal-scripts/{id}',
    tag: 'Rehearsals',
    summary: 'Keep a script no longer',
    answer: z.strictObject({}),
    handle: async ({ scope }, { params }) => {
      const id = parseId('script', params.id)
      const known = id.isOk() && (await app.listScripts(scope)).some((one) => one.id === id.value)
      if (id.isErr() || !known) return err({ kind: 'not-found' })
      await app.removeScript(scope, id.value)
      return ok({})
    },
  })
}
