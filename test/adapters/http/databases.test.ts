import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { type Api, type Item, openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const wish = {
  branch: 'mitte',
  service: 'damenhaarschnitt',
  starts_at: '2026-11-24T10:00:00+01:00',
  attendee_name: 'Erika Beispiel',
  phone: '0171 3920044',
}

for (const { name, make } of testDatabases) {
  describe(`the API over ${name}`, { timeout: 60_000 }, () => {
    let api: Api
    let close = async () => {}
    beforeAll(async () => {
      const database = await make()
      api = await openApi({
        open: async (clock) => {
          const opened = await openPorts(database, { clock })
          close = async () => {
            await opened.close()
            await database.drop()
          }
          return opened.ports
        },
      })
    }, 120_000)
    afterAll(async () => {
      await api.http.close()
      await close()
    })

    it('books once, refuses the rest, moves and cancels', async () => {
      const staff = await api.token('staff')
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => api.ask(staff, 'POST', `${base}/appointments`, wish)),
      )
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, ...Array(9).fill(409)])
      const id = answers.find(({ statusCode }) => statusCode === 201)?.json().id
      const key = { 'idempotency-key': 'move' }
      const to = { starts_at: '2026-11-24T10:15:00+01:00' }
      const moved = await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, to, key)
      expect(moved.json()).toMatchObject(to)
      expect((await api.ask(staff, 'PATCH', `${base}/appointments/${id}`, to, key)).body).toBe(moved.body)
      expect((await api.ask(staff, 'DELETE', `${base}/appointments/${id}`)).json()).toMatchObject({
        status: 'cancelled',
      })
      expect((await api.ask(staff, 'POST', `${base}/appointments`, wish)).statusCode).toBe(201)
    })

    it('answers every reading, also under names and cursors that nobody gave', async () => {
      const admin = await api.token('platform_admin')
      const document = (await api.ask(undefined, 'GET', '/openapi.json')).json() as Item
      const cursor = Buffer.from('[1,"\\u0000"]').toString('base64url')
      for (const [path, methods] of Object.entries(document.paths as object)) {
        if (!('get' in methods) || path.endsWith('/events')) continue
        const url = path.replace('{company}', 'salon-sonne')
        const needed = path.endsWith('/availability') ? '?branch=mitte&service=damenhaarschnitt' : ''
        for (const named of ['apt_00000001', "'; drop table calls --", '\u0000', '😀']) {
          const answer = await api.ask(admin, 'GET', `${url.replace(/\{\w+\}/, encodeURIComponent(named))}${needed}`)
          expect(url.includes('{') ? [404] : [200], `${url} ${answer.body}`).toContain(answer.statusCode)
        }
        const paged = await api.ask(admin, 'GET', `${url}?cursor=${cursor}`)
        expect(paged.statusCode, `${url} ${paged.body}`).toBeLessThan(500)
      }
    })
  })
}
