import { afterEach, describe, expect, it } from 'vitest'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { openPorts, platformKeys } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { type Ask, type Desk, openDesk, salon } from '../desk.ts'

const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
const anna = { from: '+4915550100002', call: 'call_anna' }
const tom = { from: '+4915550100003', call: 'call_tom' }
const hidden = { from: 'anonymous', call: 'call_hidden' }
const later = { ...anna, call: 'call_later' }

/** Every tool in calls that belong together: somebody books, moves and cancels, somebody else is in the way. */
const script: readonly (readonly [tool: string, args: JsonObject, caller: typeof anna])[] = [
  ['initialize_call', {}, anna],
  ['check_customer', {}, anna],
  ['list_services', {}, anna],
  ['get_service_info', { service: 'Herrenschnitt' }, anna],
  ['get_opening_hours', { date: 'morgen' }, anna],
  ['parse_date', { date: 'nächste Woche Mittwoch' }, anna],
  ['check_availability', wish, anna],
  ['check_availability', { ...wish, service: 'Damenharschnit' }, anna],
  ['check_availability', wish, tom],
  ['find_alternatives', wish, tom],
  ['reserve_slot', { ...wish, time: '14 Uhr' }, tom],
  ['release_slot', {}, tom],
  ['collect_appointment', { ...wish, name: "Anna D'Test" }, anna],
  ['book_appointment', { name: "Anna D'Test", email: 'anna@test.example' }, anna],
  ['book_appointment', { ...wish, name: 'Tom Test' }, tom],
  ['book_appointment', { ...wish, time: '16 Uhr', name: 'Tom Test' }, tom],
  ['check_customer', {}, later],
  ['query_appointments', { name: 'ANNA DTEST' }, later],
  ['query_appointments', { name: 'Anna Test' }, hidden],
  ['reschedule_appointment', { new_date: 'Mittwoch', new_time: '11 Uhr' }, later],
  ['reschedule_appointment', { new_date: 'Mittwoch', new_time: '11 Uhr', confirmed: true }, later],
  ['cancel_appointment', {}, later],
  ['cancel_appointment', { confirmed: true }, later],
  ['request_callback', { customer_name: 'Erika Beispiel', reason: "Preis für 'Dauerwelle'" }, hidden],
  ['request_callback', { phone_number: '0171 3920044', reason: 'Preis', priority: 'dringend' }, hidden],
  ['take_message', { message: 'Ich komme später; "sofort"' }, tom],
]

/** What the script is there for; a script that is refused everywhere would prove nothing. */
const came = ['found', 'reserved', 'booked', 'unavailable', 'rescheduled', 'cancelled', 'callback_created'] as const

const answersOn = async (desk: Desk, signed: Pick<Ask, 'key'> = {}): Promise<readonly JsonObject[]> => {
  const answers: JsonObject[] = []
  for (const [tool, args, caller] of script) answers.push(await desk.ask(tool, args, { ...caller, ...signed }))
  return answers
}
/** Ids are made anew; all else has to be the same. */
const withoutIds = (answers: readonly JsonObject[]): unknown =>
  JSON.parse(JSON.stringify(answers).replace(/\b[a-z]{3}_[0-9a-z]{6,}\b/gi, 'id'))

describe('I-86 what a database makes of a tool', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it.each(testDatabases)('is on $name what it is in memory', { timeout: 60_000 }, async ({ make }) => {
    const database = await make()
    const desk = await openDesk([salon], async (clock) => {
      const opened = await openPorts(database, { clock })
      closing.push(async () => {
        await opened.close()
        await database.drop()
      })
      return { ...opened.ports, voice: retellVoicePlatform }
    })
    const [key] = platformKeys
    const here = await answersOn(desk, key && { key })
    const inMemory = await answersOn(await openDesk())
    expect(here.map(({ status }) => status)).toEqual(expect.arrayContaining([...came]))
    expect(withoutIds(here)).toEqual(withoutIds(inMemory))
  })
})
