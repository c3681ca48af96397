import type { Vitals } from '../../../application/operation/health.ts'
import type { Ports } from '../../../application/ports/ports.ts'
import type { CompanyFilePatcher } from './catalogue-changes.ts'
import type { CompanyFileReader, CompanyFileWriter } from './companies.ts'
import type { ToolList } from './tools.ts'

export type ApiPorts = Pick<
  Ports,
  'directory' | 'clock' | 'events' | 'inbox' | 'jobs' | 'unrouted' | 'alarm' | 'audit' | 'identities' | 'idempotency'
>

export interface ApiOptions {
  readonly tokensPerMinute: number
  /** Where calendar programs find us. */
  readonly publicUrl: string
  readonly vitals: Vitals
  readonly readCompanyFile: CompanyFileReader
  readonly companyFileOf: CompanyFileWriter
  readonly patchCompanyFile: CompanyFilePatcher
  /** The tools as the voice platform wants them described. */
  readonly toolsOf: ToolList
}
