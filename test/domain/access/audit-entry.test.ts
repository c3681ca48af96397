import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditEntry,
  auditKinds,
  type Digest,
  follow,
  joined,
  type NewAuditEntry,
  noEntries,
} from '../../../src/domain/access/audit-entry.ts'
import { instant } from '../../../src/domain/time.ts'

/** Tells texts apart as a real digest does, and can be read. */
const digest: Digest = (text) => `<${text}>`

const text = fc.string({ maxLength: 8 })
const entry: fc.Arbitrary<NewAuditEntry> = fc.record({
  id: text.map((body) => `aud_${body}` as const),
  at: fc.nat(1e9).map(instant),
  kind: fc.constantFrom(...auditKinds),
  actor: fc.record({ kind: fc.constantFrom('user', 'token'), id: fc.option(text, { nil: undefined }), name: text }),
  address: fc.option(text, { nil: undefined }),
  subject: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('customer' as const), id: text }),
      fc.record({ kind: fc.constant('agent' as const), id: text.map((body) => `agt_${body}` as const) }),
    ),
    { nil: undefined },
  ),
  facts: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3 }),
})
const entries = fc.array(entry, { minLength: 1, maxLength: 8 })

const chainOf = (written: readonly NewAuditEntry[]): readonly AuditEntry[] => {
  const chain: AuditEntry[] = []
  for (const one of written) chain.push(joined(chain.at(-1) ?? noEntries, one, digest))
  return chain
}

const brokenIn = (chain: readonly AuditEntry[]) => {
  const followed = follow(noEntries, chain, digest)
  return 'broken' in followed ? followed.broken : undefined
}

describe('a chain of audit entries', () => {
  it('holds as it was written, in whatever portions it is followed', () => {
    fc.assert(
      fc.property(entries, fc.nat(8), (written, cut) => {
        const chain = chainOf(written)
        expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, index) => index + 1))
        const begun = follow(noEntries, chain.slice(0, cut), digest)
        if ('broken' in begun) throw new Error('The beginning does not hold')
        expect(follow(begun.head, chain.slice(cut), digest)).toEqual(follow(noEntries, chain, digest))
        expect(brokenIn(chain)).toBeUndefined()
      }),
    )
  })

  it('breaks at an entry of which anything was changed', () => {
    fc.assert(
      fc.property(entries, fc.nat(), entry, (written, which, other) => {
        const chain = chainOf(written)
        const place = which % chain.length
        for (const field of Object.keys(other) as (keyof NewAuditEntry)[]) {
          const [was, is] = [JSON.stringify(chain[place]?.[field]), JSON.stringify(other[field])]
          if (was === is) continue
          const forged = chain.map((one, at) => (at === place ? { ...one, [field]: other[field] } : one))
          const sameFacts = field === 'facts' && sorted(other.facts) === sorted(chain[place]?.facts ?? {})
          if (!sameFacts) expect(brokenIn(forged)).toEqual({ seq: place + 1, reason: 'changed' })
        }
      }),
    )
  })

  it('breaks where an entry was taken out, exchanged or begun anew', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 3, maxLength: 8 }), fc.nat(), (written, which) => {
        const chain = chainOf(written)
        const place = which % (chain.length - 1)
        expect(brokenIn(chain.toSpliced(place, 1))).toEqual({ seq: place + 1, reason: 'missing' })
        const [one, next] = [chain[place], chain[place + 1]]
        if (!one || !next) throw new Error('There are two')
        expect(brokenIn(chain.toSpliced(place, 2, next, one))).toEqual({ seq: place + 1, reason: 'missing' })
        // Without the entry, and numbered as if it had never been: the hash before it is missed.
        const closed = chain.toSpliced(place, 1).map((each, index) => ({ ...each, seq: index + 1 }))
        expect(brokenIn(closed)?.seq).toBe(place + 1)
      }),
    )
  })
})

const sorted = (facts: NewAuditEntry['facts']): string => JSON.stringify(Object.entries(facts).toSorted())
