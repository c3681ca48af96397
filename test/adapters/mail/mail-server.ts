import { createServer, type Socket } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface MailServer {
  readonly url: string
  /** What arrived, raw, in order. */
  readonly raw: readonly string[]
  readonly parsed: () => Promise<readonly Email[]>
  /** How often somebody connected. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

const refusal = (responseCode: number) => Object.assign(new Error('No.'), { responseCode })

/** A real SMTP server on a free port. `refuse` answers a receiver with that code, `refuseAll` everybody who says hello. */
export const openMailServer = async (
  options: {
    readonly refuse?: (address: string) => number | undefined
    readonly refuseMail?: number
    readonly refuseSender?: number
    readonly users?: { readonly [name: string]: string }
  } = {},
): Promise<MailServer> => {
  const raw: string[] = []
  let connections = 0
  const handlers: SMTPServerOptions = {
    authOptional: options.users === undefined,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onConnect: (_session, callback) => {
      connections += 1
      callback()
    },
    onAuth: ({ username = '', password }, _session, callback) =>
      options.users?.[username] === password ? callback(null, { user: username }) : callback(refusal(535)),
    onMailFrom: (_address, _session, callback) =>
      callback(options.refuseSender === undefined ? null : refusal(options.refuseSender)),
    onRcptTo: ({ address }, _session, callback) => {
      const code = options.refuse?.(address)
      callback(code === undefined ? null : refusal(code))
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (options.refuseMail !== undefined) return callback(refusal(options.refuseMail))
        raw.push(Buffer.concat(chunks).toString())
        callback()
      })
    },
  }
  const server = new SMTPServer(handlers)
  server.on('error', () => undefined)
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    raw,
    parsed: () => Promise.all(raw.map((one) => PostalMime.parse(one))),
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Takes connections and does with them what it likes: `hangs` says nothing, `drops` hangs up. */
export const openBrokenServer = async (
  manner: 'hangs' | 'drops',
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (manner === 'drops') socket.destroy()
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
