/** Names that some systems keep for themselves, whatever stands behind them. */
const reservedNames = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
const longest = 60

/** What of a name can stand in the name of a file everywhere; `unnamed` where nothing can. */
const stemOf = (name: string): string => {
  const plain = name
    .replaceAll(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest)
  if (plain === '') return 'unnamed'
  return reservedNames.test(plain) ? `${plain}_` : plain
}

/** Gives each name a file of its own; on many systems `A.md` and `a.md` are one. */
export const fileNames = (): ((folder: string, name: string, ending: string) => string) => {
  const taken = new Set<string>()
  return (folder, name, ending) => {
    const stem = `${folder}/${stemOf(name)}`
    for (let count = 1; ; count += 1) {
      const file = `${stem}${count === 1 ? '' : `-${count}`}.${ending}`
      if (taken.has(file.toLowerCase())) continue
      taken.add(file.toLowerCase())
      return file
    }
  }
}
