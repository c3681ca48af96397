// The whole suite: the gates first, each counted as one test, then every test, then one line with the sum.
// Words after `npm test --` go to vitest; gates are then left out, unless REQUIRE_ALL=true.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules', '.bin', name)
const args = process.argv.slice(2)
const requireAll = process.env.REQUIRE_ALL === 'true'

const gates = [
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'lint and format', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'markup escapes', command: [bin('xss-scan')] },
  { name: 'nothing unused', command: [bin('knip')] },
  { name: 'build', command: [process.execPath, 'scripts/build.js'] },
]

const pass = async ({ name, command: [file, ...rest] }) => {
  const began = performance.now()
  const child = spawn(file, rest, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const fault = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? code}`))
  })
  const ms = Math.round(performance.now() - began)
  console.log(`${fault === undefined ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${String(ms).padStart(6)} ms`)
  if (fault !== undefined) console.log(`${output.trim()}\n${name} ${fault}`)
  return fault === undefined
}

/** Two at a time: each of them keeps a core busy. */
const passAll = async () => {
  const waiting = [...gates]
  const passed = []
  const next = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) passed.push(await pass(gate))
  }
  await Promise.all([next(), next()])
  return passed
}

/** Where databases of tests lie: in memory if the system has room for them there, since no test outlives a loss of power. */
const roomForTests = () => {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize > 2 ** 31) return mkdtempSync(join(memory, 'frontdesk-test-'))
  } catch {
    // A system without it, or where it is not ours to write to.
  }
  return mkdtempSync(join(tmpdir(), 'frontdesk-test-'))
}

const runTests = () => {
  const folder = roomForTests()
  // The tests' own PostgreSQL runs as nobody where they run as root, and has to find its folder in there.
  chmodSync(folder, 0o711)
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/test-report.js']
    const { status } = spawnSync(bin('vitest'), ['run', ...reporters, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TMPDIR: folder, TEST_REPORT: report },
    })
    const counted = JSON.parse(readFileSync(report, 'utf8'))
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
  } catch (fault) {
    console.log(`The tests did not come to an end: ${fault.message}`)
    return { passed: 0, failed: 1, skipped: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const began = performance.now()
const gated = args.length === 0 || requireAll ? await passAll() : []
const tests = runTests()

const passed = tests.passed + gated.filter(Boolean).length
let failed = tests.failed + gated.filter((ok) => !ok).length
let skipped = tests.skipped.length

if (gated.length === 0) console.log('Only the tests named were run; npm test without more words runs the gates too.')
for (const { name, reason } of tests.skipped) console.log(`skipped: ${name}${reason === '' ? '' : ` (${reason})`}`)
if (requireAll && skipped > 0) {
  console.log('REQUIRE_ALL is set: each skipped test counts as failed.')
  failed += skipped
  skipped = 0
}
console.log(`${Math.round((performance.now() - began) / 1000)} s`)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
