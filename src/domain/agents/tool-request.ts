import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { withConstants } from './sent-arguments.ts'

/** A request as Retell makes it of a custom function, `{{variables}}` and placeholders of secrets still in their places. */
export interface ToolHttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | undefined
}

const withoutBody: readonly string[] = ['GET', 'DELETE']

const texts = (value: Json | undefined): readonly (readonly [string, string])[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
    : []

/** Adds to an address, in front of a fragment, without reading it: it may hold variables. */
const withQuery = (url: string, query: readonly (readonly [string, string])[]): string => {
  if (query.length === 0) return url
  const [address = '', ...fragment] = url.split('#')
  const added = query.map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`).join('&')
  return [`${address}${address.includes('?') ? '&' : '?'}${added}`, ...fragment].join('#')
}

/** What stands for something else is filled in later. */
const encoded = (value: string): string =>
  value
    .split(/(\{\{[^{}]*\}\}|\[secret [\w.:-]+\])/)
    .map((part, at) => (at % 2 === 1 ? part : encodeURIComponent(part)))
    .join('')

/**
 * Retell's documented request: JSON of name, call and arguments, or the arguments alone where the tool says so, or as a
 * form; GET and DELETE have none (docs.retellai.com, build/single-multi-prompt/custom-function).
 */
export const toolRequest = (tool: JsonObject, args: JsonObject, call: JsonObject): ToolHttpRequest => {
  const method = typeof tool.method === 'string' ? tool.method.toUpperCase() : 'POST'
  const url = withQuery(typeof tool.url === 'string' ? tool.url : '', texts(tool.query_params))
  const headers = Object.fromEntries(texts(tool.headers).map(([name, value]) => [name.toLowerCase(), value]))
  if (withoutBody.includes(method)) return { method, url, headers, body: undefined }
  const sent = withConstants(tool, args)
  if (tool.parameter_type === 'form') {
    const form = new URLSearchParams(
      Object.entries(sent).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
    return {
      method,
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: form.toString(),
    }
  }
  const body = tool.args_at_root === true ? sent : { name: tool.name ?? '', call, args: sent }
  return { method, url, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** Variables in an address and in headers; one without a value stays as it stands, as at Retell. */
export const withVariables = (
  request: ToolHttpRequest,
  variables: { readonly [name: string]: string },
): ToolHttpRequest => {
  const fill = (text: string, write: (value: string) => string): string =>
    text.replace(/\{\{([^{}]*)\}\}/g, (whole, name: string) => {
      const key = name.trim()
      return Object.hasOwn(variables, key) ? write(variables[key] ?? '') : whole
    })
  return {
    ...request,
    url: fill(request.url, encodeURIComponent),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, fill(value, (text) => text)]),
    ),
  }
}
