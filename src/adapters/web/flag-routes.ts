import type { FastifyPluginAsync } from 'fastify'
import { isFlagName } from '../../application/access/known-flags.ts'
import type { Flag, FlagRules } from '../../domain/access/flag.ts'
import { isRole } from '../../domain/access/role.ts'
import { parseId } from '../../domain/ids.ts'
import { longTextOf, valuesOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, AtPlatform, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { type FlagEntry, type FlagMistakes, flagsPage, reachOf } from './pages/flags.tsx'

const path = '/flags'
const mostUsers = 1000

const entryIn = (body: unknown): FlagEntry => {
  const reach = textOf(body, 'reach')
  return {
    reach: reach === 'everybody' || reach === 'some' ? reach : 'nobody',
    roles: valuesOf(body, 'role').filter(isRole),
    companies: valuesOf(body, 'company'),
    percent: textOf(body, 'percent').trim(),
    users: longTextOf(body, 'users') ?? '',
  }
}

const wordsIn = (text: string): readonly string[] => [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))]

const percentIn = (text: string): number | undefined => {
  if (text === '') return 0
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined
}

const nobody: FlagRules = { everybody: false, roles: [], users: [], companies: [], percent: 0 }

/** Features that the platform switches on for some and not yet for others. */
export const flagRoutes =
  ({ application }: WebDependencies, { atPlatform }: Pages): FastifyPluginAsync =>
  async (http) => {
    const entryOf = async ({ scope }: AtPlatform, { rules }: Flag): Promise<FlagEntry> => {
      const named = await Promise.all(
        rules.users.map(async (id) => (await application.platformUser(scope, { id }))?.email ?? id),
      )
      return {
        reach: reachOf(rules),
        ...{ roles: rules.roles, companies: rules.companies },
        percent: rules.percent === 0 ? '' : String(rules.percent),
        users: named.join('\n'),
      }
    }

    const shown = async (
      at: AtPlatform,
      told: { readonly said?: string; readonly wrong?: string; readonly status?: number } = {},
      typed?: { readonly name: string; readonly entry: FlagEntry; readonly mistakes: FlagMistakes },
    ): Promise<Answer> => {
      const { known } = at.frame.words.flags
      const [all, companies] = await Promise.all([application.listFlags(at.scope), application.companies(at.scope)])
      const flags = await Promise.all(
        all.map(async (flag) => {
          const { title, help } = isFlagName(flag.name)
            ? known[flag.name]
            : { title: flag.name, help: flag.description }
          const mine = typed?.name === flag.name ? typed : { entry: await entryOf(at, flag), mistakes: {} }
          return { flag, title, help, entry: mine.entry, mistakes: mine.mistakes }
        }),
      )
      return flagsPage({ frame: at.frame, flags, companies, ...told })
    }

    http.get(
      path,
      atPlatform((at, { query }) => {
        const { flags } = at.frame.words
        const name = textOf(query, 'said')
        return shown(at, isFlagName(name) ? { said: flags.saved(flags.known[name].title) } : {})
      }),
    )

    /** What was typed, as rules; mistakes where it makes none. */
    const rulesOf = async ({ scope, frame }: AtPlatform, entry: FlagEntry): Promise<FlagRules | FlagMistakes> => {
      const { wrong } = frame.words.flags
      if (entry.reach !== 'some') return { ...nobody, everybody: entry.reach === 'everybody' }
      const percent = percentIn(entry.percent)
      const users = await Promise.all(
        wordsIn(entry.users)
          .slice(0, mostUsers)
          .map(async (word) => {
            if (parseId('token', word).isOk()) return { word, id: word }
            const named = word.includes('@') ? { email: word } : { id: word }
            return { word, id: (await application.platformUser(scope, named))?.id }
          }),
      )
      const unknown = users.filter(({ id }) => id === undefined).map(({ word }) => word)
      const known = new Map((await application.companies(scope)).map(({ id }) => [id as string, id]))
      const rules: FlagRules = {
        everybody: false,
        roles: entry.roles.filter(isRole),
        users: users.flatMap(({ id }) => id ?? []),
        companies: entry.companies.flatMap((id) => known.get(id) ?? []),
        percent: percent ?? 0,
      }
      const mistakes: FlagMistakes = {
        ...(percent === undefined ? { percent: wrong.percent } : {}),
        ...(unknown.length > 0 ? { users: wrong.users(unknown.join(', ')) } : {}),
      }
      if (Object.keys(mistakes).length > 0) return mistakes
      return reachOf(rules) === 'some' ? rules : { some: wrong.some }
    }

    http.post(
      `${path}/:name`,
      { preHandler: http.csrfProtection, bodyLimit: 256 * 1024 },
      atPlatform(async (at, { params, body }): Promise<Answer> => {
        const { name } = params as { readonly name: string }
        const { wrong } = at.frame.words.flags
        const flag = (await application.listFlags(at.scope)).find((one) => one.name === name)
        if (!flag) return 'not-found'
        if (textOf(body, 'seen') !== String(flag.changedAt ?? '')) {
          return shown(at, { status: 409, wrong: wrong.changed })
        }
        const entry = entryIn(body)
        const rules = await rulesOf(at, entry)
        if (!('everybody' in rules)) {
          return shown(at, { status: 422, wrong: wrong.summary }, { name, entry, mistakes: rules })
        }
        const set = await application.setFlag(at.scope, name, rules)
        return set.isOk() ? { redirect: `${path}?said=${name}` } : shown(at, { status: 422, wrong: wrong.summary })
      }),
    )
  }
