import { err, ok, type Result } from 'neverthrow'
import { callState } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallId } from '../../domain/ids.ts'
import { noteLook } from '../access/audited.ts'
import type { NotFound } from '../access/authenticate.ts'
import {
  failureOf,
  type RetellNotConnected,
  type RetellRefused,
  type RetellUnreachable,
} from '../agents/agent-failures.ts'
import type { Ports } from '../ports/ports.ts'
import type { Recording, RecordingFailure } from '../ports/recordings.ts'
import type { CompanyScope } from '../scope.ts'

/** None was made of the call, or Retell keeps it no longer. */
export type NoRecording = { readonly kind: 'no-recording' }

type Needs = Pick<Ports, 'store' | 'clock' | 'ids' | 'voiceAccounts' | 'recordings'>

/**
 * The recording of a call, read from Retell while somebody listens: links to it end, so Retell is asked for a new one each
 * time. Written down before the first byte.
 */
export const playRecording =
  (ports: Needs) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    id: CallId,
    range?: string,
  ): Promise<Result<Recording, NotFound | NoRecording | RetellNotConnected | RetellUnreachable | RetellRefused>> => {
    const call = await ports.store.read(scope, (tx) => tx.calls.find(id))
    if (!call) return err({ kind: 'not-found' })
    if (callState(call.record).recordingUrl === undefined) return err({ kind: 'no-recording' })
    const account = await ports.voiceAccounts.of(profile)
    if (!account) return err({ kind: 'retell-not-connected' })
    const known = await account.call(id)
    if (known.isErr()) return err(failureOf(known.error))
    const link = known.value?.report.fields.recordingUrl
    const opened = link === undefined ? err(gone) : await ports.recordings.open(link, range)
    if (opened.isErr()) return err(refusals[opened.error.kind])
    await noteLook(ports)(scope, { kind: 'recording.played', subject: { kind: 'call', id } })
    return ok(opened.value)
  }

const gone: RecordingFailure = { kind: 'gone' }

const refusals: { readonly [K in RecordingFailure['kind']]: NoRecording | RetellUnreachable | RetellRefused } = {
  gone: { kind: 'no-recording' },
  unreachable: { kind: 'retell-unreachable' },
  forbidden: { kind: 'retell-refused', detail: 'Its link leads to an address that may not be asked.' },
}
