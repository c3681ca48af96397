import { err, ok, type Result } from 'neverthrow'
import { parseSignature, type Signature, type UnusableSignature } from '../../domain/calling/signature.ts'
import type { CallId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { DeliveryStage, NewDelivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { MalformedPayload, Parties, ReadMessage, ToolRequest, Webhook } from '../ports/voice-platform.ts'
import { answerInbound, type InboundAnswer } from './answer-inbound.ts'
import type { CallHeard } from './call-heard.ts'
import { proveSender, type Sender } from './prove-sender.ts'
import type { ReachedVersions } from './reached-versions.ts'
import { type Refuse, type Refused, refusals, retellRefusal } from './refusals.ts'

/** A request as it came in: the signature is over exactly these bytes. */
export interface RawRequest {
  readonly body: Uint8Array
  readonly signature: string | undefined
  readonly address: string
  /** What `plausibleSignature` made of the header, where it was asked before the body was read. */
  readonly judged?: Signature | undefined
}

/** A tool request whose sender is proven. */
export interface ProvenToolRequest {
  readonly sender: Sender
  readonly parties: Parties
  readonly request: ToolRequest
}

export type WebhookAnswer =
  | { readonly kind: 'kept' }
  | { readonly kind: 'inbound'; readonly answer: InboundAnswer }
  | { readonly kind: 'tool'; readonly proven: ProvenToolRequest }

export type WebhookFailure =
  | Refused
  | MalformedPayload
  | { readonly kind: 'unknown-event'; readonly event: string }
  | { readonly kind: 'unknown-number' }

type Needs = Pick<Ports, 'clock' | 'ids' | 'inbox' | 'alarm' | 'directory' | 'voice' | 'store' | 'unrouted'>

/**
 * The door for everything that Retell sends. Nothing is acknowledged before it is kept durably; what comes after
 * that is a worker's. `heard` is told of each call that begins.
 */
export const intake = (
  ports: Needs,
  reached: ReachedVersions['of'],
  refuse: Refuse = refusals(ports),
  heard: CallHeard = () => undefined,
) => {
  const prove = proveSender(ports)
  const begins = (sender: Sender, call: CallId | undefined): void => {
    if (sender.kind === 'company') heard(sender.company, sender.branch, call)
  }

  /** The signature, if shape and clock of the header are good. Whether its digest is shows only with the body. */
  const plausibleSignature = ({ signature }: Pick<RawRequest, 'signature'>): Signature | undefined =>
    parseSignature(signature, ports.clock.now()).unwrapOr(undefined)

  /** Shape and clock of the header, judged before a body is read; what is wrong is refused and remembered. */
  const judgeHeader = async (raw: Pick<RawRequest, 'signature' | 'address'>): Promise<Result<Signature, Refused>> => {
    const now = ports.clock.now()
    const signature = parseSignature(raw.signature, now)
    return signature.isOk() ? ok(signature.value) : err(await refuseHeader(raw, signature.error.reason, now))
  }

  const refuseHeader = (
    { address }: Pick<RawRequest, 'address'>,
    reason: UnusableSignature['reason'],
    now: Instant,
  ): Promise<Refused> =>
    refuse(
      retellRefusal({ kind: 'not-authentic', reason, claimed: undefined }),
      { address, event: 'unread', callId: undefined },
      now,
    )

  const admit = async <Content>(
    raw: RawRequest,
    now: Instant,
    read: (body: string) => ReadMessage<Content>,
    eventOf: (message: ReadMessage<Content>) => string,
  ): Promise<
    Result<{ readonly sender: Sender; readonly message: ReadMessage<Content>; readonly text: string }, Refused>
  > => {
    const judged = raw.judged ? ok(raw.judged) : await judgeHeader(raw)
    if (judged.isErr()) return err(judged.error)
    const text = Buffer.from(raw.body.buffer, raw.body.byteOffset, raw.body.byteLength).toString('utf8')
    const message = read(text)
    const sender = await prove(raw.body, judged.value, message.parties, now)
    if (sender.isOk()) return ok({ sender: sender.value, message, text })
    const from = { address: raw.address, event: eventOf(message), callId: message.parties.callId }
    return err(await refuse(retellRefusal(sender.error), from, now))
  }

  const keep = (
    raw: RawRequest,
    sender: Sender,
    parties: Parties,
    text: string,
    now: Instant,
    what: Pick<NewDelivery, 'event' | 'outcome' | 'dedupeKey' | 'dueAt'> & {
      readonly stages?: readonly DeliveryStage[]
    },
  ) =>
    ports.inbox.store({
      id: ports.ids.next('delivery'),
      source: 'retell',
      event: what.event,
      callId: parties.callId,
      company: sender.kind === 'company' ? sender.company : undefined,
      account: sender.kind === 'nobody' ? sender.account : undefined,
      receivedAt: now,
      address: raw.address,
      outcome: what.outcome,
      body: text,
      dedupeKey: what.dedupeKey,
      dueAt: what.dueAt,
      stages: [
        { name: 'received', at: now, ok: true, detail: `${raw.body.length} bytes.` },
        { name: 'signature', at: now, ok: true, detail: 'It proves the sender.' },
        routed(sender, now),
        { name: 'stored', at: now, ok: true, detail: 'Durably.' },
        ...(what.stages ?? []),
      ],
    })

  const acceptWebhook = async (raw: RawRequest): Promise<Result<WebhookAnswer, WebhookFailure>> => {
    const now = ports.clock.now()
    const admitted = await admit(raw, now, ports.voice.readWebhook, webhookName)
    if (admitted.isErr()) return err(admitted.error)
    const { sender, message, text } = admitted.value
    const { parties } = message
    const identity = sender.kind === 'company' ? sender.company : `unowned:${sender.account ?? 'platform'}`

    if (message.content.isErr()) {
      const failed = { name: 'processed', at: now, ok: false, detail: message.content.error.detail } as const
      await keep(raw, sender, parties, text, now, {
        event: 'unreadable',
        outcome: 'refused',
        dedupeKey: undefined,
        dueAt: undefined,
        stages: [failed],
      })
      return err(message.content.error)
    }
    const webhook = message.content.value
    switch (webhook.kind) {
      case 'tool':
        return ok({ kind: 'tool', proven: { sender, parties, request: webhook.request } })
      case 'call-event': {
        const dedupeKey = `${identity}:${webhook.callId}:${webhook.occurrence}`
        await keep(raw, sender, parties, text, now, {
          event: webhook.event,
          outcome: 'accepted',
          dedupeKey,
          dueAt: now,
        })
        if (webhook.event === 'call_started') begins(sender, webhook.callId)
        return ok({ kind: 'kept' })
      }
      case 'inbound': {
        begins(sender, webhook.callId)
        // The caller hears it ring meanwhile, so neither waits for the other.
        const [answer] = await Promise.all([
          sender.kind === 'company' ? answerInbound(ports, reached)(sender, webhook, now) : undefined,
          keep(raw, sender, parties, text, now, {
            event: 'call_inbound',
            outcome: 'accepted',
            dedupeKey: undefined,
            dueAt: now,
          }),
        ])
        return answer ? ok({ kind: 'inbound', answer }) : err({ kind: 'unknown-number' })
      }
      case 'ignored':
        await keep(raw, sender, parties, text, now, {
          event: webhook.event,
          outcome: 'ignored',
          dedupeKey: undefined,
          dueAt: undefined,
        })
        return ok({ kind: 'kept' })
      case 'unknown': {
        await keep(raw, sender, parties, text, now, {
          event: webhook.event.slice(0, 100),
          outcome: 'refused',
          dedupeKey: undefined,
          dueAt: undefined,
        })
        await ports.alarm.alert(undefined, {
          id: ports.ids.next('alert'),
          key: `unknown_event:${webhook.event.slice(0, 100)}`,
          kind: 'unknown_event',
          severity: 'warning',
          message: `Retell sent an event that nobody documents: ${webhook.event.slice(0, 100)}. It is kept; look whether it matters.`,
          callId: undefined,
          appointmentId: undefined,
          createdAt: now,
        })
        return err({ kind: 'unknown-event', event: webhook.event })
      }
    }
  }

  const acceptToolRequest = async (
    raw: RawRequest,
    toolInPath: string | undefined,
  ): Promise<Result<ProvenToolRequest, Refused | MalformedPayload>> => {
    const now = ports.clock.now()
    const admitted = await admit(
      raw,
      now,
      (body) => ports.voice.readToolRequest(body, toolInPath),
      () => 'function_call',
    )
    if (admitted.isErr()) return err(admitted.error)
    const { sender, message, text } = admitted.value
    if (message.content.isErr()) return err(message.content.error)
    if (sender.kind === 'nobody' && message.parties.callId !== undefined) {
      await keep(raw, sender, message.parties, text, now, {
        event: 'function_call',
        outcome: 'accepted',
        dedupeKey: undefined,
        dueAt: now,
      })
    }
    begins(sender, message.parties.callId)
    return ok({ sender, parties: message.parties, request: message.content.value })
  }

  return { plausibleSignature, judgeHeader, acceptWebhook, acceptToolRequest }
}

const webhookName = (message: ReadMessage<Webhook>): string => {
  if (message.content.isErr()) return 'unreadable'
  const webhook = message.content.value
  return webhook.kind === 'tool'
    ? 'function_call'
    : webhook.kind === 'inbound'
      ? 'call_inbound'
      : webhook.event.slice(0, 100)
}

const routed = (sender: Sender, at: Instant): DeliveryStage => {
  if (sender.kind === 'nobody') {
    return {
      name: 'routed',
      at,
      ok: false,
      detail: 'Nobody owns this number or agent. It waits in the unrouted inbox; add the number to a company file.',
    }
  }
  const detail = sender.branch === undefined ? 'Company known, branch not.' : 'Company and branch known.'
  return { name: 'routed', at, ok: true, detail }
}
