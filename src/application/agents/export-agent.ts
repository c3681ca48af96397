import { err, ok, type Result } from 'neverthrow'
import type { JsonObject } from '../../domain/canonical-json.ts'
import { noteLook } from '../access/audited.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import type { AgentNeverSeen } from './agent-failures.ts'
import { getDraft } from './drafts.ts'
import { exportDocument } from './exchange-document.ts'
import { agentVersionDetail } from './history.ts'
import type { Resolving } from './resolve-agent.ts'

/** An agent as a file: of our draft or else of what callers reach, or of a version of ours. No secret is in it. */
export const exportAgent =
  (ports: Resolving & Pick<Ports, 'clock' | 'ids'>) =>
  async (
    scope: CompanyScope,
    name: string,
    version?: number,
  ): Promise<Result<JsonObject, NotFound | AgentNeverSeen>> => {
    const found =
      version === undefined ? await getDraft(ports)(scope, name) : await versionOf(ports, scope, name, version)
    if (found.isErr()) return err(found.error)
    const { agent, configuration, version: number } = found.value
    const subject = { kind: 'agent', id: agent.id } as const
    await noteLook(ports)(scope, { kind: 'agent.exported', subject, facts: { version: number } })
    return ok(exportDocument(configuration, agent))
  }

const versionOf = async (ports: Resolving, scope: CompanyScope, name: string, number: number) => {
  const found = await agentVersionDetail(ports)(scope, name, number)
  return found.map(({ agent, configuration }) => ({ agent, configuration, version: number }))
}
