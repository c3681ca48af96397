import type { Files } from './project-files.ts'

/** What a document names that should be there: paths in backticks, and targets of links. */
export const namedPaths = (document: string): readonly string[] => {
  const quoted = [...document.matchAll(/`((?:src|test|docs|scripts|examples|deploy|\.ci)\/[\w./-]*)`/g)]
  const linked = [...document.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)]
  return [...new Set([...quoted, ...linked].map(([, path = '']) => path))]
}

/** Paths of a document that are not there. Links are relative to the folder of the document, quoted paths to the project. */
export const missingPaths = (documents: Files, existing: readonly string[]): readonly string[] => {
  const there = new Set(
    existing.flatMap((path) => path.split('/').map((_, end, parts) => parts.slice(0, end + 1).join('/'))),
  )
  return [...documents].flatMap(([path, text]) => {
    const folder = path.split('/').slice(0, -1).join('/')
    return namedPaths(text)
      .filter((named) => {
        const plain = named.replace(/\/$/, '')
        return !there.has(plain) && !there.has(folder === '' ? plain : `${folder}/${plain}`)
      })
      .map((named) => `${path} names ${named}, which is not there`)
  })
}

/** The first column of the table that has this heading. */
export const tableColumn = (document: string, heading: string): readonly string[] => {
  const lines = document.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`))
  const rows = lines.slice(start + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return start < 0 ? [] : rows.slice(0, end < 0 ? undefined : end).map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? row)
}

/** Scripts that a document calls with npm. */
export const npmScripts = (document: string): readonly string[] => [
  ...new Set([...document.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, run, own]) => run ?? own ?? '')),
]
