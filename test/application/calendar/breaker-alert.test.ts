import { describe, expect, it } from 'vitest'
import { breakerAlert } from '../../../src/application/calendar/breaker-alert.ts'
import { openDesk } from '../desk.ts'

describe('a calendar that is left alone because it fails', () => {
  const begin = async () => {
    const desk = await openDesk()
    const scope = await desk.scopeOf()
    const tell = breakerAlert(desk.ports)
    const alerts = async (open: boolean) =>
      desk.look(async (tx) => (await tx.alerts.list({ limit: 10, cursor: undefined, open })).items)
    return { ...desk, tell: (state: 'open' | 'closed') => tell(scope, state), alerts }
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
})
