/** A list in pieces that fit into one statement each. */
export const chunks = <Item>(items: readonly Item[], size = 200): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
