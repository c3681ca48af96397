import { err, ok } from 'neverthrow'
import type { Mail, Mailer, MailFailure } from '../../application/ports/mailer.ts'
import { keep } from './keep.ts'

/** A mail server that keeps what it takes, and can be told what to take. */
export interface MemoryMailer extends Mailer {
  readonly taken: readonly Mail[]
  /** Undefined: it takes everything. */
  readonly fail: (how: ((mail: Mail) => MailFailure | undefined) | undefined) => void
}

export const memoryMailer = (from = 'desk@frontdesk.example'): MemoryMailer => {
  const taken: Mail[] = []
  let failing: ((mail: Mail) => MailFailure | undefined) | undefined
  return {
    from,
    taken,
    fail: (next) => {
      failing = next
    },
    send: async (mail) => {
      const failure = failing?.(mail)
      if (failure) return err(failure)
      taken.push(keep(mail))
      return ok()
    },
  }
}
