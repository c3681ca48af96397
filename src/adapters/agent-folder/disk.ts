import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isFolderFile } from './agent-folder.ts'
import type { FolderFiles } from './outside-parts.ts'

/** The files of an agent's folder; what is a link or none of ours is not looked at. None where there is no folder. */
export const filesOnDisk = (folder: string): FolderFiles => {
  const read = (path: string): readonly (readonly [string, string])[] =>
    entriesOf(join(folder, path)).flatMap((entry) => {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) return path === '' ? read(inner) : []
      return entry.isFile() && isFolderFile(inner) ? [[inner, readFileSync(join(folder, inner), 'utf8')] as const] : []
    })
  return new Map(read('').toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** Makes the folder hold these files of ours and no other ones of ours. Nothing is written through a link that lies in it. */
export const keepOnDisk = (folder: string, files: FolderFiles): void => {
  for (const path of filesOnDisk(folder).keys()) if (!files.has(path)) rmSync(join(folder, path))
  for (const [path, text] of files) {
    const file = join(folder, path)
    if (dirname(path) !== '.' && isLink(dirname(file))) rmSync(dirname(file))
    mkdirSync(dirname(file), { recursive: true })
    rmSync(`${file}.part`, { force: true })
    writeFileSync(`${file}.part`, text, { flag: 'wx' })
    renameSync(`${file}.part`, file)
  }
}

/** The folders in a folder, by name. */
export const foldersIn = (folder: string): readonly string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted()

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

const entriesOf = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
