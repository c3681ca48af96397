import { describe, expect, it } from 'vitest'
import { filesUnder, textOf } from './project-files.ts'
import { exportedTypes, readGlossary, wordFaults } from './words.ts'

const glossary = readGlossary(textOf('GLOSSARY.md'))
const named = filesUnder('src', /^(domain|application\/ports)\/.*\.ts$/)

describe('the glossary', () => {
  it('explains every type of the domain and of the ports', () => {
    expect(exportedTypes(named).length).toBeGreaterThan(100)
    expect(wordFaults(named, glossary)).toEqual([])
  })

  it('explains each word once, in a sentence', () => {
    expect(glossary.terms).toEqual([...new Set(glossary.terms)])
    const rows = textOf('GLOSSARY.md').match(/^\| \*\*.*$/gm) ?? []
    expect(
      rows.filter((row) => !/^\| \*\*[a-z ]+\*\* \| [^|]*\. \| [^|]*\|$/.test(row.replace(/\| \|$/, '|  |'))),
    ).toEqual([])
    expect(rows).toHaveLength(glossary.terms.length)
  })

  it.each([
    ['an unknown word', 'export interface Gizmo {}'],
    ['a word that we do not use', 'export type TenantId = string'],
    ['a known word in front of an unknown one', 'export type CallGizmo = string'],
  ])('refuses %s', (_, text) => {
    expect(wordFaults(new Map([['domain/x.ts', text]]), glossary)).toHaveLength(1)
  })

  it.each([
    ['a word with others in front of it', 'export type ClaimedDelivery = string'],
    ['several of a kind', 'export interface Companies {}'],
    ['a failure', 'export type NotADate = string'],
    ['what is not exported', 'type Gizmo = string'],
  ])('allows %s', (_, text) => {
    expect(wordFaults(new Map([['domain/x.ts', text]]), glossary)).toEqual([])
  })
})
