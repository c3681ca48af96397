/** Every flag there is, with what it is for. Until somebody says otherwise it is on for everybody. */
export const knownFlags = {
  'automatic-rollouts':
    'Rollouts of agents that go on by themselves while callers fare no worse. Those that run go on.',
  'outside-trials': 'Requests to tools of others, sent by hand from the page of an agent’s functions.',
} as const
export type FlagName = keyof typeof knownFlags

export const isFlagName = (text: string): text is FlagName => Object.hasOwn(knownFlags, text)

/** The feature is not on for whoever asks. */
export type FeatureOff = { readonly kind: 'feature-off'; readonly flag: FlagName }
