import type { Migration } from './migration.ts'
import { id, key, run, visibleToItsCompany, type Words, walled, words } from './words.ts'

const table = (w: Words) => `create table calendar_bookings (
  ${id}, appointment_id text, status text not null, starts_at ${w.moment} not null, ends_at ${w.moment} not null,
  seen_at ${w.moment} not null, body text not null, ${key},
  foreign key (company_id, appointment_id) references appointments (company_id, id) ${w.emptied('appointment_id')}
) ${w.strict}`

const indexes: readonly string[] = [
  'create index calendar_bookings_appointment on calendar_bookings (company_id, appointment_id)',
  "create index calendar_bookings_unmatched on calendar_bookings (company_id, starts_at, id) where appointment_id is null and status in ('accepted', 'pending')",
]

/** In the order in which what is not settled is listed, whatever its state. */
const unsynced = [
  'drop index appointments_unsynced',
  "create index appointments_unsynced on appointments (company_id, starts_at, id) where sync <> 'synced'",
]

/** As it was before. */
const unsyncedBefore = [
  'drop index appointments_unsynced',
  "create index appointments_unsynced on appointments (company_id, sync, starts_at, id) where sync <> 'synced'",
]

const onSqlite = `create trigger appointments_delete_calendar before delete on appointments begin
  update calendar_bookings set appointment_id = null where company_id = old.company_id and appointment_id = old.id;
end`

/** What the calendar of a vendor was seen to have. */
export const calendarBookings: Migration = {
  name: '0004-calendar-bookings',
  up: async (trx, dialect) => {
    await run(trx, [table(words[dialect]), ...indexes, ...unsynced])
    const apart =
      dialect === 'sqlite' ? [onSqlite] : [...walled('calendar_bookings'), ...visibleToItsCompany('calendar_bookings')]
    await run(trx, apart)
  },
  down: async (trx, dialect) => {
    await run(trx, [
      ...(dialect === 'sqlite' ? ['drop trigger appointments_delete_calendar'] : []),
      'drop table calendar_bookings',
      ...unsyncedBefore,
    ])
  },
}
