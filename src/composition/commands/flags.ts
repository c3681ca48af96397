import { note, print, printJson, table } from '../../adapters/cli/terminal.ts'
import type { Flag, FlagRules } from '../../domain/access/flag.ts'
import { isRole, type Role, roles } from '../../domain/access/role.ts'
import { isoUtc } from '../../domain/time.ts'
import type { Desk } from '../desk.ts'
import { type ExitCode, shell, withDesk } from './context.ts'

interface Asked {
  readonly on?: true
  readonly off?: true
  readonly role?: readonly string[]
  readonly user?: readonly string[]
  readonly company?: readonly string[]
  readonly percent?: string
  readonly json?: true
}

const forWhom = ({ everybody, roles: named, users, companies, percent }: FlagRules): string => {
  if (everybody) return 'everybody'
  const parts = [...named, ...users, ...companies, ...(percent > 0 ? [`${percent} % of companies`] : [])]
  return parts.length === 0 ? 'nobody' : parts.join(', ')
}

/** With companies by their slugs, as they were said. */
const shown = async ({ ports }: Desk, { rules, ...flag }: Flag): Promise<Flag> => {
  const slugs = new Map<string, string>((await ports.directory.companies()).map(({ id, slug }) => [id, slug]))
  return { ...flag, rules: { ...rules, companies: rules.companies.map((id) => slugs.get(id) ?? id) } }
}

const printed = ({ name, description, rules, changedAt }: Flag) => ({
  ...{ name, description, rules },
  changed_at: changedAt === undefined ? null : isoUtc(changedAt),
})

export const listFlags = ({ json }: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const flags = await Promise.all((await desk.app.listFlags(shell)).map((flag) => shown(desk, flag)))
    if (json) printJson(flags.map(printed))
    else
      print(
        table(
          ['flag', 'on for', 'what it is'],
          flags.map(({ name, rules, description }) => [name, forWhom(rules), description]),
        ),
      )
    return 0
  })

/** Undefined: something was said wrong, and told. */
const rulesOf = async ({ ports }: Desk, asked: Asked): Promise<FlagRules | undefined> => {
  const { on = false, off = false, role = [], user = [], company = [], percent = '0' } = asked
  const named = [role, user, company].some((some) => some.length > 0) || asked.percent !== undefined
  if ([on, off, named].filter(Boolean).length !== 1) {
    note('Say --on for everybody, --off for nobody, or for whom: --role, --user, --company, --percent.')
    return undefined
  }
  const known: Role[] = role.filter(isRole)
  if (known.length < role.length) {
    note(`--role must be one of ${roles.join(', ')}.`)
    return undefined
  }
  const companies: string[] = []
  for (const slug of company) {
    const id = await ports.directory.companyBySlug(slug)
    if (id === undefined) {
      note(`There is no company ${slug}.`)
      return undefined
    }
    companies.push(id)
  }
  return { everybody: on, roles: known, users: user, companies, percent: Number(percent) }
}

export const setFlag = (name: string, asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const rules = await rulesOf(desk, asked)
    if (!rules) return 2
    const set = await desk.app.setFlag(shell, name, rules)
    if (set.isErr()) {
      for (const { detail } of set.error.errors) note(detail)
      return 2
    }
    const flag = await shown(desk, set.value)
    if (asked.json) printJson(printed(flag))
    else print(`${flag.name} is on for ${forWhom(flag.rules)}.`)
    return 0
  })
