import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { salon } from '../application/desk.ts'
import { frontdesk, serve } from './processes.ts'

let folder = ''
let database = ''
let file = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-commands-'))
  database = `sqlite:${join(folder, 'desk.sqlite')}`
  file = join(folder, 'salon.yaml')
  writeFileSync(file, salon)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const jsonOf = (ran: { readonly stdout: string }) => JSON.parse(ran.stdout)

describe('the commands', () => {
  it('apply a company file once, and say that there is nothing to do the second time', () => {
    expect(frontdesk(database, ['apply', file, '--dry-run']).stdout).toContain('create company salon-sonne')
    const first = frontdesk(database, ['apply', file, '--json'])
    expect(first.code).toBe(0)
    expect(jsonOf(first).changes.length).toBeGreaterThan(5)
    expect(jsonOf(frontdesk(database, ['apply', file, '--json']))).toEqual({ applied: true, changes: [], warnings: [] })
  })

  it('report every mistake of a company file with its line, and change nothing', () => {
    const broken = join(folder, 'broken.yaml')
    writeFileSync(
      broken,
      salon
        .replace('DE,', 'XX,')
        .replace('duration_minutes: 60', 'duration_minutes: soon')
        .replace('services: [herrenhaarschnitt] }', 'services: [zauberei] }')
        .replace('slug: west', 'slug: mitte'),
    )
    const ran = frontdesk(database, ['apply', broken])
    expect(ran.code).toBe(1)
    const lines = ran.stderr.split('\n').filter((line) => line.startsWith(broken))
    expect(lines.length).toBeGreaterThanOrEqual(4)
    for (const line of lines) expect(line).toMatch(/\.yaml:\d+ {2}\S/)
    expect(jsonOf(frontdesk(database, ['apply', file, '--json'])).changes).toEqual([])
  })

  it('say of a company without a calendar of a vendor that there is nothing to compare, and what a decision needs', () => {
    const calendar = (...more: readonly string[]) =>
      frontdesk(database, ['calendar', ...more, '--company', 'salon-sonne', '--json'])
    const shown = calendar('differences')
    expect([shown.code, jsonOf(shown)]).toEqual([0, { items: [], more: false }])
    const reconciled = calendar('reconcile')
    expect([reconciled.code, jsonOf(reconciled)]).toEqual([1, { reconciled: false, problem: 'no-calendar' }])
    const settled = calendar('settle', '--booking', 'uid_x', '--decision', 'keep-ours')
    expect([settled.code, jsonOf(settled)]).toEqual([1, { settled: false, problem: 'not-found' }])
    expect(calendar('settle', '--decision', 'keep-ours').code).toBe(2)
    expect(calendar('settle', '--booking', 'uid_x', '--decision', 'take-over').code).toBe(2)
    expect(frontdesk(database, ['calendar', 'differences', '--company', 'nobody']).code).toBe(1)
  })

  it('apply a file whose calendar is away, and warn of it with the line', () => {
    const own = `sqlite:${join(folder, 'calendar.sqlite')}`
    const away = join(folder, 'away.yaml')
    const calendar = 'calendar:\n  kind: calcom\n  base_url: "http://127.0.0.1:1/v2"\n  api_key: cal_away\n'
    writeFileSync(away, `${salon}${calendar}`)
    const line = salon.trimEnd().split('\n').length + 1
    const dry = frontdesk(own, ['apply', away, '--dry-run'])
    expect([dry.code, dry.stderr]).toEqual([
      0,
      expect.stringContaining(`${away}:${line}  Warning: The calendar did not answer`),
    ])
    const applied = frontdesk(own, ['apply', away, '--json'])
    expect(applied.code).toBe(0)
    expect(jsonOf(applied)).toMatchObject({ applied: true, warnings: [{ line, path: '/calendar' }] })
    expect(`${dry.stderr}${dry.stdout}${applied.stdout}${applied.stderr}`).not.toContain('cal_away')
    const found: { link: string; state: string }[] = jsonOf(frontdesk(own, ['doctor', '--json']))
    expect(found).toContainEqual(expect.objectContaining({ link: 'calendar', state: 'broken' }))
  }, 60_000)

  it('refuse a number that another company holds', () => {
    const thief = join(folder, 'thief.yaml')
    writeFileSync(thief, salon.replace('slug: salon-sonne', 'slug: salon-mond'))
    const ran = frontdesk(database, ['apply', thief])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('+493023125101 belongs to another company')
  })

  it('make a token that is shown once, and users with a one-time link', () => {
    const token = jsonOf(
      frontdesk(database, [
        'token',
        'create',
        '--role',
        'viewer',
        '--company',
        'salon-sonne',
        '--expires',
        '90d',
        '--json',
      ]),
    )
    expect(token).toMatchObject({
      role: 'viewer',
      company: 'salon-sonne',
      token: expect.stringMatching(/^fd_/),
      id: expect.stringMatching(/^tok_/),
    })
    expect(frontdesk(database, ['token', 'create', '--role', 'king']).code).toBe(2)
    expect(frontdesk(database, ['token', 'create', '--role', 'viewer']).code).toBe(2)
    const user = [
      'user',
      'create',
      '--email',
      'nina@salon-sonne.example',
      '--role',
      'staff',
      '--company',
      'salon-sonne',
    ]
    expect(frontdesk(database, user).stdout).toMatch(/^http:\/\/\S+\/set-password\/\S+\n$/)
    expect(frontdesk(database, user).code).toBe(1)
    expect(jsonOf(frontdesk(database, ['user', 'list', '--json']))).toMatchObject([
      { email: 'nina@salon-sonne.example', has_password: false },
    ])
  })

  it('have help, and exit with 2 when they are used wrongly', () => {
    for (const command of [
      [],
      ['serve'],
      ['migrate'],
      ['apply'],
      ['call'],
      ['token', 'create'],
      ['user', 'create'],
      ['doctor'],
    ]) {
      const ran = frontdesk(database, [...command, '--help'])
      expect(ran.code, command.join(' ')).toBe(0)
      expect(ran.stdout).toContain('Usage: frontdesk')
    }
    expect(frontdesk(database, ['dance']).code).toBe(2)
    expect(frontdesk(database, ['serve', '--port', 'eleven']).code).toBe(2)
    expect(frontdesk(database, ['migrate', 'sideways']).code).toBe(2)
  })

  it('call a running service through, and doctor finds every link in order', { timeout: 60_000 }, async () => {
    const service = await serve(database)
    try {
      const ran = frontdesk(database, [
        'call',
        '--to',
        '030 23125101',
        '--from',
        '+4915550100001',
        '--url',
        service.url,
        '--json',
      ])
      expect(ran.code, ran.stderr).toBe(0)
      const { steps } = jsonOf(ran)
      const statuses = steps.flatMap((step: { kind: string; answer: { status?: string } }) =>
        step.kind === 'tool' ? [step.answer.status] : [],
      )
      expect(statuses).toEqual(['ready', 'new_customer', 'available', 'booked'])
      await new Promise((resolve) => setTimeout(resolve, 1000))
      const checks = jsonOf(frontdesk(database, ['doctor', '--json']))
      expect(checks.filter(({ state }: { state: string }) => state === 'broken')).toEqual([])
      expect(JSON.stringify(checks)).toContain('rings at Salon Sonne Mitte')
    } finally {
      expect(await service.stop()).toBe(0)
    }
    expect(frontdesk(database, ['call', '--to', '030 23125101', '--url', service.url]).stderr).toContain(
      'does not answer',
    )
    expect(frontdesk(database, ['call', '--to', '030 23125999']).stderr).toContain('No company has the number')
  })
})

describe('a start that cannot succeed', () => {
  it('names every wrong setting at once', () => {
    const ran = frontdesk('mysql://x', ['doctor'], { PORT: 'eleven', LOG_LEVEL: 'loud' })
    expect(ran.code).toBe(1)
    for (const name of ['DATABASE_URL', 'PORT', 'LOG_LEVEL']) expect(ran.stderr).toContain(name)
  })

  it('says that a port is in use, and what to do', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(address !== null && typeof address === 'object' ? address.port : 0)
      })
    })
    const ran = frontdesk(database, ['serve', '--port', String(port)])
    other.close()
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(`Port ${port} is in use`)
  })

  it('refuses a database of a newer version', () => {
    const newer = join(folder, 'newer.sqlite')
    expect(frontdesk(`sqlite:${newer}`, ['migrate', 'up']).code).toBe(0)
    const db = new Database(newer)
    db.prepare("insert into migrations (name, applied_at) values ('9999-tomorrow', 1)").run()
    db.close()
    const ran = frontdesk(`sqlite:${newer}`, ['doctor'])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('newer version')
  })

  it('refuses a missing and a wrong key, and never makes a new one beside data', () => {
    const beside = mkdtempSync(join(folder, 'keys-'))
    const own = `sqlite:${join(beside, 'desk.sqlite')}`
    const made = frontdesk(own, ['apply', file], { ENCRYPTION_KEYS: '' })
    expect(made.code, made.stderr).toBe(0)
    const ring = join(beside, 'keyring')
    expect(made.stderr).toContain('encryption key')
    expect(statSync(ring).mode & 0o777).toBe(0o600)
    const key = readFileSync(ring, 'utf8')
    expect(made.stderr + made.stdout).not.toContain(key.trim().slice(3))

    rmSync(ring)
    const missing = frontdesk(own, ['doctor'], { ENCRYPTION_KEYS: '' })
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('no key ring')
    expect(existsSync(ring)).toBe(false)
    const wrong = frontdesk(own, ['doctor'], { ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}` })
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain('not the one')
    expect(frontdesk(own, ['doctor'], { ENCRYPTION_KEYS: 'k1:short' }).stderr).toContain('ENCRYPTION_KEYS')
    expect(frontdesk(own, ['apply', file, '--json'], { ENCRYPTION_KEYS: key.trim() }).code).toBe(0)
  })

  it('migrates down and up again with data in the tables', () => {
    const own = `sqlite:${join(folder, 'steps.sqlite')}`
    frontdesk(own, ['apply', file])
    const status = () => jsonOf(frontdesk(own, ['migrate', 'status', '--json'])) as readonly { applied: boolean }[]
    expect(status().every(({ applied }) => applied)).toBe(true)
    expect(frontdesk(own, ['migrate', 'down']).code).toBe(0)
    expect(status().every(({ applied }) => applied)).toBe(false)
    expect(frontdesk(own, ['doctor'], { AUTO_MIGRATE: 'false' }).stderr).toContain('frontdesk migrate up')
    expect(frontdesk(own, ['migrate', 'up']).code).toBe(0)
  })
})
