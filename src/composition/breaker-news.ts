import { grantCompany } from '../application/grant-scope.ts'
import { breakerAlert } from '../application/operation/breaker-alert.ts'
import type { Ports } from '../application/ports/ports.ts'
import type { CompanyId } from '../domain/ids.ts'

/**
 * Raises and resolves alerts of the companies whose vendor is left alone, one after the other, so that the last word is
 * the last one. Nobody waits for it, and a vendor is asked without it.
 */
export const breakerNews = (
  ports: Pick<Ports, 'store' | 'ids' | 'clock'>,
  vendor: Parameters<typeof breakerAlert>[1],
) => {
  const alert = breakerAlert(ports, vendor)
  let told: Promise<unknown> = Promise.resolve()
  return {
    tell: (companies: readonly CompanyId[], state: 'open' | 'closed'): void => {
      for (const company of companies) {
        const scope = grantCompany(company, { kind: 'job', name: vendor })
        told = told.then(() => alert(scope, state)).catch(() => undefined)
      }
    },
    /** Ends once everything that was told is kept. */
    settled: async (): Promise<void> => {
      await told
    },
  }
}
