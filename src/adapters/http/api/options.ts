import type { Ports } from '../../../application/ports/ports.ts'
import type { CompanyFileReader } from './companies.ts'

export type ApiPorts = Pick<
  Ports,
  'directory' | 'clock' | 'events' | 'inbox' | 'unrouted' | 'alarm' | 'identities' | 'idempotency'
>

export interface ApiOptions {
  readonly tokensPerMinute: number
  /** Names what has to work for the service to be ready. */
  readonly ready: () => Promise<readonly { readonly name: string; readonly ok: boolean }[]>
  readonly readCompanyFile: CompanyFileReader
}
