/** How many letters must be added, dropped or replaced to turn one word into another. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [down, letter] of [...one].entries()) {
    const next = [down + 1]
    for (let at = 1; at <= other.length; at += 1)
      next.push(
        Math.min(
          (row[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (row[at - 1] ?? 0) + (other[at - 1]?.toLowerCase() === letter.toLowerCase() ? 0 : 1),
        ),
      )
    row = next
  }
  return row[other.length] ?? 0
}

/** `Did you mean "name"?`, or what there is to choose from when nothing is near. */
export const closest = (word: string, known: readonly string[], otherwise: string): string => {
  const ranked = known
    .map((candidate) => ({ candidate, far: word.length > 64 ? 64 : distance(word, candidate) }))
    .toSorted((one, other) => one.far - other.far)
  const best = ranked[0]
  if (best && best.far <= Math.max(2, Math.floor(best.candidate.length / 3))) return `Did you mean "${best.candidate}"?`
  return known.length > 0
    ? `${otherwise}: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}.`
    : `${otherwise}: none.`
}
