import fastify, { type FastifyInstance } from 'fastify'
import { webRoutes } from '../../src/adapters/web/web-routes.ts'
import { type Fixture, fixture } from './fixture.ts'

export interface Served {
  readonly world: Fixture
  readonly url: string
  readonly interrupt: () => Promise<void>
  readonly resume: (port: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** The dashboard over the invented day, on a port of its own, which can go away for a while. */
export const serveFixture = async (port = 0): Promise<Served> => {
  const world = fixture()
  const start = async (on: number): Promise<FastifyInstance> => {
    const started = fastify({ forceCloseConnections: true })
    await started.register(webRoutes(world.dependencies))
    await started.listen({ host: '127.0.0.1', port: on })
    return started
  }
  let http = await start(port)
  const address = http.server.address()
  return {
    world,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    interrupt: () => http.close(),
    resume: async (on) => {
      http = await start(on)
    },
    close: () => http.close(),
  }
}
