import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { companyFileSchema } from '../../../src/adapters/company-file/schema.ts'
import { defaultNotifications, defaultPolicies, defaultRetention } from '../../../src/domain/company.ts'
import { exampleCompanyYaml } from '../../arbitraries/company.ts'

const problemsOf = (source: string | object, environment = {}) =>
  readCompanyFile(source, environment)._unsafeUnwrapErr()
const fileOf = (source: string | object, environment = {}) => readCompanyFile(source, environment)._unsafeUnwrap()
const brief = (source: string | object, environment = {}) =>
  problemsOf(source, environment).map(({ line, path }) => `${line ?? '-'} ${path}`)
const withCompany = (rest: string) =>
  `company: { slug: sonne, name: Sonne, time_zone: Europe/Berlin, country: DE }\n${rest}`
const oneBranch = 'branches: [{ slug: mitte, name: Mitte }]\n'

describe('a company file without mistakes', () => {
  it('reads the demo company', () => {
    const { spec, customers, secrets } = fileOf(readFileSync('examples/salon-sonne.yaml', 'utf8'))
    expect(spec.branches.map(({ slug, phoneNumbers }) => [slug, phoneNumbers[0]?.number])).toEqual([
      ['mitte', '+493023125101'],
      ['west', '+493023125102'],
    ])
    expect(spec.services.find(({ slug }) => slug === 'dauerwelle')?.durationMinutes).toBe(135)
    expect(spec.staff).toHaveLength(5)
    expect(customers[0]?.phone).toBe('+491713920001')
    expect(secrets).toEqual([])
  })

  it('fills in what the file leaves out', () => {
    const { spec } = fileOf(withCompany(oneBranch))
    expect(spec).toMatchObject({
      company: { language: 'de', currency: 'EUR', booking: true },
      retell: undefined,
      calendar: { kind: 'embedded' },
      policies: defaultPolicies,
      retention: defaultRetention,
      notifications: defaultNotifications,
      branches: [{ timeZone: 'Europe/Berlin', phoneNumbers: [], hours: { weekly: {}, special: {}, closed: [] } }],
      services: [],
    })
  })

  it('reads hours, closed days and absences in the words of the domain', () => {
    const { spec } = fileOf(exampleCompanyYaml)
    expect(spec.branches[0]?.hours.weekly[6]).toEqual([{ opens: 540, closes: 840 }])
    expect(spec.branches[0]?.hours.special).toEqual({ '2026-12-20': [{ opens: 720, closes: 1080 }] })
    expect(spec.branches[0]?.hours.closed[1]).toEqual({ from: '2026-12-25', to: '2027-01-02' })
    expect(spec.branches[1]?.phoneNumbers).toEqual([{ number: '+493023125102', active: false }])
    expect(spec.staff[0]?.hours).toBeUndefined()
    expect(spec.staff[0]?.absences).toEqual([
      { kind: 'days', days: { from: '2026-08-03', to: '2026-08-14' } },
      { kind: 'hours', from: Date.parse('2026-08-20T14:00+02:00'), to: Date.parse('2026-08-20T15:30+02:00') },
    ])
  })

  it('sorts the hours of a day', () => {
    const { spec } = fileOf(
      withCompany('branches: [{ slug: a, name: A, hours: { mon: ["14:00-24:00", "9:00-14:00"] } }]'),
    )
    expect(spec.branches[0]?.hours.weekly[1]).toEqual([
      { opens: 540, closes: 840 },
      { opens: 840, closes: 1440 },
    ])
  })

  it('takes phone numbers that YAML reads as numbers for what was written', () => {
    const { spec, customers } = fileOf(
      withCompany(
        'branches: [{ slug: a, name: A, phone_numbers: [+493023125101, { number: 03023125102 }] }]\ncustomers: [{ name: M, phone: 01713920001 }]',
      ),
    )
    expect(spec.branches[0]?.phoneNumbers.map(({ number }) => number)).toEqual(['+493023125101', '+493023125102'])
    expect(customers[0]?.phone).toBe('+491713920001')
  })

  it('reads an object as it reads a file', () => {
    const object = {
      company: { slug: 'sonne', name: 'Sonne', time_zone: 'Europe/Berlin', country: 'DE' },
      branches: [{ slug: 'mitte', name: 'Mitte' }],
    }
    const content = ({ lineOf: _, ...file }: ReturnType<typeof fileOf>) => file
    expect(content(fileOf(object))).toEqual(content(fileOf(withCompany(oneBranch))))
  })

  it('knows where its things stand, and what is around what is not there', () => {
    const service = 'services:\n  - slug: schnitt\n    name: Schnitt\n    duration_minutes: 30\n'
    const { lineOf } = fileOf(withCompany(oneBranch + service))
    expect(['/services/0/duration_minutes', '/services/0/price', '/branches/0'].map(lineOf)).toEqual([6, 4, 2])
    expect(
      fileOf({
        company: { slug: 's', name: 'S', time_zone: 'Europe/Berlin', country: 'DE' },
        branches: [{ slug: 'm', name: 'M' }],
      }).lineOf('/branches/0'),
    ).toBeUndefined()
  })

  it('follows aliases and takes a key without a value for a key left out', () => {
    const { spec } = fileOf(
      withCompany(
        'services:\nbranches:\n- { slug: a, name: A, hours: &h { mon: ["09:00-12:00"] } }\n- { slug: b, name: B, hours: *h, retell_agent_id: }',
      ),
    )
    expect(spec.branches[1]?.hours).toEqual(spec.branches[0]?.hours)
  })

  it('lets two branches share a Retell agent', () => {
    const yaml = withCompany(
      'branches: [{ slug: a, name: A, retell_agent_id: x }, { slug: b, name: B, retell_agent_id: x }]',
    )
    expect(readCompanyFile(yaml, {}).isOk()).toBe(true)
  })
})

const full = `company:
  slug: Salon Sonne
  name: ""
  time_zone: Europe/Berln
  country: DE
  langage: de
  currency: euro
policies:
  hold_seconds: -5
  cancel: { fee_tiers: [{ min_hours: 24, fee: 0 }, { min_hours: 24, fee: 5 }] }
retention: { calls_days: "90" }
branches:
  - slug: mitte
    nmae: Mitte
    phone_numbers:
      - 030 23125101
      - "12"
      - +49 30 23125101
    hours:
      mon: ["09:00-13:00", "12:00-18:00"]
      tue: ["18:00-09:00"]
      wed: ["9 bis 5"]
    special_hours: { "2026-02-30": [] }
    closed: ["2027-01-02..2026-12-25"]
    public_holidays: Berlin
    fallback: { when_closed: { to_branch: wst } }
    staff_email: [team]
  - slug: mitte
    name: West
    fallback: { when_closed: { to_branch: mitte } }
services:
  - { slug: schnitt, name: Schnitt, price: -1 }
  - slug: welle
    name: Welle
    duration_minutes: 60
    segments: [{ key: A, staff_minutes: 50, wait_after_minutes: 15 }]
    branches: [mite]
staff:
  - slug: nina
    name: Nina
    branches: [nord]
    services: [schnit]
    absences: ["2026-08-20T15:30..2026-08-20T14:00", "2026-08-32"]
customers:
  - { name: Max }
agents:
  - { slug: a, retell_agent_id: x }
  - { slug: b, retell_agent_id: x }
  - { slug: b, retell_agent_id: y, branches: mitte }
surprise:
`

describe('a company file full of mistakes', () => {
  it('is told all of them together, each with its line', () => {
    expect(brief(full)).toEqual([
      '2 /company/slug',
      '3 /company/name',
      '4 /company/time_zone',
      '6 /company/langage',
      '7 /company/currency',
      '9 /policies/hold_seconds',
      '10 /policies/cancel/fee_tiers/1/min_hours',
      '11 /retention/calls_days',
      '13 /branches/0/name',
      '14 /branches/0/nmae',
      '17 /branches/0/phone_numbers/1',
      '18 /branches/0/phone_numbers/2',
      '20 /branches/0/hours/mon',
      '21 /branches/0/hours/tue/0',
      '22 /branches/0/hours/wed/0',
      '23 /branches/0/special_hours/2026-02-30',
      '24 /branches/0/closed/0',
      '25 /branches/0/public_holidays',
      '26 /branches/0/fallback/when_closed/to_branch',
      '27 /branches/0/staff_email/0',
      '28 /branches/1/slug',
      '30 /branches/1/fallback/when_closed/to_branch',
      '32 /services/0/duration_minutes',
      '32 /services/0/price',
      '35 /services/1/duration_minutes',
      '37 /services/1/branches/0',
      '41 /staff/0/branches/0',
      '42 /staff/0/services/0',
      '43 /staff/0/absences/0',
      '43 /staff/0/absences/1',
      '45 /customers/0',
      '48 /agents/1/retell_agent_id',
      '49 /agents/2/branches',
      '49 /agents/2/slug',
      '50 /surprise',
    ])
  })

  it('names the field and the cure in plain sentences', () => {
    const said = problemsOf(full).map(({ message }) => message)
    for (const sentence of [
      'nmae of branch mitte is no known key. Did you mean "name"?',
      'name of branch mitte is missing. Add it.',
      'fallback.when_closed.to_branch of branch mitte names the branch "wst", which is not in this file. There is: mitte.',
      'services of colleague nina names the service "schnit", which is not in this file. Did you mean "schnitt"?',
      'phone_numbers of branch mitte repeats the number of line 16. Each may stand there once.',
      'phone_numbers of branch mitte is too short for a phone number. Write it with its area code.',
      'retention.calls_days must be a number, without quotes.',
      'duration_minutes of service welle contradicts the segments, which take 65 minutes with their waits. Leave it out.',
      'company.time_zone is no time zone. Write an IANA name such as Europe/Berlin.',
    ])
      expect(said).toContain(sentence)
  })

  it('tells an object the same, without lines', () => {
    const object = { company: { slug: 'sonne', name: 'Sonne', time_zone: 'x', country: 'DE' }, branches: [], extra: 1 }
    expect(brief(object)).toEqual(['- /company/time_zone', '- /branches', '- /extra'])
  })

  it.each([
    ['no branches', withCompany('services: []'), ['1 /branches']],
    ['an empty list of branches', withCompany('branches: []'), ['2 /branches']],
    ['a list at the top', '- a\n- b', ['1 ']],
    ['text at the top', 'hello', ['1 ']],
    ['nothing at all', '', ['1 ']],
    ['an unknown country', withCompany(oneBranch).replace('DE', 'XX'), ['1 /company/country']],
    ['a key twice', `${withCompany(oneBranch)}retention: {}\n${oneBranch}`, ['4 /branches']],
    ['a tag of its own', withCompany(`${oneBranch}retention: !mine {}`), ['3 /retention']],
    ['an alias of nothing', withCompany(`${oneBranch}retention: *mine`), ['3 /retention']],
    ['an alias of itself', withCompany(`${oneBranch}retention: &a { calls_days: *a }`), ['3 /retention/calls_days']],
    ['a second document', withCompany(`${oneBranch}---\na: 1`), ['3 ']],
    ['an unknown calendar', withCompany(`${oneBranch}calendar:\n  kind: outlook`), ['4 /calendar/kind']],
    [
      'a misspelt key in a number',
      withCompany('branches: [{ slug: a, name: A, phone_numbers: [{ numbr: 1 }] }]'),
      ['2 /branches/0/phone_numbers/0/number', '2 /branches/0/phone_numbers/0/numbr'],
    ],
    [
      'the same number in two spellings in two branches',
      withCompany(
        'branches:\n- { slug: a, name: A, phone_numbers: ["030/23125101"] }\n- { slug: b, name: B, phone_numbers: ["0049 30 231 251 01"] }',
      ),
      ['4 /branches/1/phone_numbers/0'],
    ],
  ])('finds %s', (_, yaml, expected) => {
    expect(brief(yaml)).toEqual(expected)
  })

  it('tells every broken line of broken YAML, and nothing else', () => {
    expect(brief('company: {\nbranches: [a\n  b: "\n')).toSatisfy((lines: string[]) =>
      lines.every((line) => line.endsWith(' ')),
    )
    const [problem] = problemsOf(withCompany(`${oneBranch}retell: { api_key: \${KEY} }`))
    expect(problem).toMatchObject({ line: 3, message: expect.stringContaining('Write "${NAME}".') })
  })

  it('refuses files that are too large, too deep, or made to exhaust the reader', () => {
    expect(problemsOf('#'.repeat(2 * 1024 * 1024 + 1))[0]?.message).toContain('2 MB')
    const bombs = [
      '['.repeat(100_000),
      '- '.repeat(100_000),
      '? '.repeat(100_000),
      '{a: '.repeat(50_000),
      '&a !b '.repeat(50_000),
      '%x\n'.repeat(50_000),
    ]
    const tower = Array.from({ length: 1_500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')
    const laughs = `a: &a [x]\n${Array.from({ length: 20 }, (_, at) => `b${at}: &${at} [*${at === 0 ? 'a' : at - 1}, *${at === 0 ? 'a' : at - 1}]`).join('\n')}`
    const began = performance.now()
    for (const bomb of [...bombs, tower, laughs]) expect(problemsOf(bomb).length).toBeGreaterThan(0)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('never throws, whatever text or object it is given', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.object({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true, withSparseArray: true }),
      fc.stringMatching(/^[-a:\n [\]{},&*!|>'"%@`#?]{0,60}$/),
      fc
        .array(
          fc.constantFrom(
            'company',
            'branches',
            ':',
            '\n',
            '  ',
            '- ',
            '{',
            '}',
            '[',
            ']',
            '${A}',
            '"',
            'slug',
            '1',
            ', ',
          ),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (source) => {
        for (const problem of problemsOf(source)) expect(problem.message).toMatch(/^\S[\s\S]*[.?]$/)
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws when a good file is broken in one place', () => {
    const lines = exampleCompanyYaml.split('\n')
    const broken = fc.record({
      line: fc.nat(lines.length - 1),
      at: fc.nat(200),
      cut: fc.nat(8),
      put: fc.string({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(broken, ({ line, at, cut, put }) => {
        const changed = lines.with(line, `${lines[line]?.slice(0, at)}${put}${lines[line]?.slice(at + cut)}`).join('\n')
        const read = readCompanyFile(changed, {})
        if (read.isErr()) for (const problem of read.error) expect(problem.line).toBeGreaterThan(0)
      }),
      { numRuns: 250 },
    )
  })

  it('survives objects that refer to themselves or throw when looked at', () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    const hostile = {
      get company(): never {
        throw new Error('no')
      },
    }
    for (const source of [
      circular,
      hostile,
      [],
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    ])
      expect(problemsOf(source)).toHaveLength(1)
    expect(brief(JSON.parse('{"__proto__": {"company": {}}}'))).toContain('- /__proto__')
  })
})

const secretive = withCompany(`retell: { api_key: "\${RETELL}", webhook_keys: ["\${RETELL}", wh_literal] }
calendar: { kind: calcom, api_key: "\${CAL}", webhook_secret: cal_literal }
notifications: { slack_webhook_url: "\${SLACK}" }
${oneBranch}`)

describe('references to the environment', () => {
  it('keeps the names of secrets in the settings and hands over the values apart', () => {
    const { spec, secrets } = fileOf(secretive, { RETELL: 'key_one', SLACK: '' })
    expect(spec.retell).toEqual({
      apiKey: { secretName: 'RETELL' },
      webhookKeys: [{ secretName: 'RETELL' }, { secretName: 'SONNE_RETELL_WEBHOOK_KEY_2' }],
    })
    expect(spec.calendar).toMatchObject({
      apiKey: { secretName: 'CAL' },
      webhookSecret: { secretName: 'SONNE_CALENDAR_WEBHOOK_SECRET' },
    })
    expect(secrets.map(({ name, value, line, path }) => [name, value?.use((plain) => plain), line, path])).toEqual([
      ['RETELL', 'key_one', 2, '/retell/api_key'],
      ['RETELL', 'key_one', 2, '/retell/webhook_keys/0'],
      ['CAL', undefined, 3, '/calendar/api_key'],
      ['SLACK', undefined, 4, '/notifications/slack_webhook_url'],
      ['SONNE_RETELL_WEBHOOK_KEY_2', 'wh_literal', 2, '/retell/webhook_keys/1'],
      ['SONNE_CALENDAR_WEBHOOK_SECRET', 'cal_literal', 3, '/calendar/webhook_secret'],
    ])
    expect(JSON.stringify(secrets)).not.toMatch(/key_one|literal/)
  })

  it('takes the API key for the webhook key when none is named', () => {
    const { spec } = fileOf(withCompany(`retell: { api_key: "\${KEY}" }\n${oneBranch}`))
    expect(spec.retell?.webhookKeys).toEqual([{ secretName: 'KEY' }])
  })

  it('invents a name that the file does not use for something else', () => {
    const { secrets } = fileOf(
      withCompany(`retell: { api_key: "\${SONNE_RETELL_WEBHOOK_KEY_1}", webhook_keys: [plain] }\n${oneBranch}`),
    )
    expect(secrets.map(({ name }) => name)).toEqual(['SONNE_RETELL_WEBHOOK_KEY_1', 'SONNE_RETELL_WEBHOOK_KEY_1_2'])
  })

  it('puts text, numbers and truth values where they belong, in files and in objects', () => {
    const environment = { NAME: 'Salon', HOLD: '120', BOOKING: 'false', ACTIVE: 'true', PHONE: '030 23125101' }
    const yaml =
      `company: { slug: sonne, name: "\${NAME}", time_zone: Europe/Berlin, country: DE, booking: "\${BOOKING}" }
policies: { hold_seconds: "\${HOLD}" }
branches: [{ slug: a, name: \${NAME}, phone_numbers: [{ number: "\${PHONE}", active: "\${ACTIVE}" }] }]`.replace(
        'name: ${NAME},',
        'name: "${NAME}",',
      )
    const { spec } = fileOf(yaml, environment)
    expect(spec.company).toMatchObject({ name: 'Salon', booking: false })
    expect(spec.policies.holdSeconds).toBe(120)
    expect(spec.branches[0]).toMatchObject({ name: 'Salon', phoneNumbers: [{ number: '+493023125101', active: true }] })
    const object = {
      company: { slug: 'sonne', name: '${NAME}', time_zone: 'Europe/Berlin', country: 'DE' },
      branches: [{ slug: 'a', name: 'A' }],
    }
    expect(fileOf(object, environment).spec.company.name).toBe('Salon')
  })

  it('stands for a whole value only, and two dollars stand for the text itself', () => {
    const { spec } = fileOf(withCompany('branches: [{ slug: a, name: "Am ${X}" }, { slug: b, name: "$${X}" }]'), {
      X: 'y',
    })
    expect(spec.branches.map(({ name }) => name)).toEqual(['Am ${X}', '${X}'])
  })

  it('tells a name that is not set once, with its line', () => {
    const yaml = withCompany(
      'policies:\n  hold_seconds: "${HOLD}"\nbranches:\n- slug: a\n  name: "${A NAME}"\n  phone_numbers: ["${PHONE}"]',
    )
    expect(brief(yaml, { toString: undefined })).toEqual([
      '3 /policies/hold_seconds',
      '6 /branches/0/name',
      '7 /branches/0/phone_numbers/0',
    ])
    expect(problemsOf(yaml)[0]?.message).toBe(
      'policies.hold_seconds names ${HOLD}, which is not set. Set it in the environment, or write the value.',
    )
  })

  it('finds a value that does not fit its place', () => {
    const yaml = withCompany(`policies: { hold_seconds: "\${HOLD}" }\n${oneBranch}`)
    expect(problemsOf(yaml, { HOLD: 'long' })).toMatchObject([
      { line: 2, message: 'policies.hold_seconds must be a number, without quotes.' },
    ])
    expect(problemsOf(yaml, { HOLD: '0' })).toMatchObject([
      { line: 2, message: 'policies.hold_seconds must be at least 1.' },
    ])
  })

  it('shows no secret in any problem, wherever it was put by mistake', () => {
    const places = [
      'retell: { api_key: &k SECRET, webhook_keys: SECRET, base: 1 }\nservices: [{ slug: *k, name: *k, price: *k, branches: [*k] }]',
      'retell: SECRET',
      'retell: { api_key: "${KEY}" }\npolicies: "${KEY}"\nservices: [{ slug: "${KEY}", name: A, duration_minutes: "${KEY}" }]\nstaff: [{ slug: a, name: A, branches: ["${KEY}"], services: ["${KEY}", b] }]',
      'agents: [{ slug: "${KEY}", retell_agent_id: "${KEY}" }, { slug: "${KEY}", retell_agent_id: "${KEY}" }]',
      'calendar: { kind: "${KEY}" }',
      'calendar: { kind: calcom, base_url: SECRET, api_key: SECRET }',
      'notifications: { slack_webhook_url: *SECRET }',
      'notifications: { slack_webhook_url: !SECRET x, staff_email: [SECRET] }',
      'retell: { api_key: "${SECRET and more}" }',
      'retell: { api_key: "SECRET',
      'retell: { api_key: @SECRET }',
      'retell: { api_key: [SECRET } ]',
    ]
    for (const place of places) {
      const yaml = withCompany(`${oneBranch}${place.replaceAll('SECRET', 'hush-hush-1')}`)
      const problems = problemsOf(yaml, { KEY: 'hush-hush-1' })
      expect(problems.length).toBeGreaterThan(0)
      expect(JSON.stringify(problems)).not.toContain('hush-hush-1')
    }
  })
})

describe('the schema of a company file', () => {
  it('can be told as JSON Schema', () => {
    expect(z.toJSONSchema(companyFileSchema, { io: 'input' })).toMatchObject({
      type: 'object',
      required: ['company', 'branches'],
    })
  })
})

describe('a region of public holidays', () => {
  const regionsOf = (country: string) => (country === 'DE' ? ['DE', 'DE-BB', 'DE-BE'] : [])
  const withRegion = (region: string) =>
    readCompanyFile(
      {
        company: { slug: 'sonne', name: 'Sonne', time_zone: 'Europe/Berlin', country: 'DE' },
        branches: [{ slug: 'mitte', name: 'Mitte', public_holidays: region }],
      },
      {},
      regionsOf,
    )
  const complaintsOf = (region: string) => withRegion(region)._unsafeUnwrapErr()

  it('is one that somebody knows the holidays of', () => {
    for (const region of ['DE', 'DE-BE']) expect(withRegion(region).isOk()).toBe(true)
    expect(complaintsOf('DE-XX')).toEqual([
      {
        line: undefined,
        path: '/branches/0/public_holidays',
        message:
          'public_holidays of branch mitte names the region "DE-XX", whose holidays nobody knows. There is: DE, DE-BB, DE-BE.',
      },
    ])
    expect(complaintsOf('XX').map(({ message }) => message)).toEqual([
      'public_holidays of branch mitte names the region "XX", whose holidays nobody knows. Write an ISO code such as DE or DE-BE, or leave it out and list the days under closed.',
    ])
    expect(complaintsOf('Berlin')).toHaveLength(1)
  })

  it('is complained about with its line', () => {
    const text =
      'company: { slug: s, name: S, time_zone: Europe/Berlin, country: DE }\nbranches:\n  - slug: m\n    name: M\n    public_holidays: DE-XX\n'
    expect(
      readCompanyFile(text, {}, regionsOf)
        ._unsafeUnwrapErr()
        .map(({ line }) => line),
    ).toEqual([5])
  })
})
