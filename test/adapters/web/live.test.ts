import fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { accounts, type Fixture, fixture } from '../../browser/fixture.ts'

describe('the live stream', () => {
  let world: Fixture
  let url: string
  let close: () => Promise<void>
  beforeEach(async () => {
    world = fixture()
    const http = fastify({ forceCloseConnections: true })
    await http.register(webRoutes(world.dependencies))
    url = await http.listen({ host: '127.0.0.1', port: 0 })
    close = () => http.close()
  })
  afterEach(() => close())

  const listen = async (query: string, headers: Record<string, string> = {}) => {
    const stop = new AbortController()
    const answer = await fetch(`${url}/companies/salon-sonne/live${query}`, {
      signal: stop.signal,
      headers: { cookie: `frontdesk_session=${world.signIn(accounts.admin)}`, ...headers },
    })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    return {
      answer,
      stop: () => stop.abort(),
      /** Reads on until the text was heard or the stream ended. */
      until: async (text: string): Promise<string> => {
        while (!heard.includes(text)) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
          if (done) return heard
          heard += value
        }
        return heard
      },
      idsIn: (): readonly number[] => [...heard.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
    }
  }

  const happen = (count: number) => {
    for (let one = 0; one < count; one += 1) world.publish({ kind: 'call.updated', data: { call_id: `call_${one}` } })
  }

  it('begins with the number of its page and goes on with what happens, each once and in order', async () => {
    happen(5)
    const stream = await listen('?since=2')
    await stream.until('id: 5\n')
    happen(2)
    const heard = await stream.until('id: 7\n')
    expect(stream.idsIn()).toEqual([3, 4, 5, 6, 7])
    expect(heard).toContain('event: call.updated\ndata: {"call_id":"call_2"}\n\n')
    stream.stop()
  })

  it('believes the last event heard rather than the number in the address', async () => {
    happen(6)
    const stream = await listen('?since=1', { 'last-event-id': '4' })
    await stream.until('id: 6\n')
    expect(stream.idsIn()).toEqual([5, 6])
    stream.stop()
  })

  it('sends everything of a burst larger than one reading', async () => {
    const stream = await listen('?since=0')
    happen(450)
    await stream.until('id: 450\n')
    expect(stream.idsIn()).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
    stream.stop()
  })

  it.each(['?since=0', '?since=999999'])('lets a page that is far off read itself anew: %s', async (query) => {
    happen(1_200)
    const stream = await listen(query)
    const heard = await stream.until('event: reread')
    expect(heard).toContain('id: 1200\nevent: reread')
    happen(1)
    await stream.until('id: 1201\n')
    stream.stop()
  })

  it('is never stored on the way and keeps the headers of the pages', async () => {
    const { answer, stop } = await listen('')
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-accel-buffering')).toBe('no')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    stop()
  })

  it('stops watching when the page goes, and ends when the service stops', async () => {
    const gone = await listen('')
    await gone.until('frontdesk')
    expect(world.watchers()).toBe(1)
    gone.stop()
    await expect.poll(() => world.watchers()).toBe(0)
    const stays = await listen('')
    await stays.until('frontdesk')
    const closing = close()
    await stays.until('never sent')
    await closing
    expect(world.watchers()).toBe(0)
  })

  it('asks strangers to log in without a page', async () => {
    const answer = await fetch(`${url}/companies/salon-sonne/live`, { headers: { accept: 'text/event-stream' } })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toBe('')
  })
})
