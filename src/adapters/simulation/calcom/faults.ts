/** What is done at Cal.com, as faults are told apart. */
export const endpointNames = [
  'slots',
  'reserve',
  'unreserve',
  'book',
  'booking',
  'bookings',
  'reschedule',
  'cancel',
  'confirm',
  'decline',
  'mark-absent',
  'event-types',
  'schedules',
  'me',
  'teams',
  'webhooks',
] as const

export type EndpointName = (typeof endpointNames)[number]

/**
 * How Cal.com can fail. Those of the first group do nothing of what was asked, those of the second do it and say
 * something else, those of the third do or say something that is not what was asked.
 */
export type CalcomFault =
  /** Takes the request and never answers. */
  | 'silent'
  | 'down-503'
  | 'down-524'
  /** A page of a proxy, with 502. */
  | 'down-html'
  /** Breaks the connection off. */
  | 'breaks-off'
  | 'limited'
  | 'wrong-key'
  | 'not-found'
  | 'refuses'
  /** A success without a body. */
  | 'empty-undone'
  | 'silent-after'
  | 'breaks-off-after'
  | 'down-after'
  | 'no-although-done'
  | 'not-found-although-done'
  | 'empty-after'
  /** Says yes and shows a living booking that was there before; nothing is done. */
  | 'old-booking'
  /** Does it half an hour later than asked. */
  | 'other-time'
  /** The same, and breaks the connection off. */
  | 'other-time-and-breaks-off'
  /** Slots: calls free what is booked, as an old cache does. */
  | 'outdated'
  /** Slots: shows a day more on both sides. */
  | 'beyond'
  /** Lists: takes no notice of filters for moments. */
  | 'unfiltered'
  /** Answers so many milliseconds later, as it should. */
  | { readonly slow: number }

export const doesNothing = (fault: CalcomFault | undefined): boolean =>
  typeof fault === 'string' &&
  [
    'silent',
    'down-503',
    'down-524',
    'down-html',
    'breaks-off',
    'limited',
    'wrong-key',
    'not-found',
    'refuses',
    'empty-undone',
  ].includes(fault)
