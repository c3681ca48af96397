import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/domain/access/role.ts'
import { createFrontdesk, type Frontdesk, FrontdeskError } from '../../src/index.ts'
import { encryptionKeys } from '../journeys/processes.ts'

let desk: Frontdesk
beforeAll(async () => {
  desk = await createFrontdesk({ database: 'sqlite::memory:', encryptionKeys, logLevel: 'silent' })
})
afterAll(() => desk.close())

it.each<readonly [string, (role: Role) => Promise<string>]>([
  ['a token', (role) => desk.createToken({ role })],
  ['a user', (role) => desk.createUser({ email: 'chefin@salon-sonne.example', role })],
])('%s of a role that there is not is refused, with those that there are', async (_, make) => {
  const made = make(JSON.parse('"admin"'))
  await expect(made).rejects.toThrow(FrontdeskError)
  await expect(made).rejects.toThrow(/no role admin\. Choose one of platform_admin, company_admin/)
})
