import { describe, expect, it } from 'vitest'
import { filesUnder } from './project-files.ts'
import { secretFaults } from './secrets.ts'

/** Joined here, so that this file holds none of them. */
const planted: readonly (readonly [kind: string, ...parts: string[]])[] = [
  ['a private key', '-----BEGIN RSA ', 'PRIVATE KEY-----'],
  ['a key of Retell', 'RETELL_API_KEY=key_', '0123456789abcdef0123456789ab'],
  ['a key of Cal.com', 'api_key: cal_live_', '0123456789abcdef0123456789abcdef'],
  ['a key of a cloud', 'AKIA', 'ABCDEFGHIJKLMNOP'],
  ['a token of a forge', 'ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['a key or hook of Slack', 'https://hooks.slack.com/', 'services/T01234567/B01234567/abcdefghijklmnopqrstuvwx'],
  ['a signed web token', 'eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTYifQ', '.abcdefghijklmnopqrstuvwxyz'],
  ['a token of frontdesk', 'Bearer fd_', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ'],
  ['a key ring', 'ENCRYPTION_KEYS=k1:', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ='],
  ['an address with a password', 'postgres://frontdesk', ':hunter2@10.0.0.5/frontdesk'],
]

describe('I-142 what is kept in the repository', () => {
  it('opens nothing: no key, no token, no password', () => {
    // Only `.env` is a place for them, and git leaves it out.
    const files = filesUnder('', /^(?!(?:.*\/)?\.env$)(?!.*\.(?:sqlite[\w-]*|png|ico|woff2?|tsbuildinfo)$)/)
    expect(files.size).toBeGreaterThan(500)
    expect(files.get('.gitignore')).toMatch(/^\.env$/m)
    expect(secretFaults(files)).toEqual([])
  })

  it.each(planted)('would be found holding %s', (kind, ...parts) => {
    expect(secretFaults(new Map([['docs/x.md', `see ${parts.join('')} there`]]))).toEqual([`docs/x.md holds ${kind}`])
  })

  it.each([
    'retell: { api_key: key_of_praxis, webhook_keys: [key_of_praxis] }',
    'SMTP_URL=smtp://user:password@mail.example:587',
    // The placeholder is what a company file says, not a template of this test.
    'api_key: "$' + '{SONNE_CALCOM_KEY}"',
    'postgres://frontdesk:hunter2@127.0.0.1:5432/frontdesk',
    'https://api.cal.com/v2',
    '"integrity": "sha512-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvw=="',
  ])('may say %s', (text) => expect(secretFaults(new Map([['docs/x.md', text]]))).toEqual([]))
})
