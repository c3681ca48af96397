import type { VoiceFailure } from '../../application/ports/voice-accounts.ts'
import { isObject } from '../../domain/canonical-json.ts'
import type { UnusableAccess } from '../vendor/client-pool.ts'
import type { JsonAnswer, VendorFailure } from '../vendor/json-client.ts'

/** How asking an account can end without a yes, before it is said in our words. */
export type AccountFailure = VendorFailure | { readonly kind: UnusableAccess } | { readonly kind: 'unreadable' }

/** Large enough for every sentence of Retell's, and for nothing that hides a document. */
const longestComplaint = 500

/** What an answer says went wrong. It may quote a document and never leaves this folder. */
const complaintOf = ({ body }: JsonAnswer): string => {
  const message = isObject(body) ? body.message : undefined
  return typeof message === 'string' ? message.slice(0, longestComplaint) : ''
}

/** Retell looked, and has no such thing. An address that it does not serve is another matter. */
export const isUnknownAsset = (failure: AccountFailure): boolean =>
  failure.kind === 'answered' &&
  (failure.status === 404 || failure.status === 422) &&
  failure.isJson &&
  /cannot find|not found|does not exist/i.test(complaintOf(failure))

/** Nobody knows whether it was done. */
export const isLost = (failure: AccountFailure): boolean =>
  failure.kind === 'unreadable' ||
  (failure.kind === 'unavailable' && failure.wasSent) ||
  (failure.kind === 'answered' && (failure.status === 408 || failure.status >= 500))

/** What a person has to do, by what Retell complains of. */
const cures: readonly (readonly [RegExp, string])[] = [
  [/cannot update published/i, 'The version is published and cannot be changed. Make a new draft of it.'],
  [/cannot find|not found|does not exist/i, 'There is no such agent, version, engine or number in this account.'],
  [/_cal\b|cal\.com/i, 'The tools of Retell for Cal.com are gone. Use the tools of frontdesk instead.'],
  [/weight/i, 'The weights of the agents of a number have to add up to 1.'],
  [/in use|unbind|attached|still (used|bound)/i, 'It is still in use. Take it from its numbers and agents first.'],
  [/response_engine/i, 'The agent names another version of its engine than its own.'],
  [/already (been )?published/i, 'The version is published already.'],
]

/** Names of fields that a validation complains of, and nothing that was in them. */
const fieldsOf = (complaint: string): readonly string[] => {
  const words = complaint.split(/\s+/)
  return words
    .filter((word, place) => words[place + 1] === 'must' && /^[a-z_]+([/.][a-z0-9_]+)*$/.test(word))
    .map((path) => path.replace(/^body(\/|$)/, ''))
    .filter((path) => path !== '')
}

const cureOf = (answer: JsonAnswer): string => {
  const complaint = complaintOf(answer)
  const cure = cures.find(([words]) => words.test(complaint))?.[1]
  if (cure !== undefined) return cure
  const fields = fieldsOf(complaint)
  return fields.length > 0 ? `Retell does not take: ${fields.join(', ')}.` : 'Retell refused the request.'
}

const misconfigured = (detail: string): VoiceFailure => ({ kind: 'misconfigured', detail })
const unreachable = (detail: string): VoiceFailure => ({ kind: 'unreachable', detail })

const newKey = 'Put a valid one under api_key of retell in the company file, or into RETELL_API_KEY.'

const ofAnswer = (answer: JsonAnswer): VoiceFailure => {
  const { status } = answer
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return unreachable(`Retell cannot answer now (${status}).`)
  if (status >= 300 && status < 400)
    return misconfigured(`RETELL_BASE_URL leads elsewhere (${status}). Name the address it leads to.`)
  if (!answer.isJson)
    return status === 404
      ? misconfigured('Nothing is served there (404). Look whether RETELL_BASE_URL is the address of Retell.')
      : unreachable(`Retell answered with a page in place of data (${status}).`)
  if (status === 401) return misconfigured(`Retell does not accept the API key (${status}). ${newKey}`)
  if (status === 402)
    return misconfigured(`Retell asks for a payment (${status}). Look at the billing page of the account.`)
  if (status === 403)
    return misconfigured(
      `The API key has no right to this (${status}). Give it Edit for agents and phone numbers, and Read for the history.`,
    )
  return { kind: 'refused', detail: `${cureOf(answer)} (${status})` }
}

/** What a failure means for whoever asked. Details name statuses, settings, fields and cures; never a key or a content. */
export const voiceFailure = (failure: AccountFailure): VoiceFailure => {
  switch (failure.kind) {
    case 'unusable-address':
      return misconfigured('RETELL_BASE_URL is no address such as https://api.retellai.com.')
    case 'unusable-key':
      return misconfigured(`The API key of Retell holds characters that no key has. ${newKey}`)
    case 'forbidden-address':
      return misconfigured(
        'RETELL_BASE_URL may not be asked. It has to be a public https address, or ALLOW_PRIVATE_ADDRESSES has to be true.',
      )
    case 'unreadable':
      return unreachable('Retell answered in a shape that is not known here.')
    case 'unavailable':
      return unreachable(`Retell: ${failure.detail}`)
    case 'answered':
      return ofAnswer(failure)
  }
}
