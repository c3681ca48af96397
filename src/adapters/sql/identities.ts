import type { Insertable, Selectable } from 'kysely'
import type { Identities, PasswordLink, Session, Token, User } from '../../application/ports/identities.ts'
import { foldedEmail } from './email-index.ts'
import type { Engine } from './engine.ts'
import type { Schema } from './schema.ts'
import type { Seals } from './sealing.ts'

/** Who may come in. E-mails are sealed under the platform, for they are looked up before a company is known. */
export const sqlIdentities = (engine: Engine, seals: Seals): Identities => {
  const emailIndex = (email: string): string => seals.platform.index('users.email', foldedEmail(email))

  const toRow = (user: User): Omit<Insertable<Schema['users']>, 'id' | 'company_id'> => ({
    email: seals.platform.seal('users', 'email', user.id, user.email),
    email_index: emailIndex(user.email),
    role: user.role,
    password_hash: user.passwordHash ?? null,
    failed_logins: user.failedLogins,
    locked_until: user.lockedUntil ?? null,
    disabled: user.disabled ? 1 : 0,
    sees_vip: user.seesVip ? 1 : 0,
    created_at: user.createdAt,
  })

  const fromRow = (row: Selectable<Schema['users']>): User => ({
    id: row.id as User['id'],
    email: seals.platform.open('users', 'email', row.id, row.email),
    role: row.role as User['role'],
    company: (row.company_id ?? undefined) as User['company'],
    passwordHash: row.password_hash ?? undefined,
    failedLogins: row.failed_logins,
    lockedUntil: (row.locked_until ?? undefined) as User['lockedUntil'],
    disabled: row.disabled === 1,
    seesVip: row.sees_vip === 1,
    createdAt: row.created_at as User['createdAt'],
  })

  return {
    userByEmail: (email) =>
      engine.readAsSystem(async (trx) => {
        const index = emailIndex(email)
        const row = await trx.selectFrom('users').selectAll().where('email_index', '=', index).executeTakeFirst()
        return row && fromRow(row)
      }),
    user: (id) =>
      engine.readAsSystem(async (trx) => {
        const row = await trx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
        return row && fromRow(row)
      }),
    addUser: (user) =>
      engine.asSystem(async (trx) => {
        const added = await trx
          .insertInto('users')
          .values({ id: user.id, company_id: user.company ?? null, ...toRow(user) })
          .onConflict((conflict) => conflict.column('email_index').doNothing())
          .executeTakeFirst()
        return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
      }),
    changeUser: (id, step) =>
      engine.asSystem(async (trx) => {
        const query = trx.selectFrom('users').selectAll().where('id', '=', id)
        const row = await (engine.dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
        if (!row) return undefined
        const user = step(fromRow(row))
        await trx.updateTable('users').set(toRow(user)).where('id', '=', id).execute()
        return user
      }),
    users: (company) =>
      engine.readAsSystem(async (trx) => {
        const all = trx.selectFrom('users').selectAll()
        const rows = await (company === undefined
          ? all.where('company_id', 'is', null)
          : all.where('company_id', '=', company)
        )
          .orderBy('created_at')
          .orderBy('id')
          .execute()
        return rows.map(fromRow)
      }),
    addSession: async ({ digest, user, createdAt, expiresAt }) => {
      const row = { digest, user_id: user, created_at: createdAt, expires_at: expiresAt }
      await engine.asSystem((trx) => trx.insertInto('sessions').values(row).execute())
    },
    session: (digest) =>
      engine.readAsSystem(async (trx) => {
        const row = await trx.selectFrom('sessions').selectAll().where('digest', '=', digest).executeTakeFirst()
        return row && sessionFromRow(row)
      }),
    removeSession: async (digest) => {
      await engine.asSystem((trx) => trx.deleteFrom('sessions').where('digest', '=', digest).execute())
    },
    removeSessionsOf: async (user) => {
      await engine.asSystem((trx) => trx.deleteFrom('sessions').where('user_id', '=', user).execute())
    },
    addToken: async ({ id, digest, role, company, seesVip, createdAt, expiresAt }) => {
      const row = {
        id,
        digest,
        company_id: company ?? null,
        role,
        sees_vip: seesVip ? (1 as const) : (0 as const),
        created_at: createdAt,
        expires_at: expiresAt ?? null,
      }
      await engine.asSystem((trx) => trx.insertInto('tokens').values(row).execute())
    },
    token: (digest) =>
      engine.readAsSystem(async (trx) => {
        const row = await trx.selectFrom('tokens').selectAll().where('digest', '=', digest).executeTakeFirst()
        return row && tokenFromRow(row)
      }),
    tokens: (company) =>
      engine.readAsSystem(async (trx) => {
        const all = trx.selectFrom('tokens').selectAll()
        const rows = await (company === undefined
          ? all.where('company_id', 'is', null)
          : all.where('company_id', '=', company)
        )
          .orderBy('created_at')
          .orderBy('id')
          .execute()
        return rows.map(tokenFromRow)
      }),
    removeToken: async (id) => {
      await engine.asSystem((trx) => trx.deleteFrom('tokens').where('id', '=', id).execute())
    },
    addPasswordLink: async ({ digest, user, expiresAt }) => {
      const row = { digest, user_id: user, expires_at: expiresAt }
      await engine.asSystem((trx) => trx.insertInto('password_links').values(row).execute())
    },
    takePasswordLink: (digest) =>
      engine.asSystem(async (trx) => {
        const row = await trx
          .deleteFrom('password_links')
          .where('digest', '=', digest)
          .returningAll()
          .executeTakeFirst()
        return row && linkFromRow(row)
      }),
  }
}

const sessionFromRow = (row: Selectable<Schema['sessions']>): Session => ({
  digest: row.digest,
  user: row.user_id as Session['user'],
  createdAt: row.created_at as Session['createdAt'],
  expiresAt: row.expires_at as Session['expiresAt'],
})

const tokenFromRow = (row: Selectable<Schema['tokens']>): Token => ({
  id: row.id as Token['id'],
  digest: row.digest,
  role: row.role as Token['role'],
  company: (row.company_id ?? undefined) as Token['company'],
  seesVip: row.sees_vip === 1,
  createdAt: row.created_at as Token['createdAt'],
  expiresAt: (row.expires_at ?? undefined) as Token['expiresAt'],
})

const linkFromRow = (row: Selectable<Schema['password_links']>): PasswordLink => ({
  digest: row.digest,
  user: row.user_id as PasswordLink['user'],
  expiresAt: row.expires_at as PasswordLink['expiresAt'],
})
