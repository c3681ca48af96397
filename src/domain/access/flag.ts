import type { Instant } from '../time.ts'
import type { Role } from './role.ts'

/** For whom a flag is on. Whoever one of them names has it; nobody is taken out again. */
export interface FlagRules {
  /** For everybody. */
  readonly everybody: boolean
  readonly roles: readonly Role[]
  /** Ids. */
  readonly users: readonly string[]
  /** Ids. */
  readonly companies: readonly string[]
  /** 0 to 100 of a hundred companies, always the same ones for a share, and more with a greater one. */
  readonly percent: number
}

export interface Flag {
  readonly name: string
  readonly description: string
  readonly rules: FlagRules
  /** Undefined: nobody ever changed it. */
  readonly changedAt: Instant | undefined
}

/** For whom a flag is asked. What is not known counts for nothing. */
export interface FlagAsker {
  readonly role?: Role | undefined
  readonly user?: string | undefined
  readonly company?: string | undefined
}

export const isEnabled = (
  { name, rules }: Pick<Flag, 'name' | 'rules'>,
  { role, user, company }: FlagAsker,
): boolean => {
  if (rules.everybody) return true
  if (role !== undefined && rules.roles.includes(role)) return true
  if (user !== undefined && rules.users.includes(user)) return true
  if (company === undefined) return user !== undefined && shareOf(name, user) < rules.percent
  return rules.companies.includes(company) || shareOf(name, company) < rules.percent
}

/** 0 to 99, the same for ever. Of another flag, the same one has another share. */
export const shareOf = (flag: string, id: string): number => {
  let hash = 0x811c9dc5
  for (const char of `${flag}\n${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  // The lowest bits of this hash follow the last letters too closely.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) % 100
}
