import { type RetellVoiceAccounts, retellVoiceAccounts } from '../adapters/retell/voice-accounts.ts'
import { realTime } from '../adapters/timing/real-time.ts'
import type { RateLimits } from '../application/ports/cache.ts'
import type { Ports } from '../application/ports/ports.ts'
import { secret } from '../domain/secret.ts'
import { breakerNews } from './breaker-news.ts'

interface RetellSetting {
  /** Of the platform's own account. */
  readonly apiKey: string | undefined
  readonly baseUrl: string
  readonly requestsPerSecond: number | undefined
  readonly allowPrivate: boolean
  readonly limits: RateLimits
}

/** The Retell accounts of all companies, with an alert for those whose account does not answer. */
export const openRetell = (
  ports: Pick<Ports, 'store' | 'ids' | 'clock' | 'directory'>,
  { apiKey, ...setting }: RetellSetting,
): RetellVoiceAccounts => {
  const news = breakerNews(ports, 'voice-account')
  const accounts = retellVoiceAccounts({
    ...setting,
    platformKey: apiKey === undefined ? undefined : secret(apiKey),
    secretOf: ports.directory.secretOf,
    realTime,
    onBreaker: news.tell,
  })
  return {
    ...accounts,
    close: async () => {
      await accounts.close()
      await news.settled()
    },
  }
}
