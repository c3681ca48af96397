// A PostgreSQL server of the bench's own, durable as in production. BENCH_DATABASE_URL names another one, as an
// administrator; there the databases of the bench are made anew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

/** The server of the tests is TypeScript; its types are taken off here, beside the bench, so that it finds packages. */
const serverOfTheTests = async () => {
  const source = readFileSync(new URL('../databases/embedded-server.ts', import.meta.url), 'utf8')
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const folder = mkdtempSync(fileURLToPath(new URL('.server-', import.meta.url)))
  const file = join(folder, 'embedded-server.mjs')
  writeFileSync(file, outputText)
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const startPostgres = async () => {
  const { asAdmin, freePort, startServer } = await serverOfTheTests()
  const given = process.env.BENCH_DATABASE_URL
  const port = await freePort()
  const adminUrl = given ?? `postgres://postgres@127.0.0.1:${port}/postgres`
  const stop = given === undefined ? await startServer(port, adminUrl, true) : async () => {}
  await asAdmin(adminUrl, async (admin) => {
    for (const name of ['bench_floor', 'bench_ours', 'bench_tools_1000', 'bench_tools_100000']) {
      await admin.query(`drop database if exists ${name}`)
      await admin.query(`create database ${name}`)
    }
  })
  return {
    url: (database) => {
      const url = new URL(adminUrl)
      url.pathname = `/${database}`
      return url.href
    },
    stop,
  }
}
