export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
