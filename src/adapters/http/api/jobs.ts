import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { StoredJob } from '../../../application/ports/jobs.ts'
import { parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, written } from './schemas.ts'

export const jobStates = ['waiting', 'done', 'given-up'] as const

export const job = z
  .strictObject({
    id: z.string(),
    company: named.nullable(),
    kind: z.string(),
    state: z.enum(jobStates),
    progress: z.strictObject({
      done: z.number(),
      total: z.number().nullable().meta({ description: 'Null: nobody knows yet.' }),
      note: z.string().nullable().meta({ description: 'What is being done.' }),
    }),
    attempt: z.number().meta({ description: 'How often it was tried in vain.' }),
    error: z.string().nullable(),
    run_at: instantText,
    created_at: instantText,
  })
  .meta({ id: 'Job' })

export const jobRoutes = (routing: Routing, doors: Doors, app: Pick<Application, 'findJob'>): void => {
  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/jobs/{id}',
    tag: 'Jobs',
    summary: 'How work stands that is done later',
    answer: job,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('job', params.id)
      const found = id.isOk() ? await app.findJob(scope, id.value) : undefined
      return found ? ok(viewOfJob(found, companyOf(profile), profile.company.timeZone)) : err({ kind: 'not-found' })
    },
  })
}

/** Of work that says nothing of its own it is known only whether it is done. */
const progressOf = ({ progress, state }: StoredJob): z.input<typeof job>['progress'] =>
  progress
    ? { done: progress.done, total: progress.total ?? null, note: progress.note ?? null }
    : { done: state === 'done' ? 1 : 0, total: 1, note: null }

/** What it works on is nobody's to read here. */
export const viewOfJob = (one: StoredJob, company: z.input<typeof named> | null, zone: TimeZone) => ({
  id: one.id,
  company,
  kind: one.kind,
  state: one.state,
  progress: progressOf(one),
  attempt: one.attempt,
  error: one.error ?? null,
  run_at: written(one.runAt, zone),
  created_at: written(one.createdAt, zone),
})
