import { randomBytes } from 'node:crypto'
import { filledArguments, type ScriptStep } from '../../domain/agents/script.ts'
import type { Json, JsonObject } from '../../domain/canonical-json.ts'
import { isObject } from '../../domain/canonical-json.ts'
import type { Secret } from '../../domain/secret.ts'

export interface SimulatedCall {
  readonly url: string
  readonly key: Secret
  readonly to: string
  readonly from: string
  readonly agentId: string | undefined
  readonly steps: readonly ScriptStep[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sign: (body: string, atMs: number, key: Secret) => string
  readonly wait: (ms: number) => Promise<void>
}

/** One thing that happened, as it happens. */
export type Happening =
  | { readonly kind: 'rings'; readonly status: number; readonly answer: Json }
  | {
      readonly kind: 'event'
      readonly event: string
      readonly status: number
      readonly ms: number
      readonly answer: Json
    }
  | { readonly kind: 'said'; readonly by: 'agent' | 'user'; readonly text: string }
  | {
      readonly kind: 'tool'
      readonly name: string
      readonly args: JsonObject
      readonly status: number
      readonly ms: number
      readonly answer: JsonObject
    }

export interface CallOutcome {
  readonly callId: string
  readonly answers: readonly JsonObject[]
  /** Everything was answered with a 2xx. */
  readonly ok: boolean
}

/**
 * Rings, talks and hangs up as Retell would, over real HTTP with real signatures.
 */
export const simulateCall = async (call: SimulatedCall, tell: (happening: Happening) => void): Promise<CallOutcome> => {
  const callId = `call_${randomBytes(14).toString('hex')}`
  const rangAt = call.now()
  let startedAt = rangAt
  const turns: JsonObject[] = []
  const answers: JsonObject[] = []
  let ok = true

  const post = async (path: string, payload: JsonObject) => {
    const body = JSON.stringify(payload)
    const at = performance.now()
    const response = await fetch(new URL(path, call.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-retell-signature': call.sign(body, call.now(), call.key) },
      body,
      signal: AbortSignal.timeout(15_000),
    })
    const text = await response.text()
    ok &&= response.ok
    return { status: response.status, ms: Math.round(performance.now() - at), answer: parsed(text) }
  }

  const callNow = (extra: JsonObject = {}): JsonObject => ({
    call_id: callId,
    call_type: 'phone_call',
    ...(call.agentId === undefined ? {} : { agent_id: call.agentId, agent_version: 1 }),
    direction: 'inbound',
    from_number: call.from,
    to_number: call.to,
    call_status: 'ongoing',
    start_timestamp: startedAt,
    ...extra,
  })
  const event = async (name: string, extra: JsonObject = {}) => {
    const { status, ms, answer } = await post('/webhooks/retell', { event: name, call: callNow(extra) })
    tell({ kind: 'event', event: name, status, ms, answer })
  }
  const say = (by: 'agent' | 'user', text: string) => {
    const start = (call.now() - startedAt) / 1000
    turns.push({ role: by, content: text, words: [{ word: text.split(' ')[0] ?? '', start, end: start + 0.4 }] })
    tell({ kind: 'said', by, text })
  }
  const transcript = () =>
    turns.map((turn) => `${turn.role === 'agent' ? 'Agent' : 'User'}: ${String(turn.content)}\n`).join('')

  const ringing = await post('/webhooks/retell', {
    event: 'call_inbound',
    event_timestamp: rangAt,
    call_inbound: {
      from_number: call.from,
      to_number: call.to,
      ...(call.agentId === undefined ? {} : { agent_id: call.agentId }),
    },
  })
  tell({ kind: 'rings', status: ringing.status, answer: ringing.answer })
  startedAt = call.now()
  await event('call_started')

  for (const step of call.steps) {
    if ('pause' in step) await call.wait(step.pause)
    else if ('tool' in step) {
      const args = filledArguments(step.args, answers.at(-1) ?? {})
      const payload = { name: step.tool, args, call: callNow({ transcript: transcript(), transcript_object: turns }) }
      const { status, ms, answer } = await post('/functions/retell', payload)
      const fields = isObject(answer) ? answer : {}
      answers.push(fields)
      tell({ kind: 'tool', name: step.tool, args, status, ms, answer: fields })
    } else if (step.says === 'answer') say('agent', String(answers.at(-1)?.message ?? ''))
    else say(step.says, step.text)
  }

  const endedAt = call.now()
  const ended: JsonObject = {
    call_status: 'ended',
    end_timestamp: endedAt,
    duration_ms: endedAt - startedAt,
    disconnection_reason: 'user_hangup',
    transcript: transcript(),
    transcript_object: turns,
    call_cost: {
      combined_cost: Math.round(((endedAt - startedAt) / 60_000) * 1300) / 100,
      total_duration_seconds: Math.round((endedAt - startedAt) / 1000),
    },
  }
  await event('call_ended', ended)
  const last = answers.at(-1)?.status
  await event('call_analyzed', {
    ...ended,
    call_analysis: {
      call_summary: last === 'booked' ? 'Der Anrufer hat einen Termin vereinbart.' : 'Der Anrufer hat sich erkundigt.',
      user_sentiment: 'Positive',
      call_successful: true,
      in_voicemail: false,
    },
  })
  return { callId, answers, ok }
}

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return text === '' ? null : text
  }
}
