import { readCompanyFile } from '../../src/adapters/company-file/read-company-file.ts'
import { countingIds, fixedClock } from '../../src/adapters/memory/ambient.ts'
import { type UnrulyCalendar, unrulyCalendar } from '../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { sharedAccount, type UnrulyVoiceAccount, unrulyVoiceAccount } from '../../src/adapters/memory/voice-account.ts'
import { signatureHeader } from '../../src/adapters/retell/signature.ts'
import { retellVoicePlatform } from '../../src/adapters/retell/voice-platform.ts'
import { type ApplicationSettings, application } from '../../src/application/application.ts'
import { grantCompany, grantPlatform } from '../../src/application/grant-scope.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import { type Secret, secret } from '../../src/domain/secret.ts'
import { instant } from '../../src/domain/time.ts'

/** Two branches in Berlin: Mitte with Nina (everything) and Udo (men's cuts only), West with nobody. Friday, 10:00. */
export const salon = `
company: { slug: salon-sonne, name: Salon Sonne, time_zone: Europe/Berlin, country: DE, language: de, currency: EUR, booking: true }
branches:
  - slug: mitte
    name: Salon Sonne Mitte
    phone_numbers: ["030 23125101"]
    retell_agent_id: agent_mitte
    hours: { mon: ["09:00-18:00"], tue: ["09:00-18:00"], wed: ["09:00-18:00"], thu: ["09:00-18:00"], fri: ["09:00-18:00"], sat: ["09:00-14:00"] }
  - slug: west
    name: Salon Sonne West
    phone_numbers: ["030 23125102"]
    retell_agent_id: agent_west
    hours: { mon: ["10:00-19:00"], tue: ["10:00-19:00"] }
services:
  - { slug: herrenhaarschnitt, name: Herrenhaarschnitt, keywords: [Herrenschnitt], duration_minutes: 55, buffer_after_minutes: 5, price: 3200 }
  - { slug: damenhaarschnitt, name: Damenhaarschnitt, duration_minutes: 60, price: 5400, branches: [mitte] }
  - { slug: bartpflege, name: Bartpflege, duration_minutes: 30, price: 1500, branches: [west] }
staff:
  - { slug: nina, name: Nina Probe, branches: [mitte], services: [herrenhaarschnitt, damenhaarschnitt] }
  - { slug: udo, name: Udo Beispiel, branches: [mitte], services: [herrenhaarschnitt] }
customers:
  - { name: Max Muster, phone: "0171 3920001", email: max@salon-sonne.example }
`

export const praxis = salon
  .replace('slug: salon-sonne, name: Salon Sonne,', 'slug: praxis-mond, name: Praxis Mond,')
  .replaceAll('030 23125101', '030 23125111')
  .replaceAll('030 23125102', '030 23125112')
  .replaceAll('agent_mitte', 'agent_mond')
  .replaceAll('agent_west', 'agent_mond_west')
  .replace('Max Muster', 'Erika Beispiel')
  .concat('retell: { api_key: key_of_praxis, webhook_keys: [key_of_praxis] }\n')

export const platformKey = secret('key_of_platform')
export const praxisKey = secret('key_of_praxis')

export interface Caller {
  readonly call?: string
  readonly from?: string
  readonly to?: string
  readonly key?: Secret
}

export interface Ask extends Caller {
  readonly extra?: JsonObject
}

/** A whole desk in memory, spoken to with the bytes and signatures that Retell would send. */
export const openDesk = async (
  files: readonly string[] = [salon],
  open: (clock: ReturnType<typeof fixedClock>) => Promise<Ports> | Ports = (clock) =>
    memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform }),
  settings: ApplicationSettings = {},
) => {
  const clock = fixedClock(instant(Date.parse('2026-11-20T09:00:00Z')))
  const ports = await open(clock)
  const app = application(ports, settings)
  const platform = grantPlatform({ kind: 'job', name: 'test' })
  for (const file of files) {
    const read = readCompanyFile(file, {})
    if (read.isErr()) throw new Error(JSON.stringify(read.error))
    const applied = await app.applyCompany(platform, read.value, { prune: false, dryRun: false })
    if (applied.isErr()) throw new Error(JSON.stringify(applied.error))
  }
  const slugOf = (to: string) =>
    to.startsWith('+493023125111') || to.startsWith('+493023125112') ? 'praxis-mond' : 'salon-sonne'

  const raw = (body: string, key: Secret, address = '192.0.2.1') => ({
    body: Buffer.from(body),
    signature: signatureHeader(body, clock.now(), key),
    address,
  })
  const callOf = ({ call = 'call_a', from = '+4915550100001', to = '+493023125101' }: Caller): JsonObject => ({
    call_id: call,
    call_type: 'phone_call',
    direction: 'inbound',
    from_number: from,
    to_number: to,
    call_status: 'ongoing',
  })

  const scopeOf = async (slug = 'salon-sonne') => {
    const company = await ports.directory.companyBySlug(slug)
    if (!company) throw new Error(`no ${slug}`)
    return grantCompany(company, { kind: 'job', name: 'test' })
  }

  return {
    clock,
    ports,
    app,
    platform,
    raw,
    callOf,
    scopeOf,
    /** What a webhook is answered, or the failure's kind. */
    send: async (
      payload: JsonObject | string,
      { key = platformKey, address }: { key?: Secret; address?: string } = {},
    ) => {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
      return app.acceptWebhook(raw(body, key, address))
    },
    /** The flat answer of a tool. */
    ask: async (name: string, args: JsonObject, caller: Ask = {}): Promise<JsonObject> => {
      const body = JSON.stringify({ name, args, call: { ...callOf(caller), ...caller.extra } })
      const proven = await app.acceptToolRequest(
        raw(body, caller.key ?? (slugOf(caller.to ?? '') === 'praxis-mond' ? praxisKey : platformKey)),
        undefined,
      )
      if (proven.isErr()) throw new Error(JSON.stringify(proven.error))
      return app.answerTool(proven.value)
    },
    work: async () => app.workInbox(1000),
    look: async <T>(work: (tx: CompanyTx) => Promise<T>, slug = 'salon-sonne'): Promise<T> =>
      ports.store.read(await scopeOf(slug), work),
  }
}

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** The same desk, whose companies keep their appointments in a vendor's calendar that can be made to misbehave. */
export const openDeskWithCalendar = async (
  file: string = salon,
  misbehave: (calendar: UnrulyCalendar) => void = () => undefined,
) => {
  let calendar: UnrulyCalendar | undefined
  const desk = await openDesk(
    [file],
    (clock) => {
      calendar = unrulyCalendar(clock)
      const voice = retellVoicePlatform
      return memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice, calendars: calendar })
    },
    { toolDeadlineMs: callerPatienceMs },
  )
  if (!calendar) throw new Error('no calendar')
  misbehave(calendar)
  return { ...desk, calendar }
}

/** The same desk, whose companies share an account of Retell that can be made to misbehave. */
export const openDeskAtRetell = async (files: readonly string[] = [salon], settings: ApplicationSettings = {}) => {
  let account: UnrulyVoiceAccount | undefined
  const desk = await openDesk(
    files,
    (clock) => {
      account = unrulyVoiceAccount(clock)
      const [voice, voiceAccounts] = [retellVoicePlatform, sharedAccount(account)]
      return memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice, voiceAccounts })
    },
    settings,
  )
  if (!account) throw new Error('no account')
  return { ...desk, account }
}

/** Real milliseconds; short, so that a silent calendar costs a test little. */
export const callerPatienceMs = 60
