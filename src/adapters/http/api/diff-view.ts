import { z } from 'zod'
import type { DiffEntry } from '../../../domain/agents/diff-entry.ts'
import { type Change, pathText } from '../../../domain/agents/patch.ts'
import type { SemanticDiff } from '../../../domain/agents/semantic-diff.ts'
import type { TextDiff } from '../../../domain/agents/text-diff.ts'

const path = z.string().meta({ description: 'Names from the top; an item of a list goes by its name.' })
const side = z.unknown().optional().meta({ description: 'Missing: nothing stands there.' })
const changes = ['added', 'removed', 'changed', 'renamed', 'reordered'] as const
const count = z.strictObject({
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
  renamed: z.number(),
  reordered: z.number(),
})
const sentences = { sentences_added: z.number(), sentences_removed: z.number() }

const entry = z
  .strictObject({
    kind: z.enum(['setting', 'text', 'thing', 'order']),
    path,
    change: z.enum(changes),
    before: side,
    after: side,
    diff: z
      .strictObject({
        runs: z.array(z.strictObject({ kind: z.enum(['kept', 'added', 'removed']), text: z.string() })),
        ...sentences,
      })
      .optional()
      .meta({ description: 'Of a text.' }),
    name: z.string().optional().meta({ description: 'Of a function, state, node and the like.' }),
    previously: z.string().optional().meta({ description: 'The name before, where it changed.' }),
    fields: z
      .array(z.strictObject({ kind: z.enum(['value', 'order']), path, before: side, after: side }))
      .optional()
      .meta({ description: 'What of it changed.' }),
  })
  .meta({ id: 'AgentDiffEntry' })

export const agentDiff = z
  .strictObject({
    summary: z.strictObject({ sections: z.array(z.strictObject({ section: z.string(), count })), ...sentences }),
    sections: z.array(z.strictObject({ section: z.string(), count, entries: z.array(entry) })),
  })
  .meta({ id: 'AgentDiff' })

/** As people read it: prompts by sentence, tools and nodes by name. */
export const viewOfDiff = ({ summary, sections }: SemanticDiff): z.input<typeof agentDiff> => ({
  summary: {
    sections: summary.sections.map((one) => ({ section: one.section, count: { ...one.count } })),
    ...viewOfSentences(summary),
  },
  sections: sections.map((one) => ({
    section: one.section,
    count: { ...one.count },
    entries: one.entries.map(viewOfEntry),
  })),
})

const viewOfSentences = (one: Pick<TextDiff, 'sentencesAdded' | 'sentencesRemoved'>) => ({
  sentences_added: one.sentencesAdded,
  sentences_removed: one.sentencesRemoved,
})

const viewOfEntry = (one: DiffEntry): z.input<typeof entry> => {
  const place = { path: pathText(one.path), before: one.before, after: one.after }
  switch (one.kind) {
    case 'setting':
      return { kind: one.kind, change: one.change, ...place }
    case 'text': {
      const diff = { runs: one.diff.runs.map((run) => ({ ...run })), ...viewOfSentences(one.diff) }
      return { kind: one.kind, change: one.change, ...place, diff }
    }
    case 'thing': {
      const { kind, change, name, previously } = one
      return { kind, change, ...place, name, previously, fields: one.fields.map(viewOfField) }
    }
    case 'order':
      return { kind: one.kind, change: one.change, ...place }
  }
}

const viewOfField = ({ kind, path: at, before, after }: Change) => ({ kind, path: pathText(at), before, after })
