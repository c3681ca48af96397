import { ok } from 'neverthrow'
import { z } from 'zod'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { LanguageCode } from '../../../domain/company.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { json, pageOf, pageQuery } from './schemas.ts'

export type ToolList = (language: LanguageCode, options: { readonly booking: boolean }) => readonly JsonObject[]

const tool = z.looseObject({
  type: z.string(),
  name: z.string(),
  description: z.string(),
  url: z.string(),
  parameters: json,
})

/** What an agent of the company is given as its tools, ready to be put into its configuration. */
export const toolRoutes = (routing: Routing, doors: Doors, toolsOf: ToolList): void => {
  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/tools',
    tag: 'Agents',
    summary: 'The tools of an agent as custom functions of Retell, by name; without booking only those that need none',
    query: z.strictObject({
      ...pageQuery,
      language: z
        .enum(['de', 'en'])
        .optional()
        .meta({ description: "Of the agent's prompt; the company's if absent." }),
    }),
    answer: pageOf(tool),
    handle: async ({ profile }, { query }) => {
      const { booking, language } = profile.company
      const all = toolsOf(query.language ?? language, { booking }).map((one) => tool.parse(one))
      return ok(paged(all, query, ({ name }) => name))
    },
  })
}
