import type { Alert, Alerts } from '../../application/ports/alarm.ts'
import { type Place, pageOf } from './page.ts'
import type { Draft, Rows } from './tables.ts'

export const placeOfAlert = ({ createdAt, id }: Alert): Place => [createdAt, id]
export const alertOf = ({ key, ...alert }: Rows['alerts']): Alert => alert

export const alertsIn = (draft: Draft): Alerts => {
  const open = () => draft.rows('alerts').filter(({ resolvedAt }) => resolvedAt === undefined)
  return {
    raise: async (alert) => {
      if (open().some(({ key }) => key === alert.key)) return false
      draft.put('alerts', alert.id, { ...alert, resolvedAt: undefined })
      return true
    },
    list: async ({ open: wanted, ...request }) =>
      pageOf(
        draft
          .rows('alerts')
          .filter(({ resolvedAt }) => wanted === undefined || wanted === (resolvedAt === undefined))
          .map(alertOf),
        request,
        'newest-first',
        placeOfAlert,
      ),
    countOpen: async () => open().length,
    resolve: async (id, now) => {
      const alert = draft.row('alerts', id)
      if (!alert || alert.resolvedAt !== undefined) return false
      draft.put('alerts', id, { ...alert, resolvedAt: now })
      return true
    },
    resolveKey: async (wanted, now) => {
      const alert = open().find(({ key }) => key === wanted)
      if (!alert) return undefined
      draft.put('alerts', alert.id, { ...alert, resolvedAt: now })
      return alert.id
    },
  }
}
