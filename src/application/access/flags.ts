import { err, ok, type Result } from 'neverthrow'
import { type Flag, type FlagRules, isEnabled } from '../../domain/access/flag.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { StoredFlag } from '../ports/flags.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'
import { auditEntry } from './audited.ts'
import { type FeatureOff, type FlagName, isFlagName, knownFlags } from './known-flags.ts'

const everybody: FlagRules = { everybody: true, roles: [], users: [], companies: [], percent: 0 }

const flagOf = (stored: readonly StoredFlag[], name: FlagName): Flag => {
  const said = stored.find((one) => one.name === name)
  return { name, description: knownFlags[name], rules: said?.rules ?? everybody, changedAt: said?.changedAt }
}

const names = Object.keys(knownFlags).filter(isFlagName)

/** By name, as they are defined and what was said of them. */
export const listFlags =
  ({ flags }: Pick<Ports, 'flags'>) =>
  async (_scope: PlatformScope): Promise<readonly Flag[]> => {
    const stored = await flags.all()
    return names.map((name) => flagOf(stored, name))
  }

/** Says for whom a flag is on, in place of what was said before. Written down for the platform. */
export const setFlag =
  (ports: Pick<Ports, 'flags' | 'audit' | 'clock' | 'ids'>) =>
  async (scope: PlatformScope, name: string, rules: FlagRules): Promise<Result<Flag, InvalidInput>> => {
    if (!isFlagName(name)) return invalid('/name', `There is no such flag. There are: ${names.join(', ')}.`)
    const { percent } = rules
    if (!Number.isInteger(percent) || percent < 0 || percent > 100)
      return invalid('/rules/percent', 'This is no whole number from 0 to 100.')
    const changedAt = ports.clock.now()
    const facts = {
      ...{ everybody: rules.everybody, percent, roles: rules.roles.join(' ') || 'none' },
      ...{ users: rules.users.length, companies: rules.companies.length },
    }
    await ports.flags.save(scope, { name, rules, changedAt })
    await ports.audit.append(
      scope,
      auditEntry(ports, scope, { kind: 'flag.changed', subject: { kind: 'flag', id: name }, facts }),
    )
    return ok(flagOf([{ name, rules, changedAt }], name))
  }

/** Whether each flag is on for whoever asks, by name. */
export const effectiveFlags =
  ({ flags }: Pick<Ports, 'flags'>) =>
  async (scope: CompanyScope): Promise<readonly { readonly flag: Flag; readonly isOn: boolean }[]> => {
    const stored = await flags.all()
    const asker = { role: scope.role, user: scope.actorId, company: scope.company }
    return names.map((name) => {
      const flag = flagOf(stored, name)
      return { flag, isOn: isEnabled(flag, asker) }
    })
  }

/** Ok where the flag is on for whoever asks. */
export const needsFlag =
  (ports: Pick<Ports, 'flags'>) =>
  async (scope: CompanyScope, name: FlagName): Promise<Result<void, FeatureOff>> => {
    const found = (await effectiveFlags(ports)(scope)).find(({ flag }) => flag.name === name)
    return found?.isOn ? ok() : err({ kind: 'feature-off', flag: name })
  }
