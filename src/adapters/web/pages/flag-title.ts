import { isFlagName } from '../../../application/access/known-flags.ts'
import type { Words } from '../words/words.ts'

/** What people call a flag; one that is known no longer keeps its name. */
export const flagTitle = ({ flags }: Words, name: string): string => (isFlagName(name) ? flags.known[name].title : name)
