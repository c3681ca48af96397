import { expect, it } from 'vitest'
import { numberOf } from '../agents/agent-desk.ts'
import { openDeskAtRetell } from '../desk.ts'

const found = async (desk: Awaited<ReturnType<typeof openDeskAtRetell>>) =>
  (await desk.app.doctor(desk.platform, undefined))
    .filter(({ link }) => /Retell|agents/.test(link))
    .map(({ link, state, found: said, cure }) => ({ link, state, said, cure }))

it('says that nobody has looked at the agents yet, and how to', async () => {
  expect(await found(await openDeskAtRetell())).toMatchObject([
    { link: 'Retell key', state: 'ok' },
    { link: 'agents', state: 'warning', cure: expect.stringContaining('agents sync --company salon-sonne') },
    { link: 'number +493023125101 at Retell', state: 'warning' },
    { link: 'number +493023125102 at Retell', state: 'warning' },
  ])
})

it('says when they were read, and what is wrong with the numbers', async () => {
  const desk = await openDeskAtRetell()
  const scope = await desk.scopeOf()
  for (const id of ['agent_mitte', 'agent_west']) {
    desk.account.addElsewhere({ agent_name: id, response_engine: { type: 'custom-llm' } }, undefined, { id })
  }
  desk.account.bindElsewhere(numberOf('+493023125101'), {
    inbound_agents: [{ agent_id: 'agent_mitte', agent_version: 0, weight: 1 }],
  })
  await desk.app.startAgentSync(scope)
  await desk.app.seeAgentSync(scope, 5_000)
  await desk.app.watchNumbers(scope)
  const checks = await found(desk)
  expect(checks).toContainEqual(
    expect.objectContaining({ link: 'number +493023125101 at Retell', said: expect.stringContaining('does not ask') }),
  )
  expect(checks).toContainEqual(
    expect.objectContaining({ state: 'broken', said: 'A number of the company is not in its Retell account.' }),
  )
  expect(checks).toContainEqual({
    ...{ link: 'agents', state: 'ok', cure: '' },
    said: '2 were read from Retell at 2026-11-20T09:00:00.000Z.',
  })
})

it('tells a key that Retell does not know from a Retell that is down', async () => {
  const desk = await openDeskAtRetell()
  for (const [fault, state] of [
    ['wrong-key', 'broken'],
    ['down', 'warning'],
  ] as const) {
    desk.account.misbehave('check', fault)
    expect((await found(desk))[0]).toMatchObject({ link: 'Retell key', state })
  }
})
