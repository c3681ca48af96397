import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { CalendarFailure, CalendarWebhook } from '../../application/ports/calendar.ts'
import type { Secret } from '../../domain/secret.ts'
import { askFor, type CalcomRequest, type Connection } from './connection.ts'
import { calendarFailure } from './failures.ts'
import { webhookShape } from './wire.ts'

/** What every server knows. */
const coreTriggers = [
  'BOOKING_CREATED',
  'BOOKING_REQUESTED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
] as const
/** What older servers refuse, and then the whole webhook with it. */
const newerTriggers = ['BOOKING_NO_SHOW_UPDATED'] as const

/** Said always, for what is meant without it differs from server to server. */
const webhookVersion = '2021-10-20'

type WireWebhook = z.output<typeof webhookShape>

const list = (connection: Connection): Promise<Result<readonly WireWebhook[], CalendarFailure>> =>
  askFor(connection, z.array(webhookShape), { method: 'GET', path: '/webhooks', repeatable: true })

export const webhooksOf = async (
  connection: Connection,
  secret: Secret | undefined,
): Promise<Result<readonly CalendarWebhook[], CalendarFailure>> => {
  const all = await list(connection)
  return all.map((webhooks) =>
    webhooks.map((webhook) => ({
      url: webhook.subscriberUrl,
      isActive: webhook.active !== false,
      isRight: secret !== undefined && isBelieved(webhook, secret),
    })),
  )
}

/** Makes the webhook, or puts right the one that is there. */
export const registerWebhook = async (
  connection: Connection,
  url: string,
  secret: Secret,
): Promise<Result<void, CalendarFailure>> => {
  const all = await list(connection)
  if (all.isErr()) return err(all.error)
  const ours = all.value.filter(({ subscriberUrl }) => subscriberUrl === url)
  if (ours.length === 0) return say(connection, { method: 'POST', path: '/webhooks', repeatable: false }, url, secret)
  for (const webhook of ours) {
    if (isRight(webhook, secret)) continue
    const path = `/webhooks/${encodeURIComponent(webhook.id)}`
    const changed = await say(connection, { method: 'PATCH', path, repeatable: true }, url, secret, webhook)
    if (changed.isErr()) return changed
  }
  return ok(undefined)
}

const isRight = (webhook: WireWebhook, secret: Secret): boolean =>
  isEnough(webhook, secret) && newerTriggers.every((trigger) => webhook.triggers.includes(trigger))

const isEnough = (webhook: WireWebhook, secret: Secret): boolean =>
  webhook.active !== false && isBelieved(webhook, secret)

/** It tells of all that every server can, as we read it, and signs it. */
const isBelieved = ({ triggers, payloadTemplate, ...webhook }: WireWebhook, secret: Secret): boolean =>
  !payloadTemplate &&
  coreTriggers.every((trigger) => triggers.includes(trigger)) &&
  secret.use((plain) => webhook.secret === plain)

const say = async (
  connection: Connection,
  how: Pick<CalcomRequest, 'method' | 'path' | 'repeatable'>,
  url: string,
  secret: Secret,
  before?: WireWebhook,
): Promise<Result<void, CalendarFailure>> => {
  const told = (triggers: readonly string[]) =>
    connection.ask({
      ...how,
      body: {
        ...{ active: true, subscriberUrl: url, triggers, version: webhookVersion },
        secret: secret.use((plain) => plain),
        ...(before?.payloadTemplate ? { payloadTemplate: null } : {}),
      },
    })
  const answer = await told([...coreTriggers, ...newerTriggers])
  if (answer.isOk()) return ok(undefined)
  if (answer.error.kind !== 'answered' || answer.error.status !== 400) return err(calendarFailure(answer.error))
  if (before && isEnough(before, secret)) return ok(undefined)
  const plainer = await told(coreTriggers)
  return plainer.isOk() ? ok(undefined) : err(calendarFailure(plainer.error))
}
