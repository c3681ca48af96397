import type { Directory, Line, RetellAccountKeys } from '../../application/ports/directory.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'
import type { CompanyRecord, World } from './world.ts'

const plain = (key: Secret): string => key.use((text) => text)

const keysOf = ({ profile: { retell }, secrets }: CompanyRecord): readonly Secret[] => {
  if (!retell) return []
  const names = retell.webhookKeys.length > 0 ? retell.webhookKeys : [retell.apiKey]
  return names.flatMap(({ secretName }) => secrets.get(secretName) ?? [])
}

const calendarKeyOf = (record: CompanyRecord | undefined): string | undefined => {
  const calendar = record?.profile.calendar
  const key = calendar?.kind === 'calcom' ? record?.secrets.get(calendar.apiKey.secretName) : undefined
  return key && plain(key)
}

interface Account {
  readonly platform: boolean
  readonly companies: readonly CompanyId[]
  readonly keys: ReadonlyMap<string, Secret>
}

/** Companies that share a key are one account, and who shares the platform's is the platform's. */
const accountsOf = (records: readonly CompanyRecord[], platformKeys: readonly Secret[]): readonly Account[] => {
  const own = (keys: readonly Secret[]) => new Map(keys.map((key) => [plain(key), key]))
  const withoutKeys = records.filter(({ profile }) => !profile.retell)
  const platform: Account = {
    platform: true,
    companies: withoutKeys.map(({ profile }) => profile.id),
    keys: own(platformKeys),
  }
  return records
    .filter(({ profile }) => profile.retell)
    .reduce<readonly Account[]>(
      (accounts, record) => {
        const next: Account = { platform: false, companies: [record.profile.id], keys: own(keysOf(record)) }
        const shares = (account: Account) => [...next.keys.keys()].some((key) => account.keys.has(key))
        const joined = [...accounts.filter(shares), next].reduce((one, other) => ({
          platform: one.platform || other.platform,
          companies: [...one.companies, ...other.companies],
          keys: new Map([...one.keys, ...other.keys]),
        }))
        const apart = accounts.filter((account) => !shares(account))
        return joined.platform ? [joined, ...apart] : [...apart, joined]
      },
      [platform],
    )
}

const shown = ({ platform, companies, keys }: Account): RetellAccountKeys => ({
  company: platform || companies.length > 1 ? undefined : companies[0],
  companies,
  keys: [...keys.values()],
})

export const memoryDirectory = (world: World, platformKeys: readonly Secret[]): Directory => {
  const records = () => [...world.companies.values()]
  const branches = () =>
    records().flatMap(({ profile }) => profile.branches.map((branch) => ({ company: profile.id, branch })))
  const lineOf = ({ company, branch }: ReturnType<typeof branches>[number]): Line => ({ company, branch: branch.id })
  const ownerOf = (number: PhoneNumber) =>
    branches().find(({ branch }) => branch.phoneNumbers.some((one) => one.active && one.number === number))
  return {
    lineOf: async (number) => {
      const owner = ownerOf(number)
      if (!owner) return undefined
      const overrides = [...world.tablesOf(owner.company).routingOverrides.values()]
      return { ...lineOf(owner), overrides: overrides.filter((one) => one.number === number) }
    },
    linesOfAgent: async (agent) =>
      branches()
        .filter(({ branch }) => branch.retellAgentId === agent)
        .map(lineOf),
    profile: async (company) => world.companies.get(company)?.profile,
    companyBySlug: async (slug) => records().find(({ profile }) => profile.company.slug === slug)?.profile.id,
    companies: async () =>
      records().map(({ profile }) => ({ id: profile.id, slug: profile.company.slug, name: profile.company.name })),
    secretOf: async (company, name) => world.companies.get(company)?.secrets.get(name),
    accountOf: async (company) => {
      const all = accountsOf(records(), platformKeys)
      const mine = all.find(({ companies }) => companies.includes(company))
      return mine ? shown(mine) : { company: undefined, companies: [], keys: platformKeys }
    },
    sharingCalendar: async (company) => {
      const mine = calendarKeyOf(world.companies.get(company))
      const sharing = records().filter((one) => mine !== undefined && calendarKeyOf(one) === mine)
      return sharing.map(({ profile }) => profile.id).filter((id) => id !== company)
    },
    accounts: async () => accountsOf(records(), platformKeys).map(shown),
    companyOfCall: async (call, among) => among.find((company) => world.tablesOf(company).calls.has(call)),
  }
}
