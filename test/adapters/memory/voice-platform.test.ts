import { expect, it } from 'vitest'
import { plainBody, plainSignature, plainVoice } from '../../../src/adapters/memory/voice-platform.ts'
import { parseSignature } from '../../../src/domain/calling/signature.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'

it('carries an event with its report, signed, in the application’s own words', () => {
  const report = { event: 'call_started', fields: { agentName: 'Empfang' }, canonical: '{}' } as const
  const content = {
    kind: 'call-event',
    event: 'call_started',
    callId: 'call_a',
    occurrence: 'call_started',
    at: undefined,
    report: () => report,
  } as const
  const body = plainBody({ parties: { callId: 'call_a' }, content })
  const read = plainVoice.readWebhook(body)
  const webhook = read.content._unsafeUnwrap()
  expect(read.parties.callId).toBe('call_a')
  expect(webhook.kind === 'call-event' && webhook.report()).toEqual(report)

  const key = secret('key_plain')
  const signature = parseSignature(plainSignature(body, 1000, key), instant(1000))._unsafeUnwrap()
  expect(plainVoice.signatureMatches(Buffer.from(body), signature, key)).toBe(true)
  expect(plainVoice.signatureMatches(Buffer.from(body), signature, secret('other'))).toBe(false)
})
