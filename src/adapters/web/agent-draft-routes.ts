import type { FastifyPluginAsync } from 'fastify'
import type { AgentDraft } from '../../application/agents/drafts.ts'
import type { InvalidInput } from '../../application/failure.ts'
import { type AtAgent, atAgent, longTextOf, numberOf, refusalOf } from './agent-answers.ts'
import type { WebDependencies } from './application.ts'
import type { Answer, Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { type DraftEntry, documentIn, entryFrom, isSame, rebased, typedEntry, withEntry } from './draft-entries.ts'
import { notesOf } from './entries.ts'
import type { JsonFault } from './json-fault.ts'
import { agentPath, type Told } from './pages/agents/agent-frame.tsx'
import { draftPage, noDraftPage } from './pages/agents/draft.tsx'
import type { DocumentEntry, DraftProps } from './pages/agents/draft-props.ts'
import type { ImportLeft } from './words/exchange-words.ts'
import type { Words } from './words/words.ts'

/** The documents of the largest agents are some megabytes. */
const largestForm = 8 * 1024 * 1024
const longestMessage = 500

const messageOf = (body: unknown): string => notesOf(body, 'message').slice(0, longestMessage)
const jsonText = (document: object | undefined): string =>
  document === undefined ? '' : JSON.stringify(document, null, 2)

const notDocumentText = (fault: JsonFault | undefined, { drafts, tools }: Words): string =>
  fault === undefined ? drafts.wrong.notObject : tools.lineOf(fault.line, tools.jsonFaults[fault.kind])

/** By document, each mistake with where it is. */
const documentMistakes = ({ errors }: InvalidInput, { drafts, said }: Words): DocumentEntry['wrong'] => {
  const of = (start: RegExp) =>
    errors
      .filter(({ pointer }) => start.test(pointer))
      .map(({ pointer, detail }) => drafts.wrong.at(pointer, said(detail)))
      .join(' ')
  const [engine, agent] = [of(/^\/response_engine/), of(/^(?!\/response_engine)/)]
  return { ...(agent === '' ? {} : { agent }), ...(engine === '' ? {} : { engine }) }
}

/** What an import left to people, as its address says. */
const leftOf = (query: unknown): ImportLeft => {
  const of = (name: string) => numberOf(textOf(query, name)) ?? 0
  return { secrets: of('secrets'), leftover: of('leftover'), numbers: of('numbers'), accountIds: of('ids') }
}

type More = Told &
  Partial<Pick<DraftProps, 'entry' | 'message' | 'mistakes' | 'overtaken' | 'seen'>> & {
    readonly documents?: Partial<DocumentEntry>
  }

/** The draft of an agent as people edit it. */
export const agentDraftRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug/agents/:agent/draft'
    const guarded = { preHandler: http.csrfProtection }
    const large = { ...guarded, bodyLimit: largestForm }
    const one = atAgent(application)

    const shown = async ({ scope, profile, frame, agent }: AtAgent, more: More): Promise<Answer> => {
      const found = await application.getDraft(scope, agent.slug)
      if (found.isErr()) return found.error.kind === 'not-found' ? 'not-found' : noDraftPage({ frame, profile, agent })
      const draft = found.value
      const { configuration } = draft
      const own = profile.branches.flatMap(({ phoneNumbers }) => phoneNumbers.filter(({ active }) => active))
      const numbers = [...new Set([...own.map(({ number }) => number), ...configuration.numbers])].toSorted()
      const { documents, ...rest } = more
      return draftPage({
        ...{ frame, profile, agent: draft.agent, draft, numbers },
        rung: await application.rungAgents(scope),
        ...{ entry: entryFrom(configuration), message: '', mistakes: {} },
        ...rest,
        documents: {
          agent: jsonText(configuration.agent),
          engine: jsonText(configuration.engine),
          ...{ message: '', wrong: {}, isOpen: false },
          ...documents,
        },
      })
    }

    http.get(
      base,
      atCompany(
        'agents.read',
        one((at, { query }) => {
          const said = textOf(query, 'said')
          const note = said === 'imported' ? at.frame.words.exchange.imported(leftOf(query)) : undefined
          return shown(at, { said, note, seen: numberOf(textOf(query, 'seen')) })
        }),
      ),
    )

    /** What the page showed that the form is of. */
    const seenAt = async ({ scope, agent }: AtAgent, version: number, now: AgentDraft): Promise<DraftEntry> => {
      if (version === now.version) return entryFrom(now.configuration)
      const seen = await application.agentVersionDetail(scope, agent.slug, version)
      return entryFrom(seen.isOk() ? seen.value.configuration : now.configuration)
    }

    http.post(
      base,
      large,
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const { scope, profile, frame, agent } = at
          const { drafts } = frame.words
          const ifVersion = numberOf(textOf(body, 'if_version'))
          if (ifVersion === undefined) return shown(at, { status: 422, wrong: drafts.wrong.version })
          const found = await application.getDraft(scope, agent.slug)
          if (found.isErr()) return 'not-found'
          const now = found.value
          const seen = await seenAt(at, ifVersion, now)
          const entry = rebased(typedEntry(body, seen), seen, entryFrom(now.configuration))
          const message = messageOf(body)
          const stands = { redirect: agentPath(profile, agent, '/draft?said=saved') }
          if (ifVersion !== now.version && isSame(entry, entryFrom(now.configuration))) return stands
          if (ifVersion !== now.version) return shown(at, { status: 409, entry, message, overtaken: ifVersion })
          if (entry.name === '') {
            return shown(at, {
              status: 422,
              wrong: drafts.wrong.summary,
              mistakes: { name: drafts.wrong.name },
              entry,
              message,
            })
          }
          const { numbers } = entry
          const documents = withEntry(now.configuration, entry)
          const put = await application.putDraft(scope, profile, agent.slug, {
            ...documents,
            numbers,
            message,
            ifVersion,
          })
          if (put.isOk()) return stands
          if (put.error.kind === 'not-found') return 'not-found'
          if (put.error.kind === 'agent-changed-meanwhile')
            return shown(at, { status: 409, entry, message, overtaken: ifVersion })
          return shown(at, { ...refusalOf(put.error, frame.words), entry, message })
        }),
      ),
    )

    http.post(
      `${base}/documents`,
      large,
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const { scope, profile, frame, agent } = at
          const { words } = frame
          const { drafts } = words
          const ifVersion = numberOf(textOf(body, 'if_version'))
          const [text, engineText] = [longTextOf(body, 'agent_document'), longTextOf(body, 'engine_document')]
          if (ifVersion === undefined || text === undefined || engineText === undefined) {
            return shown(at, { status: 422, wrong: drafts.wrong.version })
          }
          const message = messageOf(body)
          const typed = { agent: text.trim(), engine: engineText.trim(), message, isOpen: true }
          const [document, engine] = [documentIn(typed.agent), documentIn(typed.engine)]
          const wrong = {
            ...(document.isErr() ? { agent: notDocumentText(document.error, words) } : {}),
            ...(document.isOk() && document.value === undefined ? { agent: drafts.wrong.notObject } : {}),
            ...(engine.isErr() ? { engine: notDocumentText(engine.error, words) } : {}),
          }
          if (document.isErr() || engine.isErr() || document.value === undefined) {
            return shown(at, { status: 422, wrong: drafts.wrong.summary, documents: { ...typed, wrong } })
          }
          const found = await application.getDraft(scope, agent.slug)
          if (found.isErr()) return 'not-found'
          const { numbers } = found.value.configuration
          const put = await application.putDraft(scope, profile, agent.slug, {
            ...{ agent: document.value, engine: engine.value, numbers, message, ifVersion },
          })
          if (put.isOk()) return { redirect: agentPath(profile, agent, '/draft?said=saved') }
          if (put.error.kind === 'not-found') return 'not-found'
          if (put.error.kind === 'agent-changed-meanwhile') {
            return shown(at, { status: 409, overtaken: ifVersion, documents: typed })
          }
          if (put.error.kind === 'invalid-input') {
            const mistakes = documentMistakes(put.error, words)
            return shown(at, { status: 422, wrong: drafts.wrong.summary, documents: { ...typed, wrong: mistakes } })
          }
          return shown(at, { ...refusalOf(put.error, words), documents: typed })
        }),
      ),
    )

    http.post(
      `${base}/discard`,
      guarded,
      atCompany(
        'agents.change',
        one(async (at, { body }) => {
          const ifVersion = numberOf(textOf(body, 'if_version'))
          const seen = ifVersion === undefined ? {} : { ifVersion }
          const left = await application.discardDraft(at.scope, at.agent.slug, seen)
          if (left.isOk()) return { redirect: agentPath(at.profile, at.agent, '?said=discarded') }
          return left.error.kind === 'not-found' ? 'not-found' : shown(at, refusalOf(left.error, at.frame.words))
        }),
      ),
    )
  }
