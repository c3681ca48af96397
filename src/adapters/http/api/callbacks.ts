import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import { type Callback, isOverdue } from '../../../domain/reception/callback.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { branchNamed, momentIn, momentText } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import {
  emailText,
  instantText,
  named,
  namedIn,
  pageOf,
  pageQuery,
  personNotes,
  personText,
  slugText,
  written,
  writtenOrNull,
  zoneOf,
} from './schemas.ts'

const kinds = z.enum(['callback', 'message'])
const states = z.enum(['open', 'assigned', 'done', 'expired'])
const priorities = z.enum(['normal', 'high', 'urgent'])

const callback = z
  .strictObject({
    id: z.string(),
    kind: kinds,
    customer_name: z.string().nullable(),
    phone_number: z.string().nullable(),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    preferred_time_window: z.string().nullable(),
    branch: named.nullable(),
    service: named.nullable(),
    priority: priorities,
    state: states,
    due_by: instantText,
    overdue: z.boolean().meta({ description: 'Its moment has come and it is not done.' }),
    escalated_at: instantText.nullable(),
    assigned_to: z.string().nullable().meta({ description: 'The e-mail of the user who took it over.' }),
    call_id: z.string().nullable(),
    created_at: instantText,
  })
  .meta({ id: 'Callback' })

const creation = z
  .strictObject({
    kind: kinds.default('callback'),
    customer_name: personText(120).optional(),
    phone_number: z.string().max(100).optional(),
    reason: personNotes(2000).optional(),
    message: personNotes(4000).optional(),
    preferred_time_window: personText(200).optional(),
    branch: slugText.optional(),
    service: slugText.optional(),
    priority: priorities.default('normal'),
  })
  .meta({
    description: 'A callback needs a `phone_number`, a message a `message`. When it is due follows from priority.',
  })

const change = z
  .strictObject({
    state: z.enum(['open', 'assigned', 'done']).optional(),
    assigned_to: emailText.nullable().optional().meta({ description: 'A user’s e-mail; null: nobody’s again.' }),
    priority: priorities.optional().meta({ description: 'Counts from now; due no later than before when it rises.' }),
    due_by: momentText.optional(),
  })
  .meta({ description: 'Signed in, `assigned` without `assigned_to` means yourself.' })

type Needs = Pick<Application, 'listCallbacks' | 'findCallback' | 'createCallback' | 'changeCallback'>

export const callbackRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const { clock } = routing
  const reading = routesBehind(routing)(doors.company('calls.read'))
  const changing = routesBehind(routing)(doors.company('callbacks.change'))

  reading({
    method: 'GET',
    url: '/companies/{company}/callbacks',
    tag: 'Callbacks',
    summary: 'Promised callbacks and messages, newest first, or what is due first',
    query: z.strictObject({
      ...pageQuery,
      state: states.optional(),
      kind: kinds.optional(),
      priority: priorities.optional(),
      branch: slugText.optional(),
      overdue: z.enum(['true', 'false']).optional(),
      sort: z.enum(['newest', 'due']).default('newest'),
    }),
    answer: pageOf(callback),
    handle: async ({ scope, profile }, { query }) => {
      const now = clock.now()
      const branch = branchNamed(profile, query.branch)
      if (branch === 'unknown') return ok({ items: [], next: null })
      const { items, next } = await app.listCallbacks(scope, {
        ...{ limit: query.limit, cursor: query.cursor, order: query.sort },
        ...(query.state === undefined ? {} : { states: [query.state] }),
        ...(query.kind === undefined ? {} : { kind: query.kind }),
        ...(query.priority === undefined ? {} : { priority: query.priority }),
        ...(branch === undefined ? {} : { branch: branch.id }),
        ...(query.overdue === undefined ? {} : { overdue: { at: now, is: query.overdue === 'true' } }),
      })
      return ok({ items: items.map((one) => viewOf(profile, one, now)), next: next ?? null })
    },
  })

  reading({
    method: 'GET',
    url: '/companies/{company}/callbacks/{id}',
    tag: 'Callbacks',
    summary: 'One callback or message',
    answer: callback,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('callback', params.id)
      const found = id.isOk() ? await app.findCallback(scope, id.value) : undefined
      return found ? ok(viewOf(profile, found, clock.now())) : err({ kind: 'not-found' })
    },
  })

  changing({
    method: 'POST',
    url: '/companies/{company}/callbacks',
    tag: 'Callbacks',
    summary: 'Promise a callback or leave a message',
    body: creation,
    answer: callback,
    status: () => 201,
    handle: async ({ scope, profile }, { body }) => {
      const { kind, priority, reason, message, branch, service } = body
      const created = await app.createCallback(scope, profile, {
        ...{ kind, priority, reason, message, branch, service },
        customerName: body.customer_name,
        phoneNumber: body.phone_number,
        preferredTimeWindow: body.preferred_time_window,
      })
      return created.map((one) => viewOf(profile, one, clock.now()))
    },
  })

  changing({
    method: 'PATCH',
    url: '/companies/{company}/callbacks/{id}',
    tag: 'Callbacks',
    summary: 'Take it over, say that it is done, open it again, or say how soon it is due',
    body: change,
    answer: callback,
    handle: async ({ scope, profile, principal }, { params, body }) => {
      const id = parseId('callback', params.id)
      if (id.isErr()) return err({ kind: 'not-found' })
      const assignedTo =
        body.assigned_to === undefined && body.state === 'assigned' ? principal.email : body.assigned_to
      const changed = await app.changeCallback(scope, profile, id.value, {
        ...(body.state === undefined ? {} : { state: body.state }),
        ...(assignedTo === undefined ? {} : { assignedTo }),
        ...(body.priority === undefined ? {} : { priority: body.priority }),
        ...(body.due_by === undefined ? {} : { dueBy: momentIn(body.due_by) }),
      })
      return changed.map((one) => viewOf(profile, one, clock.now()))
    },
  })
}

const viewOf = (profile: CompanyProfile, one: Callback, now: Instant) => {
  const zone = zoneOf(profile, one.branch)
  return {
    id: one.id,
    kind: one.kind,
    customer_name: one.customerName ?? null,
    phone_number: one.phoneNumber ?? null,
    reason: one.reason ?? null,
    message: one.message ?? null,
    preferred_time_window: one.preferredTimeWindow ?? null,
    branch: namedIn(profile, 'branches', one.branch),
    service: namedIn(profile, 'services', one.service),
    priority: one.priority,
    state: one.state,
    due_by: written(one.dueBy, zone),
    overdue: isOverdue(one, now),
    escalated_at: writtenOrNull(one.escalatedAt, zone),
    assigned_to: one.assignedTo?.name ?? null,
    call_id: one.callId ?? null,
    created_at: written(one.createdAt, zone),
  }
}
