import { readFileSync } from 'node:fs'
import { err, ok, type Result } from 'neverthrow'
import { readScript } from '../adapters/script/read-script.ts'
import type { CallScript } from '../domain/agents/script.ts'

export type UnusableScript = { readonly kind: 'unusable-script'; readonly problems: readonly string[] }

/** The script in a file. */
export const readCallScript = (file: string): Result<CallScript, UnusableScript> => {
  let source: string
  try {
    source = readFileSync(file, 'utf8')
  } catch (fault) {
    return err({ kind: 'unusable-script', problems: [fault instanceof Error ? fault.message : 'cannot be read'] })
  }
  const script = readScript(source)
  if (script.isOk()) return ok(script.value)
  return err({ kind: 'unusable-script', problems: script.error.map(({ path, message }) => `${path}: ${message}`) })
}
