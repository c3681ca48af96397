import type { AgentDraft } from '../../../../application/agents/drafts.ts'
import type { EditableTools } from '../../../../application/agents/edit-tools.ts'
import type { ToolOwner } from '../../../../domain/agents/agent-tools.ts'
import { textIn } from '../../../../domain/agents/json-places.ts'
import { hostOf, isOurs } from '../../../../domain/agents/lint/our-address.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import type { Frame } from '../../frame.ts'
import type { Words } from '../../words/words.ts'
import { agentPath } from '../agents/agent-frame.tsx'
import { withQuery } from '../parts.tsx'

export type ToolShown = EditableTools['tools'][number]

/** What every page about the functions of an agent has. */
export interface ToolPageProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly draft: AgentDraft
}

export const toolPath = ({ profile, draft }: Omit<ToolPageProps, 'frame'>, rest = '', at = ''): string =>
  withQuery(agentPath(profile, draft.agent, `/functions${rest}`), { at })

export const ownerText = (owner: ToolOwner, { tools }: Words): string => {
  switch (owner.kind) {
    case 'state':
    case 'node':
    case 'component':
      return tools.owners[owner.kind](owner.name)
    default:
      return tools.owners[owner.kind]
  }
}

export const toolName = ({ name }: Pick<ToolShown, 'name'>, { tools }: Words): string =>
  name === undefined || name === '' ? tools.noName : name

export const typeText = ({ kind }: Pick<ToolShown, 'kind'>, { tools }: Words): string =>
  kind === undefined ? tools.noType : (Object.entries(tools.types).find(([type]) => type === kind)?.[1] ?? kind)

/** Who answers a tool: we, a host, or Retell by itself. */
export const answererOf = (
  { kind, document }: Pick<ToolShown, 'kind' | 'document'>,
  publicUrl: string,
): 'ours' | 'retell' | { readonly host: string | undefined } => {
  if (kind !== 'custom') return 'retell'
  const url = textIn(document, 'url') ?? ''
  return isOurs(url, publicUrl) ? 'ours' : { host: hostOf(url) ?? (url === '' ? undefined : url) }
}

/** Which version is shown. */
export const draftText = ({ version, isDraft }: AgentDraft, { tools }: Words): string =>
  isDraft ? tools.draft(version) : tools.version(version)
