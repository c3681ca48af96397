import type { DueJobs, Job, Jobs } from '../../application/ports/jobs.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { after, type Instant } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import { type Draft, draftOf, type Rows } from './tables.ts'
import type { World } from './world.ts'

type Row = Rows['jobs']

const jobOf = ({ leaseUntil, ...job }: Row): Job => job
const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)
const isFree = (row: Row, now: Instant): boolean =>
  row.state === 'waiting' && (row.leaseUntil === undefined || row.leaseUntil <= now)

export const jobsIn = (draft: Draft, company: CompanyId): Jobs => {
  const waiting = (key: string) => draft.rows('jobs').find((row) => row.key === key && row.state === 'waiting')
  return {
    enqueue: async (job) => {
      const same = job.key === undefined ? undefined : waiting(job.key)
      if (same) {
        const latest = same.leaseUntil === undefined ? same.runAt : after(same.runAt, -1)
        draft.put('jobs', same.id, { ...same, runAt: earlier(job.runAt, latest) })
        return
      }
      const fresh = { company, attempt: 0, state: 'waiting', error: undefined, leaseUntil: undefined } as const
      draft.put('jobs', job.id, { ...job, ...fresh })
    },
    withdraw: async (key) => {
      const row = waiting(key)
      if (row) draft.remove('jobs', row.id)
    },
    find: async (id) => {
      const row = draft.row('jobs', id)
      return row && jobOf(row)
    },
  }
}

/** Everybody's jobs, one company after the other. */
export const memoryDueJobs = (world: World): DueJobs => {
  const of = (company: CompanyId) => [...world.tablesOf(company).jobs.values()]
  const all = () => [...world.companies.keys()].flatMap(of)

  /** Lends those that are still free when it is their company's turn. */
  const lend = (company: CompanyId, rows: readonly Row[], now: Instant, leaseUntil: Instant): Promise<readonly Job[]> =>
    world.inTurn(company, async () => {
      const { draft, close } = draftOf(world.tablesOf(company), 'write')
      const lent = rows.flatMap(({ id }) => {
        const row = draft.row('jobs', id)
        return row && isFree(row, now) ? [row] : []
      })
      for (const row of lent) draft.put('jobs', row.id, { ...row, runAt: leaseUntil, leaseUntil })
      world.commit(company, close())
      return lent.map(jobOf)
    })

  return {
    claim: async (now, limit, leaseUntil, except = []) => {
      const due = all()
        .filter((row) => isFree(row, now) && row.runAt <= now)
        .filter(({ company }) => company === undefined || !except.includes(company))
        .toSorted(inOrder)
        .slice(0, limit)
      const companies = new Set(due.flatMap(({ company }) => company ?? []))
      const lent: Job[] = []
      for (const company of companies) {
        const mine = due.filter((row) => row.company === company)
        lent.push(...(await lend(company, mine, now, leaseUntil)))
      }
      return lent.toSorted(inOrder)
    },
    claimOne: async (company, key, now, leaseUntil) => {
      const wanted = of(company).filter((row) => row.key === key && isFree(row, now))
      const [job] = await lend(company, wanted, now, leaseUntil)
      return job
    },
    settle: async (id, result) => {
      const company = all().find((row) => row.id === id)?.company
      if (company === undefined) return
      await world.inTurn(company, async () => {
        const { draft, close } = draftOf(world.tablesOf(company), 'write')
        const row = draft.row('jobs', id)
        if (row) draft.put('jobs', id, settled(row, result))
        world.commit(company, close())
      })
    },
    listAll: async (_scope, { state, ...request }) =>
      pageOf(
        all()
          .filter((row) => state === undefined || row.state === state)
          .map(jobOf),
        request,
        'newest-first',
        ({ createdAt, id }) => [createdAt, id],
      ),
  }
}

const inOrder = (one: Job, other: Job): number => one.runAt - other.runAt || (one.id < other.id ? -1 : 1)

/** Whoever was asked for again while it ran waits once more. */
const settled = (row: Row, result: Parameters<DueJobs['settle']>[1]): Row => {
  const askedAgain = row.leaseUntil !== undefined && row.runAt < row.leaseUntil
  const free = { ...row, leaseUntil: undefined, error: result.state === 'done' ? undefined : result.error }
  if (result.state === 'waiting') {
    const runAt = askedAgain ? earlier(result.runAt, row.runAt) : result.runAt
    return { ...free, runAt, attempt: result.attempt }
  }
  return askedAgain ? { ...free, attempt: 0, error: undefined } : { ...free, state: result.state }
}
