/** Is this the address of a web server, without a password in it? */
export const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:\/\/[^@\s]+$/.test(text)

/** The address in one spelling, whatever the case of its host and the slashes at its end, to compare it by. Throws where it is none. */
export const oneSpelling = (address: string): string => new URL(address).href.replace(/\/+$/, '')

const privateNames = /^(localhost|[^.:]+)$|\.(localhost|local|internal|lan|home|corp|intranet|home\.arpa)$/i
const privateNumbers =
  /^(0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/
const privateSixes = /^\[(::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)\]$/i

/**
 * Does the address say by itself that nobody outside of this machine or network can reach it? A name that only looks
 * public is taken for one.
 */
export const isPrivateAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return true
  const { hostname } = new URL(text)
  return privateNames.test(hostname) || privateNumbers.test(hostname) || privateSixes.test(hostname)
}
