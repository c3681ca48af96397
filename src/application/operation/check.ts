/** One link between a dialled number and the dashboard. */
export interface Check {
  readonly company: string | undefined
  readonly link: string
  readonly state: 'ok' | 'warning' | 'broken'
  readonly found: string
  /** What to do about it; empty when all is well. */
  readonly cure: string
}

export const fine = (company: string | undefined, link: string, found: string): Check => ({
  company,
  link,
  state: 'ok',
  found,
  cure: '',
})
export const warning = (company: string | undefined, link: string, found: string, cure: string): Check => ({
  company,
  link,
  state: 'warning',
  found,
  cure,
})
export const broken = (company: string | undefined, link: string, found: string, cure: string): Check => ({
  company,
  link,
  state: 'broken',
  found,
  cure,
})
