import { describe, expect, it } from 'vitest'
import type { IdempotentRequest } from '../../src/application/ports/idempotency.ts'
import { after, DAY } from '../../src/domain/time.ts'
import { at, newCompany, type Open, opening, race, unhurried } from './fixtures.ts'

/** What is promised to writes that may be sent more than once. */
export const idempotencyContract = (name: string, open: Open): void => {
  describe(`idempotency in ${name}`, unhurried, () => {
    const get = opening(open)
    let last = 0
    const aRequest = (more: Partial<IdempotentRequest> = {}): IdempotentRequest => {
      last += 1
      return { principal: `tok_${last}`, path: '/a', key: 'k', company: undefined, digest: 'd1', ...more }
    }
    const begin = (request: IdempotentRequest, minute = 0) =>
      get().ports.idempotency.begin(request, at(minute), after(at(minute), -DAY))

    it('gives a key to the first request, and its answer to every equal one', async () => {
      const { profile } = await newCompany(get().ports)
      const request = aRequest({ company: profile.id })
      expect(await begin(request)).toEqual({ kind: 'new' })
      expect(await begin(request)).toEqual({ kind: 'running' })
      const answer = { status: 201, body: '{"name":"Änne O’Probe"}' }
      await get().ports.idempotency.answer(request, answer)
      expect(await begin(request)).toEqual({ kind: 'answered', answer })
      expect(await begin({ ...request, digest: 'd2' })).toEqual({ kind: 'another-request' })
    })

    it('keeps keys of others, of other places and other keys apart', async () => {
      const request = aRequest()
      await begin(request)
      for (const other of [{ principal: 'tok_other' }, { path: '/b' }, { key: 'l' }]) {
        expect(await begin({ ...request, ...other, principal: `${other.principal ?? request.principal}` })).toEqual({
          kind: 'new',
        })
      }
    })

    it('lets one of ten racing requests begin', async () => {
      const request = aRequest()
      const begun = await race(10, () => begin(request))
      expect(begun.filter(({ kind }) => kind === 'new')).toHaveLength(1)
      expect(begun.filter(({ kind }) => kind === 'running')).toHaveLength(9)
    })

    it('frees a key whose request had no effect, and forgets an answer after a day', async () => {
      const request = aRequest()
      await begin(request)
      await get().ports.idempotency.release(request)
      expect(await begin({ ...request, digest: 'd2' })).toEqual({ kind: 'new' })
      await get().ports.idempotency.answer(request, { status: 200, body: '{}' })
      expect((await begin({ ...request, digest: 'd2' }, 24 * 60 - 1)).kind).toBe('answered')
      expect(await begin(request, 24 * 60)).toEqual({ kind: 'new' })
      expect(await begin(request, 24 * 60)).toEqual({ kind: 'running' })
    })
  })
}
