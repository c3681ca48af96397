import { inert, print, printJson, table } from '../../../adapters/cli/terminal.ts'
import { viewOfVersion } from '../../../adapters/http/api/agent-view.ts'
import { isoUtc } from '../../../domain/time.ts'
import type { ExitCode } from '../context.ts'
import { askingFor, type OfCompany, refused } from './asked.ts'

const most = 50

/** The numbers that diff, restore, rollback and rollout want to be told. */
export const listVersions = (name: string, options: OfCompany): Promise<ExitCode> =>
  askingFor(options, name, async ({ desk, scope, profile }, { slug, live, draft }) => {
    const page = await desk.app.listAgentVersions(scope, slug, { limit: most, cursor: undefined })
    if (page.isErr()) return refused(page.error, options, name)
    const { items } = page.value
    if (options.json) printJson({ items: items.map((one) => viewOfVersion(one, profile.company.timeZone)) })
    else {
      const place = (number: number) => (number === draft ? 'draft' : number === live ? 'live' : '')
      print(
        table(
          ['version', '', 'Retell', 'origin', 'by', 'at', 'message'],
          items.map(({ number, retellVersion, origin, author, createdAt, message }) => [
            ...[String(number), place(number), String(retellVersion ?? '–'), origin, inert(author.name)],
            ...[isoUtc(createdAt), inert(message)],
          ]),
        ),
      )
    }
    return 0
  })
