/** Where Retell's custom functions reach us. */
export const functionsAddress = (publicUrl: string): string => `${publicUrl.replace(/\/+$/, '')}/functions/retell`

/** Where Retell's events reach us. */
export const eventsAddress = (publicUrl: string): string => `${publicUrl.replace(/\/+$/, '')}/webhooks/retell`

/** The host of an address, with its port if it names one. Undefined: it is no address on the web. */
export const hostOf = (url: string): string | undefined => {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@\s]+)/i.exec(url.trim())?.[1]?.toLowerCase()
  return host === undefined || host === '' ? undefined : host.replace(/:(?:80|443)$/, '')
}

export const isOurServer = (url: string, publicUrl: string): boolean => {
  const host = hostOf(url)
  return host !== undefined && host === hostOf(publicUrl)
}

/** Is it one of the addresses at which we answer tools? */
export const isOurs = (url: string, publicUrl: string): boolean => {
  const ours = withoutScheme(functionsAddress(publicUrl))
  const theirs = withoutScheme(url.trim())
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
  return (
    isOurServer(url, publicUrl) &&
    (theirs === ours || /^\/[^/]+$/.test(theirs.startsWith(ours) ? theirs.slice(ours.length) : ''))
  )
}

const withoutScheme = (url: string): string =>
  url.replace(/^https?:\/\/([^/?#]*)/i, (_, host: string) => host.toLowerCase().replace(/:(?:80|443)$/, ''))
