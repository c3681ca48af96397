import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Path to text. Paths have forward slashes and are relative to where the reading began. */
export type Files = ReadonlyMap<string, string>

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

const made = new Set(['node_modules', 'dist', 'coverage', 'data', '.git', '.cache'])

/** Every path below a folder of the project, apart from what is built, installed or stored there. */
export const pathsUnder = (folder: string): readonly string[] => {
  const walk = (within: string): readonly string[] =>
    readdirSync(join(projectRoot, folder, within), { withFileTypes: true }).flatMap((entry) => {
      if (made.has(entry.name)) return []
      const path = within === '' ? entry.name : `${within}/${entry.name}`
      return entry.isDirectory() ? walk(path) : [path]
    })
  return walk('').toSorted()
}

export const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')

/** The files of a folder whose names match. */
export const filesUnder = (folder: string, named: RegExp): Files =>
  new Map(
    pathsUnder(folder)
      .filter((path) => named.test(path))
      .map((path) => [path, textOf(folder === '' ? path : `${folder}/${path}`)] as const),
  )
