import type { VoicePlatform } from '../../application/ports/voice-platform.ts'
import { readToolRequest } from './read-tool-request.ts'
import { readWebhook } from './read-webhook.ts'
import { signatureHeader, signatureMatches } from './signature.ts'

/** Retell, said in our words. Nothing outside this folder knows its JSON. */
export const retellVoicePlatform: VoicePlatform = {
  readWebhook,
  readToolRequest,
  sign: signatureHeader,
  signatureMatches,
}
