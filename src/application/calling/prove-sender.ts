import { err, ok, type Result } from 'neverthrow'
import type { Signature } from '../../domain/calling/signature.ts'
import type { BranchId, CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { RetellAccountKeys } from '../ports/directory.ts'
import type { Ports } from '../ports/ports.ts'
import type { Parties } from '../ports/voice-platform.ts'
import { findOwner, type Owner } from './find-owner.ts'

/** Who sent a message, proven by a key, and whose call it speaks of. */
export type Sender =
  | { readonly kind: 'company'; readonly company: CompanyId; readonly branch: BranchId | undefined }
  /** `account`: whose inbox keeps what nobody owns; undefined is the platform's. */
  | { readonly kind: 'nobody'; readonly account: CompanyId | undefined }

export interface NotAuthentic {
  readonly kind: 'not-authentic'
  readonly reason: 'missing' | 'wrong-shape' | 'stale' | 'wrong-key' | 'forgery' | 'too-large-to-try'
  /** Whose call it claimed to be. */
  readonly claimed: CompanyId | undefined
}

/** Without an owner every known key is tried, and only on bodies up to this size. */
const largestUnowned = 256 * 1024

/**
 * The key must be that of the account that owns the number, or without a number the agent. A valid signature of
 * another account is a forgery. What nobody owns may be signed by any known key; a call that a person gave to a line is
 * then its company's.
 */
export const proveSender =
  (
    { directory, voice, unrouted }: Pick<Ports, 'directory' | 'voice' | 'unrouted'>,
    ownerOf = findOwner({ directory }),
  ) =>
  async (
    body: Uint8Array,
    signature: Signature,
    parties: Parties,
    now: Instant,
  ): Promise<Result<Sender, NotAuthentic>> => {
    const signs = (account: RetellAccountKeys): boolean =>
      account.keys.some((key) => voice.signatureMatches(body, signature, key))
    const owner = await ownerOf(parties, now)

    if (owner.kind === 'company') {
      if (signs(await directory.accountOf(owner.company))) return ok(owner)
      return err({
        kind: 'not-authentic',
        reason: await wrongKey(directory, body, signs),
        claimed: owner.company,
      })
    }
    if (owner.kind === 'one-of') {
      const signed: CompanyId[] = []
      for (const company of owner.companies) if (signs(await directory.accountOf(company))) signed.push(company)
      const [only] = signed
      if (only === undefined) return err({ kind: 'not-authentic', reason: 'wrong-key', claimed: undefined })
      if (signed.length > 1) return ok(await assigned(unrouted, undefined, parties))
      const lines = (await directory.linesOfAgent(parties.agentId ?? '')).filter(({ company }) => company === only)
      return ok({ kind: 'company', company: only, branch: lines.length === 1 ? lines[0]?.branch : undefined })
    }
    return unowned({ directory, unrouted }, owner, body, parties, signs)
  }

const wrongKey = async (
  directory: Ports['directory'],
  body: Uint8Array,
  signs: (account: RetellAccountKeys) => boolean,
): Promise<'forgery' | 'wrong-key'> =>
  body.length <= largestUnowned && (await directory.accounts()).some(signs) ? 'forgery' : 'wrong-key'

const unowned = async (
  { directory, unrouted }: Pick<Ports, 'directory' | 'unrouted'>,
  owner: Owner,
  body: Uint8Array,
  parties: Parties,
  signs: (account: RetellAccountKeys) => boolean,
): Promise<Result<Sender, NotAuthentic>> => {
  if (body.length > largestUnowned)
    return err({ kind: 'not-authentic', reason: 'too-large-to-try', claimed: undefined })
  const account = (await directory.accounts()).find(signs)
  if (!account) return err({ kind: 'not-authentic', reason: 'wrong-key', claimed: undefined })
  if (owner.kind === 'by-call' && parties.callId !== undefined) {
    const company = await directory.companyOfCall(parties.callId, account.companies)
    if (company !== undefined) return ok({ kind: 'company', company, branch: undefined })
  }
  return ok(await assigned(unrouted, account.company, parties))
}

const assigned = async (
  unrouted: Ports['unrouted'],
  account: CompanyId | undefined,
  { callId }: Parties,
): Promise<Sender> => {
  const line = callId === undefined ? undefined : await unrouted.assignedTo(account, callId)
  return line ? { kind: 'company', ...line } : { kind: 'nobody', account }
}
