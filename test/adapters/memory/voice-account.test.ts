import { fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { unrulyVoiceAccount } from '../../../src/adapters/memory/voice-account.ts'
import { callFrom, reportFrom } from '../../../src/adapters/retell/read-account.ts'
import { instant } from '../../../src/domain/time.ts'
import { voiceAccountContract } from '../../contracts/voice-account.contract.ts'

voiceAccountContract('unruly, in memory', async () => {
  const account = unrulyVoiceAccount(fixedClock(instant(Date.parse('2026-11-20T09:00:00Z'))))
  const operations = ['check', 'agents', 'versions', 'agent', 'engine', 'createAgent', 'createVersion'] as const
  const changes = ['changeAgent', 'changeEngine', 'publish', 'deleteVersion', 'deleteAgent', 'changeNumber'] as const
  const others = ['numbers', 'number', 'calls', 'call'] as const
  return {
    account,
    addAgent: (agent, engine, isPublished) => account.addElsewhere(agent, engine, { isPublished }),
    edit: account.editElsewhere,
    setNumber: account.bindElsewhere,
    addCall: (document) => {
      const call = callFrom(document)
      if (call) account.addCall(call, reportFrom(document))
    },
    fail: (kind) => {
      for (const operation of [...operations, ...changes, ...others])
        account.misbehave(operation, kind === 'unreachable' ? 'down' : 'wrong-key')
    },
    close: async () => undefined,
  }
})
