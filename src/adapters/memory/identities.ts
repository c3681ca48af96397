import type { Identities, PasswordLink, Session, Token, User } from '../../application/ports/identities.ts'
import { sameEmail } from './customers.ts'
import { keep } from './keep.ts'

/** What is deleted once it is over. */
export interface Visits {
  readonly sessions: Map<string, Session>
  readonly links: Map<string, PasswordLink>
}

export const memoryIdentities = ({ sessions, links }: Visits): Identities => {
  const users = new Map<string, User>()
  const tokens = new Map<string, Token>()
  const byEmail = (email: string) => [...users.values()].find((user) => sameEmail(user.email, email))

  return {
    userByEmail: async (email) => byEmail(email),
    user: async (id) => users.get(id),
    addUser: async (user) => {
      if (byEmail(user.email)) return false
      users.set(user.id, keep(user))
      return true
    },
    changeUser: async (id, step) => {
      const known = users.get(id)
      if (!known) return undefined
      const user = step(known)
      const holder = byEmail(user.email)
      if (holder && holder.id !== user.id) throw new Error('The e-mail is another user’s')
      users.set(id, keep(user))
      return user
    },
    users: async (company) => [...users.values()].filter((user) => user.company === company),
    addSession: async (session) => {
      sessions.set(session.digest, keep(session))
    },
    session: async (digest) => sessions.get(digest),
    removeSession: async (digest) => {
      sessions.delete(digest)
    },
    removeSessionsOf: async (user) => {
      for (const session of [...sessions.values()]) if (session.user === user) sessions.delete(session.digest)
    },
    addToken: async (token) => {
      tokens.set(token.id, keep(token))
    },
    token: async (digest) => [...tokens.values()].find((token) => token.digest === digest),
    tokens: async (company) => [...tokens.values()].filter((token) => token.company === company),
    removeToken: async (id) => {
      tokens.delete(id)
    },
    addPasswordLink: async (link) => {
      links.set(link.digest, keep(link))
    },
    takePasswordLink: async (digest) => {
      const link = links.get(digest)
      links.delete(digest)
      return link
    },
  }
}
