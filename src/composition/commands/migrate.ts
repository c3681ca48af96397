import { note, print, printJson, table } from '../../adapters/cli/terminal.ts'
import { explain } from '../explain.ts'
import { migrations } from '../migrations.ts'
import { configOrTell, type ExitCode } from './context.ts'

export type Direction = 'up' | 'down' | 'status'

export const migrate = async (direction: Direction, options: { readonly json?: true }): Promise<ExitCode> => {
  const config = configOrTell()
  if (!config) return 1
  const done = await migrations(config, direction)
  if (done.isErr()) {
    for (const line of explain(done.error)) note(line)
    return 1
  }
  const rows = done.value
  if (options.json) printJson(rows)
  else
    print(
      table(
        ['migration', 'state'],
        rows.map(({ name, applied }) => [name, applied ? 'applied' : 'pending']),
      ),
    )
  return 0
}
