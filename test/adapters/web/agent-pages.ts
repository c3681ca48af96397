import type { Role } from '../../../src/domain/access/role.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { agentId, serveAgent, shownId } from '../../browser/serve-agent.ts'
import { formFields } from './form-fields.ts'

export const company = '/companies/salon-sonne'
export const agentPath = `${company}/agents/empfang`

/** The pages of an agent, read and written to as a browser without script does. */
export const openAgentPages = async (general?: readonly JsonObject[], role: Role = 'manager') => {
  const served = await serveAgent(general)
  const { http, desk, scope, sealedId } = served
  const shown = (text: string) => text.replaceAll(sealedId, shownId)
  const told = ({ statusCode, headers, body, cookies: set }: Awaited<ReturnType<typeof http.inject>>) => ({
    ...{ statusCode, headers, cookies: set },
    body: shown(body),
  })
  const cookies: Record<string, string> = { frontdesk_session: await served.signIn(role) }
  const get = async (url: string, language = 'de') => {
    const answer = await http.inject({ url, cookies, headers: { 'accept-language': language } })
    for (const { name, value } of answer.cookies) cookies[name] = value
    return told(answer)
  }
  const post = async (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    told(
      await http.inject({
        ...{ method: 'POST', url, cookies },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de', ...headers },
        payload: new URLSearchParams(fields).toString().replaceAll(shownId, sealedId),
      }),
    )
  const draft = async () => (await desk.app.getDraft(scope, 'empfang'))._unsafeUnwrap()
  return {
    ...served,
    get,
    post,
    /** Sends the form of a page with this action, filled in like this. */
    send: async (page: string, action: string, fields: Record<string, string> = {}) =>
      post(action, { ...formFields((await get(page)).body, action), ...fields }),
    draft,
    tools: async () => {
      const list = (await draft()).configuration.engine?.general_tools
      return Array.isArray(list) ? JSON.parse(shown(JSON.stringify(list))) : []
    },
    versions: async () =>
      (await desk.look((tx) => tx.agents.versions(agentId, { limit: 50, cursor: undefined }))).items,
  }
}
