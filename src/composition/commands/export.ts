import { print, printJson } from '../../adapters/cli/terminal.ts'
import { companyFileOf, writeCompanyFile } from '../../adapters/company-file/write-company-file.ts'
import { atCompany } from './at-company.ts'
import type { ExitCode } from './context.ts'

/** The company file on stdout. Secrets are references; their values stay where they are kept. */
export const exportCompany = (company: string, options: { readonly json?: true }): Promise<ExitCode> =>
  atCompany(company, async (desk, scope, profile) => {
    await desk.app.noteCompanyExport(scope)
    if (options.json) printJson(companyFileOf(profile))
    else print(writeCompanyFile(profile).trimEnd())
    return 0
  })
