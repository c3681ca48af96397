import { DAY } from '../../domain/time.ts'

/**
 * No appointment lasts longer, and nobody's time is taken for longer in one piece. An index knows where something
 * begins, not how long it lasts: this is how far before a window one has to look for what reaches into it.
 */
export const longest = 31 * DAY
