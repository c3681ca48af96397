import type { DueJobs, Job, Jobs } from '../../application/ports/jobs.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { after, type Instant } from '../../domain/time.ts'
import { pageOf } from './page.ts'
import { type Draft, draftOf, type Rows } from './tables.ts'
import type { TableOwner, World } from './world.ts'

type Row = Rows['jobs']

const jobOf = ({ leaseUntil, ...job }: Row): Job => job
const fresh = {
  attempt: 0,
  state: 'waiting',
  error: undefined,
  progress: undefined,
  leaseUntil: undefined,
} as const
const ownerOf = ({ company }: Row): TableOwner => company ?? 'platform'
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
      draft.put('jobs', job.id, { ...job, company, ...fresh })
    },
    withdraw: async (key) => {
      const row = waiting(key)
      if (row) draft.remove('jobs', row.id)
    },
    find: async (id) => {
      const row = draft.row('jobs', id)
      return row && jobOf(row)
    },
    report: async (id, progress) => {
      const row = draft.row('jobs', id)
      if (row) draft.put('jobs', id, { ...row, progress })
    },
  }
}

/** Everybody's jobs, one company after the other, and the platform's own. */
export const memoryDueJobs = (world: World): DueJobs => {
  const of = (owner: TableOwner) => [...world.tablesOf(owner).jobs.values()]
  const owners = (): readonly TableOwner[] => ['platform', ...world.companies.keys()]
  const all = () => owners().flatMap(of)

  /** Lends those that are still free when it is their owner's turn. */
  const lend = (owner: TableOwner, rows: readonly Row[], now: Instant, leaseUntil: Instant): Promise<readonly Job[]> =>
    world.inTurn(owner, async () => {
      const { draft, close } = draftOf(world.tablesOf(owner), 'write')
      const lent = rows.flatMap(({ id }) => {
        const row = draft.row('jobs', id)
        return row && isFree(row, now) ? [row] : []
      })
      for (const row of lent) draft.put('jobs', row.id, { ...row, runAt: leaseUntil, leaseUntil })
      world.commit(owner, close())
      return lent.map(jobOf)
    })

  return {
    plan: (job) =>
      world.inTurn('platform', async () => {
        const { draft, close } = draftOf(world.tablesOf('platform'), 'write')
        const { key } = job
        const isWaiting = draft.rows('jobs').some((row) => row.state === 'waiting' && row.key === key)
        if (key === undefined || !isWaiting) draft.put('jobs', job.id, { ...job, company: undefined, ...fresh })
        world.commit('platform', close())
      }),
    claim: async (now, limit, leaseUntil, except = []) => {
      const due = all()
        .filter((row) => isFree(row, now) && row.runAt <= now)
        .filter(({ company }) => company === undefined || !except.includes(company))
        .toSorted(inOrder)
        .slice(0, limit)
      const lent: Job[] = []
      for (const owner of new Set(due.map(ownerOf))) {
        const theirs = due.filter((row) => ownerOf(row) === owner)
        lent.push(...(await lend(owner, theirs, now, leaseUntil)))
      }
      return lent.toSorted(inOrder)
    },
    claimOne: async (company, key, now, leaseUntil) => {
      const wanted = of(company).filter((row) => row.key === key && isFree(row, now))
      const [job] = await lend(company, wanted, now, leaseUntil)
      return job
    },
    settle: async (id, result) => {
      const known = all().find((row) => row.id === id)
      if (!known) return
      const owner = ownerOf(known)
      await world.inTurn(owner, async () => {
        const { draft, close } = draftOf(world.tablesOf(owner), 'write')
        const row = draft.row('jobs', id)
        if (row) draft.put('jobs', id, settled(row, result))
        world.commit(owner, close())
      })
    },
    tally: async () => {
      const waiting = all().filter(({ state }) => state === 'waiting')
      return { waiting: waiting.length, nextDue: waiting.toSorted(inOrder)[0]?.runAt }
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
