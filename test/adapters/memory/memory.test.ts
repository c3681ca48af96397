import { countingIds, fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { secret } from '../../../src/domain/secret.ts'
import { at } from '../../contracts/fixtures.ts'
import { contractsOn } from '../../contracts/run-all.ts'

const platformKeys = [secret('key_platform')]

contractsOn('memory', async () => ({
  ports: memoryPorts({ clock: fixedClock(at(0)), ids: countingIds(), platformKeys }),
  platformKeys,
  close: async () => undefined,
}))
