import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Audit, AuditQuery, PlatformAudit } from '../../application/ports/audit.ts'
import {
  type AuditEntry,
  type AuditHead,
  type BrokenLink,
  type Digest,
  follow,
  joined,
  noEntries,
} from '../../domain/access/audit-entry.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Engine, Trx } from './engine.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing, Seals } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** A company's chain. Its hashes are made with the key of the blind indexes: who only has the database cannot make others. */
export const sqlAudit = (db: TenantDb, seals: Seals): Audit => {
  const seal = seals.of(db.company)
  return {
    append: async (entry) => {
      await db.hold('audit')
      const kept = await keptHead(db.from('audit_heads'))
      const last = (await newest(db.from('audit_log'))) ?? noEntries
      const appended = joined(endOf(seal, last, kept), entry, digestOf(seal))
      await db.insert('audit_log', toRow(seals, seal, appended)).execute()
      const head = headOf(seal, appended)
      if (kept) await db.update('audit_heads').set(head).execute()
      else await db.insert('audit_heads', head).execute()
      return appended
    },
    list: (query) =>
      readPage(wanted(db.from('audit_log').selectAll(), seals, query), { by: 'seq', first: 'highest' }, query, (row) =>
        fromRow(seal, row),
      ),
    firstBroken: () =>
      firstBroken(
        seal,
        ({ seq }) => inOrder(db.from('audit_log').selectAll().where('seq', '>', seq)),
        () => keptHead(db.from('audit_heads')),
      ),
  }
}

export const sqlPlatformAudit = (engine: Engine, seals: Seals): PlatformAudit => {
  const own = (trx: Trx) => trx.selectFrom('audit_log').where('company_id', 'is', null)
  const ownHead = (trx: Trx) => trx.selectFrom('audit_heads').where('company_id', 'is', null)
  return {
    append: (_scope, entry) =>
      engine.asSystem(async (trx) => {
        if (engine.dialect === 'postgres')
          await sql`select pg_advisory_xact_lock(hashtextextended('platform/audit', 0))`.execute(trx)
        const kept = await keptHead(ownHead(trx))
        const last = (await newest(own(trx))) ?? noEntries
        const appended = joined(endOf(seals.platform, last, kept), entry, digestOf(seals.platform))
        const row = { ...toRow(seals, seals.platform, appended), company_id: null }
        await trx.insertInto('audit_log').values(row).execute()
        const head = headOf(seals.platform, appended)
        if (kept) await trx.updateTable('audit_heads').set(head).where('company_id', 'is', null).execute()
        else
          await trx
            .insertInto('audit_heads')
            .values({ ...head, company_id: null })
            .execute()
        return appended
      }),
    list: (_scope, query) =>
      engine.readAsSystem((trx) =>
        readPage(
          wanted(trx.selectFrom('audit_log').selectAll(), seals, query),
          { by: 'at', first: 'highest' },
          query,
          (row) => {
            const company = (row.company_id ?? undefined) as CompanyId | undefined
            return { ...fromRow(company === undefined ? seals.platform : seals.of(company), row), company }
          },
        ),
      ),
    firstBroken: () =>
      engine.readAsSystem((trx) =>
        firstBroken(
          seals.platform,
          ({ seq }) => inOrder(own(trx).selectAll().where('seq', '>', seq)),
          () => keptHead(ownHead(trx)),
        ),
      ),
  }
}

type Row = Selectable<Schema['audit_log']>
type Only = Pick<Schema, 'audit_log'>
type Entries<Selected> = SelectQueryBuilder<Only, 'audit_log', Selected>

const portion = 500

const newest = (entries: Entries<object>): Promise<AuditHead | undefined> =>
  entries.select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()

type KeptHead = Omit<Selectable<Schema['audit_heads']>, 'company_id'>

const keptHead = (heads: SelectQueryBuilder<Pick<Schema, 'audit_heads'>, 'audit_heads', object>) =>
  heads.select(['seq', 'proof']).executeTakeFirst()

const headOf = (seal: Sealing, { seq, hash }: AuditHead): KeptHead => ({
  seq,
  proof: seal.index('audit_heads.proof', `${seq}\n${hash}`),
})

const isKept = (seal: Sealing, end: AuditHead, kept: KeptHead | undefined): boolean =>
  kept?.seq === end.seq && kept.proof === headOf(seal, end).proof

/**
 * To what the next entry is joined. Where the last one that is there is not the last one that was written, a number is left
 * out, so that this is found as long as the log is there.
 */
const endOf = (seal: Sealing, last: AuditHead, kept: KeptHead | undefined): AuditHead =>
  last.seq === 0 && !kept
    ? noEntries
    : isKept(seal, last, kept)
      ? last
      : { seq: Math.max(last.seq, kept?.seq ?? 0) + 1, hash: last.hash }

const inOrder = (entries: Entries<Row>): Promise<readonly Row[]> => entries.orderBy('seq').limit(portion).execute()

const wanted = (entries: Entries<Row>, seals: Seals, { kind, actor, subject, from, to }: AuditQuery): Entries<Row> => {
  let query = entries
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (actor !== undefined) query = query.where('actor_index', '=', actorIndex(seals, actor))
  if (subject !== undefined) query = query.where('subject_kind', '=', subject.kind).where('subject_id', '=', subject.id)
  if (from !== undefined) query = query.where('at', '>=', from)
  return to === undefined ? query : query.where('at', '<', to)
}

const firstBroken = async (
  seal: Sealing,
  after: (head: AuditHead) => Promise<readonly Row[]>,
  keptNow: () => Promise<KeptHead | undefined>,
): Promise<BrokenLink | undefined> => {
  // Read first: others may append meanwhile.
  const kept = await keptNow()
  let head = noEntries
  let isProven = false
  for (;;) {
    const rows = await after(head)
    const entries: AuditEntry[] = []
    for (const row of rows) {
      const entry = opened(seal, row)
      if (entry) entries.push(entry)
      else break
    }
    isProven ||= entries.some((entry) => isKept(seal, entry, kept))
    const followed = follow(head, entries, digestOf(seal))
    if ('broken' in followed) return followed.broken
    head = followed.head
    const unreadable = rows[entries.length]
    if (unreadable) return { seq: head.seq + 1, reason: unreadable.seq === head.seq + 1 ? 'changed' : 'missing' }
    if (rows.length < portion) break
  }
  // The first entry of all may have come between.
  const isWhole = isProven || (!kept && (head.seq === 0 || isKept(seal, head, await keptNow())))
  return isWhole ? undefined : { seq: head.seq + 1, reason: 'missing' }
}

/** Undefined: what stands there was never sealed for this place. */
const opened = (seal: Sealing, row: Row): AuditEntry | undefined => {
  try {
    return fromRow(seal, row)
  } catch {
    return undefined
  }
}

const digestOf =
  (seal: Sealing): Digest =>
  (text) =>
    seal.index('audit_log.hash', text)

const actorIndex = (seals: Seals, name: string): string => seals.platform.index('audit_log.actor', name)

const toRow = (seals: Seals, seal: Sealing, entry: AuditEntry): NewRow<'audit_log'> => ({
  id: entry.id,
  seq: entry.seq,
  at: entry.at,
  kind: entry.kind,
  actor_index: actorIndex(seals, entry.actor.name),
  subject_kind: entry.subject?.kind ?? null,
  subject_id: entry.subject?.id ?? null,
  hash: entry.hash,
  body: seal.seal('audit_log', 'body', entry.id, JSON.stringify(bodyOf(entry))),
})

const bodyOf = ({ actor, address, facts }: AuditEntry) => ({
  actor: { kind: actor.kind, name: actor.name, ...(actor.id === undefined ? {} : { id: actor.id }) },
  ...(address === undefined ? {} : { address }),
  facts,
})

const fromRow = (seal: Sealing, row: Row): AuditEntry => {
  const body = JSON.parse(seal.open('audit_log', 'body', row.id, row.body)) as Pick<
    AuditEntry,
    'actor' | 'address' | 'facts'
  >
  const subject = row.subject_kind === null ? undefined : { kind: row.subject_kind, id: row.subject_id ?? '' }
  return {
    id: row.id as AuditEntry['id'],
    seq: row.seq,
    at: row.at as AuditEntry['at'],
    kind: row.kind as AuditEntry['kind'],
    actor: { kind: body.actor.kind, id: body.actor.id, name: body.actor.name },
    address: body.address,
    subject: subject as AuditEntry['subject'],
    facts: body.facts,
    hash: row.hash,
  }
}
