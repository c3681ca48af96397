/** The words of a name in any of the usual spellings: `calApiKey`, `cal_api_key` and `Cal-API-Key` are the same. */
const wordsOf = (name: string): readonly string[] =>
  name
    .slice(0, 200)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')

const listOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

const saysSecret = listOf(`password passwd passwort kennwort passphrase pwd secret secrets token tokens credential
  credentials authorization apikey apikeys accesskey privatekey secretkey authkey authtoken accesstoken bearer jwt`)
/** What a name ends with that speaks about a secret and is none, such as `token_url`. */
const speaksAbout = listOf(`url uri endpoint type name names id ids count limit length usage ms seconds expiry expires
  format mode description prompt message field path header prefix budget model variable variables in hint`)
/** Keys that open nothing, such as `termination_key`. */
const opensNothing = listOf(`termination pagination sort primary foreign public partition idempotency press dtmf
  routing group cache object answer hot dedup deduplication translation lookup index`)

const isKey = (words: readonly string[]): boolean => {
  const [before, last] = [words.at(-2), words.at(-1)]
  return (last === 'key' || last === 'keys') && before !== undefined && !opensNothing.has(before)
}

/** Does a field of this name hold a secret? */
export const namesSecret = (name: string): boolean => {
  const words = wordsOf(name)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (speaksAbout.has(last) || /^(?:max|min|num)$/.test(first)) return false
  return words.some((word) => saysSecret.has(word)) || last === 'auth' || isKey(words)
}

const inQueries = listOf('key sig signature hmac pass pw pin auth')

/** Does a parameter of an address hold a secret? There even a bare `key` does. */
export const parameterNamesSecret = (name: string): boolean =>
  namesSecret(name) || inQueries.has(wordsOf(name).at(-1) ?? '')

const harmlessHeaders = listOf(`accept accept-charset accept-encoding accept-language cache-control connection
  content-encoding content-language content-length content-type date expect host prefer user-agent x-request-id`)

/** May everybody read what a header of this name says? */
export const isHarmlessHeader = (name: string): boolean => harmlessHeaders.has(name.trim().toLowerCase())
