import { describe, expect, it } from 'vitest'
import type { IdempotentRequest } from '../../src/application/ports/idempotency.ts'
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
    const begin = (request: IdempotentRequest, minute = 0) => get().ports.idempotency.begin(request, at(minute))
    const taken = async (request: IdempotentRequest, minute = 0) => {
      const begun = await begin(request, minute)
      if (begun.kind !== 'new') throw new Error(`It is ${begun.kind}`)
      return begun.request
    }

    it('gives a key to the first request, and its answer to every equal one', async () => {
      const { profile } = await newCompany(get().ports)
      const request = aRequest({ company: profile.id })
      const { principal, path, key } = request
      const begun = { principal, path, key, begunAt: at(0) }
      expect(await begin(request)).toEqual({ kind: 'new', request: begun })
      expect(await begin(request)).toEqual({ kind: 'running' })
      const answer = { status: 201, body: '{"name":"Änne O’Probe"}' }
      await get().ports.idempotency.answer(begun, answer)
      expect(await begin(request)).toEqual({ kind: 'answered', answer })
      expect(await begin({ ...request, digest: 'd2' })).toEqual({ kind: 'another-request' })
    })

    it('keeps keys of others, of other places and other keys apart', async () => {
      const request = aRequest()
      await begin(request)
      for (const other of [{ principal: 'tok_other' }, { path: '/b' }, { key: 'l' }]) {
        const { kind } = await begin({ ...request, ...other, principal: `${other.principal ?? request.principal}` })
        expect(kind).toBe('new')
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
      const { release, answer } = get().ports.idempotency
      await release(await taken(request))
      await answer(await taken({ ...request, digest: 'd2' }), { status: 200, body: '{}' })
      expect((await begin({ ...request, digest: 'd2' }, 24 * 60 - 1)).kind).toBe('answered')
      expect((await begin(request, 24 * 60)).kind).toBe('new')
      expect(await begin(request, 24 * 60)).toEqual({ kind: 'running' })
    })

    it('gives the key of a request that has not answered for two minutes to an equal one, and to one of many', async () => {
      const request = aRequest()
      await begin(request)
      expect((await begin(request, 1)).kind).toBe('running')
      expect((await begin({ ...request, digest: 'd2' }, 2)).kind).toBe('another-request')
      const begun = await race(10, () => begin(request, 2))
      expect(begun.filter(({ kind }) => kind === 'new')).toHaveLength(1)
      expect((await begin(request, 3)).kind).toBe('running')
    })

    it('keeps nothing of a request that lost its place, and frees it for nobody', async () => {
      const request = aRequest()
      const { release, answer } = get().ports.idempotency
      const [lost, holder] = [await taken(request), await taken(request, 2)]
      await answer(lost, { status: 201, body: '{"lost":1}' })
      await release(lost)
      expect((await begin(request, 3)).kind).toBe('running')
      await answer(holder, { status: 201, body: '{"held":1}' })
      await release(lost)
      expect(await begin(request, 60)).toEqual({ kind: 'answered', answer: { status: 201, body: '{"held":1}' } })
    })
  })
}
