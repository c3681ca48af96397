import { describe, expect, it } from 'vitest'
import { salon } from '../../application/desk.ts'
import { type Item, openApi } from './api.ts'

const yaml = { 'content-type': 'application/yaml' }
const file = '/api/v1/companies/salon-sonne/file'
const third = salon
  .replace('salon-sonne, name: Salon Sonne,', 'studio-stern, name: Studio Stern,')
  .replaceAll('030 231251', '030 231252')
  .replaceAll('agent_mitte', 'agent_stern')
  .replaceAll('agent_west', 'agent_stern_west')

describe('companies over the API', () => {
  it('are all seen by the platform, and their own by everybody else', async () => {
    const api = await openApi()
    const slugs = async (token: string, query = '') =>
      (await api.ask(token, 'GET', `/api/v1/companies${query}`)).json().items.map(({ slug }) => slug)
    const platform = await api.token('platform_admin')
    expect(await slugs(platform)).toEqual(['praxis-mond', 'salon-sonne'])
    expect(await slugs(await api.token('viewer', 'praxis-mond'))).toEqual(['praxis-mond'])
    const first = await api.ask(platform, 'GET', '/api/v1/companies?limit=1')
    expect(await slugs(platform, `?limit=1&cursor=${first.json().next}`)).toEqual(['salon-sonne'])
    const own = await api.ask(await api.token('viewer'), 'GET', '/api/v1/companies/salon-sonne')
    expect(own.json()).toMatchObject({
      slug: 'salon-sonne',
      time_zone: 'Europe/Berlin',
      currency: 'EUR',
      booking: true,
    })
  })

  it('come into being from a file, once', async () => {
    const api = await openApi()
    const platform = await api.token('platform_admin')
    const tried = await api.ask(platform, 'POST', '/api/v1/companies?dry_run=true', third, yaml)
    expect(tried.statusCode, tried.body).toBe(200)
    expect(tried.json()).toMatchObject({ dry_run: true })
    expect(tried.json().changes).toContainEqual(expect.objectContaining({ action: 'create', slug: 'studio-stern' }))
    expect((await api.ask(platform, 'GET', '/api/v1/companies/studio-stern')).statusCode).toBe(404)
    const made = await api.ask(platform, 'POST', '/api/v1/companies', third, yaml)
    expect(made.statusCode).toBe(201)
    expect((await api.ask(platform, 'GET', '/api/v1/companies/studio-stern')).statusCode).toBe(200)
    expect((await api.ask(platform, 'POST', '/api/v1/companies', third, yaml)).statusCode).toBe(409)
  })

  it('give their file out, which changes nothing when it is sent back, and holds no secret and no customer', async () => {
    const api = await openApi({
      salon: `${salon}calendar: { kind: calcom, api_key: cal_sonne, webhook_secret: whsec_sonne }\n`,
    })
    const admin = await api.token('company_admin')
    const given = await api.ask(admin, 'GET', file)
    expect(given.statusCode).toBe(200)
    expect(given.json()).toMatchObject({
      company: { slug: 'salon-sonne' },
      calendar: { api_key: '${SALON_SONNE_CALENDAR_API_KEY}' },
    })
    expect(given.body).not.toMatch(/cal_sonne|whsec_sonne|Max Muster|3920001/)
    const sent = await api.ask(admin, 'PUT', `${file}?prune=true`, given.body, { 'content-type': 'application/json' })
    expect(sent.json()).toMatchObject({ changes: [] })
  })

  it('keep a named key of the calendar at its address, and send it to no other', async () => {
    const at = (more: string) => salon.concat(`calendar: { kind: calcom, ${more} }\n`)
    const api = await openApi({ salon: at('api_key: cal_sonne, webhook_secret: whsec_sonne') })
    const admin = await api.token('company_admin')
    const put = async (more: string, query = '') => {
      const answer = await api.ask(admin, 'PUT', `${file}${query}`, at(more), yaml)
      const errors = (answer.json() as { errors?: readonly Item[] }).errors ?? []
      return { status: answer.statusCode, at: errors.map(({ pointer }) => pointer), said: JSON.stringify(errors) }
    }
    const profile = async () => {
      const id = await api.desk.ports.directory.companyBySlug('salon-sonne')
      const { calendar } = (id && (await api.desk.ports.directory.profile(id))) || {}
      if (calendar?.kind !== 'calcom') throw new Error('no Cal.com')
      return calendar
    }
    const { apiKey, webhookSecret } = await profile()
    const named = {
      key: `api_key: "\${${apiKey.secretName}}"`,
      secret: `webhook_secret: "\${${webhookSecret?.secretName}}"`,
    }
    expect(await put(`${named.key}, ${named.secret}`)).toMatchObject({ status: 200 })
    const elsewhere = 'base_url: "https://cal.stranger.example/v2"'
    for (const query of ['', '?dry_run=true']) {
      const refused = await put(`${elsewhere}, ${named.key}, ${named.secret}`, query)
      expect(refused).toMatchObject({ status: 422, at: ['/calendar/api_key', '/calendar/webhook_secret'] })
      expect(refused.said).toMatch(/another address/)
      // A key of one's own does not take the secret along.
      const own = await put(`${elsewhere}, api_key: cal_own, ${named.secret}`, query)
      expect(own).toMatchObject({ status: 422, at: ['/calendar/webhook_secret'] })
    }
    // Nor does one secret become another.
    const swapped = await put(`api_key: "\${${webhookSecret?.secretName}}", ${named.secret}`)
    expect(swapped).toMatchObject({ status: 422, at: ['/calendar/api_key'] })
    expect((await profile()).baseUrl).toBeUndefined()
    expect(await put(`${elsewhere}, api_key: cal_anew, webhook_secret: whsec_anew`)).toMatchObject({ status: 200 })
    expect((await profile()).baseUrl).toBe('https://cal.stranger.example/v2')
    // What is kept by then goes with what it was given for.
    const back = await put(`${named.key}, ${named.secret}`)
    expect(back).toMatchObject({ status: 422 })
  })

  it('are changed by their own administrators, after a look at what would change', async () => {
    const api = await openApi()
    const admin = await api.token('company_admin')
    const changed = salon.replace('price: 3200', 'price: 3500')
    for (const dry of [true, true, false]) {
      const answer = await api.ask(admin, 'PUT', `${file}?dry_run=${dry}`, changed, yaml)
      expect(answer.json()).toEqual({
        dry_run: dry,
        warnings: [],
        changes: [{ action: 'change', kind: 'service', slug: 'herrenhaarschnitt', fields: ['price'] }],
      })
    }
    expect((await api.ask(admin, 'PUT', file, changed, yaml)).json()).toEqual({
      dry_run: false,
      changes: [],
      warnings: [],
    })
    const service = await api.ask(admin, 'GET', '/api/v1/companies/salon-sonne/services/herrenhaarschnitt')
    expect(service.json()).toMatchObject({ price: { amount: 3500, currency: 'EUR' }, branches: null })
  })

  it('take the file as an object, too', async () => {
    const api = await openApi()
    const company = {
      slug: 'salon-sonne',
      name: 'Salon Sonne',
      time_zone: 'Europe/Berlin',
      country: 'DE',
      language: 'de',
      currency: 'EUR',
    }
    const answer = await api.ask(await api.token('company_admin'), 'PUT', `${file}?dry_run=true`, {
      company: { ...company, name: 'Sonnenschein' },
      branches: [],
    })
    expect(answer.statusCode === 200 || answer.statusCode === 422, answer.body).toBe(true)
    const list = await api.ask(await api.token('company_admin'), 'PUT', file, '[1]')
    expect(list.statusCode).toBe(422)
  })

  it('are not changed through another company’s address', async () => {
    const api = await openApi()
    const admin = await api.token('company_admin')
    const answer = await api.ask(admin, 'PUT', file, third, yaml)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/company/slug' }] })
    const mond = salon.replace('slug: salon-sonne', 'slug: praxis-mond')
    expect((await api.ask(admin, 'PUT', file, mond, yaml)).statusCode).toBe(422)
  })

  it('report every mistake of a file with its line and place, and change nothing', async () => {
    const api = await openApi()
    const wrong = salon
      .replace('time_zone: Europe/Berlin', 'time_zone: Europe/Nowhere')
      .replace('price: 5400', 'prize: 5400')
    const answer = await api.ask(await api.token('company_admin'), 'PUT', file, wrong, yaml)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      errors: [
        { pointer: '/company/time_zone', detail: expect.stringMatching(/^Line 2: /) },
        { pointer: '/services/1/prize', detail: expect.stringMatching(/^Line \d+: /) },
      ],
    })
    const deep = await api.ask(
      await api.token('company_admin'),
      'PUT',
      file,
      `{"company":${'['.repeat(9000)}${']'.repeat(9000)}}`,
      { 'idempotency-key': 'deep' },
    )
    expect(deep.statusCode).toBe(422)
  })

  it('never read the environment of the service', async () => {
    const api = await openApi()
    const reading = salon.replace('name: Nina Probe', 'name: "$' + '{PATH}"')
    const answer = await api.ask(await api.token('company_admin'), 'PUT', file, reading, yaml)
    expect(answer.statusCode).toBe(422)
    const staff = await api.ask(await api.token('viewer'), 'GET', '/api/v1/companies/salon-sonne/staff')
    expect(staff.body).not.toContain('/bin')
  })

  it('say what they offer: branches, numbers, services and colleagues', async () => {
    const api = await openApi()
    const viewer = await api.token('viewer')
    const get = async (what: string) => (await api.ask(viewer, 'GET', `/api/v1/companies/salon-sonne/${what}`)).json()
    expect((await get('branches')).items).toMatchObject([
      {
        slug: 'mitte',
        is_open: true,
        phone_numbers: ['+493023125101'],
        hours: { mon: ['09:00-18:00'], sat: ['09:00-14:00'] },
      },
      { slug: 'west', is_open: false },
    ])
    expect(await get('branches/west')).not.toHaveProperty('hours.sat')
    expect((await get('phone-numbers')).items).toEqual([
      { number: '+493023125101', active: true, branch: { slug: 'mitte', name: 'Salon Sonne Mitte' } },
      { number: '+493023125102', active: true, branch: { slug: 'west', name: 'Salon Sonne West' } },
    ])
    expect((await get('services/damenhaarschnitt')).branches).toEqual([{ slug: 'mitte', name: 'Salon Sonne Mitte' }])
    expect(await get('staff/udo')).toMatchObject({
      services: [{ slug: 'herrenhaarschnitt' }],
      hours: null,
      absences: [],
    })
    expect((await api.ask(viewer, 'GET', '/api/v1/companies/salon-sonne/staff/wer')).statusCode).toBe(404)
  })
})
