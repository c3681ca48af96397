import { err, ok, type Result } from 'neverthrow'
import { CST, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import { type CompanyFileProblem, type Finding, type Path, pointer } from './problem.ts'
import { reference } from './references.ts'
import { deepest, lineBook, mostValues, newMapping, type Source, tooDeepMessage } from './source.ts'

/** Reads YAML 1.2 (core schema). The error holds broken syntax, all of it; nothing else about such a file can be known. */
export const readYaml = (text: string): Result<Source, readonly CompanyFileProblem[]> => {
  const refused = refusal(text)
  if (refused) return err([{ line: refused.line, path: '', message: refused.message }])
  const counter = new LineCounter()
  const written = text.trimEnd().split('\n')
  const lineAt = (offset: number): number => Math.min(counter.linePos(Math.max(offset, 0)).line, written.length)
  const options = { lineCounter: counter, schema: 'core', prettyErrors: false, uniqueKeys: false } as const
  try {
    const document = parseDocument(text, options)
    const broken = new Map<number, CompanyFileProblem>()
    for (const { code, pos } of document.errors) {
      const line = lineAt(pos[0])
      if (!broken.has(line)) broken.set(line, { line, path: '', message: syntaxMessage(code, written[line - 1] ?? '') })
    }
    return broken.size > 0 ? err([...broken.values()]) : ok(walk(document.contents, lineAt))
  } catch {
    return err([
      { line: 1, path: '', message: 'The file cannot be read as YAML. Look for brackets that are never closed.' },
    ])
  }
}

const mostMarks = 1_000
const mostTokens = 1_500_000
const mostIndent = 200
const indicators = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])

/** The parser recurses and compares; documents that would exhaust it are refused on their tokens, before it sees them. */
const refusal = (text: string): { readonly line: number; readonly message: string } | undefined => {
  let [line, flow, compact, marks, tokens] = [1, 0, 0, 0, 0]
  let startsLine = true
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    tokens += 1
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow += 1
    if (type === 'flow-map-end' || type === 'flow-seq-end') {
      if (flow === 0) marks += 1
      flow = Math.max(0, flow - 1)
    }
    if (type && indicators.has(type)) compact += 1
    else if (type !== 'space') compact = 0
    if (type === 'anchor' || type === 'tag' || type === 'alias' || type === 'directive-line') marks += 1
    const indent = startsLine && type === 'space' ? token.length : 0
    if (flow > deepest || compact > deepest || indent > mostIndent) return { line, message: tooDeepMessage }
    if (marks > mostMarks || tokens > mostTokens)
      return {
        line,
        message: 'The file holds more marks, aliases or stray brackets than a company file can need. Shorten it.',
      }
    startsLine = type === 'newline'
    line += token.split('\n').length - 1
  }
  return undefined
}

const syntaxMessage = (code: string, line: string): string => {
  if (/(?<!["'])\$\{/.test(line) && /[[{]/.test(line.replaceAll('${', '')))
    return `The line holds ${reference('NAME')} without quotes, which YAML reads as a bracket. Write "${reference('NAME')}".`
  return `The line ${syntax[code] ?? 'is no valid YAML. Look for a missing quote, colon, comma or bracket here or just above.'}`
}

const syntax: { readonly [code: string]: string } = {
  BAD_DQ_ESCAPE: 'has an unknown escape in double quotes. Write \\\\ for a backslash, or use single quotes.',
  BAD_INDENT: 'is indented wrongly, or a bracket above it is not closed. Align it with its neighbours.',
  BAD_SCALAR_START: 'begins a text with a reserved character (@ ` % or the like). Put the text in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'has two keys in one line. Break the line, or put text with a colon in quotes.',
  MISSING_CHAR: 'misses a quote, colon, comma or bracket, here or just above.',
  MULTILINE_IMPLICIT_KEY: 'misses a colon after its key, here or just above.',
  MULTIPLE_DOCS: 'begins a second document. Write one company a file.',
  TAB_AS_INDENT: 'is indented with a tab. Use spaces.',
}

const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
)
const mostAliases = 100

/** Our own way through the tree: it counts aliases, sees repeated keys, and knows every line. */
const walk = (contents: unknown, lineAt: (offset: number) => number): Source => {
  const findings: Finding[] = []
  const lines = new Map<string, number>()
  const written = new Map<string, string>()
  const anchors = new Map<string, Node>()
  const open = new Set<unknown>()
  let aliases = 0
  let values = 0

  const complain = (path: Path, complaint: string): undefined => {
    findings.push({ path, complaint })
  }

  const follow = (name: string, path: Path, line: number): unknown => {
    const target = anchors.get(name)
    aliases += 1
    if (!target)
      return complain(
        path,
        'is an alias of nothing: no such anchor stands before it. Write the value, in quotes if it begins with *.',
      )
    if (open.has(target)) return complain(path, 'is an alias of something around it. Write the value.')
    if (aliases > mostAliases) return complain(path, `is one alias too many (${mostAliases} at most). Write the value.`)
    return read(target, path, line)
  }

  const readMap = (map: YAMLMap, path: Path, fixed: number | undefined): unknown => {
    const mapping = newMapping()
    const seen = new Map<string, number | undefined>()
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined
      const line = fixed ?? (isScalar(key) && key.range ? lineAt(key.range[0]) : undefined)
      if (name === undefined || name === '__proto__') {
        complain(path, 'has a key that is no plain word. Write "key: value".')
        continue
      }
      const inside = [...path, name]
      if (seen.has(name)) {
        findings.push({
          path: inside,
          complaint: `stands here twice, first in line ${seen.get(name)}. Keep one.`,
          line,
        })
        continue
      }
      seen.set(name, line)
      if (line !== undefined) lines.set(pointer(inside), line)
      const content = read(value, inside, fixed)
      if (content !== undefined) mapping[name] = content
    }
    return mapping
  }

  const read = (node: unknown, path: Path, fixed: number | undefined): unknown => {
    values += 1
    if (values > mostValues || path.length > deepest)
      return values > mostValues + 1 ? undefined : complain([], 'holds too many values or nests too deep. Shorten it.')
    if (isAlias(node)) return follow(node.source, path, fixed ?? lineAt(node.range?.[0] ?? 0))
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return undefined
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (node.tag !== undefined && !coreTags.has(node.tag))
      return complain(path, 'has a YAML tag of its own. Remove the word with the "!".')
    if (isScalar(node)) {
      if (typeof node.value === 'number' && node.source !== undefined) written.set(pointer(path), node.source)
      return node.value
    }
    open.add(node)
    const value = isMap(node)
      ? readMap(node, path, fixed)
      : node.items.map((item, at) => readItem(item, [...path, at], fixed))
    open.delete(node)
    return value
  }

  const readItem = (item: unknown, path: Path, fixed: number | undefined): unknown => {
    const start =
      (isScalar(item) || isMap(item) || isSeq(item) || isAlias(item)) && item.range ? lineAt(item.range[0]) : undefined
    const line = fixed ?? start
    if (line !== undefined) lines.set(pointer(path), line)
    return read(item, path, fixed)
  }

  const value = read(contents, [], undefined)
  if (!lines.has('')) lines.set('', 1)
  return { value, lineOf: lineBook(lines), writtenAt: (path) => written.get(pointer(path)), findings }
}
