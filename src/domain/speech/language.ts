/** A language that callers are spoken to in. */
export type Language = 'de' | 'en'
