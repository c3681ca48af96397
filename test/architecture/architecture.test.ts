import { describe, expect, it } from 'vitest'
import { dependencyFaults, idleRules, packagesBehind } from './dependencies.ts'
import { habitFaults, machineFaults, sizeFaults, testFaults } from './habits.ts'
import { filesUnder } from './project-files.ts'

const src = filesUnder('src', /\.tsx?$/)

describe('the source', () => {
  it('is found at all', () => {
    expect(src.size).toBeGreaterThan(100)
    expect(src.has('domain/ids.ts')).toBe(true)
  })

  it('imports only what the layer of a file may', () => {
    expect(dependencyFaults(src)).toEqual([])
  })

  it('gives every rule something to rule', () => {
    expect(idleRules(src)).toEqual([])
  })

  it('keeps files short enough to be read at once', () => {
    expect(sizeFaults(src)).toEqual([])
  })

  it('is pure inside, and does nothing that the house does not do', () => {
    expect(habitFaults(src)).toEqual([])
  })
})

describe('the doors', () => {
  const pure = ['libphonenumber-js', 'neverthrow', 'temporal-polyfill']

  it('bring nothing but what computes with the domain', () => {
    expect([...packagesBehind(src, 'domain/index.ts')].toSorted()).toEqual(pure)
  })

  it('bring no server, no database driver and no HTTP client with the fakes', () => {
    const outside = [...packagesBehind(src, 'testing.ts')].filter((name) => !name.startsWith('node:'))
    expect(outside.toSorted()).toEqual([...pure, 'lru-cache'].toSorted())
  })

  it('bring the server with the library', () => {
    expect(packagesBehind(src, 'index.ts').has('fastify')).toBe(true)
  })
})

describe('the project', () => {
  it('has tests that neither replace modules nor leave other tests out', () => {
    expect(testFaults(filesUnder('test', /^(?!architecture\/).*\.tsx?$/))).toEqual([])
  })

  it('is true on every machine', () => {
    const text = filesUnder('', /(\.(tsx?|js|json|md|ya?ml|css|svg|example)|(^|\/)(run|LICENSE|\.\w+))$/)
    expect(text.has('package-lock.json')).toBe(true)
    expect(machineFaults(text)).toEqual([])
  })
})

const planted = (...files: readonly (readonly [path: string, text: string])[]) => new Map(files)

describe('the rules of imports', () => {
  it.each([
    ['the domain asks the kernel', ['domain/calling/call.ts', "import '../time.ts'"], ['domain/time.ts', '']],
    [
      'the kernel has its packages',
      ['domain/phone-number.ts', "import 'libphonenumber-js/max'"],
      ['domain/ids.ts', ''],
    ],
    ['a use case asks the domain', ['application/x.ts', "import '../domain/time.ts'"], ['domain/time.ts', '']],
    ['web leans on http', ['adapters/web/x.ts', "import '../http/problem.ts'"], ['adapters/http/problem.ts', '']],
    ['composition knows all', ['composition/x.ts', "import '../adapters/sql/a.ts'"], ['adapters/sql/a.ts', '']],
  ] as const)('allow that %s', (_, one, other) => {
    expect(dependencyFaults(planted(one, other))).toEqual([])
  })

  it.each([
    ['a package in the domain', ['domain/time.ts', "import { x } from 'node:crypto'"], ['domain/ids.ts', '']],
    [
      'a package of one kernel file in another',
      ['domain/ids.ts', "import 'temporal-polyfill'"],
      ['domain/time.ts', ''],
    ],
    ['the domain asking the application', ['domain/x.ts', "import '../application/a.ts'"], ['application/a.ts', '']],
    ['one area asking another', ['domain/booking/x.ts', "import '../calling/c.ts'"], ['domain/calling/c.ts', '']],
    ['the kernel asking an area', ['domain/x.ts', "import './calling/c.ts'"], ['domain/calling/c.ts', '']],
    [
      'the application asking an adapter',
      ['application/x.ts', "import '../adapters/sql/a.ts'"],
      ['adapters/sql/a.ts', ''],
    ],
    ['a type of a package', ['application/x.ts', "import type { z } from 'zod'"], ['domain/ids.ts', '']],
    ['a package of a package', ['application/x.ts', "import '@fastify/cookie/x'"], ['domain/ids.ts', '']],
    ['a re-export', ['domain/x.ts', "export { a } from '../application/a.ts'"], ['application/a.ts', '']],
    ['an import type', ['domain/x.ts', "type A = import('../application/a.ts').A"], ['application/a.ts', '']],
    ['an import at run time', ['domain/x.ts', "await import('../application/a.ts')"], ['application/a.ts', '']],
    ['an import nobody can read', ['application/x.ts', 'await import(name)'], ['domain/ids.ts', '']],
    ['http asking sql', ['adapters/http/x.ts', "import '../sql/a.ts'"], ['adapters/sql/a.ts', '']],
    ['sql asking http', ['adapters/sql/x.ts', "import '../http/a.ts'"], ['adapters/http/a.ts', '']],
    [
      'an adapter asking composition',
      ['adapters/cli/x.ts', "import '../../composition/a.ts'"],
      ['composition/a.ts', ''],
    ],
    ['a package of another adapter', ['adapters/retell/x.ts', "import 'kysely'"], ['domain/ids.ts', '']],
    ['a door used from inside', ['application/x.ts', "import '../domain/index.ts'"], ['domain/index.ts', '']],
    ['what is not there', ['application/x.ts', "import './y.ts'"], ['domain/ids.ts', '']],
    ['a file without a layer', ['plumbing/x.ts', ''], ['domain/ids.ts', '']],
    ['an adapter that nobody named', ['adapters/fax/x.ts', ''], ['domain/ids.ts', '']],
    ['a folder that names nothing', ['domain/utils/x.ts', ''], ['domain/ids.ts', '']],
    [
      'a route granting itself a scope',
      ['adapters/http/x.ts', "import { grantCompany } from '../../application/grant-scope.ts'"],
      ['application/grant-scope.ts', ''],
    ],
    [
      'a use case granting itself a scope',
      ['application/booking/x.ts', "import { grantCompany } from '../grant-scope.ts'"],
      ['application/grant-scope.ts', ''],
    ],
    [
      'the database in the hands of a test double',
      ['adapters/memory/x.ts', "import type { TenantDb } from '../sql/tenant-db.ts'"],
      ['adapters/sql/tenant-db.ts', ''],
    ],
    ['a circle', ['domain/a.ts', "import { b } from './b.ts'"], ['domain/b.ts', "import { a } from './a.ts'"]],
    [
      'a circle of types',
      ['domain/a.ts', "import type { B } from './b.ts'"],
      ['domain/b.ts', "export type { A } from './a.ts'"],
    ],
  ] as const)('refuse %s', (_, one, other) => {
    expect(dependencyFaults(planted(one, other))).not.toEqual([])
  })

  it('refuse a circle over three files, once', () => {
    const faults = dependencyFaults(
      planted(
        ['domain/a.ts', "import './b.ts'"],
        ['domain/b.ts', "import './c.ts'"],
        ['domain/c.ts', "import './a.ts'"],
        ['domain/d.ts', "import './a.ts'"],
      ),
    )
    expect(faults).toEqual(['domain/a.ts, domain/b.ts, domain/c.ts import each other in a circle'])
  })

  it('notice that they rule nothing', () => {
    const idle = idleRules(planted(['domain/ids.ts', '']))
    expect(idle).toContain('no file belongs to application')
    expect(idle).toContain('the kernel of the domain may import neverthrow and does not')
    expect(idle.some((fault) => fault.startsWith('nothing is called'))).toBe(true)
  })
})

describe('the habits', () => {
  it.each([
    [
      'a local date',
      'domain/x.ts',
      'export const f = (at: { date: LocalDate; process: string }) => at.process + at.date',
    ],
    ['a clock that is given', 'application/x.ts', 'export const f = ({ clock }) => clock.now()'],
    ['Date in an adapter', 'adapters/memory/x.ts', 'export const now = () => Date.now()'],
    ['a parameter in SQL', 'adapters/sql/x.ts', 'export const q = (id: string) => sql`select ${id}`'],
    ['SQL text without parts', 'adapters/sql/x.ts', "export const q = (db: Db) => db.prepare('select 1')"],
    [
      'a number in SQL that the planner has to see',
      'adapters/sql/x.ts',
      'export const q = sql`active = ${sql.lit(1)}`',
    ],
    ['a constant in SQL', 'adapters/sql/x.ts', 'export const q = sql`at / ${sql.lit(HOUR)}`'],
    ['an error of an adapter', 'adapters/sql/x.ts', 'class RolledBack extends Error {}'],
    ['SQL of a migration', 'adapters/sql/migrations/x.ts', 'export const up = () => sql.raw(`create ${table}`)'],
  ])('allow %s', (_, path, text) => {
    expect(habitFaults(planted([path, text]))).toEqual([])
  })

  it.each([
    ['the time of the machine', 'domain/x.ts', 'export const now = () => Date.now()'],
    ['a date made from parts', 'application/x.ts', 'export const at = new Date(2026, 1, 1)'],
    ['the time by another name', 'domain/time.ts', 'export const now = () => Temporal.Now.instant()'],
    ['chance', 'domain/x.ts', 'export const x = () => Math.random()'],
    ['the environment', 'application/x.ts', "export const x = () => process.env['X']"],
    ['a printed line', 'application/x.ts', "console.log('x')"],
    ['a timer', 'application/x.ts', 'setTimeout(() => {}, 1)'],
    ['a silenced compiler', 'adapters/sql/x.ts', '// @ts-ignore\nexport const x = 1'],
    ['an error expected without a reason', 'adapters/sql/x.ts', '// @ts-expect-error\nexport const x = 1'],
    ['as any', 'adapters/sql/x.ts', 'export const x = (1 as any)'],
    ['a claim that something is there', 'domain/x.ts', 'export const x = (a?: string) => a!.length'],
    ['a default export', 'adapters/sql/x.ts', 'export default 1'],
    ['a default function', 'adapters/sql/x.ts', 'export default function x() {}'],
    ['an export of everything', 'domain/x.ts', "export * from './y.ts'"],
    ['a class', 'domain/x.ts', 'export class X {}'],
    ['a class of an adapter', 'adapters/sql/x.ts', 'export class Repository {}'],
    ['an error class in the domain', 'domain/x.ts', 'export class X extends Error {}'],
    ['an index that is no door', 'adapters/sql/index.ts', 'export const x = 1'],
    ['raw SQL', 'adapters/sql/x.ts', 'export const q = (text: string) => sql.raw(text)'],
    ['a literal in SQL', 'adapters/sql/x.ts', 'export const q = (id: string) => sql`select ${sql.lit(id)}`'],
    ['the tag for SQL taken apart', 'adapters/sql/x.ts', 'const { raw } = sql'],
    ['a predicate dropped', 'adapters/sql/x.ts', "export const q = (db) => db.from('calls').clearWhere()"],
    ['SQL text from parts', 'adapters/sql/x.ts', 'export const q = (db, id) => db.prepare(`select ${id}`)'],
    ['SQL text from a sum', 'composition/x.ts', "export const q = (db, id) => db.exec('select ' + id)"],
    ['a vendor asked directly', 'adapters/retell/x.ts', "export const x = () => fetch('https://api.example')"],
    ['a handler without end', 'adapters/http/x.ts', `export const x = () => {\n${'x()\n'.repeat(200)}}`],
    ['work put off', 'domain/x.ts', `// ${'TO'}${'DO'} later`],
  ])('refuse %s', (_, path, text) => {
    expect(habitFaults(planted([path, text]))).toHaveLength(1)
  })

  it('refuse a file that is too long, and too many long ones', () => {
    const lines = (count: number) => 'x\n'.repeat(count)
    expect(sizeFaults(planted(['domain/a.ts', lines(401)], ['domain/b.ts', '']))).toHaveLength(2)
    expect(sizeFaults(planted(['domain/a.ts', lines(251)]))).toHaveLength(1)
    expect(sizeFaults(planted(['domain/a.ts', lines(250)]))).toEqual([])
    expect(
      sizeFaults(planted(['adapters/web/words/de.ts', lines(900)], ['domain/speech/name-words.ts', lines(900)])),
    ).toEqual([])
  })

  it('refuse tests that replace modules or run alone', () => {
    expect(testFaults(planted(['x.test.ts', "vi.mock('x')"]))).toHaveLength(1)
    expect(testFaults(planted(['x.test.ts', "it.only('x', () => {})"]))).toHaveLength(1)
    expect(testFaults(planted(['x.test.ts', "it('x', () => {})"]))).toEqual([])
  })

  it('refuse paths and registries of one machine', () => {
    const home = ['', 'home', 'someone', 'frontdesk'].join('/')
    expect(machineFaults(planted(['docs/x.md', `Look into ${home}/src.`]))).toHaveLength(1)
    const lock = (host: string) => planted(['package-lock.json', `{ "resolved": "https://${host}/x.tgz" }`])
    expect(machineFaults(lock('registry.internal.example'))).toHaveLength(1)
    expect(machineFaults(lock('registry.npmjs.org'))).toEqual([])
  })
})
