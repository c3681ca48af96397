import { describe, expect, it } from 'vitest'
import { breakerAlert } from '../../../src/application/operation/breaker-alert.ts'
import { openDesk } from '../desk.ts'

describe('a vendor that is left alone because it fails', () => {
  const begin = async () => {
    const desk = await openDesk()
    const scope = await desk.scopeOf()
    const calendar = breakerAlert(desk.ports, 'calendar')
    const account = breakerAlert(desk.ports, 'voice-account')
    const alerts = async (open: boolean) =>
      desk.look(async (tx) => (await tx.alerts.list({ limit: 10, cursor: undefined, open })).items)
    return {
      ...desk,
      tell: (state: 'open' | 'closed') => calendar(scope, state),
      tellOfRetell: (state: 'open' | 'closed') => account(scope, state),
      alerts,
    }
  }

  it('raises one alert, however often it opens, and resolves it when the calendar answers', async () => {
    const { tell, alerts } = await begin()
    await tell('open')
    await tell('open')
    expect(await alerts(true)).toMatchObject([{ kind: 'breaker_open', severity: 'warning' }])
    await tell('closed')
    await tell('closed')
    expect(await alerts(true)).toEqual([])
    await tell('open')
    expect(await alerts(true)).toHaveLength(1)
  })

  it('says nothing of one that answers', async () => {
    const { tell, alerts } = await begin()
    await tell('closed')
    expect(await alerts(true)).toEqual([])
    expect(await alerts(false)).toEqual([])
  })

  it('is told apart from another', async () => {
    const { tell, tellOfRetell, alerts } = await begin()
    await tell('open')
    await tellOfRetell('open')
    expect(await alerts(true)).toHaveLength(2)
    await tell('closed')
    expect(await alerts(true)).toMatchObject([{ message: expect.stringContaining('Retell') }])
  })
})
