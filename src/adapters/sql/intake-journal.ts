import { CompiledQuery } from 'kysely'
import type { NewDelivery } from '../../application/ports/inbox.ts'
import type { Ports } from '../../application/ports/ports.ts'
import { isOfTheRows } from './constraint.ts'
import { newColumns, repeatOf, rowOfNew } from './delivery-row.ts'
import type { Trx } from './engine.ts'
import type { WriteTogether } from './intake.ts'
import { pack, unpack } from './packed-deliveries.ts'
import type { Sealing } from './sealing.ts'
import type { SqliteEngine } from './sqlite.ts'

/**
 * The intake of SQLite. Deliveries that arrive together are committed as one sealed row of a table without an index,
 * which is all that is done before they are acknowledged; they become rows of the inbox later, each exactly once.
 */
export interface IntakeJournal {
  readonly append: WriteTogether
  /**
   * Puts what was appended before now, by any process, into the inbox. What cannot be opened or put there stays in the
   * journal with an alert, keeps nobody from the rest, and is tried again by the next process.
   */
  readonly unpack: () => Promise<void>
}

type Needs = Pick<Ports, 'alarm' | 'ids' | 'clock'>

interface Entry {
  readonly seq: number
  /** That of its first delivery, by which it is sealed: `seq` is known only when it is written. */
  readonly id: string
}

export const intakeJournal = (engine: SqliteEngine, platform: Sealing, { alarm, ids, clock }: Needs): IntakeJournal => {
  const setAside = new Set<string>()
  let unpacking: Promise<void> = Promise.resolve()

  const waiting = (): Promise<readonly Entry[]> =>
    engine.readAsSystem((trx) => trx.selectFrom('intake_journal').select(['seq', 'id']).orderBy('seq').execute())

  const tellOf = async ({ id, why }: Left): Promise<void> => {
    const { kind, message } = alerts[why]
    await alarm.alert(undefined, {
      id: ids.next('alert'),
      key: `${kind}:${id}`,
      kind,
      severity: 'critical',
      message: message(id),
      callId: undefined,
      appointmentId: undefined,
      createdAt: clock.now(),
    })
    setAside.add(id)
  }

  const unpackAll = async (): Promise<void> => {
    for (const entry of await waiting()) {
      if (setAside.has(entry.id)) continue
      for (const left of await engine.asSystem((trx) => unpackOne(trx, platform, entry))) await tellOf(left)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return {
    append: async (deliveries) => {
      const [first] = deliveries
      if (first) await engine.runForAll({ text: insertEntry, rows: [sealedEntry(platform, first.id, deliveries)] })
    },
    unpack: () => {
      unpacking = unpacking.then(unpackAll, unpackAll)
      return unpacking
    },
  }
}

/** An entry that stays in the journal. */
interface Left {
  readonly id: string
  readonly why: keyof typeof alerts
}

const alerts = {
  unreadable: {
    kind: 'key_fault',
    message: (id: string) =>
      `What arrived with ${id} is kept but cannot be opened, and is set aside. Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and start frontdesk again.`,
  },
  unfit: {
    kind: 'dead_letter',
    message: (id: string) =>
      `What arrived as ${id} is kept but cannot be put into the inbox, and is set aside. Mend the database and start frontdesk again.`,
  },
} as const

const insertEntry = 'insert into intake_journal (id, body) values (?, ?)'

const sealedEntry = (
  platform: Sealing,
  id: string,
  deliveries: readonly NewDelivery[],
): readonly [id: string, body: Buffer] => [id, platform.sealBytes('intake_journal', 'body', id, pack(deliveries))]

/** All of it in the one transaction, so that a process that dies here has done nothing. */
const unpackOne = async (trx: Trx, platform: Sealing, { seq, id }: Entry): Promise<readonly Left[]> => {
  const entry = await trx
    .selectFrom('intake_journal')
    .select('body')
    .where('seq', '=', seq)
    .where('id', '=', id)
    .executeTakeFirst()
  // Another process was quicker.
  if (!entry) return []
  const deliveries = opened(platform, id, entry.body)
  if (!deliveries) return [{ id, why: 'unreadable' }]
  const unfit: NewDelivery[] = []
  for (const delivery of deliveries) if (!(await put(trx, platform, delivery))) unfit.push(delivery)
  // Each becomes an entry of its own.
  for (const one of unfit) {
    await trx.executeQuery(CompiledQuery.raw(insertEntry, [...sealedEntry(platform, one.id, [one])]))
  }
  await trx.deleteFrom('intake_journal').where('seq', '=', seq).execute()
  return unfit.map((one) => ({ id: one.id, why: 'unfit' }))
}

const opened = (platform: Sealing, id: string, body: Buffer): readonly NewDelivery[] | undefined => {
  try {
    return unpack(platform.openBytes('intake_journal', 'body', id, body))
  } catch {
    return undefined
  }
}

/** False: the database takes no such row. A statement that fails undoes itself alone. */
const put = async (trx: Trx, platform: Sealing, delivery: NewDelivery): Promise<boolean> => {
  try {
    if (await insert(trx, platform, delivery)) return true
    const first = await trx
      .selectFrom('deliveries')
      .select(['id', 'body'])
      .where('dedupe_key', '=', delivery.dedupeKey ?? null)
      .executeTakeFirst()
    return await insert(trx, platform, repeatOf(platform, delivery, first))
  } catch (fault) {
    if (isOfTheRows(fault)) return false
    throw fault
  }
}

const insertDelivery = `insert into deliveries (${newColumns.join(', ')}, attempt)
  values (${newColumns.map(() => '?').join(', ')}, 0) on conflict (dedupe_key) do nothing`

/** False: its key is known. */
const insert = async (trx: Trx, platform: Sealing, delivery: NewDelivery): Promise<boolean> => {
  const row = rowOfNew(platform, delivery)
  const { numAffectedRows } = await trx.executeQuery(
    CompiledQuery.raw(
      insertDelivery,
      newColumns.map((name) => row[name]),
    ),
  )
  return numAffectedRows === 1n
}
