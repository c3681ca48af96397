// The bare floor: Fastify, HMAC, one durable insert. No routing, no encryption, no dedupe. On SQLite the inserts of one
// turn of the event loop are committed together; on PostgreSQL each request is one insert, over a pool of ten.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import fastify from 'fastify'
import pg from 'pg'

const { database, key } = workerData

const sqliteInsert = (file) => {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec('create table deliveries (id integer primary key, received_at integer, body text)')
  const insert = db.prepare('insert into deliveries (received_at, body) values (?, ?)')
  let waiting = []
  const commit = db.transaction((rows) => {
    for (const { body } of rows) insert.run(Date.now(), body)
  })
  return (body) =>
    new Promise((resolve) => {
      waiting.push({ body, resolve })
      if (waiting.length > 1) return
      setImmediate(() => {
        const rows = waiting
        waiting = []
        commit(rows)
        for (const row of rows) row.resolve()
      })
    })
}

const postgresInsert = async (url) => {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(
    'create table if not exists floor_deliveries (id bigserial primary key, received_at bigint, body text)',
  )
  return (body) => pool.query('insert into floor_deliveries (received_at, body) values ($1, $2)', [Date.now(), body])
}

const insert = database.startsWith('sqlite:') ? sqliteInsert(database.slice(7)) : await postgresInsert(database)
const http = fastify({ logger: false })
http.removeAllContentTypeParsers()
http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
http.post('/webhooks/retell', async (request, reply) => {
  const [, v, d] = /^v=(\d+),d=([0-9a-f]{64})$/.exec(request.headers['x-retell-signature']) ?? []
  const digest = createHmac('sha256', key).update(request.body).update(v).digest()
  if (!timingSafeEqual(digest, Buffer.from(d, 'hex'))) return reply.status(401).send()
  await insert(request.body.toString('utf8'))
  return reply.status(204).send()
})
parentPort.postMessage(await http.listen({ port: 0, host: '127.0.0.1' }))
