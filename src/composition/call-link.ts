import { companyPath } from '../adapters/web/frame.ts'
import type { CallLink } from '../application/mail/send-call-summary.ts'

/** The address of a call's page as people reach it from outside. */
export const callLink =
  (publicUrl: string): CallLink =>
  (company, call) =>
    `${publicUrl.replace(/\/+$/, '')}${companyPath(company, `/calls/${encodeURIComponent(call)}`)}`
