import { describe, expect, it } from 'vitest'
import { called, openCalendar, refusal, success } from './local-cal.ts'

/** As captured live. */
const wire = (more: object = {}) => ({
  ...{ id: 2335882, ownerId: 501, name: 'Working hours', timeZone: 'Europe/Berlin', isDefault: true, overrides: [] },
  availability: [{ days: ['Monday', 'Tuesday'], startTime: '09:00', endTime: '17:00' }],
  ...more,
})
const nineToFive = [{ opens: 540, closes: 1020 }]

const schedulesFrom = async (own: object, more: object = {}, settings = '') => {
  const opened = await openCalendar({ 'GET /v2/schedules': own, 'GET /v2/teams': success([]), ...more }, { settings })
  return { ...opened, schedules: await opened.calendar.schedules() }
}

describe('the schedules of Cal.com', () => {
  it('are those of the account and of its teams, each once, asked in their own version', async () => {
    const { schedules, asked } = await schedulesFrom(success([wire()]), {
      'GET /v2/teams': success([{ id: 7 }, { id: 8 }]),
      'GET /v2/teams/7/schedules': success([wire(), wire({ id: 2, ownerId: 502, isDefault: false })]),
      'GET /v2/teams/8/schedules': refusal(403, 'Forbidden'),
    })
    expect(schedules._unsafeUnwrap()).toEqual([
      {
        ...{ id: 2335882, name: 'Working hours', owner: 501, timeZone: 'Europe/Berlin', isDefault: true },
        hours: { 1: nineToFive, 2: nineToFive },
      },
      expect.objectContaining({ id: 2, owner: 502, isDefault: false }),
    ])
    expect(called(asked)).toEqual([
      'GET /v2/schedules',
      'GET /v2/teams',
      'GET /v2/teams/7/schedules',
      'GET /v2/teams/8/schedules',
    ])
    expect(asked.map(({ headers }) => headers['cal-api-version'])).toEqual([
      ...['2024-06-11', undefined, '2024-06-11', '2024-06-11'],
    ])
  })

  it('are asked in the version that the company names', async () => {
    const { asked } = await schedulesFrom(success([wire()]), {}, ', api_versions: { schedules: "2026-06-12" }')
    expect(asked[0]?.headers['cal-api-version']).toBe('2026-06-12')
  })

  it('have the hours of a day joined, up to midnight', async () => {
    const { schedules } = await schedulesFrom(
      success([
        wire({
          availability: [
            { days: ['Monday'], startTime: '14:00', endTime: '00:00' },
            { days: ['monday', 'Sunday'], startTime: '09:00', endTime: '12:00' },
            { days: ['Monday'], startTime: '11:00', endTime: '13:00' },
          ],
        }),
      ]),
    )
    expect(schedules._unsafeUnwrap()[0]?.hours).toEqual({
      1: [
        { opens: 540, closes: 780 },
        { opens: 840, closes: 1440 },
      ],
      7: [{ opens: 540, closes: 720 }],
    })
  })

  it.each([
    ['none', undefined],
    ['null', null],
    ['days as numbers, as before 2024-06-11', [{ days: [1, 2], startTime: '1970-01-01T09:00:00.000Z', endTime: '' }]],
    ['a day that nobody knows', [{ days: ['Montag'], startTime: '09:00', endTime: '17:00' }]],
  ])('do not say when somebody works where the hours are %s', async (_, availability) => {
    const { schedules } = await schedulesFrom(success([wire({ availability, timeZone: 'Nowhere', name: null })]))
    expect(schedules._unsafeUnwrap()).toMatchObject([{ id: 2335882, name: '', hours: undefined, timeZone: undefined }])
  })

  it('say that nobody ever works where there are no hours', async () => {
    const { schedules } = await schedulesFrom(success([wire({ availability: [] })]))
    expect(schedules._unsafeUnwrap()[0]?.hours).toEqual({})
  })

  it('name the setting where they come in a shape that is not known', async () => {
    const { schedules } = await schedulesFrom(success({ schedules: [] }))
    expect(schedules._unsafeUnwrapErr()).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('api_versions.schedules'),
    })
  })
})
