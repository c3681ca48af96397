import type { ManagedAgent } from '../ports/agents.ts'

/**
 * The version that is meant where nobody names one, wherever it is shown, edited, looked over, rehearsed or published: our
 * draft, else what callers reach, else what both sides have.
 */
export const currentVersion = ({
  draft,
  live,
  base,
  theirs,
}: Pick<ManagedAgent, 'draft' | 'live' | 'base' | 'theirs'>): number | undefined => draft ?? live ?? base ?? theirs
