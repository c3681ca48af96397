import type { PublicHolidays } from '../../application/ports/holidays.ts'
import type { Telling } from './cross-checks.ts'
import type { Finding } from './problem.ts'
import { isMapping, type Mapping } from './source.ts'

/** A country and perhaps a part of it, as ISO 3166 writes them. */
export const regionForm = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/

/** Whether there are holidays to keep where the branches say. A region of the wrong form is the schema's to tell. */
export const regionFindings = (
  document: Mapping,
  regionsOf: PublicHolidays['regionsOf'],
  { shown }: Telling,
): readonly Finding[] => {
  const branches: readonly unknown[] = Array.isArray(document.branches) ? document.branches : []
  return branches.flatMap((branch, at) => {
    const region = isMapping(branch) ? branch.public_holidays : undefined
    if (typeof region !== 'string' || !regionForm.test(region)) return []
    const known = regionsOf(region.slice(0, 2))
    if (known.includes(region)) return []
    const path = ['branches', at, 'public_holidays']
    const text = shown(path, region)
    const named = text === undefined ? '' : ` "${text}"`
    const cure =
      known.length === 0
        ? 'Write an ISO code such as DE or DE-BE, or leave it out and list the days under closed.'
        : `There is: ${known.join(', ')}.`
    return [{ path, complaint: `names the region${named}, whose holidays nobody knows. ${cure}` }]
  })
}
