import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProcessCache } from '../../src/adapters/cache/in-process.ts'
import { calcomCalendars } from '../../src/adapters/calcom/calendars.ts'
import type { StandInCalendar } from '../../src/adapters/simulation/calcom/start-calcom.ts'
import { realTime } from '../../src/adapters/timing/real-time.ts'
import { type Application, application } from '../../src/application/application.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { openDesk as openStoredDesk } from '../../src/composition/desk.ts'
import { type Instant, instant } from '../../src/domain/time.ts'
import { openDesk, platformKey } from '../application/desk.ts'
import { salonAt, startSalonsCalcom } from './calcom-salon.ts'
import { encryptionKeys } from './processes.ts'

/** Real milliseconds; a little more than usual, for the machines of tests are busy. */
export const callerPatienceMs = 4_000

/** One process on a database: its ports and what it keeps open. */
const openProcess = async (databaseUrl: string, clock: Ports['clock']) => {
  let ports: Ports | undefined
  const calendars = calcomCalendars({
    secretOf: async (company, name) => ports?.directory.secretOf(company, name),
    cache: inProcessCache({ realTime }),
    limits: { take: async () => ({ taken: true }), exhaust: async () => undefined },
    clock,
    realTime,
    baseUrl: 'http://127.0.0.1:1/v2',
    allowPrivate: true,
    patienceMs: 1_000,
  })
  const opened = await openStoredDesk({
    databaseUrl,
    encryptionKeys,
    publicUrl: 'http://127.0.0.1',
    retellWebhookKeys: [platformKey.use((plain) => plain)],
    poolMin: 0,
    poolMax: 2,
    autoMigrate: true,
    clock,
    calendars,
  })
  if (opened.isErr()) throw new Error(opened.error.kind)
  const desk = opened.value
  ports = desk.ports
  return {
    ports: desk.ports,
    close: async () => {
      await calendars.close()
      await desk.close()
    },
  }
}

/**
 * The whole desk on SQLite with a salon that keeps its appointments at a Cal.com, asked over HTTP. Friday, 10:00 in
 * Berlin; the clock goes on when it is told to.
 */
export const openCalcomDesk = async (
  prepare: (calcom: StandInCalendar) => void = () => undefined,
  edit: (file: string) => string = (file) => file,
) => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-calcom-'))
  const databaseUrl = `sqlite:${join(folder, 'desk.sqlite')}`
  let now: () => number = () => Date.parse('2026-11-20T09:00:00Z')
  const calcom = await startSalonsCalcom(() => now())
  prepare(calcom)
  const processes: { readonly close: () => Promise<void> }[] = []
  const settings = { toolDeadlineMs: callerPatienceMs }
  const desk = await openDesk(
    [edit(salonAt(calcom))],
    async (clock) => {
      now = clock.now
      const process = await openProcess(databaseUrl, clock)
      processes.push(process)
      return process.ports
    },
    settings,
  )

  const lookAt = async () => {
    const { items } = await desk.look((tx) => tx.appointments.list({ limit: 100, cursor: undefined }))
    return items
  }
  return {
    ...desk,
    calcom,
    /** Another process on the same database, as if the first one had been killed. */
    startAnother: async (): Promise<Application> => {
      const process = await openProcess(databaseUrl, desk.clock)
      processes.push(process)
      return application(process.ports, settings)
    },
    appointments: lookAt,
    /** The one appointment there is, besides those that were made at Cal.com. */
    appointment: async () => {
      const [one, ...others] = (await lookAt()).filter(({ source }) => source !== 'calendar')
      if (!one || others.length > 0) throw new Error(`There are ${others.length + (one ? 1 : 0)} appointments.`)
      return one
    },
    alerts: () =>
      desk.look(async (tx) =>
        (await tx.alerts.list({ limit: 100, cursor: undefined, open: true })).items.map(({ kind }) => kind),
      ),
    /** Lets time pass and everything be done that is due, looking every so often. */
    later: async (minutes: number, app: Pick<Application, 'workJobs'> = desk.app) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        desk.clock.advance(60_000)
        await app.workJobs(100)
      }
    },
    close: async () => {
      await calcom.close()
      for (const process of processes) await process.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type CalcomDesk = Awaited<ReturnType<typeof openCalcomDesk>>

export const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))
export const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr' } as const
export const booking = { ...wish, customer_name: 'Max Muster' } as const

/** Waits in real time until something is so. */
export const until = async (isSo: () => Promise<boolean>, seconds = 15): Promise<void> => {
  const end = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It did not become so.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What stands there, as `10:00` and the like on the wall clock of Berlin, with whose it is. */
export const liveAt = ({ calcom }: Pick<CalcomDesk, 'calcom'>) =>
  calcom.live().map(({ start, metadata }) => ({
    time: new Date(start + 3_600_000).toISOString().slice(11, 16),
    reference: metadata.frontdesk_appointment,
  }))
