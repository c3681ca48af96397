import { err, ok, type Result } from 'neverthrow'
import type { CalcomSettings, CompanyProfile } from '../../../domain/company.ts'
import { type Secret, secret } from '../../../domain/secret.ts'
import { isWebAddress } from '../../../domain/web-address.ts'
import { changeCompany } from '../../access/change-company-file.ts'
import type { ApplyFailure, CompanyToApply } from '../../companies/apply-company.ts'
import { inventSecretName } from '../../companies/secret-name.ts'
import { specOf } from '../../companies/spec-of.ts'
import type { InputError, InvalidInput } from '../../failure.ts'
import type { CalendarAccount, CalendarFailure } from '../../ports/calendar.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CompanyScope } from '../../scope.ts'
import type { ChangingCompanies } from './change-checked.ts'
import { inTime } from './in-time.ts'
import { webhookAddress } from './webhook-address.ts'

/** As a person typed it. */
export interface CalendarToConnect {
  /** Empty: that of the installation. */
  readonly baseUrl: string
  /** Undefined: the key that is kept, as long as it goes to the same address as before. */
  readonly apiKey: Secret | undefined
  /** Undefined: the one that is kept, else a new one. */
  readonly webhookSecret: Secret | undefined
}

/** Nothing was kept: no calendar answered to this key at this address. */
export type CalendarNotConnected = {
  readonly kind: 'calendar-not-connected'
  readonly reason: CalendarFailure['kind'] | 'not-here'
  readonly detail: string
}

type Needs = ChangingCompanies & Pick<Ports, 'credentials'> & { readonly publicUrl: string }

/** Tries the key, and only then keeps it, sealed, and makes the calendar that of the company. Nobody sees the key again. */
export const connectCalendar =
  (ports: Needs) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    typed: CalendarToConnect,
  ): Promise<Result<CalendarAccount, CalendarNotConnected | InvalidInput | ApplyFailure>> => {
    const baseUrl = typed.baseUrl.trim() === '' ? undefined : typed.baseUrl.trim()
    if (baseUrl !== undefined && !isWebAddress(baseUrl)) return err(wrong('/base_url', 'This is no web address.'))
    const before = profile.calendar.kind === 'calcom' ? profile.calendar : undefined
    const keptKey =
      before?.baseUrl === baseUrl && before
        ? await ports.directory.secretOf(scope.company, before.apiKey.secretName)
        : undefined
    const key = typed.apiKey ?? keptKey
    if (!key) return err(wrong('/api_key', 'The API key is missing. With another base URL it has to be given again.'))
    const settings = settingsOf(profile, baseUrl)
    const tried = ports.calendars.trying(settings, key)
    if (!tried) return err(notConnected('not-here', 'No calendar of a vendor can be asked here.'))
    const account = await inTime(ports, tried.account())
    if (account.isErr()) return err(notConnected(account.error.kind, account.error.detail))
    const made = secret(ports.credentials.randomText())
    const changed = await changeCompany(ports)(scope, async (now) =>
      ok(await connected(ports, now, baseUrl, typed, made)),
    )
    if (changed.isErr()) return err(changed.error)
    await tellSecret(ports, changed.value)
    return ok(account.value)
  }

/** A webhook that is there already has to sign with the secret that is believed from now on. */
const tellSecret = async (ports: Needs, profile: CompanyProfile): Promise<void> => {
  const calendar = ports.calendars.of(profile)
  if (!calendar) return
  const address = webhookAddress(ports.publicUrl, profile)
  const found = await inTime(ports, calendar.webhooks())
  if (found.isOk() && found.value.some(({ url }) => url === address)) {
    await inTime(ports, calendar.registerWebhook(address))
  }
}

const wrong = (pointer: string, detail: string): InvalidInput => {
  const errors: readonly InputError[] = [{ pointer, detail }]
  return { kind: 'invalid-input', errors }
}

const notConnected = (reason: CalendarNotConnected['reason'], detail: string): CalendarNotConnected => ({
  kind: 'calendar-not-connected',
  reason,
  detail,
})

const apiKeyField = 'calendar_api_key'
const webhookSecretField = 'calendar_webhook_secret'

const settingsOf = (profile: CompanyProfile, baseUrl: string | undefined): CalcomSettings => {
  const before = profile.calendar.kind === 'calcom' ? profile.calendar : undefined
  const nameOf = (field: string, own: string | undefined) => ({
    secretName: inventSecretName(profile.company.slug, field, (name) => !usedElsewhere(profile, own).has(name)),
  })
  return {
    kind: 'calcom',
    baseUrl,
    apiKey: nameOf(apiKeyField, before?.apiKey.secretName),
    webhookSecret: nameOf(webhookSecretField, before?.webhookSecret?.secretName),
    apiVersions: before?.apiVersions ?? {},
  }
}

/** The names under which other things of the company are kept; `own` may be replaced if nothing else uses it. */
const usedElsewhere = ({ retell, calendar, notifications }: CompanyProfile, own: string | undefined) => {
  const names = [
    ...(retell ? [retell.apiKey, ...retell.webhookKeys] : []),
    ...(calendar.kind === 'calcom' ? [calendar.apiKey, calendar.webhookSecret] : []),
    notifications.slackWebhookUrl,
  ].flatMap((one) => one?.secretName ?? [])
  const once = names.indexOf(own ?? '')
  return new Set(names.filter((_, at) => at !== once))
}

const connected = async (
  { directory }: Pick<Ports, 'directory'>,
  now: CompanyProfile,
  baseUrl: string | undefined,
  typed: CalendarToConnect,
  made: Secret,
): Promise<CompanyToApply> => {
  const before = now.calendar.kind === 'calcom' ? now.calendar : undefined
  const fresh = settingsOf(now, baseUrl)
  // Like the key, it goes to no other address than before.
  const own = before?.baseUrl === baseUrl ? before?.webhookSecret : undefined
  const kept = own && (await directory.secretOf(now.id, own.secretName))
  const apiKey = typed.apiKey ? fresh.apiKey : (before?.apiKey ?? fresh.apiKey)
  const newSecret = typed.webhookSecret ?? (kept ? undefined : made)
  const webhookSecret = newSecret ? fresh.webhookSecret : before?.webhookSecret
  const secrets = [
    { name: apiKey.secretName, value: typed.apiKey, line: undefined, path: '/calendar/api_key' },
    ...(webhookSecret
      ? [{ name: webhookSecret.secretName, value: newSecret, line: undefined, path: '/calendar/webhook_secret' }]
      : []),
  ]
  return { spec: { ...specOf(now), calendar: { ...fresh, apiKey, webhookSecret } }, customers: [], secrets }
}
