import { describe, expect, it } from 'vitest'
import type { Token, User } from '../../src/application/ports/identities.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { at, ids, newCompany, type Open, opening, race, unhurried } from './fixtures.ts'

/** What is promised of people, sessions, tokens and links, and of the hashing behind them. */
export const identitiesContract = (name: string, open: Open): void => {
  describe(`identities and credentials in ${name}`, unhurried, () => {
    const get = opening(open)

    const aUser = (ports: Ports, more: Partial<User> = {}): User => {
      const id = ports.ids.next('user')
      return {
        id,
        email: `${id}@salon.example`,
        role: 'staff',
        company: undefined,
        passwordHash: undefined,
        failedLogins: 0,
        lockedUntil: undefined,
        disabled: false,
        seesVip: false,
        createdAt: at(0),
        ...more,
      }
    }
    const added = async (ports: Ports, more: Partial<User> = {}) => {
      const user = aUser(ports, more)
      expect(await ports.identities.addUser(user)).toBe(true)
      return user
    }
    const newDigest = (ports: Ports) => ports.credentials.digest(ports.credentials.randomText())

    describe('identities', () => {
      it('finds a user by id and by e-mail in any letter case', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        const user = await added(ports, { company: profile.id, email: `Nina.Probe@${profile.company.slug}.example` })
        expect(await ports.identities.user(user.id)).toEqual(user)
        expect(await ports.identities.userByEmail(user.email)).toEqual(user)
        expect(await ports.identities.userByEmail(user.email.toUpperCase())).toEqual(user)
        expect(await ports.identities.userByEmail('niemand@salon.example')).toBeUndefined()
        expect(await ports.identities.user(ports.ids.next('user'))).toBeUndefined()
      })

      it('gives an e-mail address to one of ten racing users', async () => {
        const { ports } = get()
        const email = aUser(ports).email
        const results = await race(10, (which) =>
          ports.identities.addUser(aUser(ports, { email: which % 2 ? email : email.toUpperCase() })),
        )
        expect(results.filter((one) => one)).toHaveLength(1)
      })

      it('keeps what changes about a user', async () => {
        const { ports } = get()
        const user = await added(ports)
        const changed: User = {
          ...user,
          email: `neu.${user.email}`,
          role: 'manager',
          passwordHash: 'h',
          failedLogins: 5,
          lockedUntil: at(9),
          disabled: true,
        }
        expect(await ports.identities.changeUser(user.id, () => changed)).toEqual(changed)
        expect(await ports.identities.user(user.id)).toEqual(changed)
        expect(await ports.identities.userByEmail(changed.email)).toEqual(changed)
        expect(await ports.identities.userByEmail(user.email)).toBeUndefined()
      })

      it('loses no change of twenty racing ones, and changes nobody who is not there', async () => {
        const { ports } = get()
        const user = await added(ports)
        const more = (one: User): User => ({ ...one, failedLogins: one.failedLogins + 1 })
        await race(20, () => ports.identities.changeUser(user.id, more))
        expect((await ports.identities.user(user.id))?.failedLogins).toBe(20)
        expect(await ports.identities.changeUser(ports.ids.next('user'), more)).toBeUndefined()
      })

      it('lists a company’s users, and the platform’s apart from them', async () => {
        const { ports } = get()
        const [{ profile }, other] = [await newCompany(ports), await newCompany(ports)]
        const ours = [await added(ports, { company: profile.id }), await added(ports, { company: profile.id })]
        const theirs = await added(ports, { company: other.profile.id })
        const admin = await added(ports, { role: 'platform_admin' })
        expect(ids(await ports.identities.users(profile.id)).toSorted()).toEqual(ids(ours).toSorted())
        const admins = ids(await ports.identities.users(undefined))
        expect(admins).toContain(admin.id)
        expect(admins).not.toContain(theirs.id)
      })

      it('knows a session by its digest until it is removed, alone or with all of its user', async () => {
        const { ports } = get()
        const [user, other] = [await added(ports), await added(ports)]
        const session = (of: User) => ({ digest: newDigest(ports), user: of.id, createdAt: at(0), expiresAt: at(60) })
        const [one, two, three, foreign] = [session(user), session(user), session(user), session(other)]
        for (const each of [one, two, three, foreign]) await ports.identities.addSession(each)
        expect(await ports.identities.session(one.digest)).toEqual(one)
        await ports.identities.removeSession(one.digest)
        expect(await ports.identities.session(one.digest)).toBeUndefined()
        expect(await ports.identities.session(two.digest)).toEqual(two)
        await ports.identities.removeSessionsOf(user.id)
        expect(await ports.identities.session(two.digest)).toBeUndefined()
        expect(await ports.identities.session(three.digest)).toBeUndefined()
        expect(await ports.identities.session(foreign.digest)).toEqual(foreign)
      })

      it('knows a token by its digest until it is removed', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        const token = (more: Partial<Token>): Token => ({
          id: ports.ids.next('token'),
          digest: newDigest(ports),
          role: 'viewer',
          company: profile.id,
          seesVip: false,
          createdAt: at(0),
          expiresAt: undefined,
          ...more,
        })
        const [one, two, admins] = [
          token({}),
          token({ expiresAt: at(9), seesVip: true }),
          token({ company: undefined, role: 'platform_admin' }),
        ]
        for (const each of [one, two, admins]) await ports.identities.addToken(each)
        expect(await ports.identities.token(two.digest)).toEqual(two)
        expect(await ports.identities.token(newDigest(ports))).toBeUndefined()
        expect(ids(await ports.identities.tokens(profile.id)).toSorted()).toEqual([one.id, two.id].toSorted())
        expect(ids(await ports.identities.tokens(undefined))).toContain(admins.id)
        await ports.identities.removeToken(one.id)
        expect(await ports.identities.token(one.digest)).toBeUndefined()
        expect(ids(await ports.identities.tokens(profile.id))).toEqual([two.id])
      })

      it('gives a password link to one of ten racing takers, once', async () => {
        const { ports } = get()
        const user = await added(ports)
        const link = { digest: newDigest(ports), user: user.id, expiresAt: at(60) }
        await ports.identities.addPasswordLink(link)
        const taken = await race(10, () => ports.identities.takePasswordLink(link.digest))
        expect(taken.filter((one) => one !== undefined)).toEqual([link])
        expect(await ports.identities.takePasswordLink(link.digest)).toBeUndefined()
      })
    })

    describe('credentials', () => {
      it('accepts the password that was hashed and no other, nor any of an unknown user', async () => {
        const { credentials } = get().ports
        const hash = await credentials.hashPassword('Schönes Passwort 1')
        expect(hash).not.toContain('Passwort')
        expect(await credentials.verifyPassword(hash, 'Schönes Passwort 1')).toBe(true)
        expect(await credentials.verifyPassword(hash, 'schönes Passwort 1')).toBe(false)
        expect(await credentials.verifyPassword(undefined, 'Schönes Passwort 1')).toBe(false)
        expect(await credentials.verifyPassword(undefined, '')).toBe(false)
      })

      it('makes texts of 256 bits that are safe in an address, never the same twice', () => {
        const { credentials } = get().ports
        const texts = Array.from({ length: 100 }, () => credentials.randomText())
        expect(new Set(texts).size).toBe(100)
        for (const text of texts) expect(text).toMatch(/^[A-Za-z0-9_-]{43,}$/)
      })

      it('digests equal texts equally and different ones differently', () => {
        const { credentials } = get().ports
        expect(credentials.digest('a')).toBe(credentials.digest('a'))
        expect(credentials.digest('a')).not.toBe(credentials.digest('b'))
        expect(credentials.digest('a')).not.toContain('a'.repeat(10))
      })
    })
  })
}
