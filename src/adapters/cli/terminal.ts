import Table from 'cli-table3'
import type { Change } from '../../application/companies/plan-company.ts'

/** What commands print. Colour only on a terminal, and never as the only sign. */
const isTerminal = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
const paint = (code: number) => (text: string) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint(1)
export const faint = paint(2)
export const green = paint(32)
export const red = paint(31)
export const blue = paint(34)
export const amber = paint(33)

/** The one JSON document of `--json`. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}
export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}
/** Progress and faults: never on stdout, which belongs to results. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** How far long work has come, for somebody who watches it; in a pipe nobody does. */
export const progress = (line: string): void => {
  if (process.stderr.isTTY === true) note(line)
}

/** Text of others may hold control characters that a terminal would obey. */
export const inert = (text: string): string =>
  text.replace(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : '\uFFFD'))

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const made = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  })
  for (const row of rows) made.push(row.map(inert))
  return made.toString()
}

const signs = { create: green('+'), change: amber('~'), retire: red('-') } as const

export const planLines = (changes: readonly Change[]): readonly string[] =>
  changes.length === 0
    ? ['Nothing to change.']
    : changes.map(({ action, kind, slug, fields }) => {
        const which = fields.length > 0 && action === 'change' ? faint(`  ${fields.join(', ')}`) : ''
        return `${signs[action]} ${action} ${kind} ${bold(slug)}${which}`
      })

/** What of a call is shown. */
type Happening =
  | { readonly kind: 'rings'; readonly status: number }
  | { readonly kind: 'event'; readonly event: string; readonly status: number; readonly ms: number }
  | { readonly kind: 'said'; readonly by: 'agent' | 'user'; readonly text: string }
  | {
      readonly kind: 'tool'
      readonly name: string
      readonly args: { readonly [name: string]: unknown }
      readonly answer: { readonly [field: string]: unknown }
      readonly status: number
      readonly ms: number
    }

/** A simulated call as a conversation. */
export const happeningLines = (happening: Happening): readonly string[] => {
  switch (happening.kind) {
    case 'rings':
      return [`${blue('☎')}  ${bold('rings')} ${faint(`call_inbound → ${happening.status}`)}`]
    case 'event':
      return [`${faint('·')}  ${happening.event} ${faint(`→ ${happening.status} in ${happening.ms} ms`)}`]
    case 'said':
      return [`${happening.by === 'agent' ? green('▸ Agent ') : blue('▹ Caller')}  ${inert(happening.text)}`]
    case 'tool': {
      const args = Object.entries(happening.args)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ')
      const status = String(happening.answer.status ?? happening.status)
      return [
        `   ${amber('⚙')} ${bold(happening.name)}(${inert(args)}) ${faint('→')} ${bold(status)} ${faint(`${happening.ms} ms`)}`,
      ]
    }
  }
}
