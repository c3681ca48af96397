import { err, ok, type Result } from 'neverthrow'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import { askFor, type Connection } from './connection.ts'
import { teamsShape } from './wire.ts'

/** A key that may not see teams has none. */
export const teamIds = async (connection: Connection): Promise<Result<readonly number[], CalendarFailure>> => {
  const teams = await askFor(connection, teamsShape, { method: 'GET', path: '/teams', repeatable: true })
  if (teams.isErr()) return teams.error.kind === 'unreachable' ? err(teams.error) : ok([])
  return ok(teams.value.map(({ id }) => id))
}
