import type { FastifyRequest } from 'fastify'
import type { NotFound } from '../../application/access/authenticate.ts'
import type { FeatureOff } from '../../application/access/known-flags.ts'
import type { AgentFailure } from '../../application/agents/agent-failures.ts'
import type { ReleaseFailure } from '../../application/agents/release-failures.ts'
import type { InvalidInput } from '../../application/failure.ts'
import type { ManagedAgent } from '../../application/ports/agents.ts'
import type { WebApplication, WebDependencies } from './application.ts'
import type { Answer, AtCompany } from './authenticated.ts'
import { sentOnce } from './once.ts'
import type { Words } from './words/words.ts'

/** Somebody who may see this company, at one of its agents. */
export interface AtAgent extends AtCompany {
  readonly agent: ManagedAgent
}

/** For the agent that the address names, by slug or by Retell's id. */
export const atAgent =
  ({ resolveAgent }: Pick<WebApplication, 'resolveAgent'>) =>
  (handle: (at: AtAgent, request: FastifyRequest) => Promise<Answer>) =>
  async (at: AtCompany, request: FastifyRequest): Promise<Answer> => {
    const { agent: name } = request.params as { readonly agent: string }
    const found = await resolveAgent(at.scope, name)
    return found.isOk() ? handle({ ...at, agent: found.value }, request) : 'not-found'
  }

/** Lets a form of an agent have one effect, however often it is sent. `busy`: what to say while the first one still runs. */
export const oncePerForm =
  ({ application, clock }: Pick<WebDependencies, 'application' | 'clock'>) =>
  (
    handle: (at: AtAgent, request: FastifyRequest) => Promise<Answer>,
    busy: (at: AtAgent, request: FastifyRequest) => Promise<Answer>,
  ) =>
  async (at: AtAgent, request: FastifyRequest): Promise<Answer> => {
    const { body: fields, url: path } = request
    const sent = { user: at.session.user.id, company: at.profile.id, path, fields }
    const answer = await sentOnce(application.idempotency, sent, clock.now(), () => handle(at, request))
    return answer ?? busy(at, request)
  }

/** Several values of one field; one that is there once is a list of one. */
export const valuesOf = (fields: unknown, name: string): readonly string[] => {
  const value = (fields as { readonly [field: string]: unknown } | null | undefined)?.[name]
  return [value].flat().flatMap((one) => (typeof one === 'string' ? one : []))
}

/** A field of any length, with the line ends of a document instead of those of a form. Undefined: it was not sent. */
export const longTextOf = (fields: unknown, name: string): string | undefined =>
  valuesOf(fields, name)[0]?.replaceAll('\r\n', '\n')

export const numberOf = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)

interface Refusal {
  readonly status: number
  readonly wrong: string
}

/** Why nothing was done, in words for people. */
export const refusalOf = (
  failure: Exclude<AgentFailure | ReleaseFailure, NotFound> | InvalidInput | FeatureOff,
  { agents: { wrong }, said }: Words,
): Refusal => {
  switch (failure.kind) {
    case 'agent-changed-meanwhile':
      return { status: 409, wrong: wrong.changed(failure.version) }
    case 'agent-diverged':
      return { status: 409, wrong: wrong.diverged }
    case 'agent-never-seen':
      return { status: 409, wrong: wrong.neverSeen }
    case 'retell-not-connected':
      return { status: 409, wrong: wrong.notConnected }
    case 'retell-unreachable':
      return { status: 503, wrong: wrong.unreachable }
    case 'retell-refused':
      return { status: 502, wrong: said(failure.detail) }
    case 'gate-closed':
      return { status: 422, wrong: wrong.gate }
    case 'publication-running':
      return { status: 409, wrong: wrong.running }
    case 'publication-over':
      return { status: 409, wrong: wrong.over }
    case 'nothing-to-publish':
      return { status: 422, wrong: wrong.nothingToPublish }
    case 'nothing-to-roll-back':
      return { status: 409, wrong: wrong.nothingToRollBack }
    case 'rollout-running':
      return { status: 409, wrong: wrong.rolloutRunning(failure.version) }
    case 'nothing-live':
      return { status: 409, wrong: wrong.nothingLive }
    case 'feature-off':
      return { status: 403, wrong: wrong.featureOff }
    case 'invalid-input':
      return { status: 422, wrong: failure.errors.map(({ detail }) => said(detail)).join(' ') || wrong.summary }
  }
}
