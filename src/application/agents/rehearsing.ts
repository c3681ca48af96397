import { err, ok, type Result } from 'neverthrow'
import type { AgentId, RehearsalId, ScriptId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { InvalidInput } from '../failure.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { Rehearsal, StoredScript } from '../ports/rehearsals.ts'
import type { CompanyScope } from '../scope.ts'
import { type GateSettings, gate } from './gate.ts'
import { rehearse } from './rehearse.ts'
import { tryTool } from './try-tool.ts'

type Needs = Parameters<typeof gate>[0] & Parameters<typeof tryTool>[0]

export interface WantedScript {
  /** Undefined: a new one, or that of this name. */
  readonly id?: ScriptId | undefined
  readonly name: string
  readonly source: string
}

/** Everything by which a version is tried before callers reach it. */
export const rehearsing = (ports: Needs, settings: GateSettings) => ({
  gate: gate(ports, settings),
  rehearse: rehearse(ports, settings),
  tryTool: tryTool(ports, settings),
  listScripts: listScripts(ports),
  saveScript: saveScript(ports),
  removeScript: removeScript(ports),
  findRehearsal: findRehearsal(ports),
  listRehearsals: listRehearsals(ports),
})

/** Those that the company keeps, by name. */
const listScripts =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope): Promise<readonly StoredScript[]> =>
    store.read(scope, (tx) => tx.rehearsals.scripts())

/** Keeps a script that can be read; another one of its name is replaced. */
const saveScript =
  ({ store, ids, clock, readScript }: Pick<Ports, 'store' | 'ids' | 'clock' | 'readScript'>) =>
  async (
    scope: CompanyScope,
    { id, name, source }: WantedScript,
  ): Promise<Result<StoredScript, InvalidInput | NotFound>> => {
    const read = readScript(source)
    if (read.isErr()) {
      const errors = read.error.map(({ path, message }) => ({
        pointer: '/source',
        detail: path === '' || path === '/' ? message : `${path}: ${message}`,
      }))
      return err({ kind: 'invalid-input', errors })
    }
    return store.transact(scope, async (tx): Promise<Result<StoredScript, InvalidInput | NotFound>> => {
      const known = await tx.rehearsals.scripts()
      const before = known.find((one) => (id === undefined ? one.name === name : one.id === id))
      if (id !== undefined && !before) return err({ kind: 'not-found' })
      if (known.some((one) => one.name === name && one.id !== before?.id)) {
        const detail = 'Another script has this name.'
        return err({ kind: 'invalid-input', errors: [{ pointer: '/name', detail }] })
      }
      const script = { id: before?.id ?? ids.next('script'), name, source, changedAt: clock.now() }
      await tx.rehearsals.saveScript(script)
      return ok(script)
    })
  }

/** Removing what is not there is a success. */
const removeScript =
  ({ store }: Pick<Ports, 'store'>) =>
  async (scope: CompanyScope, id: ScriptId): Promise<void> => {
    await store.transact(scope, async (tx) => {
      await tx.rehearsals.removeScript(id)
      return ok()
    })
  }

const findRehearsal =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, id: RehearsalId): Promise<Rehearsal | undefined> =>
    store.read(scope, (tx) => tx.rehearsals.find(id))

/** Newest first. */
const listRehearsals =
  ({ store }: Pick<Ports, 'store'>) =>
  (scope: CompanyScope, agent: AgentId, request: PageRequest): Promise<Page<Rehearsal>> =>
    store.read(scope, (tx) => tx.rehearsals.list(agent, request))
