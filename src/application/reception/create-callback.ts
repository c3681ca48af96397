import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { promiseCallback } from './keep-callback.ts'

/** As a person or a program asks for it: a callback needs a number, a message needs words. */
export interface NewCallbackRequest
  extends Pick<Callback, 'kind' | 'priority' | 'customerName' | 'reason' | 'message' | 'preferredTimeWindow'> {
  readonly phoneNumber: string | undefined
  readonly branch: Slug | undefined
  readonly service: Slug | undefined
}

export const createCallback =
  ({ store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    request: NewCallbackRequest,
  ): Promise<Result<Callback, InvalidInput>> => {
    const [only, another] = profile.branches
    const branch =
      request.branch === undefined
        ? another === undefined
          ? only
          : undefined
        : profile.branches.find(({ slug }) => slug === request.branch)
    if (request.branch !== undefined && !branch) return invalid('/branch', 'There is no branch of this slug.')
    const service = profile.services.find(({ slug }) => slug === request.service)
    if (request.service !== undefined && !service) return invalid('/service', 'There is no service of this slug.')
    const phone = phoneOf(profile, request.phoneNumber)
    if (phone.isErr()) return err(phone.error)
    if (request.kind === 'callback' && !phone.value)
      return invalid('/phone_number', 'Nobody can be rung up without a number.')
    if (request.kind === 'message' && request.message === undefined)
      return invalid('/message', 'There is nothing to pass on.')
    const { kind, priority, customerName, reason, message, preferredTimeWindow } = request
    const promised = { kind, priority, customerName, reason, message, preferredTimeWindow }
    const place = { branch: branch?.id, service: service?.id, callId: undefined }
    return store.transact(
      scope,
      async (tx): Promise<Result<Callback, InvalidInput>> =>
        ok(await promiseCallback(tx, ids, profile, { ...promised, ...place, phoneNumber: phone.value }, clock.now())),
    )
  }

const phoneOf = (
  { company }: CompanyProfile,
  text: string | undefined,
): Result<PhoneNumber | undefined, InvalidInput> => {
  if (text === undefined) return ok(undefined)
  const parsed = parsePhoneNumber(text, company.country)
  return parsed.isOk() ? ok(parsed.value) : invalid('/phone_number', 'This is no phone number that can be rung up.')
}
