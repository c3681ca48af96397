import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CompanyTx } from '../../../src/application/ports/store.ts'
import { type ServedDesk, serveDesk } from '../../browser/serve-desk.ts'
import { aCustomer, at, type Company, inTurn, within } from '../../contracts/fixtures.ts'
import { aCallback, aWish } from '../../contracts/reception.contract.ts'

const many = Array.from({ length: 120 }, (_, which) => which)

describe('a list of several pages', () => {
  let served: ServedDesk
  beforeEach(async () => {
    served = await serveDesk()
  })
  afterEach(() => served.close())

  const fill = async (add: (tx: CompanyTx, which: number, company: Company) => Promise<unknown>) => {
    const { desk, scope, profile } = served
    await within(desk.ports, { scope, profile }, (tx) => inTurn(many, (which) => add(tx, which, { scope, profile })))
  }
  const links = (body: string) => [
    ...(/<p id="list-more"[\s\S]*?<\/p>/.exec(body)?.[0] ?? '').matchAll(/href="([^"]+)"[^>]*>([^<]+)</g),
  ]
  const walk = async (path: string, id: RegExp) => {
    const cookies = { frontdesk_session: await served.signIn('manager') }
    const get = async (url: string) => {
      const answer = await served.http.inject({ url, cookies, headers: { 'accept-language': 'en' } })
      expect(answer.statusCode, url).toBe(200)
      return answer.body
    }
    const found: string[] = []
    const ways: (readonly string[])[] = []
    let url: string | undefined = path
    while (url !== undefined && ways.length < 9) {
      const body = await get(url)
      found.push(...[...body.matchAll(id)].map(([, one = '']) => one))
      const all = links(body)
      ways.push(
        all.map(([, href = '']) =>
          href
            .replaceAll('&#38;', '&')
            .replaceAll('&amp;', '&')
            .replace(/cursor=.*/, 'cursor'),
        ),
      )
      const next = all.find(([, href]) => href?.includes('cursor='))
      url = next?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&')
    }
    return { found, ways }
  }
  const base = '/companies/salon-sonne'

  it('of customers shows everybody once, on and back to the beginning', async () => {
    const { ports } = served.desk
    await fill((tx, which) => tx.customers.add(aCustomer(ports, { name: `Anna ${which}`, firstSeenAt: at(which) })))
    const { found, ways } = await walk(`${base}/customers`, /<li id="(cus_\w+)"/g)
    expect(new Set(found).size).toBe(found.length)
    expect(found.length).toBeGreaterThanOrEqual(many.length)
    expect(ways[0]).toEqual([`${base}/customers?cursor`])
    expect(ways[1]).toEqual([`${base}/customers`, `${base}/customers?cursor`])
    expect(ways.at(-1)).toEqual([`${base}/customers`])
  })

  it('of wishes keeps what it is narrowed to', async () => {
    const { ports } = served.desk
    await fill((tx, which, company) => tx.wishes.put(aWish(ports, company, { createdAt: at(which) })))
    const { found, ways } = await walk(`${base}/wishes?branch=mitte`, /<li id="(wsh_\w+)"/g)
    expect(new Set(found).size).toBe(many.length)
    expect(ways[0]).toEqual([`${base}/wishes?branch=mitte&cursor`])
    expect(ways.at(-1)).toEqual([`${base}/wishes?branch=mitte`])
  })

  it('of call backs keeps what it shows', async () => {
    const { ports } = served.desk
    await fill((tx, which, company) =>
      tx.callbacks.add(aCallback(ports, company, { state: 'done', createdAt: at(which), dueBy: at(which) })),
    )
    const { found, ways } = await walk(`${base}/callbacks?show=done`, /<li id="(cbk_\w+)"/g)
    expect(new Set(found).size).toBe(many.length)
    expect(ways[0]).toEqual([`${base}/callbacks?show=done&cursor`])
    expect(ways.at(-1)).toEqual([`${base}/callbacks?show=done`])
  })
})
