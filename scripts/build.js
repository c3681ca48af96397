// Compiles src into dist, puts the dashboard's assets beside the code that serves them, and makes the command of few files:
// most of the time of a command that is over at once would go into looking for a thousand.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const compiled = fileURLToPath(new URL('../dist/index.js', import.meta.url))
if (!existsSync(compiled)) rmSync(new URL('../.cache/tsconfig.build.tsbuildinfo', import.meta.url), { force: true })
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
cpSync(
  new URL('../src/adapters/web/assets', import.meta.url),
  new URL('../dist/adapters/web/assets', import.meta.url),
  {
    recursive: true,
  },
)

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
/** Packages of many small files that nothing else loads. All others stay where they are, so that each is there once. */
const taken = /^(date-holidays|kysely|libphonenumber-js)(\/|$)/
/** They read files that lie beside them. */
const staying = ['adapters/web/assets.js', 'composition/commands/demo.js', 'composition/version.js']
const stay = {
  name: 'stay',
  resolveId: (id, from) => {
    const file = staying.find((one) => from !== undefined && resolve(dirname(from), id) === `${dist}${one}`)
    return file === undefined ? null : { id: `../${file}`, external: true }
  },
}
const isPackage = (id) => !id.startsWith('.') && !isAbsolute(id)
const bundle = await rolldown({
  input: { frontdesk: `${dist}composition/main-cli.js` },
  platform: 'node',
  logLevel: 'warn',
  plugins: [stay],
  external: (id, from) => isPackage(id) && !taken.test(id) && !from?.includes('node_modules'),
})
rmSync(`${dist}cli`, { recursive: true, force: true })
await bundle.write({ dir: `${dist}cli`, format: 'esm' })
await bundle.close()
