import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import type { Database } from '../../../src/adapters/sql/database.ts'
import { sqlIdentities } from '../../../src/adapters/sql/identities.ts'
import type { User } from '../../../src/application/ports/identities.ts'
import { at } from '../../contracts/fixtures.ts'
import { openTestDatabase, type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

describe.each(testDatabases)('identities on $name', ({ make }) => {
  let database: TestDatabase
  let opened: Database
  beforeAll(async () => {
    database = await make()
    opened = await openTestDatabase(database)
  })
  afterAll(async () => {
    await opened.engine.close()
    await database.drop()
  })

  const ids = countingIds()
  const identities = () => sqlIdentities(opened.engine, opened.seals)
  const aUser = (email: string): User => ({
    id: ids.next('user'),
    email,
    role: 'platform_admin',
    company: undefined,
    passwordHash: undefined,
    failedLogins: 0,
    lockedUntil: undefined,
    disabled: false,
    seesVip: false,
    createdAt: at(0),
  })

  it('finds an e-mail however its letters are composed, with spaces around it, and keeps it as it was given', async () => {
    const user = aUser('Jörg@Muster.example'.normalize('NFD'))
    expect(await identities().addUser(user)).toBe(true)
    expect(await identities().userByEmail(' jörg@muster.EXAMPLE '.normalize('NFC'))).toStrictEqual(user)
    expect(await identities().addUser(aUser('JÖRG@muster.example'))).toBe(false)
    expect(await identities().userByEmail('jorg@muster.example')).toBeUndefined()
  })

  it('keeps no e-mail that could be read without a key', async () => {
    await identities().addUser(aUser('secret.person@muster.example'))
    const rows = await opened.engine.readAsSystem((trx) => trx.selectFrom('users').selectAll().execute())
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(/secret\.person|muster/i)
  })

  it('opens an e-mail for no other user than the one it was sealed for', async () => {
    const [one, other] = [aUser('one@muster.example'), aUser('other@muster.example')]
    for (const user of [one, other]) await identities().addUser(user)
    await opened.engine.asSystem(async (trx) => {
      const stolen = trx.selectFrom('users').select('email').where('id', '=', one.id)
      await trx.updateTable('users').set({ email: stolen }).where('id', '=', other.id).execute()
    })
    await expect(identities().user(other.id)).rejects.toThrow()
    expect(await identities().user(one.id)).toStrictEqual(one)
  })

  it('refuses a change to an e-mail that is another user’s, and changes nothing', async () => {
    const [one, other] = [aUser('holder@muster.example'), aUser('wants@muster.example')]
    for (const user of [one, other]) await identities().addUser(user)
    await expect(
      identities().changeUser(other.id, (user) => ({ ...user, email: 'HOLDER@muster.example' })),
    ).rejects.toThrow()
    expect(await identities().user(other.id)).toStrictEqual(other)
  })
})
