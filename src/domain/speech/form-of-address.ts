/**
 * How somebody may be addressed who is not known to be Herr or Frau: by the full name. Undefined for a single word,
 * which may be a first name, and nobody is called by that alone.
 */
export const formOfAddress = (name: string): string | undefined => {
  const words = name.trim().split(/\s+/)
  return words.length > 1 ? words.join(' ') : undefined
}
