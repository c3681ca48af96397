/**
 * JSON for our own values, which know `undefined` and no `null`: the one is written as the other, so that nothing is
 * lost. A key that is missing stays missing. Not for JSON of others, in which `null` means something.
 */
export const toDocument = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) => (part === undefined ? null : part))

/** What `toDocument` was given. The caller says what it was. */
export const fromDocument = (text: string): unknown => restored(JSON.parse(text) as unknown)

const restored = (value: unknown): unknown => {
  if (value === null) return undefined
  if (Array.isArray(value)) return value.map(restored)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, restored(part)]))
}
