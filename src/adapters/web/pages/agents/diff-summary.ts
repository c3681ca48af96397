import type { ChangeKind } from '../../../../domain/agents/diff-entry.ts'
import type { SemanticDiff } from '../../../../domain/agents/semantic-diff.ts'
import type { Words } from '../../words/words.ts'

const changeKinds: readonly ChangeKind[] = ['added', 'changed', 'renamed', 'removed', 'reordered']

/** `2 functions changed, 1 removed, prompt +3 sentences` */
export const summaryText = ({ summary }: SemanticDiff, { history }: Words): string => {
  const counts = summary.sections
    .filter(({ section }) => section !== 'prompts')
    .flatMap(({ section, count }) =>
      changeKinds
        .filter((kind) => count[kind] > 0)
        .map((kind, place) => {
          const what = place === 0 ? history.counted(count[kind], history.things[section]) : String(count[kind])
          return `${what} ${history.change[kind]}`
        }),
    )
  const { sentencesAdded, sentencesRemoved } = summary
  const texts = sentencesAdded + sentencesRemoved > 0 ? [history.prompt(sentencesAdded, sentencesRemoved)] : []
  return [...counts, ...texts].join(', ') || history.same
}
