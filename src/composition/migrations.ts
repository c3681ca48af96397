import { ok, type Result } from 'neverthrow'
import { type DatabaseFailure, openEngine } from '../adapters/sql/database.ts'
import { migrateDown, migrateUp, migrationStatus } from '../adapters/sql/migrate.ts'
import { instant } from '../domain/time.ts'

/** Takes the schema a step up or down, or only looks, and says which migrations are applied now. */
export const migrations = async (
  options: { readonly databaseUrl: string },
  direction: 'up' | 'down' | 'status',
): Promise<Result<readonly { readonly name: string; readonly applied: boolean }[], DatabaseFailure>> => {
  const opened = await openEngine(options.databaseUrl, { min: 0, max: 1 })
  if (opened.isErr()) return opened.map(() => [])
  const { engine } = opened.value
  try {
    if (direction !== 'status') {
      const moved = direction === 'up' ? await migrateUp(engine, instant(Date.now())) : await migrateDown(engine, 1)
      if (moved.isErr()) return moved.map(() => [])
    }
    const status = await migrationStatus(engine)
    if (status.isErr()) return status.map(() => [])
    return ok(status.value.map(({ name, appliedAt }) => ({ name, applied: appliedAt !== undefined })))
  } finally {
    await engine.close()
  }
}
