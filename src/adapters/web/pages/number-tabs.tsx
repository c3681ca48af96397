import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame } from '../frame.ts'

export const atRetellPath = (profile: CompanyProfile, rest = ''): string =>
  companyPath(profile, `/numbers/at-retell${rest}`)

/** Both pages about numbers, one of them here. */
export const NumberTabs = ({
  frame,
  profile,
  here,
}: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly here: 'here' | 'there'
}): JSX.Element => {
  const { watched } = frame.words
  const href = { here: companyPath(profile, '/numbers'), there: atRetellPath(profile) }
  return (
    <nav class="agent-tabs" aria-label={watched.tabsLabel}>
      {(['here', 'there'] as const).map((one) => (
        <a href={href[one]} aria-current={one === here ? 'page' : undefined} safe>
          {watched.tabs[one]}
        </a>
      ))}
    </nav>
  )
}
