import { err, ok } from 'neverthrow'
import { isFor } from '../../domain/booking/offer.ts'
import type { Owner } from '../../domain/booking/resource.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import type { Search } from '../booking/search.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import type { Resolved, ToolContext } from './context.ts'
import { appointmentsOf } from './own-appointments.ts'
import { branchFields, resolveBranch, resolveService, resolveStaff, serviceFields } from './resolve.ts'

/** What is wished for, apart from when. */
export interface Wish {
  readonly search: Search
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly fields: JsonObject
}

export const resolveWish = async (context: ToolContext): Promise<Resolved<Wish>> => {
  const branch = resolveBranch(context)
  if (branch.isErr()) return err(branch.error)
  const service = resolveService(context, branch.value)
  if (service.isErr()) return err(service.error)
  const staff = resolveStaff(context, service.value, branch.value)
  if (staff.isErr()) return err(staff.error)
  return ok(await wishFor(context, branch.value, service.value, staff.value))
}

export const wishFor = async (
  context: ToolContext,
  branch: Branch,
  service: Service,
  staff: Staff | undefined,
): Promise<Wish> => ({
  search: await searchFor(context, branch, service, staff),
  branch,
  service,
  staff,
  fields: { ...branchFields(branch), ...serviceFields(service) },
})

/** Whom it is for, if somebody was named. */
export const attendeeSaid = ({ args }: Pick<ToolContext, 'args'>): string =>
  args.text('for_name') ?? args.text('customer_name') ?? ''

/** What this call holds itself for the same person is in nobody's way. */
export const searchFor = async (
  context: ToolContext,
  branch: Branch,
  service: Service,
  staff: Staff | undefined,
  attendee = attendeeSaid(context),
): Promise<Search> => {
  const mine = (await context.tx.offers.openOf(context.call.id)).filter((one) => isFor(one, attendee))
  return {
    profile: context.profile,
    branch,
    service,
    staff,
    own: new Set(mine.map(({ id }): Owner => id)),
    elsewhere: await appointmentsOf(context, attendee),
    call: context.call.id,
    held: mine,
    free: context.free,
    whenDown: 'stop',
  }
}
