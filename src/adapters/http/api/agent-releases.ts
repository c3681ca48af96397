import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { Failure } from '../../../application/failure.ts'
import type { Publication } from '../../../application/ports/releases.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import { parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { liveDecision, publication, rollout, viewOfDecision, viewOfPublication, viewOfRollout } from './agent-view.ts'
import { atAgent } from './agents.ts'
import { rolloutOutcomes, viewOfOutcomes } from './outcome-view.ts'
import { type Routing, routesBehind } from './route.ts'
import { pageOf, pageQuery, personText } from './schemas.ts'

const message = personText(500).optional().meta({ description: 'Why, for the history.' })
const wait = z.number().min(0).max(25).default(8).meta({
  description: 'Seconds to wait for the end of it. Later it is found under its job, and under publications.',
})
/** 200 with the end of it; 202 while it is under way. */
const underWay = ({ status }: { readonly status: Publication['state'] }): number => (status === 'running' ? 202 : 200)

type Needs = Pick<
  Application,
  | 'resolveAgent'
  | 'publishAndWait'
  | 'rollbackAndWait'
  | 'resumePublication'
  | 'undoPublication'
  | 'findPublication'
  | 'listPublications'
  | 'listLiveDecisions'
  | 'rollOut'
  | 'takeBackRollout'
  | 'rolloutDetail'
>

/** What callers reach of an agent, and how that changes. */
export const agentReleaseRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))
  const at = atAgent(app)
  const exists = async ({ scope }: { readonly scope: CompanyScope }, { agent }: { readonly agent: string }) =>
    (await app.resolveAgent(scope, agent)).isOk()

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/publish',
    tag: 'Agent releases',
    summary: 'Bring a version to its callers; it ends when Retell’s own answers prove it',
    body: z
      .strictObject({
        version: z.number().int().min(1).optional().meta({ description: 'Ours; the draft, when left out.' }),
        numbers: z.array(z.string().max(60)).max(200).optional().meta({
          description: 'Which numbers shall ring it. None of them: it becomes a candidate for a rollout.',
        }),
        confirmed_removals: z.array(z.string().max(100)).max(200).optional().meta({
          description: 'Functions of the live version that may go.',
        }),
        message,
        wait_seconds: wait,
      })
      .default({ wait_seconds: 8 }),
    answer: publication,
    status: (_query, answer) => underWay(answer),
    exists,
    handle: ({ scope, profile }, { params, body }) =>
      at(scope, params.agent, async ({ id }) => {
        const { version, numbers, confirmed_removals: confirmedRemovals } = body
        const wanted = { version, numbers, confirmedRemovals, message: body.message }
        const published = await app.publishAndWait(scope, id, wanted, body.wait_seconds * 1_000)
        return published.map((one) => viewOfPublication(one, profile.company.timeZone))
      }),
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/rollback',
    tag: 'Agent releases',
    summary: 'Go back to a version that was live before; one live version back, when none is named',
    body: z
      .strictObject({ to: z.number().int().min(1).optional(), message, wait_seconds: wait })
      .default({ wait_seconds: 8 }),
    answer: publication,
    status: (_query, answer) => underWay(answer),
    exists,
    handle: ({ scope, profile }, { params, body }) =>
      at(scope, params.agent, async ({ id }) => {
        const back = await app.rollbackAndWait(
          scope,
          id,
          { to: body.to, message: body.message },
          body.wait_seconds * 1_000,
        )
        return back.map((one) => viewOfPublication(one, profile.company.timeZone))
      }),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/publications',
    tag: 'Agent releases',
    summary: 'Everything that was published or rolled back, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(publication),
    handle: ({ scope, profile }, { params, query: { limit, cursor } }) =>
      at(scope, params.agent, async ({ id }) => {
        const { items, next } = await app.listPublications(scope, id, { limit, cursor })
        const zone = profile.company.timeZone
        return ok({ items: items.map((one) => viewOfPublication(one, zone)), next: next ?? null })
      }),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/publications/{id}',
    tag: 'Agent releases',
    summary: 'One publication, step by step',
    answer: publication,
    handle: ({ scope, profile }, { params }) =>
      at(scope, params.agent, async ({ id }) => {
        const named = parseId('publication', params.id)
        const found = named.isOk() ? await app.findPublication(scope, named.value) : undefined
        if (found?.agent !== id) return err({ kind: 'not-found' })
        return ok(viewOfPublication(found, profile.company.timeZone))
      }),
  })

  for (const [verb, summary, act] of [
    ['resume', 'Go on where it stopped', app.resumePublication],
    ['undo', 'Bind the numbers as they were, and delete the draft it made', app.undoPublication],
  ] as const) {
    change({
      method: 'POST',
      url: `/companies/{company}/agents/{agent}/publications/{id}/${verb}`,
      tag: 'Agent releases',
      summary,
      answer: publication,
      status: () => 202,
      handle: ({ scope, profile }, { params }) =>
        at(scope, params.agent, async ({ id }): Promise<Result<z.input<typeof publication>, Failure>> => {
          const named = parseId('publication', params.id)
          const found = named.isOk() ? await app.findPublication(scope, named.value) : undefined
          if (found?.agent !== id) return err({ kind: 'not-found' })
          return (await act(scope, found.id)).map((one) => viewOfPublication(one, profile.company.timeZone))
        }),
    })
  }

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/live',
    tag: 'Agent releases',
    summary: 'Which versions callers reached, since when and why, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(liveDecision),
    handle: ({ scope, profile }, { params, query: { limit, cursor } }) =>
      at(scope, params.agent, async ({ id }) => {
        const { items, next } = await app.listLiveDecisions(scope, id, { limit, cursor })
        const zone = profile.company.timeZone
        return ok({ items: items.map((one) => viewOfDecision(one, zone)), next: next ?? null })
      }),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/rollout',
    tag: 'Agent releases',
    summary: 'The rollout that runs, or the last one, with what came of the calls of both versions',
    answer: z.strictObject({ rollout: rollout.nullable(), outcomes: rolloutOutcomes.nullable() }),
    handle: ({ scope, profile }, { params }) =>
      at(scope, params.agent, async ({ id }) =>
        ok(shownRollout(await app.rolloutDetail(scope, id), profile.company.timeZone)),
      ),
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/rollout',
    tag: 'Agent releases',
    summary: 'Send a share of callers to a published version; with 100 it becomes what all reach',
    body: z.strictObject({
      version: z.number().int().min(1).meta({ description: 'Ours; published, and not what callers reach.' }),
      percent: z.number().int().min(0).max(100).meta({ description: 'With 0 it is taken back.' }),
      automatic: z
        .boolean()
        .optional()
        .meta({ description: 'Goes on from 10 to 50 and 100 by itself while it does well.' }),
      reason: personText(500).optional(),
    }),
    answer: z.strictObject({ rollout, publication: publication.nullable() }),
    exists,
    handle: ({ scope, profile }, { params, body }) =>
      at(scope, params.agent, async ({ id }): Promise<Result<RolloutAnswer, Failure>> => {
        const zone = profile.company.timeZone
        if (body.percent === 0) {
          const back = await app.takeBackRollout(scope, id, body.reason)
          return back.map((one) => ({ rollout: viewOfRollout(one, zone), publication: null }))
        }
        const { version, percent, automatic: isAutomatic } = body
        const changed = await app.rollOut(scope, id, { version, percent, isAutomatic })
        return changed.map((one) => ({
          rollout: viewOfRollout(one.rollout, zone),
          publication: one.publication ? viewOfPublication(one.publication, zone) : null,
        }))
      }),
  })
}

interface RolloutAnswer {
  readonly rollout: z.input<typeof rollout>
  readonly publication: z.input<typeof publication> | null
}

const shownRollout = (detail: Awaited<ReturnType<Needs['rolloutDetail']>>, zone: TimeZone) => ({
  rollout: detail ? viewOfRollout(detail.rollout, zone) : null,
  outcomes: detail ? viewOfOutcomes(detail.outcomes) : null,
})
