import closeWithGrace from 'close-with-grace'
import type { FastifyInstance } from 'fastify'
import { note } from '../../adapters/cli/terminal.ts'
import { explain } from '../explain.ts'
import { keepRequestsYoung } from '../keep-requests-young.ts'
import { openService } from '../service.ts'
import { configOrTell, type ExitCode } from './context.ts'

export type Role = 'all' | 'web' | 'worker'

export interface ServeOptions {
  readonly host?: string
  readonly port?: number
  readonly role: Role
}

/** Serves until it is told to stop; then it lets requests and work in hand end. */
export const serve = async (options: ServeOptions): Promise<ExitCode | undefined> => {
  const config = configOrTell()
  if (!config) return 1
  keepRequestsYoung()
  const [host, port] = [options.host ?? config.host, options.port ?? config.port]
  const publicUrl = process.env.PUBLIC_URL ? config.publicUrl : `http://${host}:${port}`
  const opened = await openService({ ...config, host, port, publicUrl, role: options.role })
  if (opened.isErr()) {
    for (const line of explain(opened.error)) note(line)
    return 1
  }
  const service = opened.value
  for (const line of service.notices) note(line)
  if (options.role !== 'worker') {
    const url = await listen(service.http, host, port)
    if (url === undefined) {
      await service.close()
      return 1
    }
    note(`frontdesk serves at ${url}`)
  }
  closeWithGrace({ delay: 10_000 }, async () => {
    await service.close()
  })
  return undefined
}

/** The address it listens at; undefined, with the cure told, when it cannot. */
export const listen = async (http: FastifyInstance, host: string, port: number): Promise<string | undefined> => {
  try {
    return await http.listen({ host, port })
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
    if (code === 'EADDRINUSE') note(`Port ${port} is in use. Stop what uses it, or choose another with --port or PORT.`)
    else if (code === 'EACCES')
      note(`Port ${port} may not be used by this user. Choose one above 1024 with --port or PORT.`)
    else note(`${host}:${port} cannot be listened at (${String(code)}). Look at HOST and PORT.`)
    return undefined
  }
}
