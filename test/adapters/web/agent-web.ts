import fastify from 'fastify'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { openReleaseDesk } from '../../application/agents/release-desk.ts'

export const agents = '/companies/praxis-mond/agents'
const password = 'ein Satz mit fünf Wörtern'

/** An engine that nothing is wrong with: a prompt and no functions of other people. */
const soundEngine = {
  begin_message: 'Praxis Mond, guten Tag.',
  general_prompt: 'Sie sind am Empfang der Praxis Mond.\nSie sprechen Deutsch und bleiben freundlich.',
  general_tools: [
    { type: 'end_call', name: 'end_call', description: 'Beendet das Gespräch, wenn alles gesagt ist.' },
    {
      ...{ type: 'custom', name: 'book_appointment', description: 'Bucht einen Termin.', method: 'POST' },
      ...{ url: 'http://127.0.0.1:3000/functions/retell', speak_during_execution: true, args_at_root: false },
      parameters: {
        type: 'object',
        properties: {
          service: { type: 'string', description: 'Die Leistung.' },
          date: { type: 'string', description: 'Der Tag.' },
          time: { type: 'string', description: 'Die Uhrzeit.' },
          customer_name: { type: 'string', description: 'Der Name.' },
        },
        required: ['service', 'date', 'time', 'customer_name'],
      },
    },
  ],
}

/** The dashboard of a practice with an agent that answers both of its numbers, over its account at Retell. */
export const openAgentWeb = async (role: Role = 'manager', engine: JsonObject = soundEngine) => {
  const desk = await openReleaseDesk(undefined, engine)
  const http = fastify({ forceCloseConnections: true })
  const application = webApplication(desk.app, desk.ports)
  await http.register(
    webRoutes({
      ...{ application, secureCookies: false, publicUrl: 'https://desk.example', clock: desk.clock },
      platformZone: 'Europe/Berlin' as TimeZone,
    }),
  )
  const signIn = async (as: Role) => {
    const email = `${as.replace('_', '-')}@praxis-mond.example`
    const link = await desk.app.createUser(desk.platform, { email, role: as, company: desk.scope.company })
    await desk.app.setPassword(link._unsafeUnwrap().token, password)
    return (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie
  }
  const cookies: Record<string, string> = { frontdesk_session: await signIn(role) }
  const get = async (path = '', language = 'de') => {
    const url = path.startsWith('/companies') ? path : `${agents}${path}`
    const answer = await http.inject({ url, cookies, headers: { 'accept-language': language } })
    for (const { name, value } of answer.cookies) cookies[name] = value
    return answer
  }
  type Fields = { readonly [name: string]: string | readonly string[] }
  const tokenOfAPage = async () => /name="_csrf" value="([^"]+)"/.exec((await get()).body)?.[1] ?? ''
  const post = async (path: string, fields: Fields = {}, given?: string) => {
    const token = given ?? (await tokenOfAPage())
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
    return http.inject({
      ...{ method: 'POST', url: `${agents}${path}`, cookies },
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
      payload: new URLSearchParams([
        ['_csrf', token],
        ...pairs.map(([name, one]): [string, string] => [name, one]),
      ]).toString(),
    })
  }
  const slug = (await desk.managed()).slug
  return { ...desk, http, get, post, tokenOfAPage, signIn, slug }
}

export type AgentWeb = Awaited<ReturnType<typeof openAgentWeb>>
