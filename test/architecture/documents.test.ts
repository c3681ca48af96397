import { describe, expect, it } from 'vitest'
import { missingPaths, namedPaths, npmScripts, tableColumn } from './documents.ts'
import { filesUnder, pathsUnder, textOf } from './project-files.ts'

const documents = filesUnder('', /\.md$/)
const readme = textOf('README.md')
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: { readonly [name: string]: string } }

describe('the documents', () => {
  it.each(['README.md', 'ARCHITECTURE.md', 'GLOSSARY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('have a %s', (name) => {
    expect(documents.has(name)).toBe(true)
  })

  it('name only what is there', () => {
    expect(namedPaths(textOf('CONTRIBUTING.md')).length).toBeGreaterThan(30)
    expect(missingPaths(documents, pathsUnder(''))).toEqual([])
  })

  it('notice a path and a link that lead nowhere', () => {
    const text = 'Look into `src/nowhere.ts` and [there](nowhere.md), not into `src/here.ts` or [here](../GLOSSARY.md).'
    expect(missingPaths(new Map([['README.md', text]]), ['src/here.ts', '../GLOSSARY.md'])).toEqual([
      'README.md names src/nowhere.ts, which is not there',
      'README.md names nowhere.md, which is not there',
    ])
  })

  it('call only scripts that exist', () => {
    const called = [...documents.values()].flatMap(npmScripts)
    expect(called).toContain('test')
    expect(called.filter((name) => !(name in scripts))).toEqual([])
  })

  it('number the decisions, each with background, decision and consequences', () => {
    const decisions = [...documents].filter(([path]) => path.startsWith('docs/decisions/'))
    expect(decisions.length).toBeGreaterThan(0)
    for (const [path, text] of decisions) {
      expect(path).toMatch(/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/)
      const number = Number(path.split('/').at(-1)?.slice(0, 4))
      expect(text).toMatch(new RegExp(`^# ${number}\\. `))
      expect(text.match(/^## .*$/gm)).toEqual(['## Background', '## Decision', '## Consequences'])
    }
  })
})

describe('the README', () => {
  it('has the two commands, each on a line of its own', () => {
    expect(readme).toMatch(/^npm ci && npm run demo$/m)
    expect(readme).toMatch(/^npm ci && npm test$/m)
    expect(scripts.test).toBe('node scripts/test.js')
  })

  it('is what the checks of a change run', () => {
    const run = textOf('.ci/run')
    expect(run).toContain("grep -m1 -xE 'npm ci && npm test' README.md")
    expect(run).toContain('REQUIRE_ALL=true bash -c "$test_command"')
  })

  it('explains exactly the settings that are read, as the example of an environment does', () => {
    const read = [...textOf('src/composition/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): (?:z|flag|url)/gm)].map(
      ([, name]) => name,
    )
    expect(read.length).toBeGreaterThan(10)
    expect([...tableColumn(readme, 'name')].toSorted()).toEqual([...read].toSorted())
    const example = [...textOf('.env.example').matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
    expect([...new Set(example)].toSorted()).toEqual([...read].toSorted())
  })

  it('lists exactly the commands that there are', () => {
    const made = [...textOf('src/composition/main-cli.ts').matchAll(/program\s*\.command\('(\w+)'\)/g)].map(
      ([, name]) => name,
    )
    const listed = tableColumn(readme, 'command').map((text) => text.split(' ')[1])
    expect(listed.toSorted()).toEqual(made.toSorted())
  })
})
