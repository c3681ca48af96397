const freeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}

/** A copy of plain data that nobody can change any more, whoever holds it and whoever gave it. */
export const keep = <Value>(value: Value): Value => freeze(structuredClone(value))
