import type { ManagedAgent } from '../ports/agents.ts'

/** Letter case and what cannot be seen make no difference. */
const folded = (text: string): string => text.toLowerCase().replace(/\p{Cc}/gu, ' ')

/** Stands in nothing that is folded, so that no search reaches from one part into the next. */
const separator = '\u001f'

/** All that an agent is found by. What is looked for, read by `searchedText`, has to stand in it. */
export const searchTextOf = ({ name, slug, retellAgentId }: ManagedAgent): string =>
  [name, slug, retellAgentId ?? ''].map(folded).join(separator)

/** What somebody looks for, as it stands in the text of an agent that is meant. */
export const searchedText = folded
