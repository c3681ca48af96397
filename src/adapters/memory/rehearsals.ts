import type { Rehearsals } from '../../application/ports/rehearsals.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

export const rehearsalsIn = (draft: Draft): Rehearsals => ({
  scripts: async () => draft.rows('rehearsalScripts').toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  saveScript: async (script) => {
    const isTaken = draft.rows('rehearsalScripts').some(({ id, name }) => id !== script.id && name === script.name)
    if (isTaken) throw new Error('Another script has this name')
    draft.put('rehearsalScripts', script.id, script)
  },
  removeScript: async (id) => draft.remove('rehearsalScripts', id),
  save: async (rehearsal) => draft.put('rehearsals', rehearsal.id, rehearsal),
  find: async (id) => draft.row('rehearsals', id),
  list: async (agent, request) =>
    pageOf(
      draft.rows('rehearsals').filter((one) => one.agent === agent),
      request,
      'newest-first',
      ({ at, id }) => [at, id],
    ),
})
