import { expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const found = async (desk: Awaited<ReturnType<typeof openDesk>>, only?: string) => {
  const company = only === undefined ? undefined : await desk.ports.directory.companyBySlug(only)
  return (await desk.app.doctor(desk.platform, company))
    .filter(({ state }) => state !== 'ok')
    .map(({ link, state }) => `${link}: ${state}`)
}

it('finds a company in order but for what nobody did yet, and names a cure for each', async () => {
  const desk = await openDesk()
  expect(await found(desk)).toEqual(['agents: warning', 'deliveries: warning', 'dashboard: warning'])
  for (const check of await desk.app.doctor(desk.platform, undefined))
    expect(check.cure === '').toBe(check.state === 'ok')
})

it('finds a missing key, a service that nobody can do, a refused delivery and a call to nobody', async () => {
  const bare = await openDesk(
    [salon.replace('services: [herrenhaarschnitt, damenhaarschnitt]', 'services: [herrenhaarschnitt]')],
    (clock) => memoryPorts({ clock, ids: countingIds(), voice: retellVoicePlatform }),
  )
  expect(await found(bare)).toEqual(expect.arrayContaining(['signature: broken', 'services: warning']))

  const desk = await openDesk([salon, praxis])
  await desk.send({ event: 'call_started', call: desk.callOf({ to: '+493023125111' }) })
  await desk.send({ event: 'call_started', call: desk.callOf({ call: 'call_x', to: '+493023125999' }) })
  await desk.work()
  expect(await found(desk, 'praxis-mond')).toEqual(
    expect.arrayContaining(['deliveries: warning', 'unrouted calls: warning']),
  )
})

it('says that work waits when nobody does it, and that there is no company before there is one', async () => {
  const desk = await openDesk()
  await desk.send({ event: 'call_started', call: desk.callOf({}) })
  expect(await found(desk)).not.toContain('worker: warning')
  desk.clock.advance(61_000)
  expect(await found(desk)).toContain('worker: warning')
  expect(await found(await openDesk([]))).toContain('company: broken')
})
