import { join } from 'node:path'
import {
  type AgentFolder,
  type FolderOrigin,
  type FolderProblem,
  readAgentFolder,
  writeAgentFolder,
} from '../../../adapters/agent-folder/agent-folder.ts'
import { filesOnDisk, foldersIn, keepOnDisk } from '../../../adapters/agent-folder/disk.ts'
import { inert } from '../../../adapters/cli/terminal.ts'
import type { AgentDraft } from '../../../application/agents/drafts.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import { type AgentConfiguration, contentText } from '../../../domain/agents/configuration.ts'
import type { Asking } from './asked.ts'

/**
 * How the files of an agent stand to its history. `behind`: it has another version by now. `foreign`: they were written
 * from a version that this history does not have, or by nobody here.
 */
export type LocalState = 'absent' | 'unreadable' | 'foreign' | 'same' | 'changed' | 'behind' | 'changed and behind'

export interface LocalAgent {
  readonly state: LocalState
  readonly folder: AgentFolder | undefined
  readonly problems: readonly FolderProblem[]
  /** What our draft or else what is live is now. Undefined: nothing is known of the agent yet. */
  readonly current: AgentDraft | undefined
  /** Of `current`. */
  readonly origin: FolderOrigin | undefined
}

const folderOf = (directory: string, slug: string): string => join(directory, slug)

/** The agents that have files. */
export const localSlugs = (directory: string): readonly string[] =>
  foldersIn(directory).filter((slug) => filesOnDisk(folderOf(directory, slug)).size > 0)

export const lookAtFiles = async (asking: Asking, directory: string, { slug }: ManagedAgent): Promise<LocalAgent> => {
  const { app } = asking.desk
  const draft = await app.getDraft(asking.scope, slug)
  const current = draft.isOk() ? draft.value : undefined
  const origin = current && (await originOf(asking, slug, current.version))
  const nothing = { folder: undefined, problems: [], current, origin }
  const files = filesOnDisk(folderOf(directory, slug))
  if (files.size === 0) return { ...nothing, state: 'absent' }
  const read = readAgentFolder(files)
  if (read.isErr()) return { ...nothing, state: 'unreadable', problems: read.error }
  const folder = read.value
  const from = folder.origin && (await app.agentVersionDetail(asking.scope, slug, folder.origin.version))
  if (!from?.isOk() || from.value.version.hash !== folder.origin?.hash) return { ...nothing, folder, state: 'foreign' }
  const isChanged = !isSame(folder.configuration, from.value.configuration)
  const isBehind = origin?.hash !== folder.origin.hash
  if (isBehind && current && isSame(folder.configuration, current.configuration)) {
    return { ...nothing, folder, state: 'same' }
  }
  const state = isChanged ? (isBehind ? 'changed and behind' : 'changed') : isBehind ? 'behind' : 'same'
  return { ...nothing, folder, state }
}

export const originOf = async (
  { desk, scope }: Asking,
  slug: string,
  number: number,
): Promise<FolderOrigin | undefined> => {
  const found = await desk.app.agentVersionDetail(scope, slug, number)
  return found.isOk() ? { version: number, hash: found.value.version.hash } : undefined
}

const isSame = (one: AgentConfiguration, other: AgentConfiguration): boolean => contentText(one) === contentText(other)

/** Files that say the same already stay as somebody laid them out; only what they were written from is noted anew. */
export const writeFiles = (
  directory: string,
  slug: string,
  configuration: AgentConfiguration,
  origin: FolderOrigin,
): void => {
  const folder = folderOf(directory, slug)
  const before = filesOnDisk(folder)
  const read = readAgentFolder(before)
  const written = writeAgentFolder(configuration, origin)
  const isKept = read.isOk() && isSame(read.value.configuration, configuration)
  const note = [...written].filter(([path]) => path.endsWith('.json'))
  keepOnDisk(folder, isKept ? new Map([...before, ...note]) : written)
}

export const problemLines = (slug: string, problems: readonly FolderProblem[]): readonly string[] =>
  problems.map(({ file, message }) => inert(`${slug}/${file}  ${message}`))

export const neverRead = (slug: string, company: string): string =>
  `${slug}: Nothing is known of it yet. Read it from Retell: frontdesk agents sync --company ${company}`
