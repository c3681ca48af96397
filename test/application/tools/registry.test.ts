import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../src/application/tools/arguments.ts'
import { findTool, tools } from '../../../src/application/tools/registry.ts'
import { filesUnder } from '../../architecture/project-files.ts'

/** What agents rely on: each tool, its other names, its arguments and their other names. */
const promised: readonly (readonly [tool: string, aliases: string, args: string])[] = [
  ['initialize_call', 'get_current_context current_time_berlin zeitinfo', ''],
  ['check_customer', 'identify_customer', ''],
  ['list_services', 'get_available_services', 'category'],
  ['get_service_info', '', 'service'],
  ['get_opening_hours', '', 'date'],
  ['parse_date', '', 'date=datum=date_string=relative_day time=uhrzeit'],
  [
    'check_availability',
    '',
    'service=service_name=dienstleistung date=datum=appointment_date=date_string=relative_day time=uhrzeit=appointment_time datetime staff=mitarbeiter=mitarbeiter_wunsch=preferred_staff_id',
  ],
  [
    'find_alternatives',
    'get_alternatives find_next_available',
    'service=service_name date=preferred_date time=preferred_time after staff',
  ],
  [
    'reserve_slot',
    '',
    'service=service_name=dienstleistung date=datum time=uhrzeit datetime=date_time staff=mitarbeiter',
  ],
  ['release_slot', 'release_slot_reservation', 'offer_id=reservation_uid'],
  [
    'book_appointment',
    'start_booking confirm_booking',
    'offer_id=option service date time datetime customer_name=name customer_phone=telefonnummer=phone_number customer_email=email for_someone_else staff notes repeat confirmed',
  ],
  [
    'collect_appointment',
    'collect_appointment_data',
    'offer_id=option service=dienstleistung date=datum time=uhrzeit customer_name=name customer_phone=telefonnummer=phone_number customer_email=email for_someone_else staff=mitarbeiter_wunsch notes=kundenpraeferenzen repeat confirmed=bestaetigung',
  ],
  [
    'query_appointments',
    'query_appointment get_customer_appointments query_appointment_by_name',
    'date=appointment_date=datum service=service_name name=customer_name',
  ],
  ['cancel_appointment', '', 'appointment_id=termin_id date=datum time=uhrzeit name=customer_name reason confirmed'],
  [
    'reschedule_appointment',
    '',
    'appointment_id old_date=old_datum old_time new_date=new_datum new_time=new_uhrzeit offer_id confirmed=bestaetigung=confirm_reschedule',
  ],
  ['request_callback', '', 'customer_name phone_number reason preferred_time_window priority service=service_name'],
  ['take_message', '', 'customer_name phone_number message'],
]

const words = (text: string) => text.split(' ').filter((word) => word !== '')

describe('the tools of the contract', () => {
  it.each(promised)('%s answers to each of its names', (name, aliases) => {
    for (const spelling of [name, ...words(aliases)]) {
      for (const suffix of ['', '_v17', '-v4']) expect(findTool(`${spelling}${suffix}`)?.name, spelling).toBe(name)
      expect(findTool(spelling.replaceAll('_', '-').toUpperCase())?.name).toBe(name)
    }
  })

  it.each(promised)('%s understands each of its arguments under each of its names', (name, _, args) => {
    const tool = findTool(name)
    if (!tool) throw new Error(`no ${name}`)
    for (const [argument = '', ...aliases] of words(args).map((one) => one.split('='))) {
      const definition = Object.entries(tool.args).find(([known]) => known === argument)?.[1]
      const value = definition?.schema.type === 'object' ? { every: 'week', count: 3 } : 'ja'
      for (const spelling of [argument, ...aliases]) {
        expect(readArguments(tool, { [spelling]: value }).given, `${spelling} of ${name}`).toEqual({
          [argument]: value,
        })
      }
    }
  })

  it('are all that there are', () => {
    expect(tools.map(({ name }) => name).toSorted()).toEqual(promised.map(([name]) => name).toSorted())
  })
})

describe('the registry', () => {
  it('gives no name to two tools, and no spelling to two arguments of one', () => {
    const names = tools.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(names).toEqual([...new Set(names)])
    for (const { name, args } of tools) {
      const spellings = Object.entries(args).flatMap(([argument, { aliases }]) => [argument, ...aliases])
      expect(spellings, name).toEqual([...new Set(spellings)])
    }
  })

  it('requires only what it knows', () => {
    for (const { args, required } of tools) expect(Object.keys(args)).toEqual(expect.arrayContaining([...required]))
  })

  it('knows no argument that nobody reads', () => {
    const source = [...filesUnder('src', /^application\/.*\.ts$/).values()].join('\n')
    const names = new Set(tools.flatMap(({ args }) => Object.keys(args)))
    for (const name of names) expect(source, name).toMatch(new RegExp(`(text|isTrue|given)[^\\n]*['.]${name}\\b`))
  })
})
