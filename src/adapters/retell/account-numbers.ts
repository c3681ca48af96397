import { err, ok, type Result } from 'neverthrow'
import type { VoiceAccount, VoiceNumber } from '../../application/ports/voice-accounts.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import {
  type AccountConnection,
  documentFrom,
  documentIfAny,
  inOurWords,
  pageFrom,
  unreadable,
} from './account-connection.ts'
import type { AccountFailure } from './account-failures.ts'
import { numberFrom } from './read-account.ts'

const read = (document: JsonObject): Result<VoiceNumber, AccountFailure> => {
  const number = numberFrom(document)
  return number ? ok(number) : err(unreadable)
}

/** The `+` would mean a space. */
const at = (operation: string, number: PhoneNumber) => `/${operation}-phone-number/${encodeURIComponent(number)}`

export const accountNumbers = (
  connection: AccountConnection,
): Pick<VoiceAccount, 'numbers' | 'number' | 'changeNumber'> => ({
  numbers: ({ cursor }) =>
    inOurWords(
      pageFrom(
        connection,
        {
          method: 'GET',
          path: '/v2/list-phone-numbers',
          query: { limit: 1_000, sort_order: 'ascending', pagination_key: cursor },
          repeatable: true,
        },
        numberFrom,
      ),
    ),
  number: async (number) => {
    const found = await documentIfAny(connection, { method: 'GET', path: at('get', number), repeatable: true })
    return inOurWords(Promise.resolve(found.andThen((document) => (document ? read(document) : ok(undefined)))))
  },
  changeNumber: async (number, changes) => {
    const request = { method: 'PATCH', path: at('update', number), body: changes, repeatable: true } as const
    return inOurWords(Promise.resolve((await documentFrom(connection, request)).andThen(read)))
  },
})
