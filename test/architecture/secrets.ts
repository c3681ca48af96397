import type { Files } from './project-files.ts'

/** How keys look that open something; a word of the fixtures such as `key_of_praxis` does not. */
const kinds: { readonly [kind: string]: RegExp } = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  'a key of Retell': /\bkey_[0-9a-f]{20,}\b/,
  'a key of Cal.com': /\bcal_(?:live_|test_)?[0-9a-f]{24,}\b/,
  'a key of Stripe or of a language model': /\b(?:sk|rk|pk)[-_](?:live|test|proj|ant)[-_][\w-]{16,}/,
  'a key of a cloud': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b/,
  'a token of a forge': /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{30,})\b/,
  'a key or hook of Slack':
    /\bxox[abeprs]-[\w-]{10,}|hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/\w{16,}/,
  'a signed web token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/,
  'a token of frontdesk': /\bfd_[A-Za-z0-9_-]{32,}/,
  'a key ring': /\b\w{1,20}:[A-Za-z0-9+/]{43}=/,
}
/** A password in an address, unless it is plainly none or the address is nobody's. */
const inAddress = /\b[a-z][a-z+]*:\/\/[^\s:/@'"`<>$]+:([^\s:/@'"`<>${}]+)@([^\s'"`/:]+)/gi
const plainlyNone = /^(?:password|secret|pass|pw|x+|\*+|\.+)$/i
const nobodys = /^(?:127\.\d+\.\d+\.\d+|localhost|(?:.+\.)?(?:example|invalid|test))$/i

/** Places where something stands that looks as if it opened a door. */
export const secretFaults = (files: Files): readonly string[] =>
  [...files].flatMap(([path, text]) => [
    ...Object.entries(kinds).flatMap(([kind, pattern]) => (pattern.test(text) ? [`${path} holds ${kind}`] : [])),
    ...[...text.matchAll(inAddress)].flatMap(([, password = '', host = '']) =>
      plainlyNone.test(password) || nobodys.test(host) ? [] : [`${path} holds an address with a password`],
    ),
  ])
