import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import closeWithGrace from 'close-with-grace'
import { bold, faint, green, happeningLines, note, planLines, print } from '../../adapters/cli/terminal.ts'
import { signatureHeader } from '../../adapters/retell/signature.ts'
import { simulateCall } from '../../adapters/simulation/simulated-call.ts'
import { grantCompany } from '../../application/grant-scope.ts'
import { secret } from '../../domain/secret.ts'
import { type DemoCalcom, startDemoCalcom } from '../demo-calcom.ts'
import { bookingSteps, hiddenSteps, movingSteps } from '../demo-call.ts'
import { type DemoRetell, startDemoRetell } from '../demo-retell.ts'
import { explain } from '../explain.ts'
import { readCompany } from '../read-company.ts'
import { openService, type Service } from '../service.ts'
import { configOrTell, type ExitCode, shell } from './context.ts'

const example = (name: string) => fileURLToPath(new URL(`../../../examples/${name}.yaml`, import.meta.url))
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** The whole product in one command: a company, a call over the real port, and a dashboard to watch it on. */
export const demo = async (options: {
  readonly port: number
  readonly once?: true
  readonly calcom?: true
  readonly pace: number
}): Promise<ExitCode | undefined> => {
  const config = configOrTell()
  if (!config) return 1
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-demo-'))
  const forget = () => rmSync(folder, { recursive: true, force: true })
  const key = `key_demo_${randomBytes(16).toString('hex')}`
  const port = await freePort(config.host, options.port)
  const url = `http://${config.host}:${port}`
  const { retell, furnish } = await startDemoRetell(Date.now, key)
  const opened = await openService({
    ...config,
    databaseUrl: `sqlite:${join(folder, 'demo.sqlite')}`,
    encryptionKeys: undefined,
    publicUrl: url,
    retellApiKey: key,
    retellWebhookKeys: [key],
    retellBaseUrl: retell.url,
    logLevel: 'warn',
    port,
    role: 'all',
    // Vendors run on this machine as well.
    allowPrivateAddresses: true,
  })
  if (opened.isErr()) {
    for (const line of explain(opened.error)) note(line)
    await retell.close()
    forget()
    return 1
  }
  const service = opened.value
  await service.http.listen({ host: config.host, port })

  const calcom = options.calcom && (await startDemoCalcom(service.ports.clock.now))
  const end = async () => {
    await service.close()
    await calcom?.calcom.close()
    await retell.close()
    forget()
  }

  print(bold(calcom ? '1. Two companies' : '1. A company'))
  const slug = await applyCompany(service, 'salon-sonne')
  const linde = calcom && (await applyCompany(service, 'praxis-linde', calcom))
  for (const one of [slug, ...(linde === undefined ? [] : [linde])]) await bringAgents(service, one, furnish, url)
  const login = await makeLogin(service)
  print()
  print(bold('2. Calls'))
  print(`${faint('   watch it live:')} ${url}/companies/${slug}/calls`)
  const rang = await ring(service, url, key, slug, options.pace)
  const rangLinde = linde === undefined || (await ring(service, url, key, linde, options.pace))
  await service.app.workInbox(1000)
  if (calcom) tellOf(calcom)
  print(bold('3. The dashboard'))
  print(`   ${green(url)}`)
  print(`   agents   ${url}/companies/${slug}/agents  ${faint('(their Retell runs on this machine)')}`)
  print(`   e-mail   ${login.email}`)
  print(`   password ${login.password}`)
  if (options.once) {
    await end()
    return rang && rangLinde ? 0 : 1
  }
  print(faint('   It keeps serving. Ctrl-C ends it and forgets everything.'))
  closeWithGrace({ delay: 5000 }, end)
  return undefined
}

const applyCompany = async (service: Service, name: string, calcom?: DemoCalcom): Promise<string> => {
  const file = readCompany(readFileSync(example(name), 'utf8'), calcom?.environment ?? {})
  if (file.isErr())
    throw new Error(`The demo company has a mistake: ${file.error.map(({ message }) => message).join(' ')}`)
  const applied = await service.app.applyCompany(shell, file.value, { prune: false, dryRun: false })
  if (applied.isErr()) throw new Error('The demo company cannot be applied.')
  for (const line of planLines(applied.value.changes)) print(`   ${line}`)
  return file.value.spec.company.slug
}

/** The agents of the company's branches come into being at Retell, and are read from there. */
const bringAgents = async (
  service: Service,
  slug: string,
  furnish: DemoRetell['furnish'],
  url: string,
): Promise<void> => {
  const company = await service.ports.directory.companyBySlug(slug)
  const profile = company && (await service.ports.directory.profile(company))
  if (!profile) throw new Error('The demo company is gone.')
  furnish(profile, url)
  await service.app.startAgentSync(grantCompany(profile.id, shell.actor))
}

/** What the company's Cal.com has in the end. */
const tellOf = ({ calcom }: DemoCalcom): void => {
  print(bold('   At Cal.com, which runs on this machine as well'))
  for (const { start, attendee, eventType, hosts } of calcom.live()) {
    const host = calcom.store.users.get(hosts[0] ?? 0)
    print(`   ${new Date(start).toISOString()}  ${eventType.title}  ${attendee.name}  ${faint(host?.name ?? '')}`)
  }
  print(faint(`   ${calcom.seen().length} requests, all over ${calcom.url}`))
  print()
}

const makeLogin = async (service: Service): Promise<{ readonly email: string; readonly password: string }> => {
  const email = 'inhaberin@salon-sonne.example'
  const password = randomBytes(9).toString('base64url')
  const made = await service.app.createUser(shell, { email, role: 'platform_admin', company: undefined })
  if (made.isOk()) await service.app.setPassword(made.value.token, password)
  return { email, password }
}

/** Somebody books, the same caller moves it, and one with a hidden number leaves a callback. */
const ring = async (service: Service, url: string, key: string, slug: string, pace: number): Promise<boolean> => {
  const company = await service.ports.directory.companyBySlug(slug)
  const profile = company && (await service.ports.directory.profile(company))
  const branch = profile?.branches[0]
  const number = branch?.phoneNumbers[0]?.number
  if (!profile || !branch || !number) throw new Error('The demo company has no number.')
  const calls = [
    { from, steps: bookingSteps(profile, branch, service.ports.clock.now(), pace), wanted: 'booked' },
    { from, steps: movingSteps(profile, branch, pace), wanted: 'rescheduled' },
    { from: 'anonymous', steps: hiddenSteps(profile, branch, pace), wanted: 'callback_created' },
  ] as const
  let good = true
  for (const { from, steps, wanted } of calls) {
    const place = { url, key: secret(key), to: number, agentId: branch.retellAgentId }
    const world = { now: () => service.ports.clock.now(), sign: signatureHeader, wait }
    const outcome = await simulateCall({ ...place, ...world, from, steps }, (happening) => {
      for (const line of happeningLines(happening)) print(`   ${line}`)
    })
    const came = outcome.ok && outcome.answers.some(({ status }) => status === wanted)
    print(came ? `   ${green('✓')} ${endings[wanted]}` : `   That did not end as ${wanted}.`)
    print()
    good = good && came
  }
  return good
}

const from = '+4917139200011'
const endings = {
  booked: 'booked, and in the calendar',
  rescheduled: 'moved, with its history',
  callback_created: 'on the list of callbacks',
} as const

/** The wanted port, or the next one that nobody uses. */
const freePort = async (host: string, wanted: number): Promise<number> => {
  const { createServer } = await import('node:net')
  for (let port = wanted; port < wanted + 100; port += 1) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(port, host, () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
  return 0
}
