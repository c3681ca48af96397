import { patchCompanyFile } from '../adapters/company-file/patch-company-file.ts'
import { readCompanyFile } from '../adapters/company-file/read-company-file.ts'
import type { Environment } from '../adapters/company-file/references.ts'
import { publicHolidays } from '../adapters/holidays/public-holidays.ts'

const { regionsOf } = publicHolidays()

/** Reads a company file, and knows which regions have holidays. */
export const readCompany = (source: string | object, environment: Environment) =>
  readCompanyFile(source, environment, regionsOf)

/** A stored company with one of its things changed, as its file would say it. */
export const patchCompany: typeof patchCompanyFile = (profile, part, changes) =>
  patchCompanyFile(profile, part, changes, regionsOf)
