import { callState } from '../../domain/calling/call.ts'
import type { Country } from '../../domain/phone-number.ts'
import { type CallerNumber, parseCallerNumber } from '../../domain/phone-number.ts'
import type { StoredCall } from '../ports/calls.ts'

/** Who is on the other end of a call, whoever rang whom. */
export const callerOf = ({ record }: Pick<StoredCall, 'record'>, country: Country): CallerNumber => {
  const { direction, toNumber, fromNumber } = callState(record)
  return parseCallerNumber(direction === 'outbound' ? toNumber : fromNumber, country)
}
