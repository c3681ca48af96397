import { readFileSync } from 'node:fs'
import { note, planLines, print, printJson } from '../../adapters/cli/terminal.ts'
import { sayMissing } from '../../application/companies/apply-company.ts'
import { readCompany } from '../read-company.ts'
import { type ExitCode, shell, withDesk } from './context.ts'

export interface ApplyOptions {
  readonly dryRun?: true
  readonly prune?: true
  readonly json?: true
}

export const apply = (file: string, options: ApplyOptions): Promise<ExitCode> =>
  withDesk(async ({ app }) => {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      note(`${file} cannot be read. Name a company file.`)
      return 1
    }
    const read = readCompany(text, process.env)
    if (read.isErr()) {
      if (options.json) printJson({ applied: false, problems: read.error })
      for (const { line, message } of read.error) note(`${file}${line === undefined ? '' : `:${line}`}  ${message}`)
      note(`${read.error.length} ${read.error.length === 1 ? 'problem' : 'problems'}. Nothing was changed.`)
      return 1
    }
    const done = await app.applyCompany(shell, read.value, {
      prune: options.prune ?? false,
      dryRun: options.dryRun ?? false,
    })
    if (done.isErr()) {
      const { secretsMissing, numbersTaken } = done.error
      for (const missing of secretsMissing) {
        const at = missing.line === undefined ? '' : `:${missing.line}`
        note(`${file}${at}  ${sayMissing(missing)} Set it in the environment.`)
      }
      for (const number of numbersTaken) note(`${file}  ${number} belongs to another company. A number has one owner.`)
      if (options.json)
        printJson({
          applied: false,
          secrets_missing: secretsMissing.map(({ name }) => name),
          numbers_taken: numbersTaken,
        })
      note('Nothing was changed.')
      return 1
    }
    const { changes, profile } = done.value
    const warnings = (await app.warnOfFile(read.value)).map(({ path, message }) => ({
      line: read.value.lineOf(path),
      path,
      message,
    }))
    for (const { line, message } of warnings) {
      note(`${file}${line === undefined ? '' : `:${line}`}  Warning: ${message}`)
    }
    if (options.json) printJson({ applied: profile !== undefined, changes, warnings })
    else {
      for (const line of planLines(changes)) print(line)
      if (options.dryRun) print('A dry run: nothing was changed.')
      else if (changes.length > 0) print(`${profile?.company.name ?? ''} is up to date.`)
    }
    return 0
  })
