import type { FastifyReply } from 'fastify'
import { shownFinding } from '../../application/agents/gate-words.ts'
import { sayMissing } from '../../application/companies/apply-company.ts'
import type { Failure, InputError } from '../../application/failure.ts'

type Of<K extends Failure['kind']> = Extract<Failure, { readonly kind: K }>
type Telling = {
  readonly [K in Failure['kind']]: readonly [
    status: number,
    title: string,
    detail?: ((failure: Of<K>) => string) | undefined,
    more?: (failure: Of<K>) => Readonly<Record<string, unknown>>,
  ]
}

/** The only place where a failure gets a status. One without a line here does not compile. */
const telling: Telling = {
  'not-authentic': [
    401,
    'Not authentic',
    ({ reason }) =>
      reason === 'missing' ? 'The X-Retell-Signature header is missing.' : 'The signature does not prove the sender.',
  ],
  'address-blocked': [429, 'Too many refused requests'],
  'malformed-payload': [
    400,
    'Malformed payload',
    ({ detail }) => detail,
    ({ field, detail }) => ({ errors: [{ pointer: field, detail }] }),
  ],
  'unknown-event': [400, 'Unknown event', () => 'Nobody documents an event of this name. It is kept.'],
  'unknown-number': [404, 'Unknown number', () => 'Nobody owns this number. The call waits in the unrouted inbox.'],
  'not-signed-in': [401, 'Not signed in', () => 'Send a valid token as "Authorization: Bearer fd_…".'],
  'not-found': [404, 'Not found'],
  'not-allowed': [403, 'Not allowed', ({ permission }) => `This needs the right "${permission}".`],
  'feature-off': [403, 'This feature is switched off', ({ flag }) => `It is the flag "${flag}".`],
  'company-file-conflicts': [
    422,
    'The company file cannot be applied',
    () => 'Nothing was changed.',
    ({ secretsMissing, numbersTaken }) => ({
      errors: [
        ...secretsMissing.map((missing) => ({ pointer: missing.path, detail: sayMissing(missing) })),
        ...numbersTaken.map((number) => ({ pointer: '/branches', detail: `${number} belongs to another company.` })),
      ],
    }),
  ],
  'invalid-input': [422, 'Invalid input', () => 'Nothing was changed.', ({ errors }) => ({ errors })],
  'slot-taken': [409, 'The time is taken', undefined, ({ alternatives }) => ({ alternatives })],
  'time-not-bookable': [
    422,
    'The time cannot be booked',
    undefined,
    ({ reason, alternatives }) => ({ errors: [{ pointer: '/starts_at', detail: notBookable[reason] }], alternatives }),
  ],
  'booking-not-offered': [422, 'This company takes no bookings'],
  'calendar-unreachable': [503, 'The calendar of this company does not answer'],
  'decision-unfit': [
    409,
    'The decision does not fit',
    ({ possible }) =>
      possible.length === 0
        ? 'Nothing can be decided about it.'
        : `Possible is: ${possible.map((kind) => kind.replaceAll('-', '_')).join(', ')}.`,
  ],
  'already-over': [409, 'The appointment is over', ({ status }) => `It is ${status.replace('_', ' ')}.`],
  'agent-changed-meanwhile': [
    409,
    'The agent was changed meanwhile',
    () => 'Nothing was changed. Read it again, and make the change in what it is now.',
    ({ version }) => ({ version: version ?? null }),
  ],
  'agent-diverged': [
    409,
    'The agent was changed here and at Retell',
    () => 'Nothing was changed. Merge both, or say that the draft gives way.',
  ],
  'agent-never-seen': [409, 'Nothing is known of this agent yet', () => 'Read the agents from Retell first.'],
  'retell-not-connected': [
    409,
    'There is no key for Retell',
    () => 'Put one under api_key of retell in the company file, or into RETELL_API_KEY.',
  ],
  'retell-unreachable': [503, 'Retell does not answer', () => 'What is known here stays as it is.'],
  'retell-refused': [502, 'Retell refused', ({ detail }) => detail],
  'gate-closed': [
    422,
    'The version would harm callers',
    () => 'Nothing was changed. Mend what is found to be an error, or publish another version.',
    ({ findings }) => ({ findings: findings.map((one) => shownFinding(one, 'en')) }),
  ],
  'publication-running': [
    409,
    'Another publication is under way',
    () => 'Wait for its end, or undo it.',
    ({ publication }) => ({ publication }),
  ],
  'publication-over': [409, 'The publication is over', () => 'Nothing of it can be done any more. Publish again.'],
  'nothing-to-publish': [409, 'There is nothing to publish', () => 'Read the agents from Retell, or write a draft.'],
  'nothing-to-roll-back': [
    409,
    'There is nothing to go back to',
    () => 'Nothing was live before the version that callers reach.',
  ],
  'rollout-running': [
    409,
    'Another version is being rolled out',
    ({ version }) => `Take the rollout of version ${version} back first, or finish it.`,
  ],
  'nothing-live': [
    409,
    'Nothing is live',
    () => 'Publish a version first; a rollout leaves most callers where they are.',
  ],
  'no-recording': [404, 'There is no recording', () => 'None was made of this call, or Retell keeps it no longer.'],
  'not-asked-over-http': [422, 'Retell does this itself', () => 'Only functions that ask a server can be tried.'],
  'secret-missing': [422, 'A secret is missing', () => 'Write it out in the draft first; nothing was sent.'],
  'too-many-requests': [429, 'Too many requests'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'Unsupported media type', () => 'Send application/json.'],
  'idempotency-key-reused': [
    422,
    'Idempotency key used again',
    () => 'This Idempotency-Key was used with another body. Use a new one.',
  ],
  'still-running': [409, 'Still running', () => 'The first request with this Idempotency-Key has not ended yet.'],
  'csrf-token-missing': [
    403,
    'No valid CSRF token',
    () => 'With the session cookie, a write needs the CSRF token as "X-CSRF-Token".',
  ],
  'company-exists': [409, 'The company exists', () => 'Change it with PUT /api/v1/companies/{company}/file.'],
  'already-assigned': [409, 'The call is assigned', () => 'It was given to another company or branch before.'],
  'not-replayable': [
    409,
    'This delivery cannot be replayed',
    () => 'Only deliveries that were trusted enough to be kept for processing can be processed again.',
  ],
}

const notBookable: { readonly [R in Of<'time-not-bookable'>['reason']]: string } = {
  closed: 'The branch is closed then, or closes before the service would end.',
  'off-grid': 'Nothing begins at this time. Choose one of the alternatives.',
  past: 'This time is over.',
  'notice-too-short': 'This is too soon: the company asks for more notice.',
  'too-far': 'This is further ahead than the company takes bookings for.',
}

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly errors?: readonly InputError[]
}

/** Types are relative references, resolved against the address they came from (RFC 9457, 3.1.1). */
export const problemOf = <K extends Failure['kind']>(failure: Of<K>): Problem => {
  const told: readonly [
    number,
    string,
    (((failure: Of<K>) => string) | undefined)?,
    ((failure: Of<K>) => Readonly<Record<string, unknown>>)?,
  ] = telling[failure.kind as K]
  const [status, title, detail, more] = told
  return {
    type: `/problems/${failure.kind}`,
    title,
    status,
    ...(detail ? { detail: detail(failure) } : {}),
    ...more?.(failure),
  }
}

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))

export const sendFailure = (reply: FastifyReply, failure: Failure, now: number): FastifyReply => {
  if (failure.kind === 'address-blocked') {
    return reply
      .status(429)
      .header('retry-after', Math.max(1, Math.ceil((failure.until - now) / 1000)))
      .send()
  }
  if (failure.kind === 'too-many-requests') reply.header('retry-after', failure.retryAfterSeconds)
  return sendProblem(reply, problemOf(failure))
}
