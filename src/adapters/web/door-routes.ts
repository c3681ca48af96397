import type { FastifyPluginAsync } from 'fastify'
import type { LogInFailure, SetPasswordFailure, WebDependencies } from './application.ts'
import { type Pages, sessionCookie } from './authenticated.ts'
import { clockTime } from './format.ts'
import { type Frame, localPath, readingOf } from './frame.ts'
import { loginPage, setPasswordPage } from './pages/doors.tsx'
import { chosen } from './preferences.ts'

const YEAR_SECONDS = 365 * 86_400

/** A field of a form or an address, as text. */
export const textOf = (fields: unknown, name: string): string => {
  const value = (fields as { readonly [field: string]: unknown } | null | undefined)?.[name]
  return typeof value === 'string' ? value.slice(0, 2000) : ''
}

const logInProblem = (failure: LogInFailure, frame: Frame): readonly [status: number, text: string] => {
  const { login } = frame.words
  if (failure.kind === 'wrong-credentials') return [401, login.wrong]
  const until = clockTime(failure.until, readingOf(frame))
  return [429, login.tooMany(until)]
}

const passwordProblem = (failure: SetPasswordFailure, frame: Frame): string =>
  failure.kind === 'password-too-short'
    ? frame.words.setPassword.tooShort(failure.minimum)
    : frame.words.setPassword.over

/** Coming in, going out, setting a password, and how one likes to see things. All are plain forms. */
export const doorRoutes =
  ({ application, secureCookies, clock }: WebDependencies, { frameOf, show }: Pages): FastifyPluginAsync =>
  async (http) => {
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies } as const
    const guarded = { preHandler: http.csrfProtection }

    http.get('/login', async (request, reply) => {
      const known = request.cookies[sessionCookie]
      const next = localPath(textOf(request.query, 'next'))
      if (known && (await application.whoIs(known))) return reply.redirect(next, 303)
      const frame = frameOf(request, reply, undefined, undefined)
      const said = textOf(request.query, 'said')
      const { login } = frame.words
      const notice = said === 'password-set' ? login.passwordSet : said === 'logged-out' ? login.loggedOut : undefined
      return show(request, reply, frame, loginPage({ frame, next, email: '', problem: undefined, notice }))
    })

    http.post('/login', guarded, async (request, reply) => {
      const frame = frameOf(request, reply, undefined, undefined)
      const email = textOf(request.body, 'email').trim()
      const password = textOf(request.body, 'password')
      const next = localPath(textOf(request.body, 'next'))
      const again = (status: number, problem: string) => {
        const view = loginPage({ frame, next, email, problem, notice: undefined })
        return show(request, reply, frame, { ...view, status })
      }
      if (email === '' || password === '') return again(422, frame.words.login.missing)
      const entered = await application.logIn(email, password, request.ip)
      if (entered.isErr()) {
        const [status, problem] = logInProblem(entered.error, frame)
        if ('until' in entered.error)
          reply.header('retry-after', String(Math.max(1, Math.ceil((entered.error.until - clock.now()) / 1000))))
        return again(status, problem)
      }
      const { cookie: value, expiresAt } = entered.value
      reply.setCookie(sessionCookie, value, { ...cookie, maxAge: Math.floor((expiresAt - clock.now()) / 1000) })
      return reply.redirect(next, 303)
    })

    http.post('/logout', guarded, async (request, reply) => {
      const value = request.cookies[sessionCookie]
      if (value) await application.logOut(value)
      reply.clearCookie(sessionCookie, cookie)
      return reply.redirect('/login?said=logged-out', 303)
    })

    http.get<{ Params: { token: string } }>('/set-password/:token', async (request, reply) => {
      const frame = frameOf(request, reply, undefined, undefined)
      reply.header('referrer-policy', 'no-referrer')
      return show(request, reply, frame, setPasswordPage({ frame, token: request.params.token, problem: undefined }))
    })

    http.post<{ Params: { token: string } }>('/set-password/:token', guarded, async (request, reply) => {
      const frame = frameOf(request, reply, undefined, undefined)
      const { token } = request.params
      const password = textOf(request.body, 'password')
      const again = (problem: string) =>
        show(request, reply, frame, { ...setPasswordPage({ frame, token, problem }), status: 422 })
      reply.header('referrer-policy', 'no-referrer')
      if (password !== textOf(request.body, 'repeat')) return again(frame.words.setPassword.differ)
      const set = await application.setPassword(token, password)
      return set.isErr() ? again(passwordProblem(set.error, frame)) : reply.redirect('/login?said=password-set', 303)
    })

    http.post('/preferences', guarded, async (request, reply) => {
      const form = (request.body ?? {}) as { readonly theme?: unknown; readonly language?: unknown }
      for (const { name, value } of chosen(form)) reply.setCookie(name, value, { ...cookie, maxAge: YEAR_SECONDS })
      return reply.redirect(localPath(textOf(request.body, 'next')), 303)
    })
  }
