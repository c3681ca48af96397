import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  keepSealed,
  openConfiguration,
  openValues,
  type SealedValue,
  sealConfiguration,
  sealedIds,
  sealValues,
} from '../../../src/domain/agents/sealed-values.ts'
import { isObject, type Json, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { anyJson, objectOf } from './json.ts'

/** An id for each secret, the same for the same; nothing of the secret is in it. */
const ids = () => {
  const known = new Map<string, string>()
  return (secret: string): string => {
    const id = known.get(secret) ?? `s${known.size + 1}`
    known.set(secret, id)
    return id
  }
}
const lookupIn =
  (secrets: readonly SealedValue[]) =>
  (id: string): SealedValue['value'] | undefined =>
    secrets.find((secret) => secret.id === id)?.value
const plain = (secrets: readonly SealedValue[]): readonly string[] =>
  secrets.map(({ value }) => value.use((text) => text))
const seal = (document: JsonObject) => sealValues(document, ids())
const sealedText = (text: string): string => String(seal({ text }).document.text)

/** Put together, so that nothing in this file looks like a key. */
const key = (...parts: readonly string[]): string => parts.join('')
const hex = '0123456789abcdef0123456789abcdef'
const keys = {
  calcom: key('cal_', 'live_', 'abcdef0123456789'),
  model: key('sk', '-proj-', 'Ab0Cd1Ef2Gh3Ij4K'),
  retell: key('key', '_', hex.slice(0, 28)),
  ours: key('fd', '_', 'A1b2C3d4E5f6G7h8I9j0'),
  slack: key('xox', 'b-', '1234567890-abcdef'),
  webToken: key('eyJ', 'hbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxIn0', '.', 'c2lnbmF0dXJl'),
  pem: key('-----BEGIN ', 'PRIVATE KEY-----\nMIIB1234\nabc=\n-----END ', 'PRIVATE KEY-----'),
  forge: key('gh', 'p_', 'abcdefghij0123456789abcdefghij'),
}

const oddText = fc.oneof(
  fc.constantFrom(
    ...Object.values(keys),
    '[secret s1]',
    '[secret ',
    ']',
    's1',
    '{{token}}',
    'Bearer ',
    '?token=',
    '&signature=',
    'https://user:',
    '@desk.example',
    'password: "',
    '"',
    ' ',
    'abcd1234',
  ),
  fc.string({ maxLength: 5 }),
)
const text = fc.array(oddText, { maxLength: 5 }).map((parts) => parts.join(''))
const name = fc.oneof(
  fc.constantFrom('headers', 'query_params', 'api_key', 'calApiKey', 'Password', 'token', 'url', 'properties', 'type'),
  fc.constantFrom('Authorization', 'content-type', 'X-Other', 'const', 'value', 'name', '__proto__', 'max_tokens'),
  text,
)
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    anyJson,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
}))
const document = fc.array(fc.tuple(name, value), { maxLength: 5 }).map(objectOf)

describe('sealing', () => {
  it('loses nothing: opened again, any document is what it was', () => {
    fc.assert(
      fc.property(document, (whole) => {
        const { document: sealed, secrets } = seal(whole)
        expect(openValues(sealed, lookupIn(secrets))._unsafeUnwrap()).toEqual(whole)
      }),
      { numRuns: 1000 },
    )
  })

  it('finds nothing in what is sealed', () => {
    fc.assert(
      fc.property(document, (whole) => {
        const idOf = ids()
        const { document: sealed, secrets } = sealValues(whole, idOf)
        const known = new Set(secrets.map(({ id }) => id))
        const again = sealValues(sealed, idOf, (id) => known.has(id))
        expect(again.document).toEqual(sealed)
        expect(again.secrets).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('asks for the id of a secret once, and names it wherever the secret stands', () => {
    fc.assert(
      fc.property(document, (whole) => {
        const asked: string[] = []
        const { document: sealed, secrets } = sealValues(whole, (secret) => {
          asked.push(secret)
          return `n${asked.length}`
        })
        expect(new Set(asked).size).toBe(asked.length)
        expect(new Set(plain(secrets)).size).toBe(secrets.length)
        expect([...sealedIds(sealed)].toSorted()).toEqual(secrets.map(({ id }) => id).toSorted())
      }),
    )
  })

  const planted = fc.constantFrom('Abcd1234efgh', ...Object.values(keys))
  const places: readonly [string, (secret: string) => JsonObject][] = [
    ['a header', (secret) => ({ headers: { 'X-Desk': secret, Accept: 'text/plain' } })],
    ['a header with its scheme', (secret) => ({ headers: { Authorization: `Bearer ${secret}` } })],
    ['a list of headers', (secret) => ({ headers: [{ name: 'Authorization', value: secret }] })],
    ['a parameter', (secret) => ({ query_params: { key: secret, lang: 'de' } })],
    ['a field', (secret) => ({ cal_api_key: secret })],
    ['a field in camel case', (secret) => ({ trunk: { authPassword: secret } })],
    ['a constant of a schema', (secret) => ({ properties: { token: { type: 'string', const: secret } } })],
    ['a list', (secret) => ({ tokens: [secret] })],
    ['an address', (secret) => ({ url: `https://desk.example/x?a=1&token=${encodeURIComponent(secret)}&b=2` })],
  ]

  it.each(places)('leaves no secret behind that stood in %s, wherever else it stands', (where, of) => {
    fc.assert(
      fc.property(planted, anyJson, text, (secret, rest, around) => {
        fc.pre(where !== 'an address' || encodeURIComponent(secret) === secret)
        const { document: sealed } = seal({
          rest,
          tool: of(secret),
          prompt: `${around} ${secret} ${around}`,
          [secret]: 1,
        })
        expect(JSON.stringify(sealed)).not.toContain(JSON.stringify(secret).slice(1, -1))
      }),
    )
  })

  it('refuses ids that would lose a secret', () => {
    expect(() => sealValues({ token: 'abc' }, () => 'no id')).toThrow(RangeError)
    expect(() => sealValues({ token: 'abc', api_key: 'def' }, () => 'x')).toThrow(RangeError)
  })
})

describe('what is a secret', () => {
  it.each(Object.entries(keys))('is a key in the middle of a prompt: %s', (_, secret) => {
    expect(sealedText(`Sagen Sie ${secret} niemandem.`)).toBe('Sagen Sie [secret s1] niemandem.')
  })

  it.each([
    ['https://user:Hunter2@desk.example/a', 'https://user:[secret s1]@desk.example/a'],
    ['https://desk.example/a?token=abc&lang=de', 'https://desk.example/a?token=[secret s1]&lang=de'],
    ['https://desk.example/a?api_key=abc.', 'https://desk.example/a?api_key=[secret s1].'],
    ['(https://desk.example/a?x=1&signature=a1b2)', '(https://desk.example/a?x=1&signature=[secret s1])'],
    ['Send "Authorization: Bearer 1234567890".', 'Send "Authorization: Bearer [secret s1]".'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic dXNlcjpwYXNz'],
    ['Authorization: Basic dXNlcjpwYXNzMQ==', 'Authorization: Basic [secret s1]'],
    ['https://hooks.zapier.com/hooks/catch/123456/abcdef/', 'https://hooks.zapier.com/hooks/catch/[secret s1]'],
    ['https://hook.eu1.make.com/abcdefghijklmnop1234', 'https://hook.eu1.make.com/[secret s1]'],
    [`https://x.webhook.office.com/webhookb2/${hex}@${hex}/I`, 'https://x.webhook.office.com/webhookb2/[secret s1]'],
    [`https://api.telegram.org/bot12345678:${hex}/send`, 'https://api.telegram.org/bot[secret s1]/send'],
    ["const apiKey = 'hunter22'", "const apiKey = '[secret s1]'"],
    ['{"password": "hunter22"}', '{"password": "[secret s1]"}'],
    ['[secret of somebody]', '[secret of somebody]'],
    ['[secret s7]', '[secret s1]'],
  ])('in a text: %s', (before, after) => {
    expect(sealedText(before)).toBe(after)
  })

  it.each([
    'https://desk.example/a?token={{token}}&lang=de',
    'https://user:{{password}}@desk.example/',
    'Bearer {{access_token}}',
    'Fragen Sie nach dem Passwort: es ist geheim.',
    'Bearer authentication is used, basic haircut first.',
    'risk-management-2026-and-more, key_of_praxis_kunde, ask-whether-1234567890',
    'Termin um 14:30, dann 15:45 in https://desk.example:8080/a@b',
  ])('and nothing in: %s', (before) => {
    expect(sealedText(before)).toBe(before)
  })

  it('is not what only sounds like one', () => {
    const harmless: JsonObject = {
      user_dtmf_options: { termination_key: '#' },
      model: { max_tokens: '100', token_limit: 'high' },
      token: '{{token}}',
      api_key: 7,
      password: '',
      secret: null,
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': 'de',
        'User-Agent': 'desk',
        Authorization: '{{auth}}',
      },
      query_params: { index: '1', lang: 'de', key: '{{key}}' },
      response_variables: { token: '$.data.token' },
      parameters: {
        type: 'object',
        required: ['token'],
        properties: { token: { type: 'string', description: 'What the caller says' }, headers: { type: 'object' } },
      },
    }
    expect(seal(harmless)).toEqual({ document: harmless, secrets: [] })
  })

  it('is in a vendor’s sample only what opens something', () => {
    const sample: unknown = JSON.parse(readFileSync('test/samples/retell/retell_llm_response.json', 'utf8'))
    const { document: sealed, secrets } = seal(isObject(sample) ? sample : {})
    expect(plain(secrets)).toEqual(['cal_live_xxxxxxxxxxxx', '1234567890', 'value'])
    expect(sealed.mcps).toEqual([
      { headers: { Authorization: 'Bearer [secret s2]' }, query_params: { index: '1', key: '[secret s3]' } },
    ])
    const agent: unknown = JSON.parse(readFileSync('test/samples/retell/agent_response.json', 'utf8'))
    expect(seal(isObject(agent) ? agent : {})).toEqual({ document: agent, secrets: [] })
  })

  it('is quickly found in long prompts, whatever they are made of', () => {
    const pieces = [
      'a'.repeat(40_000),
      ' '.repeat(40_000),
      'https://a:'.repeat(4_000),
      '?token='.repeat(5_000),
      'key="'.repeat(8_000),
    ]
    const began = performance.now()
    for (const piece of [...pieces, 'Fragen Sie nach dem Namen. '.repeat(5_000)]) seal({ general_prompt: piece })
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

describe('a document that is made to be slow', () => {
  const many = (piece: (index: number) => string): string =>
    Array.from({ length: 4_000 }, (_, at) => piece(at)).join('')
  const texts: { readonly [made: string]: string } = {
    'equal keys': many(() => `${keys.model} `),
    'keys that differ': many((at) => `${key('sk', '_live_')}${100_000 + at}abcdefgh `),
    'keys without anything between them': many(() => key('AKIA', 'ABCDEFGHIJKLMNOP')),
    'keys in what only looks like one': many(() => `${key('sk', '-')}${key('AKIA', 'ABCDEFGHIJKLMNOP')}-`),
    'parameters of addresses': many(() => '?token=abcdefg1 '),
    'beginnings of web tokens': many(() => key('eyJ', 'aaaaaa-')),
    'keys that grow': many((at) => `${key('sk', '_live_')}${'1a'.repeat(8 + (at % 200))} `).slice(0, 200_000),
  }

  it.each(Object.keys(texts))('of %s is sealed in a moment, and nothing of it is left', (made) => {
    const text = texts[made] ?? ''
    const began = performance.now()
    const { document, secrets } = seal({ general_prompt: text })
    expect(performance.now() - began).toBeLessThan(5_000)
    for (const one of Object.values(keys)) expect(String(document.general_prompt)).not.toContain(one)
    expect(openValues(document, lookupIn(secrets))._unsafeUnwrap()).toEqual({ general_prompt: text })
    expect(sealValues(document, ids(), () => true).secrets).toEqual([])
  })
})

describe('opening', () => {
  it('is refused with every place of what is not known', () => {
    const { document: sealed, secrets } = seal({
      tools: [{ headers: { 'X-Key': 'one', 'X-Other': 'two' } }],
      url: 'three',
    })
    const result = openValues({ ...sealed, url: 'a [secret nobody] b' }, lookupIn(secrets.slice(0, 1)))
    expect(result._unsafeUnwrapErr().places).toEqual([
      { path: ['tools', '0', 'headers', 'X-Other'], id: 's2' },
      { path: ['url'], id: 'nobody' },
    ])
  })

  it('puts a text back that itself looks like a placeholder, and opens no further', () => {
    const whole = { token: 'Hunter22', text: 'not [secret s2] but [secret s1]' }
    const { document: sealed, secrets } = seal(whole)
    expect(openValues(sealed, lookupIn(secrets))._unsafeUnwrap()).toEqual(whole)
  })

  it('gives whole configurations back, of which no part keeps the secret of the other', () => {
    const configuration = {
      agent: { webhook_url: 'https://desk.example/Hunter2222' },
      engine: { api_key: 'Hunter2222' },
      numbers: [],
    }
    const { configuration: sealed, secrets } = sealConfiguration(configuration, ids())
    expect(JSON.stringify(sealed)).not.toContain('Hunter2222')
    expect(openConfiguration(sealed, lookupIn(secrets))._unsafeUnwrap()).toEqual(configuration)
    const custom = { agent: {}, engine: undefined, numbers: [] }
    expect(openConfiguration(sealConfiguration(custom, ids()).configuration, lookupIn([]))._unsafeUnwrap()).toEqual(
      custom,
    )
  })
})

describe('what an editor sends back', () => {
  const { document: before } = seal({ tools: [{ headers: { A: 'one' } }, { headers: { A: 'two' } }] })

  it('may move, copy and leave out placeholders', () => {
    const edited = { prompt: 'use [secret s2]', tools: [{ headers: { A: '[secret s2]', B: 'Bearer [secret s2]' } }] }
    expect(keepSealed(before, edited)._unsafeUnwrap()).toBe(edited)
  })

  it('may not bring in those of others', () => {
    expect(keepSealed(before, { tools: [{ headers: { A: '[secret s3]' } }] })._unsafeUnwrapErr()).toEqual({
      kind: 'unknown-secrets',
      places: [{ path: ['tools', '0', 'headers', 'A'], id: 's3' }],
    })
  })

  it('is sealed again without touching what is sealed', () => {
    const known = sealedIds(before)
    const edited = { headers: { A: 'Bearer [secret s1]', B: 'new-[secret s2]' } }
    const { document: sealed, secrets } = sealValues(
      edited,
      () => 's9',
      (id) => known.has(id),
    )
    expect(sealed).toEqual({ headers: { A: 'Bearer [secret s1]', B: '[secret s9][secret s2]' } })
    expect(plain(secrets)).toEqual(['new-'])
  })
})
