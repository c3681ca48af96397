/** How an agent's draft here and its newest version at Retell differ from what both were last seen to be. */
export type Drift = 'clean' | 'ours_ahead' | 'theirs_ahead' | 'diverged' | 'unknown'

/** By content: the same change on both sides is no difference. Whatever was never seen leaves it unknown. */
export const driftOf = ({
  ours,
  base,
  theirs,
}: {
  readonly ours: string | undefined
  readonly base: string | undefined
  readonly theirs: string | undefined
}): Drift => {
  if (ours === undefined || theirs === undefined) return 'unknown'
  if (ours === theirs) return 'clean'
  if (base === undefined) return 'diverged'
  if (theirs === base) return 'ours_ahead'
  return ours === base ? 'theirs_ahead' : 'diverged'
}
