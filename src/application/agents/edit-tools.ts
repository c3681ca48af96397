import { err, type Result } from 'neverthrow'
import { type AgentTool, type ToolPlace, toolPlaces, toolsOf } from '../../domain/agents/agent-tools.ts'
import { checkTool, type ToolFinding } from '../../domain/agents/check-tool.ts'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import {
  addTool,
  changeTool,
  copyTool,
  type FieldPatch,
  removeTool,
  renameTool,
  type ToolNameTaken,
  type UnknownTool,
  type UnknownToolPlace,
} from '../../domain/agents/tool-editing.ts'
import { toolTemplates } from '../../domain/agents/tool-templates.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { InvalidInput } from '../failure.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { ToolCall } from '../ports/tool-calls.ts'
import type { CompanyScope } from '../scope.ts'
import { findTool } from '../tools/registry.ts'
import type { AgentChangedMeanwhile, AgentNeverSeen } from './agent-failures.ts'
import type { AgentTools } from './create-agent.ts'
import type { AgentDraft, getDraft, putDraft } from './drafts.ts'

/** The tools of a draft, wherever they stand, each with what is wrong with it. */
export interface EditableTools {
  readonly draft: AgentDraft
  readonly tools: readonly (AgentTool & { readonly findings: readonly ToolFinding[] })[]
  /** Where others could be added. */
  readonly places: readonly ToolPlace[]
}

export type ToolEdit =
  | { readonly kind: 'add'; readonly place: string; readonly tool: JsonObject }
  /** Only these fields of it change, and what calls it by a name that does; everything else stays as it is. */
  | { readonly kind: 'change'; readonly path: string; readonly fields: readonly FieldPatch[] }
  | {
      readonly kind: 'copy'
      readonly path: string
      readonly name?: string | undefined
      readonly to?: string | undefined
    }
  | { readonly kind: 'rename'; readonly path: string; readonly name: string }
  | { readonly kind: 'remove'; readonly path: string }

export interface ToolEditWish {
  readonly edit: ToolEdit
  readonly message: string
  /** Ours, as it was read. */
  readonly ifVersion?: number | undefined
}

/** What a new tool can begin as: those that are answered here, as agents are given them, and others by what they are for. */
export interface ToolBeginnings {
  readonly ours: readonly JsonObject[]
  readonly templates: { readonly [name: string]: JsonObject }
}

export type ToolEditFailure = NotFound | InvalidInput | AgentChangedMeanwhile | AgentNeverSeen

interface Needs extends Pick<Ports, 'store'> {
  readonly agentTools: AgentTools
  readonly getDraft: ReturnType<typeof getDraft>
  readonly putDraft: ReturnType<typeof putDraft>
}

export const editingTools = (ports: Needs) => ({
  agentToolList: agentToolList(ports),
  editTool: editTool(ports),
  toolBeginnings: toolBeginnings(ports),
  toolLog: toolLog(ports),
})

const agentToolList =
  (ports: Needs) =>
  async (scope: CompanyScope, name: string): Promise<Result<EditableTools, NotFound | AgentNeverSeen>> => {
    const draft = await ports.getDraft(scope, name)
    return draft.map((one) => ({
      draft: one,
      tools: toolsOf(one.configuration).map((tool) => ({ ...tool, findings: checkTool(tool.document) })),
      places: toolPlaces(one.configuration),
    }))
  }

/**
 * Makes one edit of one tool in the draft. What is not named in it stays as it is, understood or not. A tool may stay unfinished
 * in a draft: what is wrong with it is found when tools are listed, and keeps the version from being published.
 */
const editTool =
  (ports: Needs) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    name: string,
    { edit, message, ifVersion }: ToolEditWish,
  ): Promise<Result<EditableTools, ToolEditFailure>> => {
    const draft = await ports.getDraft(scope, name)
    if (draft.isErr()) return err(draft.error)
    const { configuration, version } = draft.value
    const edited = edit.kind === 'remove' ? removeTool(configuration, edit.path) : editedBy(configuration, edit)
    if (edited.isErr()) return err(refusal(edited.error))
    const { agent, engine, numbers } = edited.value.configuration
    const put = await ports.putDraft(scope, profile, name, {
      ...{ agent, engine, numbers, message },
      ifVersion: ifVersion ?? version,
    })
    return put.isErr() ? err(put.error) : agentToolList(ports)(scope, name)
  }

const editedBy = (
  configuration: AgentConfiguration,
  edit: Exclude<ToolEdit, { readonly kind: 'remove' }>,
): Result<{ readonly configuration: AgentConfiguration }, UnknownTool | UnknownToolPlace | ToolNameTaken> => {
  switch (edit.kind) {
    case 'add':
      return addTool(configuration, edit.place, edit.tool)
    case 'change': {
      const name = edit.fields.findLast(({ path }) => path === '/name')?.value
      if (typeof name !== 'string') return changeTool(configuration, edit.path, edit.fields)
      const others = edit.fields.filter(({ path }) => path !== '/name')
      return renameTool(configuration, edit.path, name).andThen((renamed) =>
        changeTool(renamed.configuration, edit.path, others),
      )
    }
    case 'copy':
      return copyTool(configuration, edit.path, {
        ...(edit.name === undefined ? {} : { name: edit.name }),
        ...(edit.to === undefined ? {} : { to: edit.to }),
      })
    case 'rename':
      return renameTool(configuration, edit.path, edit.name)
  }
}

const refusal = (failure: UnknownTool | UnknownToolPlace | ToolNameTaken): InvalidInput => {
  switch (failure.kind) {
    case 'unknown-tool':
      return wrong('/path', 'There is no function at this place of the draft.')
    case 'unknown-tool-place':
      return wrong('/place', 'The draft keeps no functions at this place.')
    case 'tool-name-taken':
      return wrong('/name', `Another function is called ${failure.name}.`)
  }
}

const wrong = (pointer: string, detail: string): InvalidInput => ({
  kind: 'invalid-input',
  errors: [{ pointer, detail }],
})

const toolBeginnings =
  ({ agentTools }: Needs) =>
  ({ company }: CompanyProfile): ToolBeginnings => ({
    ours: agentTools(company.language, company),
    templates: { ...toolTemplates },
  })

/** What a tool was lately asked in calls, and what it answered; newest first. Undefined: it is none of those that are answered here. */
const toolLog =
  ({ store }: Needs) =>
  async (scope: CompanyScope, nameAsSent: string, request: PageRequest): Promise<Page<ToolCall> | undefined> => {
    const tool = findTool(nameAsSent)
    return tool && store.read(scope, (tx) => tx.toolCalls.recent(tool.name, request))
  }
