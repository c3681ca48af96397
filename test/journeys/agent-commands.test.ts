import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toolJson } from '../../src/adapters/retell/tool-json.ts'
import { plainAgent } from '../../src/adapters/simulation/retell/plain-agent.ts'
import { type StandInVoicePlatform, startRetell } from '../../src/adapters/simulation/retell/start-retell.ts'
import { agentCommands } from '../../src/composition/commands/agents/commands.ts'
import { apply } from '../../src/composition/commands/apply.ts'
import { salon } from '../application/desk.ts'
import { encryptionKeys, type Ran } from './processes.ts'

const publicUrl = 'https://desk.example'
const id = 'agent_mitte'
const number = '+493023125101'
let folder = ''
let retell: StandInVoicePlatform

/** Runs in this process, for a process of its own takes longer than all that is asked of it. */
const run = async (work: () => Promise<unknown>): Promise<Ran> => {
  let [stdout, stderr] = ['', '']
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += String(text)
      return true
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      stderr += String(text)
      return true
    }),
  ]
  let code: number | null = 0
  try {
    const ended = await work()
    code = typeof ended === 'number' ? ended : 0
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault
    code = fault.exitCode === 0 ? 0 : 2
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return { code, stdout, stderr }
}

const agents = (...args: readonly string[]): Promise<Ran> =>
  run(async () => {
    let code: number | undefined
    const program = new Command('frontdesk').exitOverride().enablePositionalOptions()
    agentCommands(program.command('agents'), {
      run: async (work) => {
        code = await work
      },
      json: () => new Option('--json'),
    })
    await program.parseAsync(['agents', ...args, '--company', 'salon-sonne'], { from: 'user' })
    return code
  })

const jsonOf = async (...args: readonly string[]) => JSON.parse((await agents(...args, '--json')).stdout)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-agents-'))
  retell = await startRetell({ now: Date.now })
  retell.addAgent({
    id,
    agent: { ...plainAgent('Empfang'), webhook_url: `${publicUrl}/webhooks/retell` },
    engine: {
      model: 'gpt-4.1',
      start_speaker: 'agent',
      begin_message: '{{greeting}}',
      general_prompt: 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.',
      general_tools: [{ type: 'end_call', name: 'end_call' }, ...toolJson('de', publicUrl, { booking: true })],
      default_dynamic_variables: { greeting: 'Guten Tag.' },
    },
  })
  retell.addAgent({ id: 'agent_west', agent: { ...plainAgent('West'), webhook_url: publicUrl } })
  retell.setNumber(number, { inbound_agents: [{ agent_id: id, agent_version: 0, weight: 1 }] })
  for (const [name, value] of Object.entries({
    DATABASE_URL: `sqlite:${join(folder, 'desk.sqlite')}`,
    ENCRYPTION_KEYS: encryptionKeys,
    RETELL_API_KEY: retell.key,
    RETELL_BASE_URL: retell.url,
    RETELL_REQUESTS_PER_SECOND: '100',
    PUBLIC_URL: publicUrl,
  })) {
    vi.stubEnv(name, value)
  }
  const file = join(folder, 'salon.yaml')
  writeFileSync(file, salon)
  expect((await run(() => apply(file, {}))).code).toBe(0)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await retell.close()
  rmSync(folder, { recursive: true, force: true })
})

const newestAtRetell = () => retell.show(id)
const boundTo = (): unknown => retell.account.numbers.get(number)?.inbound_agents

describe('agents from the shell', () => {
  it('go from Retell into files, and from files to their callers and back', { timeout: 60_000 }, async () => {
    const desk = join(folder, 'agents')
    const prompt = join(desk, 'empfang', 'general_prompt.md')
    const synced = await agents('sync')
    expect([synced.code, synced.stdout]).toEqual([0, '2 of 2 read, 2 changed, 0 failed.\n'])
    expect((await jsonOf('list')).items).toMatchObject([
      { slug: 'empfang', live_version: 1, live_retell_version: 0, sync_status: 'clean', numbers: [number] },
      { slug: 'west' },
    ])

    expect(await agents('pull', desk)).toMatchObject({ code: 0, stdout: expect.stringContaining('2 written') })
    expect(readFileSync(prompt, 'utf8')).toBe('Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.\n')
    expect(await jsonOf('diff', desk)).toEqual({ items: [] })
    writeFileSync(prompt, 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.\nSie sind höflich.\u001b[2J\n')
    const edited = await jsonOf('status', desk)
    expect(edited.items.map(({ files }: { files: string }) => files)).toEqual(['changed', 'same'])
    const difference = await agents('diff', desk)
    expect(difference.stdout).toContain('+ Sie sind höflich.')
    expect(difference.stdout).not.toContain('\u001b')
    expect(await agents('pull', desk, '--agent', 'empfang')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not pushed'),
    })
    writeFileSync(prompt, 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.\nSie sind höflich.\n')

    expect(await agents('push', desk, '-m', 'Höflicher')).toMatchObject({
      code: 0,
      stdout: 'pushed  empfang  version 2\nsame  west  version 1\n',
    })
    expect(newestAtRetell().engine?.general_prompt).not.toContain('höflich')
    expect((await agents('diff')).stdout).toContain('live 1 → draft 2')
    expect((await agents('lint', 'empfang')).code).toBe(0)
    const published = await jsonOf('publish', 'empfang')
    expect(published).toMatchObject({ kind: 'publish', status: 'published', retell_version: 1, numbers: [number] })
    expect(newestAtRetell()).toMatchObject({
      agent: { is_published: true, version: 1 },
      engine: { general_prompt: 'Sie nehmen Anrufe entgegen.\nSie sprechen Deutsch.\nSie sind höflich.' },
    })
    expect(boundTo()).toMatchObject([{ agent_id: id, agent_version: 1 }])

    const back = await agents('rollback', 'empfang')
    expect([back.code, back.stdout]).toEqual([
      0,
      `empfang: version 1 (Retell’s version 0) is what callers reach at ${number}.\n`,
    ])
    expect(boundTo()).toMatchObject([{ agent_id: id, agent_version: 0 }])
  })

  it('are published straight from their files, which say afterwards what is live', { timeout: 60_000 }, async () => {
    const desk = join(folder, 'published')
    expect((await agents('pull', desk, '--agent', 'empfang')).code).toBe(0)
    writeFileSync(join(desk, 'empfang', 'begin_message.md'), '{{greeting}} Wie kann ich helfen?\n')
    const pushed = await agents('push', desk, '--publish', '-m', 'Frage')
    expect([pushed.code, pushed.stderr]).toEqual([0, ''])
    expect(pushed.stdout).toMatch(/is what callers reach at \+493023125101\.\n$/)
    expect(newestAtRetell()).toMatchObject({
      agent: { is_published: true },
      engine: { begin_message: '{{greeting}} Wie kann ich helfen?' },
    })
    const [status] = (await jsonOf('status', desk, '--agent', 'empfang')).items
    expect(status).toMatchObject({ files: 'same', sync_status: 'clean' })
    expect(status.files_version).toBe(status.live_version)
  })

  it('are not overwritten by files that somebody has overtaken', async () => {
    const [mine, theirs] = [join(folder, 'mine'), join(folder, 'theirs')]
    for (const desk of [mine, theirs]) {
      expect((await agents('pull', desk, '--agent', 'empfang')).code).toBe(0)
      writeFileSync(join(desk, 'empfang', 'begin_message.md'), `{{greeting}} ${desk}\n`)
    }
    expect((await agents('push', theirs)).code).toBe(0)
    expect((await jsonOf('status', mine, '--agent', 'empfang')).items).toMatchObject([{ files: 'changed_and_behind' }])
    const refused = await agents('push', mine)
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('was changed meanwhile')
    expect(refused.stderr).toContain('Pull into another folder')
    expect((await agents('push', mine, '--overwrite')).code).toBe(0)
    expect((await jsonOf('status', theirs, '--agent', 'empfang')).items).toMatchObject([{ files: 'behind' }])
    expect((await agents('pull', theirs, '--agent', 'empfang')).code).toBe(0)
    expect(readFileSync(join(theirs, 'empfang', 'begin_message.md'), 'utf8')).toContain(mine)
  })

  it('keep secrets to themselves: what is typed into a file is a placeholder after the push', async () => {
    const desk = join(folder, 'secrets')
    expect((await agents('pull', desk, '--agent', 'empfang')).code).toBe(0)
    const file = join(desk, 'empfang', 'tools', 'check_availability.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}headers:\n  Authorization: Bearer hunter2hunter2\n`)
    expect((await agents('push', desk)).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(/Authorization: Bearer \[secret [\w.:-]+\]\n/)
    expect((await agents('diff', desk)).stdout).not.toContain('hunter2')
    expect((await agents('push', desk)).stdout).toMatch(/^same/)
  })

  it('say all that is wrong with files, and that a version would harm callers', async () => {
    const desk = join(folder, 'broken')
    expect((await agents('pull', desk, '--agent', 'empfang')).code).toBe(0)
    const engine = join(desk, 'empfang', 'engine.yaml')
    const good = readFileSync(engine, 'utf8')
    writeFileSync(engine, good.replace('tools/check_availability.yaml', 'tools/nothing.yaml'))
    const unreadable = await agents('push', desk)
    expect(unreadable.code).toBe(1)
    expect(unreadable.stderr).toContain('names tools/nothing.yaml, which is not there')
    expect(unreadable.stderr).toContain('empfang/tools/check_availability.yaml')
    writeFileSync(engine, good.replace('  - $file: tools/check_availability.yaml\n', ''))
    rmSync(join(desk, 'empfang', 'tools', 'check_availability.yaml'))
    const closed = await agents('push', desk, '--publish')
    expect([closed.code, closed.stderr]).toEqual([1, expect.stringContaining('would harm callers')])
    expect((await agents('lint', 'empfang')).code).toBe(1)
    expect((await agents('push', join(folder, 'nowhere'))).code).toBe(1)
  })

  it('have commands for everything else, with exit codes that say how it went', { timeout: 60_000 }, async () => {
    const made = await jsonOf('create', 'Notdienst', '--language', 'de-DE')
    expect(made).toMatchObject({ slug: 'notdienst', retell_agent_id: null, draft_version: 1 })
    expect((await agents('create', ' ')).code).toBe(1)
    const rehearsed = await agents('rehearse', 'notdienst')
    expect(rehearsed.stdout).toContain('check_availability')
    const script = join(folder, 'script.yaml')
    writeFileSync(script, 'steps: [{ dance: true }]\n')
    expect(await agents('rehearse', 'notdienst', '--script', script)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('script.yaml'),
    })
    retell.setNumber(number, { inbound_webhook_url: null })
    expect(await jsonOf('register')).toMatchObject({
      items: [
        { number, outcome: 'set' },
        { number: '+493023125102', outcome: 'failed' },
      ],
    })
    expect(retell.account.numbers.get(number)?.inbound_webhook_url).toBe(`${publicUrl}/webhooks/retell`)
    expect((await jsonOf('rollout', 'empfang')).rollout).toBeNull()
    expect((await agents('rollout', 'empfang', '--percent', '10')).stderr).toContain('--version')
    expect(await agents('undo', 'west')).toMatchObject({ code: 1 })
    for (const [code, ...args] of [
      [1, 'lint', 'nobody'],
      [2, 'list', '--status', 'odd'],
      [2, 'diff', '--against', 'odd'],
      [2, 'publish'],
      [2, 'publish', 'empfang', '--version', 'x'],
      [2, 'rollout', 'empfang', '--percent', '101'],
      [2, 'dance'],
    ] as const) {
      expect([args, (await agents(...args)).code]).toEqual([args, code])
    }
    expect((await jsonOf('lint', 'nobody')).problem).toMatchObject({ status: 404 })
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  it('bring both sides together once somebody decided, and list the history', { timeout: 60_000 }, async () => {
    const desk = join(folder, 'both')
    retell.edit('agent_west', { engine: { begin_message: 'Guten Tag.' } })
    expect((await agents('pull', desk, '--agent', 'west', '--from-retell')).code).toBe(0)
    writeFileSync(join(desk, 'west', 'begin_message.md'), 'Hallo von uns.\n')
    expect((await agents('push', desk)).code).toBe(0)
    retell.edit('agent_west', { agent: { voice_speed: 1.1 }, engine: { begin_message: 'Hallo von Retell.' } })
    const pulled = await agents('pull', desk, '--agent', 'west', '--from-retell')
    expect(pulled).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('frontdesk agents merge west --company salon-sonne'),
    })
    const conflict = '/engine/begin_message'
    const undecided = await agents('merge', 'west')
    expect([undecided.code, undecided.stdout]).toEqual([1, expect.stringContaining(conflict)])
    expect(undecided.stdout).toMatch(/ours +"Hallo von uns\."\n +theirs +"Hallo von Retell\."/)
    expect((await jsonOf('merge', 'west')).conflicts).toMatchObject([{ path: conflict, base: 'Guten Tag.' }])
    expect((await agents('merge', 'west', '--take', 'ours')).code).toBe(2)
    expect((await agents('merge', 'west', '--ours', '--theirs')).code).toBe(2)
    expect((await agents('merge', 'west', '--take', '/engine/model=ours')).code).toBe(1)
    expect(await agents('merge', 'west', '--theirs', '--take', `${conflict}=ours`, '-m', 'Beides')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^west: version \d+ is the draft\.\n$/),
    })
    const { agent, response_engine } = JSON.parse((await agents('export', 'west')).stdout)
    expect([agent.voice_speed, response_engine.begin_message]).toEqual([1.1, 'Hallo von uns.'])
    const { items } = await jsonOf('versions', 'west')
    expect(items[0]).toMatchObject({ origin: 'merged', message: 'Beides', retell_version: null })
    expect(items[0].author).toBe(`shell (${process.env.SUDO_USER ?? userInfo().username})`)
    expect((await agents('versions', 'west')).stdout).toMatch(/draft +– +merged/)
    expect((await agents('pull', desk, '--agent', 'west', '--from-retell', '--overwrite')).code).toBe(0)
    expect((await jsonOf('list', '--search', 'west')).items).toMatchObject([{ sync_status: 'clean' }])
  })

  it('say nothing of what they did not look at, and what to do in words that can be typed', async () => {
    for (const [args, said] of [
      [['diff', '--agent', 'empfang', '--against', '99'], 'empfang: There is no version 99.'],
      [['diff', join(folder, 'nowhere')], 'holds no agents of the company'],
      [['diff', join(folder, 'nowhere'), '--agent', 'empfang'], 'There are no files of it'],
      [['lint', 'empfang', '--version', '99'], 'There is no such version.'],
      [['rehearse', 'empfang', '--version', '99'], 'There is no such version.'],
      [['publish', 'empfang', '--version', '99'], 'There is no such version.'],
      [['undo', 'west'], 'The publication is over'],
    ] as const) {
      const ran = await agents(...args)
      expect([args, ran.code, ran.stdout, ran.stderr]).toEqual([args, 1, '', expect.stringContaining(said)])
    }
    const made = await agents('create', 'Nachtdienst')
    const [, command = ''] = /frontdesk agents (publish .*)\n/.exec(made.stdout) ?? []
    expect(command).toBe('publish nachtdienst --company salon-sonne')
    expect((await agents('publish', 'nachtdienst')).stdout).toContain('no number rings it. Name one with --number.')
  })

  it('go to another company as a file, with what is secret taken from the environment', async () => {
    const file = join(folder, 'empfang.json')
    const source = join(folder, 'source.json')
    const secret = 'hunter2hunter2'
    writeFileSync(
      source,
      JSON.stringify({
        ...plainAgent('Kopie'),
        response_engine: { type: 'retell-llm', llm_id: 'llm_other' },
        retellLlmData: {
          general_prompt: 'Guten Tag.',
          general_tools: [{ type: 'custom', name: 'ask', headers: { Authorization: `Bearer ${secret}` } }],
        },
      }),
    )
    expect((await jsonOf('import', source, '--slug', 'kopie')).agent).toMatchObject({ slug: 'kopie', draft_version: 1 })
    const exported = await agents('export', 'kopie')
    expect(exported.stdout).not.toContain(secret)
    writeFileSync(file, exported.stdout)
    const without = await agents('import', file, '--slug', 'ohne')
    expect([without.code, without.stderr]).toEqual([0, expect.stringContaining('Secret missing: ASK_AUTHORIZATION')])
    expect((await agents('lint', 'ohne')).code).toBe(1)
    vi.stubEnv('ASK_AUTHORIZATION', secret)
    expect((await jsonOf('import', file, '--into', 'ohne')).secrets_missing).toHaveLength(1)
    const given = await jsonOf('import', file, '--into', 'ohne', '--secret', 'ASK_AUTHORIZATION')
    expect(given.secrets_missing).toEqual([])
    expect(JSON.parse((await agents('export', 'ohne')).stdout).response_engine).toEqual(
      JSON.parse(exported.stdout).response_engine,
    )
    expect((await agents('import', join(folder, 'salon.yaml'))).code).toBe(1)
    expect((await agents('export', 'nobody')).code).toBe(1)
  })

  it('say so when Retell does not answer, and change nothing', async () => {
    retell.misbehave('list-phone-numbers', 'down-500')
    const synced = await agents('sync')
    expect(synced.code).toBe(1)
    expect(synced.stderr).not.toBe('')
    retell.recover()
  })
})
