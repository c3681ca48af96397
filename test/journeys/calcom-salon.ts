import { type StandInCalendar, startCalcom } from '../../src/adapters/simulation/calcom/start-calcom.ts'
import { salon } from '../application/desk.ts'

export const calcomTypes = { haircut: 9001, women: 9002, beard: 9003, ninas: 9101, udos: 9102 } as const
export const ninaAtCalcom = 501
export const udoAtCalcom = 502

/**
 * A Cal.com as the salon has set it up: a cut that whoever is free of Nina and Udo does, one that Nina does, and for
 * each of them one of their own.
 */
export const startSalonsCalcom = async (now: () => number): Promise<StandInCalendar> => {
  const calcom = await startCalcom({ now, requestsPerMinute: 1_000_000 })
  calcom.addUser({ id: ninaAtCalcom, name: 'Nina Probe', email: 'nina@salon-sonne.example' })
  calcom.addUser({ id: udoAtCalcom, name: 'Udo Beispiel', email: 'udo@salon-sonne.example' })
  const cut = { minutes: 55, bufferAfter: 5, slotInterval: 30, team: 'roundRobin' } as const
  const { haircut, women, beard, ninas, udos } = calcomTypes
  calcom.addEventType({ ...cut, id: haircut, title: 'Herrenhaarschnitt', hosts: [ninaAtCalcom, udoAtCalcom] })
  calcom.addEventType({ ...cut, id: women, title: 'Damenhaarschnitt', minutes: 60, hosts: [ninaAtCalcom] })
  calcom.addEventType({ ...cut, id: ninas, title: 'Herrenhaarschnitt bei Nina', hosts: [ninaAtCalcom] })
  calcom.addEventType({ ...cut, id: udos, title: 'Herrenhaarschnitt bei Udo', hosts: [udoAtCalcom] })
  calcom.addEventType({ id: beard, title: 'Bartpflege', minutes: 30 })
  return calcom
}

/** The company file of the salon, which keeps its appointments there. */
export const salonAt = ({ url, key }: Pick<StandInCalendar, 'url' | 'key'>): string =>
  salon
    .replace('duration_minutes: 55,', `duration_minutes: 55, calcom_event_type_id: ${calcomTypes.haircut},`)
    .replace('duration_minutes: 60,', `duration_minutes: 60, calcom_event_type_id: ${calcomTypes.women},`)
    .replace('duration_minutes: 30,', `duration_minutes: 30, calcom_event_type_id: ${calcomTypes.beard},`)
    .replace(
      'services: [herrenhaarschnitt, damenhaarschnitt] }',
      `services: [herrenhaarschnitt, damenhaarschnitt], calcom_user_id: ${ninaAtCalcom}, calcom_event_types: { herrenhaarschnitt: ${calcomTypes.ninas} } }`,
    )
    .replace(
      'services: [herrenhaarschnitt] }',
      `services: [herrenhaarschnitt], calcom_user_id: ${udoAtCalcom}, calcom_event_types: { herrenhaarschnitt: ${calcomTypes.udos} } }`,
    )
    .concat(`calendar: { kind: calcom, base_url: "${url}", api_key: ${key}, webhook_secret: whsec_of_salon }\n`)
