import { afterEach, expect, it } from 'vitest'
import { salon } from '../../application/desk.ts'
import { type ServedDesk, serveDesk } from '../../browser/serve-desk.ts'

/** Nina is away on the 25th and for two hours of the 24th; Udo works on Wednesdays only. */
const someAway = salon
  .replace('name: Nina Probe,', 'name: Nina Probe, absences: ["2026-11-25", "2026-11-24T14:00..2026-11-24T16:00"],')
  .replace('name: Udo Beispiel,', 'name: Udo Beispiel, hours: { wed: ["10:00-14:00"] },')

let served: ServedDesk
afterEach(() => served.close())

const columnsOn = async (date: string) => {
  served = await serveDesk([someAway])
  const { http, desk, scope, profile } = served
  const branch = profile.branches[0]
  if (!branch) throw new Error('no branch')
  const view = await desk.app.dayOf(scope, profile, branch, date as Parameters<typeof desk.app.dayOf>[3])
  const cookies = { frontdesk_session: await served.signIn('staff') }
  const url = `/companies/salon-sonne/appointments?date=${date}&branch=mitte`
  const { body } = await http.inject({ url, cookies, headers: { 'accept-language': 'de' } })
  const columns = [...body.matchAll(/<section class="(staff-column[^"]*)" aria-label="([^"]*)">([\s\S]*?)<\/section>/g)]
  return {
    off: view.columns.map(({ staff, off }) => [staff?.slug, off]),
    columns: columns.map(([, kind, name, inner = '']) => ({
      kind,
      name,
      head: /<small>([^<]*)<\/small>/.exec(inner)?.[1],
      grounds: [...inner.matchAll(/class="ground (at-\d+ for-\d+)"/g)].map(([, place]) => place),
      canAdd: inner.includes('add-for'),
    })),
    list: [...body.matchAll(/id="list-off-(\w+)"[\s\S]*?<\/li>/g)].map(([text, slug]) => [
      slug,
      />(an diesem Tag abwesend|arbeitet an diesem Tag nicht)</.exec(text)?.[1],
    ]),
  }
}

it('marks who is away and who has no hours, in the columns and in the list', async () => {
  const { off, columns, list } = await columnsOn('2026-11-26')
  expect(off).toEqual([
    ['nina', undefined],
    ['udo', 'no-hours'],
  ])
  expect(columns).toMatchObject([
    { kind: 'staff-column', name: 'Nina Probe', head: '0 Termine', canAdd: true },
    { kind: 'staff-column off', name: 'Udo Beispiel', head: 'arbeitet an diesem Tag nicht', canAdd: false },
  ])
  expect(list).toEqual([['udo', 'arbeitet an diesem Tag nicht']])
})

it('tells an absence from a day without hours', async () => {
  const { off, columns, list } = await columnsOn('2026-11-25')
  expect(off).toEqual([
    ['nina', 'absent'],
    ['udo', undefined],
  ])
  expect(columns.map(({ head }) => head)).toEqual(['an diesem Tag abwesend', '0 Termine'])
  expect(list).toEqual([['nina', 'an diesem Tag abwesend']])
})

it('lays a ground where nobody works, also for some hours of a day', async () => {
  // From 9 to 18 in steps of five minutes: 14 to 16 begins with the 61st.
  const { columns } = await columnsOn('2026-11-24')
  expect(columns.map(({ grounds }) => grounds)).toEqual([['at-61 for-24'], ['at-1 for-108']])
})

it('marks nobody on a day on which the branch is closed', async () => {
  const { off } = await columnsOn('2026-11-29')
  expect(off).toEqual([
    ['nina', undefined],
    ['udo', undefined],
  ])
})
