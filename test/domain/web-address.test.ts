import { describe, expect, it } from 'vitest'
import { isPrivateAddress, isWebAddress, oneSpelling } from '../../src/domain/web-address.ts'

describe('a web address', () => {
  it.each(['https://api.cal.com/v2', 'http://127.0.0.1:5555/api/v2'])('is %s', (text) => {
    expect(isWebAddress(text)).toBe(true)
  })
  it.each(['', 'api.cal.com', 'ftp://cal.example', 'https://max:secret@cal.example', 'https://a b', 'javascript:1'])(
    'is not %s',
    (text) => {
      expect(isWebAddress(text)).toBe(false)
    },
  )

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://10.1.2.3',
    'https://192.168.0.5/x',
    'https://172.31.0.1',
    'https://100.64.0.1',
    'https://[::1]:3000',
    'https://[fd00::1]',
    'https://desk',
    'https://desk.local',
    'https://desk.home.arpa',
    'nonsense',
  ])('is reached from nowhere else: %s', (text) => {
    expect(isPrivateAddress(text)).toBe(true)
  })
  it.each([
    'https://desk.example',
    'https://172.32.0.1',
    'https://203.0.113.5',
    'https://[2001:db8::1]',
    'https://local.example',
    'https://100.128.0.1',
  ])('is reached from elsewhere: %s', (text) => {
    expect(isPrivateAddress(text)).toBe(false)
  })
})

it('has one spelling for all that lead to the same', () => {
  const spellings = ['https://cal.example/v2', 'HTTPS://Cal.Example/v2/', 'https://cal.example:443/v2//']
  expect(new Set(spellings.map(oneSpelling))).toEqual(new Set(['https://cal.example/v2']))
  expect(oneSpelling('https://cal.example/V2')).not.toBe('https://cal.example/v2')
})
