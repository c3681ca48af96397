import type { AgentDraft } from '../../../../application/agents/drafts.ts'
import type { DraftEntry } from '../../draft-entries.ts'
import type { AgentProps, Told } from './agent-frame.tsx'
import type { Rung } from './number-choice.tsx'

/** Both documents as typed, and what is wrong with each. */
export interface DocumentEntry {
  readonly agent: string
  readonly engine: string
  readonly message: string
  readonly wrong: { readonly [Which in 'agent' | 'engine']?: string }
  readonly isOpen: boolean
}

export type DraftMistakes = { readonly [Field in 'name' | 'language' | 'voice' | 'numbers']?: string }

export interface DraftProps extends AgentProps, Told {
  readonly draft: AgentDraft
  readonly entry: DraftEntry
  readonly message: string
  /** All that the company has. */
  readonly numbers: readonly string[]
  readonly rung: Rung
  readonly mistakes: DraftMistakes
  readonly documents: DocumentEntry
  /** What a page shows that asks whether it is still true. */
  readonly seen?: number | undefined
  /** The version that was on the page when somebody else was faster. */
  readonly overtaken?: number | undefined
}
