import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesOnDisk, keepOnDisk } from '../../../src/adapters/agent-folder/disk.ts'
import { jsonOf } from '../../../src/adapters/agent-folder/yaml-text.ts'

let root: string
const at = (...names: readonly string[]) => join(root, ...names)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'agent-folder-'))
  mkdirSync(at('elsewhere'))
  mkdirSync(at('agent'))
  writeFileSync(at('elsewhere', 'kept.yaml'), 'theirs: true\n')
})
afterEach(() => rmSync(root, { recursive: true }))

const untouched = () =>
  expect([readdirSync(at('elsewhere')), readFileSync(at('elsewhere', 'kept.yaml'), 'utf8')]).toEqual([
    ['kept.yaml'],
    'theirs: true\n',
  ])
const tool = new Map([['tools/kept.yaml', 'ours: true\n']])

describe('the folder of an agent on disk', () => {
  it('is not read through links', () => {
    symlinkSync(at('elsewhere', 'kept.yaml'), at('agent', 'agent.yaml'))
    symlinkSync(at('elsewhere'), at('agent', 'tools'))
    expect([...filesOnDisk(at('agent'))]).toEqual([])
  })

  it('is not written through links: they give way to files', () => {
    symlinkSync(at('elsewhere'), at('agent', 'tools'))
    keepOnDisk(at('agent'), tool)
    untouched()
    expect(filesOnDisk(at('agent'))).toEqual(tool)
  })

  it('is not written through links in the place of files that are being written', () => {
    mkdirSync(at('agent', 'tools'))
    symlinkSync(at('elsewhere', 'kept.yaml'), at('agent', 'tools', 'kept.yaml.part'))
    keepOnDisk(at('agent'), tool)
    untouched()
    expect(filesOnDisk(at('agent'))).toEqual(tool)
  })

  it('keeps what is none of ours', () => {
    writeFileSync(at('agent', 'README.md'), 'x')
    keepOnDisk(at('agent'), tool)
    expect(readdirSync(at('agent'))).toEqual(['README.md', 'tools'])
  })
})

it('a document that would grow a thousandfold when it is read is refused', () => {
  const rows = Array.from(
    { length: 9 },
    (_, row) => `l${row + 1}: &l${row + 1} [${Array(9).fill(`*l${row}`).join(', ')}]`,
  )
  const bomb = ['l0: &l0 [x, x, x, x, x, x, x, x, x]', ...rows, ''].join('\n')
  expect(jsonOf(bomb).isErr()).toBe(true)
})
