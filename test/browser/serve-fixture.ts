import fastify, { type FastifyInstance } from 'fastify'
import { webRoutes } from '../../src/adapters/web/web-routes.ts'
import { type Fixture, fixture } from './fixture.ts'

export interface Served {
  readonly world: Fixture
  readonly http: FastifyInstance
  readonly url: string
  readonly close: () => Promise<void>
}

/** The dashboard over the invented day, on a port of its own. */
export const serveFixture = async (port = 0): Promise<Served> => {
  const world = fixture()
  const http = fastify({ forceCloseConnections: true })
  await http.register(webRoutes(world.dependencies))
  const url = await http.listen({ host: '127.0.0.1', port })
  return { world, http, url, close: () => http.close() }
}
