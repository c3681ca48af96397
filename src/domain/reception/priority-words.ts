import type { CallbackPriority } from './due-time.ts'

const calm = /\b(?:nicht|kein\w*|not|no|never|low|niedrig|un(?:wichtig|important))\b/
const urgent =
  /dringend|dringlich|sofort|notfall|eilt|eilig|umgehend|schnellst|urgent|emergency|immediate|asap|critical|kritisch/
const high = /hoch|hohe|wichtig|high|important|bald|soon/

/** How pressing something is in the words of a caller or an agent; what says nothing of it is normal. */
export const understandPriority = (said: string | undefined): CallbackPriority => {
  const text = (said ?? '').slice(0, 200).toLowerCase()
  if (calm.test(text)) return 'normal'
  if (urgent.test(text)) return 'urgent'
  return high.test(text) ? 'high' : 'normal'
}
