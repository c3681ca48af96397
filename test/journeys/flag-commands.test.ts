import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createToken, createUser, listUsers } from '../../src/composition/commands/access.ts'
import { listFlags, setFlag } from '../../src/composition/commands/flags.ts'
import { encryptionKeys } from './processes.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-flags-'))
  vi.stubEnv('DATABASE_URL', `sqlite:${join(folder, 'desk.sqlite')}`)
  vi.stubEnv('ENCRYPTION_KEYS', encryptionKeys)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs in this process, and gives the exit code and what was printed. */
const ran = async (command: () => Promise<number>): Promise<readonly [code: number, text: string]> => {
  let text = ''
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((part) => {
      text += String(part)
      return true
    }),
  )
  try {
    return [await command(), text]
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

describe('flags from the shell', () => {
  it('are listed, set for some and refused where they make no sense', { timeout: 30_000 }, async () => {
    expect(JSON.parse((await ran(() => listFlags({ json: true })))[1])).toMatchObject([
      { name: 'automatic-rollouts', rules: { everybody: true }, changed_at: null },
      { name: 'outside-trials' },
    ])
    const some = { role: ['manager'], percent: '25' }
    expect(await ran(() => setFlag('outside-trials', some))).toEqual([
      0,
      'outside-trials is on for manager, 25 % of companies.\n',
    ])
    expect((await ran(() => listFlags({})))[1]).toContain('manager, 25 % of companies')
    for (const [name, asked, said] of [
      ['anything', { on: true }, 'There is no such flag.'],
      ['outside-trials', {}, 'Say --on'],
      ['outside-trials', { on: true, role: ['staff'] }, 'Say --on'],
      ['outside-trials', { role: ['boss'] }, '--role must be one of'],
      ['outside-trials', { company: ['nirgends'] }, 'There is no company nirgends.'],
      ['outside-trials', { percent: 'many' }, 'no whole number'],
    ] as const) {
      const [code, text] = await ran(() => setFlag(name, asked))
      expect([code, text]).toEqual([2, expect.stringContaining(said)])
    }
    expect(await ran(() => setFlag('outside-trials', { off: true }))).toEqual([0, 'outside-trials is on for nobody.\n'])
  })

  it('leave the VIP mark to whom it is granted', { timeout: 30_000 }, async () => {
    const asked = { role: 'platform_admin', email: 'betrieb@desk.example', json: true } as const
    expect((await ran(() => createUser(asked)))[0]).toBe(0)
    expect(JSON.parse((await ran(() => listUsers({ json: true })))[1])).toMatchObject([{ sees_vip: true }])
    expect((await ran(() => createToken({ role: 'platform_admin', vip: true })))[0]).toBe(0)
  })
})
