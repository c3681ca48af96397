import type { Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { openConfiguration } from '../../domain/agents/sealed-values.ts'
import type { CompanyTx } from '../ports/store.ts'
import { secretsOf } from './sealed-configuration.ts'

/** With its secrets in plain text, for Retell alone. Refused, in a sentence, when one of them is not kept here. */
export const openedConfiguration = async (
  tx: CompanyTx,
  configuration: AgentConfiguration,
): Promise<Result<AgentConfiguration, string>> => {
  const secrets = await secretsOf(tx, configuration)
  return openConfiguration(configuration, (id) => secrets.get(id)).mapErr(
    ({ places }) =>
      `The secret at ${places.map(({ path }) => path.join('.')).join(', ')} is not kept here. Enter it again, or pull the agent.`,
  )
}
