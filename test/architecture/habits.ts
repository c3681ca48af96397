import ts from 'typescript'
import { parse, walk } from './imports.ts'
import type { Files } from './project-files.ts'
import { limits, mayBeLong, mayFetch, mayWriteSql } from './rules.ts'

const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** Files that are too long, one by one and all together. */
export const sizeFaults = (files: Files): readonly string[] => {
  const counted = [...files]
    .filter(([path]) => /\.tsx?$/.test(path) && !mayBeLong.test(path))
    .map(([path, text]) => ({ path, lines: lineCount(text) }))
  const longer = counted.filter(({ lines }) => lines > limits.usualLines)
  const isUsual = longer.length <= counted.length * (1 - limits.usualShare)
  return [
    ...counted
      .filter(({ lines }) => lines > limits.lines)
      .map(({ path, lines }) => `${path} has ${lines} lines; ${limits.lines} are the most`),
    ...(isUsual
      ? []
      : [
          `${longer.length} of ${counted.length} files have more than ${limits.usualLines} lines: ${longer.map(({ path }) => path).join(', ')}`,
        ]),
  ]
}

const impure = new Set([
  'Date',
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
])
const impureMembers = new Set(['Math.random', 'Temporal.Now'])

/** Is the identifier a name of its own here, and not the name of a property? */
const standsAlone = (node: ts.Identifier): boolean => {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isQualifiedName(parent)) return parent.left === node
  const isNameOf = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)
  return !isNameOf || parent.name !== node
}

const memberOf = (node: ts.Node): string | undefined =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : undefined

/** Text that is put together from parts. */
const isPutTogether = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isTemplateExpression(node) || ts.isBinaryExpression(node))

const rawSqlMembers = new Set(['sql.raw', 'sql.lit', 'sql.literal'])
const takesSqlText = new Set(['raw', 'prepare', 'exec', 'pragma', 'query'])

/** `sql.lit(1)`, for the planner has to see it, and `sql.lit(HOUR)`: nothing that anybody sent. */
const isConstantLiteral = (node: ts.Node): boolean => {
  const { parent } = node
  if (ts.isSourceFile(node) || !ts.isCallExpression(parent) || memberOf(parent.expression) !== 'sql.lit') return false
  const [argument] = parent.arguments
  if (argument === undefined) return false
  return ts.isLiteralExpression(argument) || (ts.isIdentifier(argument) && /^[A-Z][A-Z_]+$/.test(argument.text))
}

const sqlFault = (node: ts.Node): string | undefined => {
  const member = memberOf(node)
  if (isConstantLiteral(node)) return undefined
  if (member !== undefined && rawSqlMembers.has(member)) return `writes SQL with ${member}`
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'clearWhere') return 'drops the company with clearWhere'
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    return node.initializer && ts.isIdentifier(node.initializer) && node.initializer.text === 'sql'
      ? 'takes the tag for SQL apart'
      : undefined
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  return takesSqlText.has(node.expression.name.text) && isPutTogether(node.arguments[0])
    ? `puts SQL text together for ${node.expression.name.text}()`
    : undefined
}

const isErrorClass = (node: ts.ClassLikeDeclaration): boolean =>
  node.heritageClauses?.some(({ types }) => types.some(({ expression }) => /Error$/.test(expression.getText()))) ??
  false

const hasKeyword = (node: ts.Node, keyword: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(({ kind }) => kind === keyword) ?? false)

const styleFault = (path: string, node: ts.Node): string | undefined => {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'says any'
  if (ts.isNonNullExpression(node)) return 'claims with ! that something is there'
  if (ts.isExportAssignment(node) || hasKeyword(node, ts.SyntaxKind.DefaultKeyword)) return 'has a default export'
  if (ts.isExportDeclaration(node) && node.exportClause === undefined) return 'exports without naming what'
  if (ts.isClassLike(node)) {
    return /^(adapters|composition)\//.test(path) && isErrorClass(node)
      ? undefined
      : 'has a class that is no error at the edge'
  }
  return undefined
}

const purityFault = (path: string, node: ts.Node): string | undefined => {
  if (!/^(domain|application)\//.test(path)) return undefined
  if (ts.isIdentifier(node) && impure.has(node.text) && standsAlone(node)) return `uses ${node.text}`
  const member = memberOf(node)
  return member !== undefined && impureMembers.has(member) ? `uses ${member}` : undefined
}

const handlerFault = (path: string, node: ts.Node, source: ts.SourceFile): string | undefined => {
  if (!/^adapters\/(http|web)\/.*\.ts$/.test(path) || !ts.isFunctionLike(node)) return undefined
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const lines = line(node.end) - line(node.getStart()) + 1
  return lines > limits.handlerLines
    ? `has a function of ${lines} lines; ${limits.handlerLines} are the most`
    : undefined
}

const isFetch = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'fetch' && standsAlone(node)

const commentFaults = (text: string): readonly string[] => [
  ...(/@ts-(ignore|nocheck)/.test(text) ? ['silences the compiler'] : []),
  ...(/@ts-expect-error[ \t]*(\n|\*\/)/.test(text) ? ['expects an error and does not say which'] : []),
  ...(/\b(TO[D]O|FIX[M]E|XX[X])\b/.test(text) ? ['puts something off'] : []),
]

/** What is not done in src. */
export const habitFaults = (files: Files): readonly string[] =>
  [...files].flatMap(([path, text]) => {
    if (!/\.tsx?$/.test(path)) return []
    const source = parse(path, text)
    const found = new Set<string>(commentFaults(text))
    const writesSql = Object.keys(mayWriteSql).some((place) => path.startsWith(place))
    const note = (fault: string | undefined) => fault !== undefined && found.add(fault)
    if (/(^|\/)index\.ts$/.test(path) && !/^(domain\/)?index\.ts$/.test(path)) note('is an index without being a door')
    walk(source, (node) => {
      note(purityFault(path, node))
      note(styleFault(path, node))
      note(handlerFault(path, node, source))
      if (!writesSql) note(sqlFault(node))
      if (!mayFetch.test(path) && isFetch(node)) note('asks the outside world past the vendor client')
    })
    return [...found].map((fault) => `${path} ${fault}`)
  })

/** What is not done in tests. */
export const testFaults = (files: Files): readonly string[] =>
  [...files].flatMap(([path, text]) => {
    if (!/\.tsx?$/.test(path)) return []
    const found = new Set<string>(commentFaults(text))
    walk(parse(path, text), (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) found.add('says any')
      const member = memberOf(node)
      if (member === 'vi.mock' || member === 'vi.doMock') found.add(`replaces a module with ${member}`)
      if (/^(it|test|describe)\.only$/.test(member ?? '')) found.add('leaves the other tests out')
    })
    return [...found].map((fault) => `${path} ${fault}`)
  })

const machinePaths = [/(^|[\s"'`(=:])\/(work|root|home|Users)\/[\w.-]+\//m, /\bC:\\Users\\/]

/** Text that is true on one machine only. */
export const machineFaults = (files: Files): readonly string[] =>
  [...files].flatMap(([path, text]) => [
    ...(machinePaths.some((pattern) => pattern.test(text)) ? [`${path} names a path of one machine`] : []),
    ...(path.endsWith('package-lock.json') && /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/.test(text)
      ? [`${path} names another registry than npm's`]
      : []),
  ])
