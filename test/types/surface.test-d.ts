import type { FastifyInstance } from 'fastify'
import { type Branch, type Instant, instant, openingOn, parseLocalDate } from '../../src/domain/index.ts'
import { CompanyFileError, createFrontdesk, FrontdeskError, type FrontdeskOptions } from '../../src/index.ts'
import { application, countingIds, fixedClock, memoryPorts, type Ports } from '../../src/testing.ts'

/** What importers rely on. Nothing here runs: it must go on compiling. */
export const asALibrary = async (yamlText: string): Promise<readonly string[]> => {
  const desk = await createFrontdesk({
    database: 'sqlite::memory:',
    encryptionKeys: 'k1:',
    clock: { now: () => 0 },
    publicUrl: 'https://desk.example',
    retell: { apiKey: 'key', webhookKeys: ['key'], baseUrl: 'https://retell.example' },
    smtpUrl: 'smtp://mail.example',
    mailFrom: 'desk@salon.example',
    logLevel: 'warn',
    background: false,
  })
  const { created, changed, retired } = await desk.apply(yamlText)
  await desk.apply({ company: { slug: 'salon-sonne' } })
  const token: string = await desk.createToken({ role: 'company_admin', company: 'salon-sonne' })
  const http: FastifyInstance = desk.http
  await http.inject({ method: 'GET', url: '/' })
  const done: { readonly processed: number; readonly jobs: { readonly done: number } } = await desk.runDueJobs()
  await desk.close()
  return [token, String(created.length + changed.length + retired.length + done.processed)]
}

export const failures = (fault: unknown): readonly unknown[] => {
  if (fault instanceof CompanyFileError) return fault.problems
  if (fault instanceof FrontdeskError) return fault.lines
  return []
}

export const theLeast: FrontdeskOptions = { database: 'sqlite::memory:' }

// @ts-expect-error A database has to be named.
export const withoutDatabase: FrontdeskOptions = {}

export const theCore = (branch: Branch): readonly { readonly startsAt: Instant }[] =>
  parseLocalDate('2026-12-03')
    .map((date) => openingOn(branch, date))
    .unwrapOr([])

export const theFakes = (ports: Ports) => [
  application(ports).workInbox,
  application(memoryPorts({ clock: fixedClock(instant(0)), ids: countingIds(), platformKeys: [] })).answerTool,
]
