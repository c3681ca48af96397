import { createHmac, randomBytes } from 'node:crypto'
import type { Audit, AuditQuery, PlatformAudit } from '../../application/ports/audit.ts'
import { type AuditEntry, type Digest, follow, joined, noEntries } from '../../domain/access/audit-entry.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { pageOf } from './page.ts'
import { type Draft, draftOf } from './tables.ts'
import type { World } from './world.ts'

const key = randomBytes(32)
const digest: Digest = (text) => createHmac('sha256', key).update(text).digest('base64url')

const isWanted = (entry: AuditEntry, { kind, actor, subject, from, to }: AuditQuery): boolean =>
  (kind === undefined || entry.kind === kind) &&
  (actor === undefined || entry.actor.name === actor) &&
  (subject === undefined || (entry.subject?.kind === subject.kind && entry.subject.id === subject.id)) &&
  (from === undefined || entry.at >= from) &&
  (to === undefined || entry.at < to)

export const auditIn = (draft: Draft): Audit => ({
  append: async (entry) => {
    const appended = joined(draft.rows('auditLog').at(-1) ?? noEntries, entry, digest)
    draft.put('auditLog', String(appended.seq), appended)
    return appended
  },
  list: async (query) => {
    const rows = draft.rows('auditLog').filter((entry) => isWanted(entry, query))
    return pageOf(rows, query, 'newest-first', ({ seq, id }) => [seq, id])
  },
  firstBroken: async () => {
    const followed = follow(noEntries, draft.rows('auditLog'), digest)
    return 'broken' in followed ? followed.broken : undefined
  },
})

export const memoryPlatformAudit = (world: World, companies: () => readonly CompanyId[]): PlatformAudit => ({
  append: (_scope, entry) =>
    world.inTurn('platform', async () => {
      const { draft, close } = draftOf(world.tablesOf('platform'), 'write')
      const appended = await auditIn(draft).append(entry)
      world.commit('platform', close())
      return appended
    }),
  list: async (_scope, query) => {
    const of = (company: CompanyId | undefined) =>
      [...world.tablesOf(company ?? 'platform').auditLog.values()].map((entry) => ({ ...entry, company }))
    const rows = [undefined, ...companies()].flatMap(of).filter((entry) => isWanted(entry, query))
    return pageOf(rows, query, 'newest-first', ({ at, id }) => [at, id])
  },
  firstBroken: async () => auditIn(draftOf(world.tablesOf('platform'), 'read').draft).firstBroken(),
})
