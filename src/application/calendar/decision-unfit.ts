/** What somebody can do about a difference. */
export const decisionKinds = [
  'look-again',
  'book-there',
  'cancel-here',
  'keep-ours',
  'take-over',
  'cancel-there',
] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** This decision does not fit what is so now; somebody or something may have settled it meanwhile. */
export type DecisionUnfit = { readonly kind: 'decision-unfit'; readonly possible: readonly DecisionKind[] }
