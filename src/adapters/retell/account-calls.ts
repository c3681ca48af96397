import { err, ok } from 'neverthrow'
import type { VoiceAccount } from '../../application/ports/voice-accounts.ts'
import {
  type AccountConnection,
  documentFrom,
  documentIfAny,
  inOurWords,
  pageFrom,
  unreadable,
} from './account-connection.ts'
import { textOf } from './json.ts'
import { callFrom, reportFrom } from './read-account.ts'

export const accountCalls = (connection: AccountConnection): Pick<VoiceAccount, 'check' | 'calls' | 'call'> => ({
  check: async () => {
    const request = { method: 'GET', path: '/get-api-key-info', repeatable: true } as const
    const info = await inOurWords(documentFrom(connection, request))
    return info.map((about) => ({ name: textOf(about.org_name) ?? textOf(about.api_key_name) }))
  },
  calls: ({ from, to, agents, cursor, limit }) =>
    inOurWords(
      pageFrom(
        connection,
        {
          method: 'POST',
          path: '/v3/list-calls',
          body: {
            filter_criteria: {
              start_timestamp: { type: 'range', op: 'bt', value: [from, to] },
              agent: agents?.map((id) => ({ agent_id: id })),
            },
            sort_order: 'ascending',
            limit: limit ?? 1_000,
            pagination_key: cursor,
          },
          repeatable: true,
        },
        callFrom,
      ),
    ),
  call: async (callId) => {
    const request = { method: 'GET', path: `/v2/get-call/${encodeURIComponent(callId)}`, repeatable: true } as const
    const found = await documentIfAny(connection, request)
    const read = found.andThen((document) => {
      if (!document) return ok(undefined)
      const call = callFrom(document)
      return call ? ok({ call, report: reportFrom(document) }) : err(unreadable)
    })
    return inOurWords(Promise.resolve(read))
  },
})
