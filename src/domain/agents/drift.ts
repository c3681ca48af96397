/** How our side and Retell's differ since both were last seen equal. */
export type Drift = 'clean' | 'ours_ahead' | 'theirs_ahead' | 'diverged' | 'unknown'

/** The content hashes of three versions of an agent. */
export interface DriftRequest {
  /** Our draft. Undefined: nothing of ours is ahead, and `base` is what we have. */
  readonly ours: string | undefined
  /** What both sides had when they were last seen equal. Undefined: they never were. */
  readonly base: string | undefined
  /** Retell's newest. Undefined: it was not seen. */
  readonly theirs: string | undefined
}

/** Sides that came to the same are clean, whatever they had before; sides that were never equal and are not now diverged. */
export const driftOf = ({ ours: draft, base, theirs }: DriftRequest): Drift => {
  const ours = draft ?? base
  if (ours === undefined || theirs === undefined) return 'unknown'
  if (ours === theirs) return 'clean'
  if (base === theirs) return 'ours_ahead'
  return base === ours ? 'theirs_ahead' : 'diverged'
}
