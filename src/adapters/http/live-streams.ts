import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventStream, LiveEvent } from '../../application/ports/events.ts'
import type { CompanyId } from '../../domain/ids.ts'

const HEARTBEAT_MS = 15_000
const BATCH = 200
/** Further behind than this a page reads itself anew instead of every single event. */
const FAR_BEHIND = 1_000
const MAX_BUFFERED_BYTES = 1_000_000

export interface LiveStreams {
  /** Sends a company's events from a number on until the page goes, the right to them ends or the service stops. */
  readonly open: (
    request: FastifyRequest,
    reply: FastifyReply,
    company: CompanyId,
    since: number | undefined,
    stillAllowed: () => Promise<boolean>,
  ) => Promise<void>
  readonly closeAll: () => void
}

/** `Last-Event-ID` wins over the number in the address, for it is the later one. */
export const startOf = (lastEventId: string | undefined, since: string | undefined): number | undefined => {
  for (const text of [lastEventId, since]) if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text)
  return undefined
}

const frameOf = ({ seq, kind, data }: LiveEvent): string =>
  `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`

export const liveStreams = (events: EventStream): LiveStreams => {
  const open = new Set<() => void>()
  return {
    closeAll: () => {
      for (const close of [...open]) close()
    },
    open: async (request, reply, company, since, stillAllowed) => {
      const latest = await events.latest(company)
      let seq = since ?? latest
      const [next] = seq < latest ? await events.after(company, seq, 1) : []
      // What a page missed long ago is deleted.
      const isGone = seq < latest && next?.seq !== seq + 1
      const behind = seq > latest || latest - seq > FAR_BEHIND || isGone
      if (behind) seq = latest
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      })
      let closed = false
      let pumping = false
      let again = false
      const send = (text: string): void => {
        if (closed) return
        raw.write(text)
        if (raw.writableLength > MAX_BUFFERED_BYTES) close()
      }
      const pump = async (): Promise<void> => {
        again = true
        if (pumping) return
        pumping = true
        try {
          while (again && !closed) {
            again = false
            const batch = await events.after(company, seq, BATCH)
            for (const event of batch) {
              send(frameOf(event))
              seq = event.seq
            }
            if (batch.length === BATCH) again = true
          }
        } catch (error) {
          request.log.error({ err: error }, 'a live stream could not read its events')
          close()
        } finally {
          pumping = false
        }
      }
      const stop = events.watch(company, () => void pump())
      const heartbeat = setInterval(() => {
        send(': still here\n\n')
        stillAllowed().then(
          (allowed) => {
            if (!allowed) close()
          },
          () => close(),
        )
      }, HEARTBEAT_MS)
      heartbeat.unref()
      const close = (): void => {
        if (closed) return
        closed = true
        clearInterval(heartbeat)
        stop()
        open.delete(close)
        raw.end()
      }
      open.add(close)
      raw.on('close', close)
      send('retry: 1000\n: frontdesk\n\n')
      if (behind) send(`id: ${seq}\nevent: reread\ndata: {}\n\n`)
      await pump()
    },
  }
}
