import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { DialledLine, Directory, Line } from '../../application/ports/directory.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { BranchId, CompanyId } from '../../domain/ids.ts'
import type { Secret } from '../../domain/secret.ts'
import { openSettings, readParts } from './company-rows.ts'
import type { Engine } from './engine.ts'
import { openSecrets, rosterReader } from './roster.ts'
import { overridesOf } from './routing-overrides.ts'
import type { Seals } from './sealing.ts'
import { tenantDb } from './tenant-db.ts'

export interface SqlDirectory extends Directory {
  /** Looks again at the next question. For the process that just changed a company. */
  readonly forget: () => void
}

export interface DirectoryOptions {
  /** The webhook keys of the platform's own account. */
  readonly platformKeys: readonly Secret[]
  /** Milliseconds for which answers count without a look at the database; 2,000 when not given. */
  readonly freshFor?: number
}

/**
 * Who owns a number, an agent, a slug, a key. What was found once is kept until any company changed, which is looked
 * for every two seconds with a query of one row; unknown numbers are kept in the same way. A number that was not asked
 * for lately costs one look into an index, whatever the count of numbers.
 */
export const sqlDirectory = (
  engine: Engine,
  seals: Seals,
  { platformKeys, freshFor = 2_000 }: DirectoryOptions,
): SqlDirectory => {
  const fresh = freshness(engine, freshFor, () => {
    for (const { clear } of [lines, agents, slugs, profiles, secrets, rosters]) clear()
  })

  const lines = remembered(20_000, (number: string) =>
    engine.readAsSystem(async (trx): Promise<DialledLine | undefined> => {
      const row = await trx
        .selectFrom('phone_numbers')
        .select(['company_id', 'branch_id'])
        .where('number', '=', number)
        .where('active', '=', sql.lit(1))
        .executeTakeFirst()
      if (!row) return undefined
      const line = lineFromRow(row)
      const db = tenantDb(trx, engine.dialect, line.company)
      return { ...line, overrides: await overridesOf(db, seals.of(line.company), number) }
    }),
  )
  const agents = remembered(5_000, (agent: string) =>
    engine.readAsSystem(async (trx): Promise<readonly Line[]> => {
      const rows = await trx
        .selectFrom('branch_agents')
        .select(['company_id', 'branch_id'])
        .where('retell_agent_id', '=', agent)
        .orderBy('company_id')
        .orderBy('branch_id')
        .execute()
      return rows.map(lineFromRow)
    }),
  )
  const slugs = remembered(5_000, (slug: string) =>
    engine.readAsSystem(async (trx): Promise<CompanyId | undefined> => {
      const row = await trx
        .selectFrom('companies')
        .select('id')
        .where('slug', '=', slug)
        .where('retired_at', 'is', null)
        .executeTakeFirst()
      return row?.id as CompanyId | undefined
    }),
  )

  /** A profile of the same version is the same profile, whatever else changed. */
  const built = new LRUCache<CompanyId, CompanyProfile>({ max: 500 })
  const profiles = remembered(500, (company: CompanyId) =>
    engine.readAsSystem(async (trx): Promise<CompanyProfile | undefined> => {
      const row = await trx
        .selectFrom('companies')
        .select(['version', 'document'])
        .where('id', '=', company)
        .where('retired_at', 'is', null)
        .executeTakeFirst()
      if (!row) return undefined
      const known = built.get(company)
      if (known?.version === row.version) return known
      const seal = seals.of(company)
      const parts = await readParts(tenantDb(trx, engine.dialect, company), seal)
      const settings = openSettings(seal, company, row.document)
      const profile: CompanyProfile = { ...settings, ...parts, id: company, version: row.version }
      built.set(company, profile)
      return profile
    }),
  )

  const secrets = remembered(500, (company: CompanyId) =>
    engine.readAsSystem((trx) => openSecrets(trx, seals, company)),
  )

  const rosters = remembered(1, rosterReader(engine, seals, platformKeys))

  /** Waits for nothing while the last look counts: the door asks several times for each delivery. */
  const after =
    <Key, Answer>(ask: (key: Key) => Promise<Answer>) =>
    (key: Key): Promise<Answer> =>
      fresh.counts() ? ask(key) : fresh.look().then(() => ask(key))

  const secretsOf = after(secrets.get)
  const rosterOf = after(rosters.get)
  const roster = () => rosterOf('all')

  return {
    forget: fresh.forget,
    lineOf: after(lines.get),
    linesOfAgent: after(agents.get),
    profile: after(profiles.get),
    companyBySlug: after(slugs.get),
    companies: async () => (await roster()).companies,
    secretOf: (company, name) => secretsOf(company).then((secrets) => secrets.get(name)),
    accountOf: (company) => roster().then(({ accountOf }) => accountOf(company)),
    sharingCalendar: async (company) => (await roster()).sharingCalendar(company),
    accounts: async () => (await roster()).accounts,
    companyOfCall: async (call, among) => {
      if (among.length === 0) return undefined
      // Retell's ids are as good as unique, so this is one row, however many companies share the account.
      const rows = await engine.readAsSystem((trx) =>
        trx.selectFrom('calls').select('company_id').where('id', '=', call).execute(),
      )
      const knowing = new Set(rows.map(({ company_id }) => company_id))
      return among.find((company) => knowing.has(company))
    },
  }
}

const lineFromRow = (row: { readonly company_id: string; readonly branch_id: string }): Line => ({
  company: row.company_id as CompanyId,
  branch: row.branch_id as BranchId,
})

/** Answers that are asked for once and kept until they are cleared; a question that failed is asked again. */
const remembered = <Key extends string, Answer>(max: number, ask: (key: Key) => Promise<Answer>) => {
  const answers = new LRUCache<Key, Promise<Answer>>({ max })
  return {
    get: (key: Key): Promise<Answer> => {
      const known = answers.get(key)
      if (known) return known
      const asked = ask(key)
      answers.set(key, asked)
      asked.catch(() => {
        if (answers.peek(key) === asked) answers.delete(key)
      })
      return asked
    },
    clear: (): void => answers.clear(),
  }
}

/** Calls `changed` when any company changed, looking at most once in `freshFor` milliseconds of the process's own time. */
const freshness = (engine: Engine, freshFor: number, changed: () => void) => {
  let seen = -1
  let until = 0
  let looking: Promise<void> | undefined

  const ask = async (isCurrent: () => boolean): Promise<void> => {
    const begun = performance.now()
    const row = await engine.readAsSystem((trx) =>
      trx.selectFrom('companies').select(sql<number | null>`max(changed)`.as('last')).executeTakeFirst(),
    )
    if (!isCurrent()) return
    const last = row?.last ?? 0
    if (last !== seen) changed()
    seen = last
    until = begun + freshFor
  }
  const begin = (): Promise<void> => {
    const look: Promise<void> = ask(() => looking === look).finally(() => {
      if (looking === look) looking = undefined
    })
    return look
  }
  return {
    /** Is the last look still good enough? */
    counts: (): boolean => performance.now() < until,
    look: async (): Promise<void> => {
      looking ??= begin()
      await looking
    },
    /** A look that is under way may miss what was just committed, so it counts no more. */
    forget: (): void => {
      until = 0
      looking = undefined
    },
  }
}
