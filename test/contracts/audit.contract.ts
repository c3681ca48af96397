import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditQuery } from '../../src/application/ports/audit.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { type AuditKind, auditKinds, type NewAuditEntry } from '../../src/domain/access/audit-entry.ts'
import { at, ids, newCompany, type Open, opening, platform, race, unhurried, walk, within } from './fixtures.ts'

export const anAuditEntry = (ports: Ports, more: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  id: ports.ids.next('auditEntry'),
  at: at(0),
  kind: 'customer.viewed',
  actor: { kind: 'user', id: 'usr_00000001', name: 'leitung@salon.example' },
  address: '192.0.2.7',
  subject: { kind: 'customer', id: 'cus_00000001' },
  facts: {},
  ...more,
})

/** What is promised of the log of looks and changes. */
export const auditContract = (name: string, open: Open): void => {
  describe(`the audit log in ${name}`, unhurried, () => {
    const get = opening(open)
    const page = { limit: 50, cursor: undefined }

    it('has nothing by which an entry could be changed or taken back', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await within(ports, company, async (tx) => {
        expect(Object.keys(tx.audit).toSorted()).toEqual(['append', 'firstBroken', 'list'])
      })
      expect(Object.keys(ports.audit).toSorted()).toEqual(['append', 'firstBroken', 'list'])
    })

    it('gives entries back as they were written, newest first, numbered without gaps, and the chain holds', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const bare = { subject: undefined, address: undefined, actor: { kind: 'job', id: undefined, name: 'x' } }
      const written = [
        anAuditEntry(ports, { facts: { said: 'Đặng “Ünal”;\n--', count: 3, done: true } }),
        anAuditEntry(ports, { kind: 'customers.listed', ...bare, at: at(-3) }),
        anAuditEntry(ports),
      ]
      await within(ports, company, async (tx) => {
        for (const entry of written) await tx.audit.append(entry)
        expect(await tx.audit.firstBroken()).toBeUndefined()
      })
      await ports.store.read(company.scope, async (tx) => {
        const { items } = await tx.audit.list(page)
        expect(items.map(({ seq, hash, ...entry }) => entry)).toEqual(written.toReversed())
        expect(items.map(({ seq }) => seq)).toEqual([3, 2, 1])
        expect(new Set(items.map(({ hash }) => hash)).size).toBe(3)
        expect(await tx.audit.firstBroken()).toBeUndefined()
      })
    })

    it('leaves no trace of what was not committed', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const undone = within(ports, company, async (tx) => {
        await tx.audit.append(anAuditEntry(ports))
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      const kept = await within(ports, company, (tx) => tx.audit.append(anAuditEntry(ports)))
      expect(kept.seq).toBe(1)
    })

    it('joins what comes at the same moment into one chain', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await race(12, () => within(ports, company, (tx) => tx.audit.append(anAuditEntry(ports))))
      await race(5, () => ports.audit.append(platform, anAuditEntry(ports)))
      await ports.store.read(company.scope, async (tx) => {
        const { items } = await tx.audit.list(page)
        expect(items.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
        expect(await tx.audit.firstBroken()).toBeUndefined()
      })
      expect(await ports.audit.firstBroken(platform)).toBeUndefined()
    })

    it('filters by every question and their combinations, page by page', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const kinds: readonly AuditKind[] = auditKinds.slice(0, 3)
      const names = ['a@salon.example', 'b@salon.example']
      const subjects = [
        { kind: 'customer', id: 'cus_00000001' } as const,
        { kind: 'agent', id: 'agt_00000001' } as const,
      ]
      const all = Array.from({ length: 24 }, (_, index) =>
        anAuditEntry(ports, {
          at: at(index),
          kind: kinds[index % 3] ?? 'customer.viewed',
          actor: { kind: 'user', id: undefined, name: names[index % 2] ?? '' },
          subject: subjects[Math.floor(index / 2) % 2],
        }),
      )
      await within(ports, company, async (tx) => {
        for (const entry of all) await tx.audit.append(entry)
      })
      const query = fc.record(
        {
          kind: fc.constantFrom(...kinds),
          actor: fc.constantFrom(...names, 'nobody@salon.example'),
          subject: fc.constantFrom(...subjects),
          from: fc.integer({ min: -1, max: 25 }).map(at),
          to: fc.integer({ min: -1, max: 25 }).map(at),
        },
        { requiredKeys: [] },
      )
      await fc.assert(
        fc.asyncProperty(query, async (asked: Omit<AuditQuery, 'limit' | 'cursor'>) => {
          const expected = all.filter(
            (one) =>
              (asked.kind === undefined || one.kind === asked.kind) &&
              (asked.actor === undefined || one.actor.name === asked.actor) &&
              (asked.subject === undefined || one.subject?.id === asked.subject.id) &&
              (asked.from === undefined || one.at >= asked.from) &&
              (asked.to === undefined || one.at < asked.to),
          )
          const listed = await walk(
            (request) => ports.store.read(company.scope, (tx) => tx.audit.list({ ...asked, ...request })),
            5,
          )
          expect(ids(listed)).toEqual(ids(expected).toReversed())
        }),
        { numRuns: 30 },
      )
    })

    it('shows the platform every company’s beside its own, newest first', async () => {
      const { ports } = get()
      const [one, other] = [await newCompany(ports), await newCompany(ports)]
      const entries = [10, 11, 12].map((minute) => anAuditEntry(ports, { at: at(100 + minute), kind: 'call.viewed' }))
      const [first, second, third] = entries
      if (!first || !second || !third) throw new Error('There are three')
      await within(ports, one, (tx) => tx.audit.append(first))
      await ports.audit.append(platform, second)
      await within(ports, other, (tx) => tx.audit.append(third))
      const { items } = await ports.audit.list(platform, { ...page, kind: 'call.viewed', from: at(110) })
      expect(items.map(({ id, company }) => [id, company])).toEqual([
        [third.id, other.scope.company],
        [second.id, undefined],
        [first.id, one.scope.company],
      ])
    })
  })
}
