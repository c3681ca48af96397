import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import { type Secret, secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { RawRequest } from '../calling/accept-webhook.ts'
import type { Refuse, Refused } from '../calling/refusals.ts'
import type { CalendarMessage } from '../ports/calendar-messages.ts'
import type { NewDelivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { MalformedPayload } from '../ports/voice-platform.ts'

type Needs = Pick<Ports, 'clock' | 'ids' | 'inbox' | 'alarm' | 'directory' | 'calendarMessages'>

export type CalendarIntakeFailure = Refused | MalformedPayload

/** Why a message is not believed. Whoever sent it is told none of it. */
const reasons = {
  missing:
    'The X-Cal-Signature-256 header is missing. Only Cal.com calls this address, with the secret of the webhook.',
  'without-secret':
    'The webhook in Cal.com has no secret. Give it the webhook_secret of the company file, or register it again on the page of the calendar connection.',
  'wrong-secret':
    'The signature was not made with the webhook_secret of this company. Put the same secret into Cal.com and the company file.',
  'no-secret':
    'This company has no webhook_secret that can be opened, so nothing can be proven. Name one under calendar: in the company file.',
  'no-company':
    'There is no company of this name with a calendar at Cal.com. Compare the address of the webhook with that on the page of the calendar connection.',
} as const

/** What stands in the header where the webhook has no secret. */
const withoutSecret = 'no-secret-provided'
/** Checked where there is no other, so that a company without one takes no less time. It proves nothing. */
const nobodys = secret('there is no such secret')

/** Anything else names no company. */
const isSlug = /^[a-z0-9-]{1,64}$/

/**
 * The door for what calendars tell by themselves. Only what the secret of the company in the address signed is believed; nothing
 * is acknowledged before it is kept durably. Whatever is wrong with a signature or an address, the answer is the same.
 */
export const calendarIntake = (ports: Needs, refuse: Refuse) => {
  const { clock, ids, inbox, alarm, directory, calendarMessages } = ports

  const turnAway = (reason: keyof typeof reasons, address: string, claimed: CompanyProfile | undefined, now: Instant) =>
    refuse(
      { source: 'calcom', told: 'wrong-key', detail: reasons[reason], isForged: false, claimed: claimed?.id },
      { address, event: 'unread', callId: undefined },
      now,
    )

  /** Whose calendar is meant; undefined for a company that has none of a vendor. */
  const companyOf = async (slug: string): Promise<CompanyProfile | undefined> => {
    const id = isSlug.test(slug) ? await directory.companyBySlug(slug) : undefined
    const profile = id && (await directory.profile(id))
    return profile && profile.calendar.kind !== 'embedded' ? profile : undefined
  }

  const secretOf = async ({ id, calendar }: CompanyProfile): Promise<Secret | undefined> =>
    calendar.kind === 'embedded' || !calendar.webhookSecret
      ? undefined
      : directory.secretOf(id, calendar.webhookSecret.secretName)

  const reasonOf = (signature: string | undefined, profile: CompanyProfile | undefined, own: Secret | undefined) => {
    if (!profile) return 'no-company'
    if (signature === undefined || signature === '') return 'missing'
    if (signature === withoutSecret) return 'without-secret'
    return own ? 'wrong-secret' : 'no-secret'
  }

  const keep = (
    raw: RawRequest,
    profile: CompanyProfile,
    now: Instant,
    what: Pick<NewDelivery, 'event' | 'outcome' | 'dedupeKey' | 'dueAt'>,
    problem?: string,
  ) =>
    inbox.store({
      ...what,
      ...{ id: ids.next('delivery'), source: 'calcom', callId: undefined, company: profile.id, account: undefined },
      ...{ receivedAt: now, address: raw.address, body: textOf(raw) },
      stages: [
        { name: 'received', at: now, ok: true, detail: `${raw.body.length} bytes.` },
        { name: 'signature', at: now, ok: true, detail: 'It proves the sender.' },
        { name: 'routed', at: now, ok: true, detail: 'The address names the company.' },
        { name: 'stored', at: now, ok: true, detail: 'Durably.' },
        ...(problem === undefined ? [] : [{ name: 'processed', at: now, ok: false, detail: problem } as const]),
      ],
    })

  /** Is a header there that could be a signature? Judged before a body is read; what is not is refused. */
  const judgeCalendarHeader = async (
    slug: string,
    { signature, address }: Pick<RawRequest, 'signature' | 'address'>,
  ): Promise<Result<void, Refused>> => {
    if (signature !== undefined && /^[0-9a-f]{64}$/.test(signature)) return ok()
    const profile = await companyOf(slug)
    const own = profile && (await secretOf(profile))
    return err(await turnAway(reasonOf(signature, profile, own), address, profile, clock.now()))
  }

  const acceptCalendar = async (slug: string, raw: RawRequest): Promise<Result<void, CalendarIntakeFailure>> => {
    const now = clock.now()
    const profile = await companyOf(slug)
    const own = profile && (await secretOf(profile))
    const isSigned = calendarMessages.isSigned(raw.body, raw.signature, own ?? nobodys)
    if (!profile || !own || !isSigned) {
      return err(await turnAway(reasonOf(raw.signature, profile, own), raw.address, profile, now))
    }
    const read = calendarMessages.read(textOf(raw), profile)
    if (read.isErr()) {
      const unreadable = { event: 'unreadable', outcome: 'refused', dedupeKey: undefined, dueAt: undefined } as const
      await keep(raw, profile, now, unreadable, read.error.detail)
      return err(read.error)
    }
    await keep(raw, profile, now, workOf(read.value, profile, now))
    if (read.value.news.kind === 'unknown') {
      const event = read.value.event.slice(0, 100)
      await alarm.alert(profile.id, {
        ...{ id: ids.next('alert'), key: `unknown_event:calcom:${event}`, kind: 'unknown_event', severity: 'warning' },
        message: `Cal.com sent an event that nobody documents: ${event}. It is kept; look whether it matters.`,
        ...{ callId: undefined, appointmentId: undefined, createdAt: now },
      })
    }
    return ok()
  }

  return { judgeCalendarHeader, acceptCalendar }
}

const textOf = ({ body }: RawRequest): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')

const workOf = (
  { event, sameAs, news }: CalendarMessage,
  { id }: CompanyProfile,
  now: Instant,
): Pick<NewDelivery, 'event' | 'outcome' | 'dedupeKey' | 'dueAt'> => {
  const concernsUs = news.kind === 'booking' || news.kind === 'attendance'
  return {
    event: event.slice(0, 100),
    outcome: concernsUs ? 'accepted' : 'ignored',
    dedupeKey: concernsUs && sameAs !== undefined ? `calcom:${id}:${sameAs}` : undefined,
    dueAt: concernsUs ? now : undefined,
  }
}
