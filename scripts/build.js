// Compiles src into dist and puts the dashboard's assets beside the code that serves them.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

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
