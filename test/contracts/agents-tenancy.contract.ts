import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import type { AgentId } from '../../src/domain/ids.ts'
import { secret } from '../../src/domain/secret.ts'
import { aConfiguration, anAgent, aVersion } from './agents.contract.ts'
import { type Company, inTurn, mobile, newCompany, type Open, opening, unhurried, within } from './fixtures.ts'
import { aDecision, aPublication, aRollout } from './releases.contract.ts'
import { aRehearsal, aScript, aSeenNumber, aSync } from './seen-at-retell.contract.ts'

/** As the tenancy of everything else: what others do with agents, even under the same ids, changes nothing one can see. */
export const agentsTenancyContract = (name: string, open: Open): void => {
  describe(`agents of companies beside each other in ${name}`, unhurried, () => {
    const get = opening(open)

    it('are hidden from another company, even under the same ids', async () => {
      const { ports } = get()
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), action), { minLength: 1, maxLength: 14 }), async (script) => {
          const [one, other, alone] = [await newCompany(ports), await newCompany(ports), await newCompany(ports)]
          for (const [mine, step] of script) await perform(ports, mine ? one : other, step)
          for (const [mine, step] of script) if (mine) await perform(ports, alone, step)
          expect(await survey(ports, one)).toEqual(await survey(ports, alone))
        }),
        { numRuns: 15 },
      )
    })
  })
}

type Act = (tx: CompanyTx, agent: AgentId, which: number, ports: Ports) => Promise<unknown>

const named = [0, 1, 2] as const
const fixed = (which: number) => `0000000${which}`
const page = { limit: 200, cursor: undefined }

/** Each of them under one of three numbers, which name the same ids in every company. */
const acts: { readonly [verb: string]: Act } = {
  rename: (tx, id, which, ports) => tx.agents.save(theAgent(ports, id, which, 'Renamed')),
  append: (tx, id, which) =>
    tx.agents.append(aVersion(id, { message: `${which}`, configuration: aConfiguration(`${which}`) })),
  map: async (tx, id, which) => {
    if (await tx.agents.version(id, 1)) await tx.agents.mapRetellVersion(id, 4, 1, which === 0)
  },
  keepSecret: (tx, _id, which) => tx.agents.keepSecret(fixed(which), secret(`secret ${which}`)),
  decide: async (tx, id, which, ports) => {
    const known = (await tx.releases.decisions(id, page)).items.length > 0
    if (!known) await tx.releases.decide(aDecision(ports, id, { id: `dec_${fixed(which)}` }))
  },
  publish: (tx, id, which, ports) =>
    tx.releases.savePublication(aPublication(ports, id, { id: `pub_${fixed(which)}`, job: 'job_00000000' })),
  rollOut: (tx, id, which, ports) => tx.releases.saveRollout(aRollout(ports, id, { id: `rol_${fixed(which)}` })),
  sync: (tx, _id, which, ports) => tx.agentSyncs.save(aSync(ports, { id: `job_${fixed(which)}`, total: which })),
  seeNumber: (tx, _id, which) => tx.seenNumbers.save([aSeenNumber(mobile(which))]),
  forgetNumber: (tx, _id, which) => tx.seenNumbers.forget(mobile(which)),
  saveScript: (tx, _id, which, ports) =>
    tx.rehearsals.saveScript(aScript(ports, { id: `scr_${fixed(which)}`, name: `script ${which}` })),
  removeScript: (tx, _id, which) => tx.rehearsals.removeScript(`scr_${fixed(which)}`),
  rehearse: (tx, id, which, ports) => tx.rehearsals.save(aRehearsal(ports, id, { id: `reh_${fixed(which)}` })),
}

const theAgent = (ports: Ports, id: AgentId, which: number, name: string) =>
  anAgent(ports, { id, slug: `agent-${which}`, retellAgentId: `agent_${which}`, name })

const action = fc.record({ verb: fc.constantFrom(...Object.keys(acts)), which: fc.integer({ min: 0, max: 2 }) })
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const perform = (ports: Ports, company: Company, { verb, which }: Action) =>
  within(ports, company, async (tx) => {
    const id: AgentId = `agt_${fixed(which)}`
    if (!(await tx.agents.find(id))) await tx.agents.save(theAgent(ports, id, which, 'Empfang'))
    await acts[verb]?.(tx, id, which, ports)
  })

/** Everything of agents that a company can see. */
const survey = (ports: Ports, { scope }: Company) =>
  ports.store.read(scope, async ({ agents, releases, agentSyncs, seenNumbers, rehearsals }) => ({
    agents: await agents.list(page),
    tally: await agents.tally(),
    secrets: await inTurn(named, async (which) => (await agents.secret(fixed(which)))?.use((plain) => plain)),
    scripts: await rehearsals.scripts(),
    numbers: await seenNumbers.list(),
    numbersFound: await inTurn(named, (which) => seenNumbers.find(mobile(which))),
    newestSync: await agentSyncs.newest(),
    rollouts: await releases.runningRollouts(),
    ofEach: await inTurn(named, async (which) => {
      const id: AgentId = `agt_${fixed(which)}`
      return {
        found: await agents.find(id),
        bySlug: await agents.bySlug(`agent-${which}`),
        byRetellId: await agents.byRetellId(`agent_${which}`),
        versions: await agents.versions(id, page),
        first: await agents.version(id, 1),
        configuration: await agents.configuration(id, 1),
        mapped: await agents.byRetellVersion(id, 4),
        decisions: await releases.decisions(id, page),
        publications: await releases.publications(id, page),
        publication: await releases.publication(`pub_${fixed(which)}`),
        running: await releases.runningPublication(id),
        rollouts: await releases.rollouts(id, page),
        rollout: await releases.runningRollout(id),
        sync: await agentSyncs.find(`job_${fixed(which)}`),
        rehearsals: await rehearsals.list(id, page),
        rehearsal: await rehearsals.find(`reh_${fixed(which)}`),
      }
    }),
  }))
