import type { Flags, StoredFlag } from '../../application/ports/flags.ts'
import type { Engine } from './engine.ts'

/** What was said of features. Rules hold ids, and nothing personal. */
export const sqlFlags = (engine: Engine): Flags => ({
  all: () =>
    engine.readAsSystem(async (trx) => {
      const rows = await trx.selectFrom('feature_flags').selectAll().orderBy('name').execute()
      return rows.map(({ name, rules, changed_at }) => ({
        name,
        rules: JSON.parse(rules) as StoredFlag['rules'],
        changedAt: changed_at as StoredFlag['changedAt'],
      }))
    }),
  save: async (_scope, { name, rules, changedAt }) => {
    const changed = { rules: JSON.stringify(rules), changed_at: changedAt }
    await engine.asSystem((trx) =>
      trx
        .insertInto('feature_flags')
        .values({ name, ...changed })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(changed))
        .execute(),
    )
  },
})
