import type { Migration } from './migration.ts'
import { run, walled, words } from './words.ts'

/** Where deliveries of one moment are kept together before they become rows of the inbox. Written on SQLite alone. */
export const intakeJournal: Migration = {
  name: '0003-intake-journal',
  up: async (trx, dialect) => {
    const { moment, bytes, strict } = words[dialect]
    await run(trx, [
      `create table intake_journal (seq ${moment} not null primary key, id text not null, body ${bytes} not null) ${strict}`,
      ...(dialect === 'sqlite' ? [] : walled('intake_journal')),
    ])
  },
  /** What waits is sealed, so only a process that holds the keys can put it where it was kept before. */
  mayGoBack: async (trx) => {
    const waiting = await trx.selectFrom('intake_journal').select('seq').limit(1).execute()
    return waiting.length === 0
  },
  down: async (trx) => {
    await run(trx, ['drop table intake_journal'])
  },
}
