import { err, ok, type Result } from 'neverthrow'
import { type CalcomFailure, done, no } from './answers.ts'
import type { EndpointEntry, EndpointRequest } from './endpoint.ts'
import type { CalcomWebhook } from './store.ts'
import { putWebhook, showWebhook } from './webhooks.ts'

const webhookOf = ({ store, account, caught }: EndpointRequest): Result<CalcomWebhook, CalcomFailure> => {
  const hook = store.webhooks.get(caught.at(-1) ?? '')
  return hook?.account === account && hook ? ok(hook) : err(no(404, `Webhook (${caught.at(-1)}) not found`))
}

export const webhooksAt = (
  path: string,
  eventTypeOf: (asked: EndpointRequest) => number | undefined,
): readonly EndpointEntry[] => [
  {
    name: 'webhooks',
    method: 'POST',
    path: new RegExp(`^${path}$`),
    needsKey: true,
    act: (asked) => putWebhook(asked.store, asked, eventTypeOf(asked)).map((hook) => done(showWebhook(hook), 201)),
  },
  {
    name: 'webhooks',
    method: 'GET',
    path: new RegExp(`^${path}$`),
    needsKey: true,
    act: (asked) => {
      const mine = [...asked.store.webhooks.values()].filter(
        (hook) => hook.account === asked.account && hook.eventType === eventTypeOf(asked),
      )
      const skip = Number(asked.query.get('skip') ?? 0)
      return ok(done(mine.slice(skip, skip + Number(asked.query.get('take') ?? 250)).map(showWebhook)))
    },
  },
  {
    name: 'webhooks',
    method: 'GET',
    path: new RegExp(`^${path}/([\\w-]+)$`),
    needsKey: true,
    act: (asked) => webhookOf(asked).map((hook) => done(showWebhook(hook))),
  },
  {
    name: 'webhooks',
    method: 'PATCH',
    path: new RegExp(`^${path}/([\\w-]+)$`),
    needsKey: true,
    act: (asked) =>
      webhookOf(asked)
        .andThen((hook) => putWebhook(asked.store, asked, hook.eventType, hook))
        .map((hook) => done(showWebhook(hook))),
  },
  {
    name: 'webhooks',
    method: 'DELETE',
    path: new RegExp(`^${path}/([\\w-]+)$`),
    needsKey: true,
    act: (asked) =>
      webhookOf(asked).map((hook) => {
        asked.store.webhooks.delete(hook.id)
        return done(showWebhook(hook))
      }),
  },
]
