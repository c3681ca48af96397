import ts from 'typescript'
import { parse } from './imports.ts'
import type { Files } from './project-files.ts'

export interface Glossary {
  readonly terms: readonly string[]
  /** What we do not say, and the term that we say instead. */
  readonly banned: ReadonlyMap<string, string>
}

/** Reads the tables: a term in bold, a sentence, what it is not called. */
export const readGlossary = (text: string): Glossary => {
  const rows = [...text.matchAll(/^\| \*\*(.+?)\*\* \| (.*?) \| ?(.*?) ?\|$/gm)]
  return {
    terms: rows.map(([, term = '']) => term),
    banned: new Map(
      rows.flatMap(([, term = '', , not = '']) =>
        not
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word !== '')
          .map((word) => [word, term] as const),
      ),
    ),
  }
}

const wordsOf = (name: string): readonly string[] =>
  [...name.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g)].map(([word]) => word.toLowerCase())

const singular = (word: string): readonly string[] => [
  word,
  word.replace(/ies$/, 'y'),
  word.replace(/(ch|sh|s|x)es$/, '$1'),
  word.replace(/s$/, ''),
]

/** A failure is named like the claim it makes. */
const isClaim = (name: string): boolean =>
  /^(Not|No(?=[A-Z])|Unknown|Unusable|Malformed|Already)/.test(name) || /(Missing|Taken|Malformed)$/.test(name)

const endsWith = (words: readonly string[], term: string): boolean => ` ${words.join(' ')}`.endsWith(` ${term}`)

/** Does the name end with a term? */
const endsWithTerm = (name: string, terms: ReadonlySet<string>): boolean => {
  const words = wordsOf(name)
  return words.some((_, start) => {
    const before = words.slice(start, -1)
    return singular(words.at(-1) ?? '').some((last) => terms.has([...before, last].join(' ')))
  })
}

export const exportedTypes = (files: Files): readonly { readonly name: string; readonly path: string }[] =>
  [...files].flatMap(([path, text]) =>
    parse(path, text).statements.flatMap((statement) => {
      if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) return []
      const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
      return isExported ? [{ name: statement.name.text, path }] : []
    }),
  )

/** Types whose names the glossary does not explain, and types named with a word that we do not use. */
export const wordFaults = (files: Files, { terms, banned }: Glossary): readonly string[] => {
  const known = new Set(terms)
  return exportedTypes(files).flatMap(({ name, path }) => {
    if (isClaim(name)) return []
    const words = wordsOf(name)
    const isPartOfATerm = (word: string) =>
      [...known].some((term) => term.includes(` ${word}`) && endsWith(words, term))
    const wrong = words.find((word) => banned.has(word) && !known.has(word) && !isPartOfATerm(word))
    return [
      ...(endsWithTerm(name, known) ? [] : [`${name} (${path}) ends with no word of GLOSSARY.md`]),
      ...(wrong === undefined ? [] : [`${name} (${path}) says ${wrong}; we say ${banned.get(wrong)}`]),
    ]
  })
}
