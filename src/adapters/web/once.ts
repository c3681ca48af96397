import { createHash } from 'node:crypto'
import type { BegunRequest, Idempotency } from '../../application/ports/idempotency.ts'
import type { CompanyId, UserId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Answer } from './authenticated.ts'

interface Sent {
  readonly user: UserId
  readonly company: CompanyId
  readonly path: string
  /** What was filled in, with the page's own token. */
  readonly fields: unknown
}

const patience = { milliseconds: 100, times: 50 }
const pause = () => new Promise((resolve) => setTimeout(resolve, patience.milliseconds))

/**
 * Lets a form have one effect, however often it is sent: the same page with the same entries leads where it led the
 * first time. What was refused changed nothing and is tried anew. Undefined: the first one still runs.
 */
export const sentOnce = async (
  idempotency: Idempotency,
  { user, company, path, fields }: Sent,
  now: Instant,
  work: () => Promise<Answer>,
): Promise<Answer | undefined> => {
  const digest = createHash('sha256').update(JSON.stringify(fields)).digest('hex')
  const place = { principal: user, path, key: digest }
  for (let tried = 0; tried < patience.times; tried += 1) {
    const begun = await idempotency.begin({ ...place, company, digest }, now)
    if (begun.kind === 'answered') return { redirect: begun.answer.body }
    if (begun.kind === 'new') return finish(idempotency, begun.request, work)
    await pause()
  }
  return undefined
}

const finish = async (
  idempotency: Idempotency,
  request: BegunRequest,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  let answer: Answer | undefined
  try {
    answer = await work()
    return answer
  } finally {
    if (typeof answer === 'object' && 'redirect' in answer) {
      await idempotency.answer(request, { status: 303, body: answer.redirect })
    } else await idempotency.release(request)
  }
}
