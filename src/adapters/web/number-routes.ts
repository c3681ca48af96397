import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { LineView } from '../../application/reading/lines.ts'
import { parseId } from '../../domain/ids.ts'
import { after, clockText, DAY, type Instant, localMoment } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtCompany, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { fieldsOf, wallMoment } from './entries.ts'
import { companyPath } from './frame.ts'
import { numbersPage } from './pages/numbers.tsx'
import { type RedirectEntry, type RedirectMistakes, redirectNumberPage } from './pages/redirect-number.tsx'

/** What stands, else the next branch until the one that was dialled closes or opens. */
const proposed = ({ profile, frame }: AtCompany, line: LineView): RedirectEntry => {
  const { override, dialled, until } = line
  const other = profile.branches.find(({ id }) => id !== dialled.id) ?? dialled
  const to = override?.to ?? { kind: 'branch', branch: other.id }
  const end: Instant = override?.endsAt ?? until ?? after(frame.now, DAY)
  const { date, minute } = localMoment(end, profile.company.timeZone)
  const branch = to.kind === 'branch' ? profile.branches.find(({ id }) => id === to.branch) : undefined
  return {
    where: to.kind === 'agent' ? `agent:${to.agentId}` : branch ? `branch:${branch.slug}` : 'person',
    transferTo: to.kind === 'transfer' ? to.number : '',
    date,
    time: clockText(minute),
  }
}

const entryOf = (body: unknown): RedirectEntry => ({
  where: textOf(body, 'where'),
  transferTo: textOf(body, 'transfer_to').trim(),
  date: textOf(body, 'date'),
  time: textOf(body, 'time'),
})

/** Where the calls of each number go, and the form that sends them elsewhere. */
export const numberRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/numbers'
    const guarded = { preHandler: http.csrfProtection }

    http.get(
      base,
      atCompany('calls.read', async ({ scope, profile, frame }, request) => {
        const lines = await application.linesOf(scope, profile)
        return numbersPage({ frame, profile, lines, said: textOf(request.query, 'said') })
      }),
    )

    const lineOf = async ({ scope, profile }: AtCompany, request: FastifyRequest): Promise<LineView | undefined> => {
      const { number } = request.params as { readonly number: string }
      return (await application.linesOf(scope, profile)).find((one) => one.number === number && one.active)
    }
    const form = (
      at: AtCompany,
      line: LineView,
      entry: RedirectEntry,
      wrong: RedirectMistakes,
      status: number,
    ): Answer => redirectNumberPage({ frame: at.frame, profile: at.profile, number: line.number, entry, wrong, status })

    http.get(
      `${base}/:number/redirect`,
      atCompany('agents.change', async (at, request) => {
        const line = await lineOf(at, request)
        return line ? form(at, line, proposed(at, line), {}, 200) : 'not-found'
      }),
    )

    http.post(
      `${base}/:number/redirect`,
      guarded,
      atCompany('agents.change', async (at, request) => {
        const line = await lineOf(at, request)
        if (!line) return 'not-found'
        const { scope, profile, frame } = at
        const { wrong } = frame.words.numbers
        const entry = entryOf(request.body)
        const endsAt = wallMoment(entry.date, entry.time, profile.company.timeZone)
        if (endsAt === undefined) return form(at, line, entry, { ends_at: wrong.ends_at }, 422)
        const [, kind, name] = /^(branch|agent):(.+)$/.exec(entry.where) ?? []
        const done = await application.setRoutingOverride(scope, profile, {
          number: line.number,
          branch: kind === 'branch' ? name : undefined,
          agent: kind === 'agent' ? name : undefined,
          transferTo: entry.where === 'person' ? entry.transferTo : undefined,
          endsAt,
        })
        if (done.isOk()) return { redirect: `${companyPath(profile, '/numbers')}?said=done` }
        const told = fieldsOf<'where' | 'transfer_to' | 'ends_at'>(done.error, wrong)
        const { all, ...fields } = told
        return form(at, line, entry, all === undefined ? fields : { ...fields, where: wrong.where }, 422)
      }),
    )

    http.post(
      `${base}/:number/end`,
      guarded,
      atCompany('agents.change', async ({ scope, profile }, { body }) => {
        const id = parseId('routingOverride', textOf(body, 'id'))
        const ended = id.isOk() ? await application.endRoutingOverride(scope, id.value) : undefined
        return ended?.isOk() ? { redirect: `${companyPath(profile, '/numbers')}?said=ended` } : 'not-found'
      }),
    )
  }
