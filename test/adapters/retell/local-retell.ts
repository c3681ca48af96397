import { fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { retellVoiceAccounts, type VoiceAccountOptions } from '../../../src/adapters/retell/voice-accounts.ts'
import { type RetellSettings, startRetell } from '../../../src/adapters/simulation/retell/start-retell.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../../application/desk.ts'
import { noLimits } from '../vendor/local-server.ts'

export const clock = fixedClock(instant(Date.parse('2026-11-20T09:00:00Z')))

const readProfiles = async (): Promise<{ readonly salon: CompanyProfile; readonly praxis: CompanyProfile }> => {
  const { ports } = await openDesk([salon, praxis])
  const profileOf = async (slug: string) => {
    const id = await ports.directory.companyBySlug(slug)
    const profile = id && (await ports.directory.profile(id))
    if (!profile) throw new Error(`There is no ${slug}.`)
    return profile
  }
  return { salon: await profileOf('salon-sonne'), praxis: await profileOf('praxis-mond') }
}

let read: ReturnType<typeof readProfiles> | undefined
/** The salon, which names no account, and the practice, which has its own. */
export const profiles = (): ReturnType<typeof readProfiles> => {
  read ??= readProfiles()
  return read
}

/** The salon's account at a Retell of its own; whatever was opened ends with `close`. */
export const openAccount = async (more: Partial<VoiceAccountOptions> = {}, settings: Partial<RetellSettings> = {}) => {
  const retell = await startRetell({ now: clock.now, ...settings })
  const companies = await profiles()
  const accounts = retellVoiceAccounts({
    secretOf: async () => secret('key_of_praxis'),
    platformKey: secret(retell.key),
    baseUrl: retell.url,
    limits: noLimits,
    realTime,
    allowPrivate: true,
    ...more,
  })
  const account = await accounts.of(companies.salon)
  if (!account) throw new Error('There is no account.')
  const close = async () => {
    await retell.close()
    await accounts.close()
  }
  return { retell, accounts, account, companies, close }
}
