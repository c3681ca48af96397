import { inert, note, printJson } from '../../../adapters/cli/terminal.ts'
import { problemOf } from '../../../adapters/http/problem.ts'
import { shownFinding } from '../../../application/agents/gate-words.ts'
import type { Failure } from '../../../application/failure.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { Desk } from '../../desk.ts'
import { atCompany } from '../at-company.ts'
import type { ExitCode } from '../context.ts'

export interface OfCompany {
  readonly company: string
  readonly json?: true
}

/** Somebody who asks for something in a company. */
export interface Asking {
  readonly desk: Desk
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
}

export const asking = (
  { company }: Pick<OfCompany, 'company'>,
  work: (asking: Asking) => Promise<ExitCode>,
): Promise<ExitCode> => atCompany(company, (desk, scope, profile) => work({ desk, scope, profile }))

/** The agent of this slug or id of Retell. */
export const askingFor = (
  options: OfCompany,
  name: string,
  work: (asking: Asking, agent: ManagedAgent) => Promise<ExitCode>,
): Promise<ExitCode> =>
  asking(options, async (one) => {
    const found = await one.desk.app.resolveAgent(one.scope, name)
    return found.isOk() ? work(one, found.value) : refused(found.error, options, name)
  })

/** What a failure is called to whoever asked, line by line. */
export const failureLines = (failure: Failure, name?: string): readonly string[] => {
  if (failure.kind === 'not-found' && name !== undefined) {
    return [`There is no agent ${name}. Those that are there: frontdesk agents list --company COMPANY`]
  }
  const { title, detail, errors = [] } = problemOf(failure)
  const findings = failure.kind === 'gate-closed' ? failure.findings.map((one) => shownFinding(one, 'en')) : []
  return [
    detail === undefined ? `${title}.` : `${title}. ${detail}`,
    ...errors.map((one) => `  ${one.pointer}  ${one.detail}`),
    ...findings.map((one) => `  ${one.severity}  ${one.path === '' ? '' : `${one.path}  `}${one.message}`),
  ].map(inert)
}

/** Says why not, and that it failed. */
export const refused = (failure: Failure, { json }: Pick<OfCompany, 'json'>, name?: string): ExitCode => {
  if (json) printJson({ problem: problemOf(failure) })
  for (const line of failureLines(failure, name)) note(line)
  return 1
}
