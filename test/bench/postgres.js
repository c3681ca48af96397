// A PostgreSQL server of the bench's own, durable as in production: `fsync` and `synchronous_commit` stay on.
// BENCH_DATABASE_URL names another one; without any the SQLite figures stand alone.
import pg from 'pg'

export const startPostgres = async () => {
  const given = process.env.BENCH_DATABASE_URL
  const { startServer } = await import('../databases/embedded-server.js')
  const server = given ? { adminUrl: given, stop: async () => {} } : await startServer({ durable: true })
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  for (const name of ['bench_floor', 'bench_ours']) {
    await admin.query(`drop database if exists ${name}`)
    await admin.query(`create database ${name}`)
  }
  await admin.end()
  return {
    url: (database) => {
      const url = new URL(server.adminUrl)
      url.pathname = `/${database}`
      return url.href
    },
    stop: server.stop,
  }
}
