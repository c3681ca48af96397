import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'

/** A request would have gone where none of ours may go. */
export class ForbiddenAddress extends Error {
  constructor() {
    super('The address is not one that may be asked.')
    this.name = 'ForbiddenAddress'
  }
}

const privateV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const privateV6: readonly (readonly [string, number])[] = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]
/** Where clouds tell a machine or a container its own keys. */
const metadataV4 = [
  ...['169.254.169.254', '169.254.170.2', '169.254.170.23'],
  ...['100.100.100.200', '168.63.129.16', '192.0.0.192'],
]
const metadataV6 = ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254']

const blockList = (
  v4: readonly (readonly [string, number])[],
  v6: readonly (readonly [string, number])[],
): BlockList => {
  const list = new BlockList()
  for (const [net, prefix] of v4) {
    list.addSubnet(net, prefix, 'ipv4')
    // The same addresses, as IPv6 carries them: translated, mapped and compatible.
    for (const wrapped of ['64:ff9b::', '64:ff9b:1::', '::ffff:', '::ffff:0:', '::'])
      list.addSubnet(`${wrapped}${net}`, 96 + prefix, 'ipv6')
  }
  for (const [net, prefix] of v6) list.addSubnet(net, prefix, 'ipv6')
  return list
}

const privateNets = blockList(privateV4, privateV6)
const metadataNets = blockList(
  metadataV4.map((net) => [net, 32] as const),
  metadataV6.map((net) => [net, 128] as const),
)

/**
 * May an address be connected to? Addresses that hand out a machine's keys never; loopback, link-local and private ones
 * only with `allowPrivate`; public ones only encrypted.
 */
export const mayConnect = (address: string, protocol: string, allowPrivate: boolean): boolean => {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || metadataNets.check(address, family)) return false
  return privateNets.check(address, family) ? allowPrivate : protocol === 'https:'
}

type Look = (
  hostname: string,
  options: LookupAllOptions,
  callback: (fault: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Looks a name up as usual, and refuses it if a single one of its addresses is forbidden: it could be the next one asked. */
export const guardedLookup =
  (isAllowed: (address: string) => boolean, look: Look = lookup): LookupFunction =>
  (hostname, options, callback) => {
    look(hostname, { ...options, all: true }, (fault, addresses) => {
      const [first] = addresses ?? []
      if (fault || !first) return callback(fault ?? new Error('The name has no address.'), [])
      if (!addresses.every(({ address }) => isAllowed(address))) return callback(new ForbiddenAddress(), [])
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }

/** Opens connections to allowed addresses only. What a name means is looked at where the connection is made, not before. */
export const guardedConnector = (allowPrivate: boolean, timeout: number): buildConnector.connector => {
  const connectorOf = (protocol: string) =>
    buildConnector({ timeout, lookup: guardedLookup((address) => mayConnect(address, protocol, allowPrivate)) })
  const connectors = { plain: connectorOf('http:'), secure: connectorOf('https:') }
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !mayConnect(host, options.protocol, allowPrivate)) {
      return callback(new ForbiddenAddress(), null)
    }
    return (options.protocol === 'https:' ? connectors.secure : connectors.plain)(options, callback)
  }
}
