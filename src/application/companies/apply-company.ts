import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile, CompanySpec, CustomerSeed } from '../../domain/company.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'
import { type Noting, noteAct } from '../access/note-act.ts'
import type { AlreadyChanged, NumberTaken } from '../ports/companies.ts'
import type { Ports } from '../ports/ports.ts'
import type { PlatformScope } from '../scope.ts'
import { type Change, planCompany } from './plan-company.ts'

export interface CompanyToApply {
  readonly spec: CompanySpec
  readonly customers: readonly CustomerSeed[]
  readonly secrets: readonly {
    readonly name: string
    readonly value: Secret | undefined
    readonly line: number | undefined
    readonly path: string
  }[]
}

export interface AppliedCompany {
  readonly changes: readonly Change[]
  /** Undefined after a dry run. */
  readonly profile: CompanyProfile | undefined
}

/** `kept-elsewhere`: a value is stored, but for another address or another purpose, and is not sent to this one. */
export interface MissingSecret {
  readonly name: string
  readonly line: number | undefined
  readonly path: string
  readonly reason: 'unknown' | 'kept-elsewhere'
}

/** What only the database can know to be wrong with a company file, all of it together. */
export type ApplyFailure = {
  readonly kind: 'company-file-conflicts'
  readonly secretsMissing: readonly MissingSecret[]
  readonly numbersTaken: readonly PhoneNumber[]
}

export type Applying = Pick<Ports, 'companies' | 'directory'> & Noting

/** Says what it will do, then does it in one transaction; applying the same file again changes nothing. */
export const applyCompany =
  (ports: Applying) =>
  async (
    scope: PlatformScope,
    file: CompanyToApply,
    options: { readonly prune: boolean; readonly dryRun: boolean },
  ): Promise<Result<AppliedCompany, ApplyFailure>> => {
    const applied = await applyToVersion(ports)(scope, file, { ...options, ofVersion: undefined })
    return applied.mapErr((failure) => {
      if (failure.kind === 'company-changed-meanwhile') throw new Error('No version was asked for')
      return failure
    })
  }

/** The same, but only if the company is still of the version that was read. */
export const applyToVersion =
  (ports: Applying) =>
  async (
    scope: PlatformScope,
    file: CompanyToApply,
    options: { readonly prune: boolean; readonly dryRun: boolean; readonly ofVersion: number | undefined },
  ): Promise<Result<AppliedCompany, ApplyFailure | AlreadyChanged>> => {
    const { companies, directory, clock } = ports
    const slug = file.spec.company.slug
    const id = await directory.companyBySlug(slug)
    const current = id && (await directory.profile(id))
    const stored: ReadonlySet<string> = id ? await companies.secretNames(scope, id) : new Set<string>()
    const secretsMissing = missingSecrets(file, current, stored)
    const numbers = file.spec.branches.flatMap(({ phoneNumbers }) => phoneNumbers.map(({ number }) => number))
    const numbersTaken = await companies.heldByOthers(scope, slug, numbers)
    if (secretsMissing.length > 0 || numbersTaken.length > 0) {
      return err({ kind: 'company-file-conflicts', secretsMissing, numbersTaken })
    }
    const changes = planCompany(current, file.spec, { prune: options.prune })
    if (options.dryRun) return ok({ changes, profile: undefined })
    const secrets = file.secrets.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]))
    const { prune, ofVersion } = options
    const write = { spec: file.spec, customers: file.customers, secrets, prune, ofVersion }
    const written = await companies.write(scope, write, clock.now())
    if (written.isErr()) return err(written.error.kind === 'number-taken' ? taken(written.error) : written.error)
    if (changes.length > 0 || secrets.length > 0) {
      const subject = { kind: 'company', id: written.value.id } as const
      const facts = { changed: changes.length, secrets: secrets.length, prune }
      // A company that is new is news of the platform.
      await noteAct(ports)(scope, current?.id, { kind: 'company.applied', subject, facts })
    }
    return ok({ changes, profile: written.value })
  }

/**
 * A secret of the calendar is sent to its address. One that is only named may stay where it is, and go nowhere else: whoever
 * may write the file of a company does not learn its keys by naming an address of their own.
 */
const missingSecrets = (
  { spec: { calendar }, secrets }: CompanyToApply,
  current: CompanyProfile | undefined,
  stored: ReadonlySet<string>,
): readonly MissingSecret[] => {
  const before = current?.calendar.kind === 'calcom' ? current.calendar : undefined
  const isSameAddress = calendar.kind === 'calcom' && before?.baseUrl === calendar.baseUrl
  const stays = (path: string, name: string): boolean => {
    if (path === '/calendar/api_key') return isSameAddress && before?.apiKey.secretName === name
    if (path === '/calendar/webhook_secret') return isSameAddress && before?.webhookSecret?.secretName === name
    return true
  }
  return secrets.flatMap(({ name, value, line, path }): readonly MissingSecret[] => {
    if (value !== undefined) return []
    if (!stored.has(name)) return [{ name, line, path, reason: 'unknown' }]
    return stays(path, name) ? [] : [{ name, line, path, reason: 'kept-elsewhere' }]
  })
}

/** Why a secret is missing, in English. */
export const sayMissing = ({ name, reason }: Pick<MissingSecret, 'name' | 'reason'>): string =>
  reason === 'unknown'
    ? `${name} is not set, and no value is stored under that name.`
    : `${name} is stored for another address or purpose, and is not sent to this one. Give its value anew.`

const taken = ({ number }: NumberTaken): ApplyFailure => ({
  kind: 'company-file-conflicts',
  secretsMissing: [],
  numbersTaken: [number],
})
