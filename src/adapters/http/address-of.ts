import type { FastifyRequest } from 'fastify'
import { behindProxy } from '../../application/calling/refusals.ts'

/** Behind a proxy that is not trusted everybody has the proxy's address, and it is nobody's. */
export const addressOf = (request: Pick<FastifyRequest, 'ip' | 'headers'>, trustProxy: boolean): string =>
  trustProxy || !isForwarded(request) ? request.ip : behindProxy

/** Who asks, as far as it is known: undefined for everybody behind a proxy that is not trusted. */
export const knownAddress = (request: Pick<FastifyRequest, 'ip' | 'headers' | 'socket'>): string | undefined =>
  isForwarded(request) && request.ip === request.socket.remoteAddress ? undefined : request.ip

const isForwarded = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
