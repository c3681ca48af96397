import { err, ok, type Result } from 'neverthrow'
import { Agent, request as send } from 'undici'
import type { Recording, RecordingFailure, Recordings } from '../../application/ports/recordings.ts'
import { ForbiddenAddress, guardedConnector } from './address-guard.ts'

const connectTimeoutMs = 4_000
const silenceMs = 10_000
/** People listen to a few at a time; more wait for their turn. */
const atOnce = 20
const usualType = 'audio/wav'
const isGone = (status: number): boolean => [401, 403, 404, 410].includes(status)

export interface RecordingOptions {
  /** Whether loopback and private networks may be asked. */
  readonly allowPrivate: boolean
}

/** Reads links of recordings: guarded as vendors are, with no credential of ours, and redirections are not followed. */
export const linkedRecordings = ({ allowPrivate }: RecordingOptions): Recordings & { close: () => Promise<void> } => {
  const agent = new Agent({
    connect: guardedConnector(allowPrivate, connectTimeoutMs),
    connections: atOnce,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  })

  const open = async (link: string, range: string | undefined): Promise<Result<Recording, RecordingFailure>> => {
    if (!URL.canParse(link)) return err({ kind: 'gone' })
    try {
      const { statusCode, headers, body } = await send(link, {
        dispatcher: agent,
        method: 'GET',
        headers: { accept: 'audio/*', ...(range === undefined ? {} : { range }) },
      })
      const contentType = typeOf(textOf(headers['content-type']))
      if ((statusCode === 200 || statusCode === 206) && contentType !== undefined) {
        return ok({
          contentType,
          length: lengthOf(textOf(headers['content-length'])),
          range: statusCode === 206 ? textOf(headers['content-range']) : undefined,
          sound: body,
        })
      }
      await body.dump()
      // Whoever asks for what lies beyond the end gets all of it.
      if (statusCode === 416 && range !== undefined) return await open(link, undefined)
      return err({ kind: isGone(statusCode) ? 'gone' : 'unreachable' })
    } catch (fault) {
      return err({ kind: fault instanceof ForbiddenAddress ? 'forbidden' : 'unreachable' })
    }
  }

  return { open, close: () => agent.close() }
}

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

const lengthOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined

/** Undefined: it is a page or something else that nobody can hear. */
const typeOf = (text = usualType): string | undefined => {
  const type = text.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^audio\/[\w.+-]{1,40}$/.test(type)) return type
  return /^(?:application|binary)\/octet-stream$/.test(type) ? usualType : undefined
}
