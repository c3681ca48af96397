import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../../domain/company.ts'
import { isPrivateAddress } from '../../../domain/web-address.ts'
import type { CalendarFailure, CalendarWebhook } from '../../ports/calendar.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CompanyScope } from '../../scope.ts'
import type { CalendarNotConnected } from './connect-calendar.ts'
import { inTime } from './in-time.ts'
import { webhookAddress } from './webhook-address.ts'

/** Whether the calendar tells us of its bookings. */
export interface WebhookView {
  readonly address: string
  /** `wrong`: it tells of too little, or signs with another secret. `unknown`: the calendar did not say. */
  readonly state: 'active' | 'wrong' | 'inactive' | 'missing' | 'unknown'
  /** Without one nothing that comes can be believed. */
  readonly hasSecret: boolean
  /** PUBLIC_URL is of this machine or network, where a calendar elsewhere cannot reach it. */
  readonly isPrivate: boolean
}

type Needs = Pick<Ports, 'directory' | 'calendars' | 'realTime'> & {
  readonly publicUrl: string
  readonly patienceMs: number
}

export const webhookView = async (
  { directory, publicUrl }: Pick<Needs, 'directory' | 'publicUrl'>,
  profile: CompanyProfile,
  found: Result<readonly CalendarWebhook[], CalendarFailure>,
): Promise<WebhookView> => {
  const address = webhookAddress(publicUrl, profile)
  const ours = found.isOk() ? found.value.filter(({ url }) => url === address) : []
  const name = profile.calendar.kind === 'calcom' ? profile.calendar.webhookSecret?.secretName : undefined
  const secret = name === undefined ? undefined : await directory.secretOf(profile.id, name)
  const state = found.isErr() ? 'unknown' : stateOf(ours)
  return { address, state, hasSecret: secret !== undefined, isPrivate: isPrivateAddress(publicUrl) }
}

const stateOf = (ours: readonly CalendarWebhook[]): WebhookView['state'] => {
  const active = ours.filter(({ isActive }) => isActive)
  if (active.length > 0) return active.some(({ isRight }) => isRight) ? 'active' : 'wrong'
  return ours.length > 0 ? 'inactive' : 'missing'
}

/** A calendar in the public network cannot reach an address in a private one, so it is not told of it. */
export type WebhookOutOfReach = { readonly kind: 'webhook-out-of-reach'; readonly address: string }

/** Has the calendar tell us of its bookings from now on; doing it again changes nothing. */
export const registerCalendarWebhook =
  (ports: Needs) =>
  async (
    _scope: CompanyScope,
    profile: CompanyProfile,
  ): Promise<Result<{ readonly address: string }, CalendarNotConnected | WebhookOutOfReach>> => {
    const calendar = ports.calendars.of(profile)
    if (!calendar)
      return err({ kind: 'calendar-not-connected', reason: 'not-here', detail: 'No calendar is connected.' })
    const address = webhookAddress(ports.publicUrl, profile)
    if (isPrivateAddress(address) && !isNear(profile)) return err({ kind: 'webhook-out-of-reach', address })
    const registered = await inTime(ports, calendar.registerWebhook(address))
    return registered.isOk()
      ? ok({ address })
      : err({ kind: 'calendar-not-connected', reason: registered.error.kind, detail: registered.error.detail })
  }

/** A calendar of one's own, in the same machine or network. */
const isNear = ({ calendar }: CompanyProfile): boolean =>
  calendar.kind === 'calcom' && calendar.baseUrl !== undefined && isPrivateAddress(calendar.baseUrl)
