import { randomBytes } from 'node:crypto'
import { type StandInCalendar, startCalcom } from '../adapters/simulation/calcom/start-calcom.ts'
import type { WeeklyHours } from '../domain/opening-hours.ts'

export interface DemoCalcom {
  readonly calcom: StandInCalendar
  /** What the company file takes from the environment. */
  readonly environment: { readonly [name: string]: string }
}

const eightToSix = [{ opens: 8 * 60, closes: 18 * 60 }]
const hours: WeeklyHours = { 1: eightToSix, 2: eightToSix, 3: eightToSix, 4: eightToSix, 5: eightToSix }

/** A Cal.com on this machine, set up as `examples/praxis-linde.yaml` wants it. */
export const startDemoCalcom = async (now: () => number): Promise<DemoCalcom> => {
  const calcom = await startCalcom({ now, deliversAtOnce: true })
  const greta = calcom.addUser({ id: 71, name: 'Greta Probe', email: 'greta@praxis-linde.example', hours })
  const hannes = calcom.addUser({ id: 72, name: 'Hannes Beispiel', email: 'hannes@praxis-linde.example', hours })
  const team = { team: 'roundRobin', slotInterval: 30 } as const
  calcom.addEventType({ ...team, id: 7001, title: 'Krankengymnastik', minutes: 30, hosts: [greta.id, hannes.id] })
  calcom.addEventType({ ...team, id: 7002, title: 'Lymphdrainage', minutes: 60, hosts: [greta.id] })
  const secret = `whsec_demo_${randomBytes(16).toString('hex')}`
  return {
    calcom,
    environment: { LINDE_CALCOM_URL: calcom.url, LINDE_CALCOM_KEY: calcom.key, LINDE_CALCOM_SECRET: secret },
  }
}
