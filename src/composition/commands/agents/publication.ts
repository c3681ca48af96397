import { green, inert, note, print, progress, red } from '../../../adapters/cli/terminal.ts'
import type { Publication, PublicationStep } from '../../../application/ports/releases.ts'
import type { Asking } from './asked.ts'

/** How long somebody at a shell waits; whoever serves goes on after that. */
const patienceMs = 180_000
const lookEveryMs = 250

const signs = { waiting: '·', running: '·', done: green('✓'), failed: red('✗'), undone: '↶' } as const

const sayStep = ({ name, state, detail }: PublicationStep): string =>
  `${signs[state]} ${name}${detail === undefined ? '' : `  ${inert(detail)}`}`

/** Has it done, step by step before somebody's eyes. */
export const seeThrough = async ({ desk, scope }: Asking, begun: Publication): Promise<Publication> => {
  const until = desk.ports.realTime.deadlineIn(patienceMs)
  const said = new Set<string>()
  let now = begun
  for (;;) {
    now = await desk.app.seePublication(scope, now, Math.min(lookEveryMs, until.left()))
    for (const step of now.steps) {
      if (step.state === 'waiting' || step.state === 'running' || said.has(step.name + step.state)) continue
      said.add(step.name + step.state)
      progress(sayStep(step))
    }
    if (now.state !== 'running' || until.left() === 0) return now
  }
}

/** What became of it. */
export const tellPublication = (slug: string, one: Publication, company: string): void => {
  const atRetell = one.retellVersion === undefined ? '' : ` (Retell’s version ${one.retellVersion})`
  const numbers = ` at ${one.numbers.join(', ')}`
  switch (one.state) {
    case 'published':
      print(
        one.isCandidate
          ? `${slug}: version ${one.version}${atRetell} is published. A rollout can send callers there.`
          : one.numbers.length === 0
            ? `${slug}: version ${one.version}${atRetell} is published, and no number rings it. Name one with --number.`
            : `${slug}: version ${one.version}${atRetell} is what callers reach${numbers}.`,
      )
      return
    case 'undone':
      print(`${slug}: it was undone; the numbers are bound as they were.`)
      return
    case 'running':
      note(`${slug}: it is still under way, and goes on by itself while frontdesk serve runs.`)
      return
    case 'failed':
      for (const step of one.steps) if (step.state === 'failed') note(sayStep(step))
      note(`${slug}: it failed. Go on with: frontdesk agents resume ${slug} --company ${company}`)
      note(`${slug}: Or undo it: frontdesk agents undo ${slug} --company ${company}`)
  }
}
