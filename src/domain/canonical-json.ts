export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Are objects and lists nested in more than `most` levels? Looks no further than that, so that depth cannot hurt. */
export const isDeeper = (value: Json, most: number): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (most === 0) return true
  for (const inner of Object.values(value)) if (typeof inner === 'object' && isDeeper(inner, most - 1)) return true
  return false
}

/** JSON with sorted keys: equal values are equal text. For values of sensible depth; it recurses. */
export const canonicalJson = (value: Json | undefined): string => {
  // Loops, for documents of a thousand functions go through here while somebody rings.
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item)}`
    return `[${items}]`
  }
  if (isObject(value)) {
    let fields = ''
    for (const key of Object.keys(value).toSorted()) {
      const inner = value[key]
      if (inner !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`
    }
    return `{${fields}}`
  }
  return JSON.stringify(value ?? null)
}
