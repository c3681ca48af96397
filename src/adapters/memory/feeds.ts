import type { FeedDirectory, Feeds } from '../../application/ports/feeds.ts'
import type { Draft } from './tables.ts'
import type { World } from './world.ts'

export const feedsIn = (draft: Draft): Feeds => ({
  put: async (feed) => {
    draft.remove('feeds', feed.staff)
    draft.put('feeds', feed.staff, feed)
  },
  list: async () =>
    draft.rows('feeds').toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)),
  remove: async (staff) => {
    const feed = draft.row('feeds', staff)
    draft.remove('feeds', staff)
    return feed
  },
})

export const memoryFeedDirectory = (world: World): FeedDirectory => ({
  byDigest: async (digest) => {
    for (const company of world.companies.keys()) {
      const feed = [...world.tablesOf(company).feeds.values()].find((one) => one.digest === digest)
      if (feed) return { ...feed, company }
    }
    return undefined
  },
})
