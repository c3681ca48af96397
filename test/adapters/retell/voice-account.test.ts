import { endpointNames } from '../../../src/adapters/simulation/retell/faults.ts'
import { voiceAccountContract } from '../../contracts/voice-account.contract.ts'
import { openAccount } from './local-retell.ts'

voiceAccountContract('Retell, over HTTP', async () => {
  const { retell, account, close } = await openAccount({ restMs: 1, requestsPerSecond: 1_000 })
  return {
    account,
    addAgent: (agent, engine, isPublished) => retell.addAgent({ agent, engine, isPublished }),
    edit: retell.edit,
    setNumber: retell.setNumber,
    addCall: retell.addCall,
    fail: (kind) => {
      for (const name of endpointNames) retell.misbehave(name, kind === 'unreachable' ? 'down-500' : 'wrong-key')
    },
    close,
  }
})
