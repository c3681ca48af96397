// The whole suite: gates, each counted as one test, beside every test as soon as there is a build, then one line with the sum.
// Words after `npm test --` go to vitest; gates are then left out, unless REQUIRE_ALL=true.
import { spawn } from 'node:child_process'
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
]
/** Tests run the command as it is built. */
const build = { name: 'build', command: [process.execPath, 'scripts/build.js'] }

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

/** One after the other, for each of them keeps a core busy. */
const passAll = async (waiting) => {
  const passed = []
  for (const gate of waiting) passed.push(await pass(gate))
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

const ran = (child) =>
  new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code))
  })

const runTests = async () => {
  const folder = roomForTests()
  // The tests' own PostgreSQL runs as nobody where they run as root, and has to find its folder in there.
  chmodSync(folder, 0o711)
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/test-report.js']
    const tests = spawn(bin('vitest'), ['run', ...reporters, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TMPDIR: folder, TEST_REPORT: report },
    })
    const status = await ran(tests)
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
const isGated = args.length === 0 || requireAll
const gating = isGated ? passAll(gates) : Promise.resolve([])
const built = isGated ? [await pass(build)] : []
const tests = await runTests()
const gated = [...built, ...(await gating)]

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
