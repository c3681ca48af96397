import { posix } from 'node:path'
import ts from 'typescript'
import type { Files } from './project-files.ts'

export interface Import {
  readonly from: string
  /** What stands between the quotes. */
  readonly specifier: string
  /** A path of the same files, for what begins with a dot. */
  readonly target: string | undefined
  /** Package name without a path in it, or `node:…`. */
  readonly package: string | undefined
}

const parsed = new Map<string, ts.SourceFile>()

/** Parses each text once, for every rule looks at every file. */
export const parse = (path: string, text: string): ts.SourceFile => {
  const key = `${path}\n${text}`
  const known = parsed.get(key) ?? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  parsed.set(key, known)
  return known
}

/** Calls `visit` for a node and everything in it. */
export const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

const specifierOf = (node: ts.Node): ts.Node | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node
  if (ts.isExternalModuleReference(node)) return node.expression
  if (!ts.isCallExpression(node)) return undefined
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require'
  return isImport || isRequire ? (node.arguments[0] ?? node) : undefined
}

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')

/** Everything a file imports: types, re-exports, `import()` and `require()` included. */
export const importsOf = (path: string, text: string): readonly Import[] => {
  const found: Import[] = []
  walk(parse(path, text), (node) => {
    const named = specifierOf(node)
    if (!named) return
    const specifier = ts.isStringLiteralLike(named) ? named.text : '(computed)'
    const isRelative = specifier.startsWith('.')
    found.push({
      from: path,
      specifier,
      target: isRelative ? posix.join(posix.dirname(path), specifier) : undefined,
      package: isRelative ? undefined : packageOf(specifier),
    })
  })
  return found
}

export const allImports = (files: Files): readonly Import[] =>
  [...files].flatMap(([path, text]) => (/\.tsx?$/.test(path) ? importsOf(path, text) : []))

/** Groups of files that import each other in a circle, each group sorted. */
export const circles = (imports: readonly Import[]): readonly (readonly string[])[] => {
  const next = new Map<string, Set<string>>()
  for (const { from, target } of imports) {
    if (target !== undefined) next.set(from, (next.get(from) ?? new Set()).add(target))
  }
  const reach = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    const open = [start]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const target of next.get(path) ?? []) {
        if (!seen.has(target)) open.push(target)
        seen.add(target)
      }
    }
    return seen
  }
  const reached = new Map([...next.keys()].map((path) => [path, reach(path)] as const))
  const groups = [...reached]
    .filter(([path, targets]) => targets.has(path))
    .map(([path, targets]) => [...targets].filter((other) => reached.get(other)?.has(path)).toSorted())
  return [...new Map(groups.map((group) => [group.join(' '), group])).values()]
}
