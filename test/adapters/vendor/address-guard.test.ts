import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ForbiddenAddress, guardedLookup, mayConnect } from '../../../src/adapters/vendor/address-guard.ts'

const isPrivate = [
  ...['127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.1.1'],
  ...['100.64.0.1', '0.0.0.0', '192.0.0.8', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
  ...['64:ff9b::10.0.0.1', '64:ff9b::c0a8:101', '2002:a00:1::', '::7f00:1', '::ffff:7f00:1'],
  ...['64:ff9b:1::7f00:1', '64:ff9b:1:0:a00:0:100::', '::ffff:0:7f00:1'],
]
const isPublic = [
  '93.184.216.34',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '2606:2800:220:1::1',
  '64:ff9b::5db8:d822',
]
const givesKeys = [
  ...['169.254.169.254', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254'],
  ...['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe'],
  ...['169.254.170.2', '169.254.170.23', '192.0.0.192', 'fd00:ec2::23', 'fd20:ce::254', '64:ff9b:1::a9fe:a9fe'],
]

describe('where a request may go', () => {
  it.each(isPrivate)('to %s only where private networks are allowed', (address) => {
    expect(mayConnect(address, 'https:', false)).toBe(false)
    expect(mayConnect(address, 'http:', false)).toBe(false)
    expect(mayConnect(address, 'http:', true)).toBe(true)
    expect(mayConnect(address, 'https:', true)).toBe(true)
  })

  it.each(isPublic)('to %s, encrypted', (address) => {
    for (const allowPrivate of [true, false]) {
      expect(mayConnect(address, 'https:', allowPrivate)).toBe(true)
      expect(mayConnect(address, 'http:', allowPrivate)).toBe(false)
    }
  })

  it.each(givesKeys)('never to %s, which gives a machine its keys', (address) => {
    for (const allowPrivate of [true, false]) {
      for (const protocol of ['http:', 'https:']) expect(mayConnect(address, protocol, allowPrivate)).toBe(false)
    }
  })

  it('nowhere without an address', () => {
    for (const text of ['', 'localhost', '2130706433', '0x7f.1', '127.1'])
      expect(mayConnect(text, 'https:', true)).toBe(false)
  })

  it('is the same for an address of IPv4, however IPv6 carries it', () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.constantFrom('::ffff:', '::ffff:0:', '64:ff9b::'),
        fc.boolean(),
        (address, prefix, allowPrivate) => {
          expect(mayConnect(`${prefix}${address}`, 'https:', allowPrivate)).toBe(
            mayConnect(address, 'https:', allowPrivate),
          )
        },
      ),
    )
  })
})

describe('a name', () => {
  const found = (addresses: readonly string[], isAll: boolean) =>
    new Promise((resolve) => {
      const lookup = guardedLookup(
        (address) => address !== '10.0.0.1',
        (_name, _options, callback) =>
          callback(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          ),
      )
      lookup('calendar.example', { all: isAll }, (fault, address) => resolve(fault ?? address))
    })

  it('leads nowhere when a single one of its addresses is forbidden, wherever that stands', async () => {
    for (const isAll of [true, false]) {
      for (const addresses of [['10.0.0.1'], ['10.0.0.1', '192.0.2.1'], ['192.0.2.1', '10.0.0.1']]) {
        expect(await found(addresses, isAll)).toBeInstanceOf(ForbiddenAddress)
      }
      expect(await found([], isAll)).toBeInstanceOf(Error)
    }
    expect(await found(['192.0.2.1', '192.0.2.2'], false)).toBe('192.0.2.1')
    expect(await found(['192.0.2.1', '192.0.2.2'], true)).toMatchObject([{ address: '192.0.2.1' }, {}])
  })
})
