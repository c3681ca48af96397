import { err, ok, type Result } from 'neverthrow'
import { createTransport } from 'nodemailer'
import type { RealTime } from '../../application/ports/ambient.ts'
import type { Mail, Mailer, MailFailure } from '../../application/ports/mailer.ts'
import { writeCalendar } from '../icalendar/write-calendar.ts'
import { renderHtml, renderText } from './render-mail.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string
  /** Our address. */
  readonly from: string
  /** How long the server may be silent. */
  readonly silenceMs?: number
}

/** No mail takes longer than this, however slowly the server answers. */
const longestMs = 30_000

/** Sends over SMTP, one connection a mail. Line breaks and the like in names and subjects never reach a header. */
export const smtpMailer = (
  { url, from, silenceMs = 10_000 }: SmtpOptions,
  { realTime }: { readonly realTime: RealTime },
): Mailer => {
  const transport = createTransport({
    ...{ url, disableFileAccess: true, disableUrlAccess: true },
    ...{ connectionTimeout: silenceMs, greetingTimeout: silenceMs, dnsTimeout: silenceMs, socketTimeout: silenceMs },
  })
  const send = async (mail: Mail): Promise<Result<void, MailFailure>> => {
    try {
      await transport.sendMail(messageOf(mail, from))
      return ok()
    } catch (fault) {
      return err(failureOf(fault))
    }
  }
  return {
    from,
    send: async (mail) => {
      const sent = await realTime.deadlineIn(longestMs).within(send(mail))
      return sent === 'too-late' ? err({ kind: 'mail-server-down', detail: 'The mail server took too long.' }) : sent
    },
  }
}

const messageOf = (mail: Mail, from: string) => {
  const { invitation } = mail
  const content = invitation && writeCalendar(invitation.method, undefined, [invitation.entry])
  return {
    messageId: `<${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    from: { name: oneLine(mail.sender), address: from },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: oneLine(mail.subject),
    text: renderText(mail),
    html: renderHtml(mail),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    ...(invitation && content !== undefined
      ? {
          icalEvent: {
            method: invitation.method,
            filename: mail.language === 'de' ? 'termin.ics' : 'appointment.ics',
            content,
          },
        }
      : {}),
  }
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim()

/** Only what the server says to this receiver or this mail is the mail's fault; everything else is the server's. */
const failureOf = (fault: unknown): MailFailure => {
  const { responseCode, command, code } = detailsOf(fault)
  const isOfThisMail = command === 'RCPT TO' || command === 'DATA'
  if (isOfThisMail && responseCode !== undefined) {
    return responseCode >= 500
      ? { kind: 'mail-refused', detail: `The mail server refused the mail (${responseCode}).` }
      : { kind: 'mail-deferred', detail: `The mail server does not take this mail now (${responseCode}).` }
  }
  const what = [responseCode, code].filter((one) => one !== undefined).join(' ')
  return { kind: 'mail-server-down', detail: `The mail server cannot be used${what === '' ? '' : ` (${what})`}.` }
}

const detailsOf = (fault: unknown) => {
  const known = typeof fault === 'object' && fault !== null ? fault : {}
  return {
    responseCode: 'responseCode' in known && typeof known.responseCode === 'number' ? known.responseCode : undefined,
    command: 'command' in known && typeof known.command === 'string' ? known.command : undefined,
    code: 'code' in known && typeof known.code === 'string' ? known.code : undefined,
  }
}
