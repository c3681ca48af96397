import { contractsOn } from '../../contracts/run-all.ts'
import { openPorts, platformKeys } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'

for (const { name, make } of testDatabases) {
  contractsOn(name, async () => {
    const database = await make()
    const { ports, close } = await openPorts(database)
    return {
      ports,
      platformKeys,
      close: async () => {
        await close()
        await database.drop()
      },
    }
  })
}
