import type { CallState } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { NameContext } from '../../domain/speech/names.ts'
import { introducedName } from '../../domain/speech/said-names.ts'

/** What is no caller's name in a call: colleagues, the company's own things, and how the agent introduced itself. */
export const nameContextOf = (
  { company, branches, services, staff }: CompanyProfile,
  { turns = [] }: CallState,
): NameContext => {
  const { language } = company
  const saidByAgent = turns.flatMap(({ role, content }) => (role === 'agent' ? [content] : []))
  return {
    language,
    staffNames: staff.map(({ name }) => name),
    thingNames: [company, ...branches, ...services].map(({ name }) => name),
    agentName: introducedName(saidByAgent, { staffNames: [], language }),
  }
}
