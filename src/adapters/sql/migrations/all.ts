import { beginning } from './0001-beginning.ts'
import { reception } from './0002-reception.ts'
import { intakeJournal } from './0003-intake-journal.ts'
import { calendarBookings } from './0004-calendar-bookings.ts'
import { housekeeping } from './0005-housekeeping.ts'
import { agents } from './0006-agents.ts'
import { audit } from './0007-audit.ts'
import { auditHeads } from './0008-audit-heads.ts'
import type { Migration } from './migration.ts'

/** Every step, in the order in which they are taken. */
export const migrations: readonly Migration[] = [
  beginning,
  reception,
  intakeJournal,
  calendarBookings,
  housekeeping,
  agents,
  audit,
  auditHeads,
]
