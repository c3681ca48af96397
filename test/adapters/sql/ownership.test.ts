import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CompanyTx } from '../../../src/application/ports/store.ts'
import { aBlockedTime } from '../../contracts/blocked-times.contract.ts'
import { aFeed } from '../../contracts/feeds.contract.ts'
import {
  aCustomer,
  anAppointment,
  anOffer,
  at,
  type Company,
  first,
  newCompany,
  unhurried,
  within,
} from '../../contracts/fixtures.ts'
import { aCallback, aWish } from '../../contracts/reception.contract.ts'
import { type OpenPorts, openPorts } from '../../databases/open-ports.ts'
import { type TestDatabase, testDatabases } from '../../databases/test-databases.ts'

/** What a row may name of its company. */
const partsOf = ({ profile }: Company) => ({
  branch: first(profile.branches).id,
  service: first(profile.services).id,
  staff: first(profile.staff).id,
})

describe.each(testDatabases.filter(({ name }) => name !== 'an SQLite file'))(
  'I-81 and I-142 what belongs to another company, in $name',
  unhurried,
  ({ make }) => {
    let database: TestDatabase
    let opened: OpenPorts
    let mine: Company
    let theirs: Company
    beforeAll(async () => {
      database = await make()
      opened = await openPorts(database)
      mine = await newCompany(opened.ports)
      theirs = await newCompany(opened.ports)
    }, 120_000)
    afterAll(async () => {
      await opened.close()
      await database.drop()
    })

    const refused = async (write: (tx: CompanyTx) => Promise<unknown>) =>
      expect(
        await within(opened.ports, mine, write).then(
          () => 'kept',
          (fault: Error) => fault.message,
        ),
      ).toMatch(/foreign key/i)

    it.each(['branch', 'service', 'staff'] as const)('is no %s of anything that is kept', async (part) => {
      const { ports } = opened
      await within(ports, mine, (tx) => tx.calls.open('call_a', undefined, at(0)))
      const foreign = { [part]: partsOf(theirs)[part] }
      await refused((tx) => tx.appointments.add(anAppointment(ports, mine, foreign)))
      await refused((tx) => tx.offers.save(anOffer(ports, mine, foreign)))
      if (part !== 'staff') {
        await refused((tx) => tx.callbacks.add(aCallback(ports, mine, foreign)))
        await refused((tx) => tx.wishes.put(aWish(ports, mine, foreign)))
      }
    })

    it('is in nobody else’s calendar, and its calls ring nobody else', async () => {
      const { ports } = opened
      await refused((tx) => tx.blockedTimes.add(aBlockedTime(ports, theirs)))
      await refused((tx) => tx.blockedTimes.add(aBlockedTime(ports, theirs, {}, true)))
      await refused((tx) => tx.feeds.put(aFeed(ports, theirs)))
      await refused((tx) => tx.calls.open('call_b', partsOf(theirs).branch, at(0)))
    })

    it('is nobody’s customer and nobody’s call but its own', async () => {
      const { ports } = opened
      const customer = aCustomer(ports)
      await within(ports, theirs, (tx) => tx.customers.add(customer))
      await within(ports, theirs, (tx) => tx.calls.open('call_theirs', undefined, at(0)))
      await refused((tx) => tx.appointments.add(anAppointment(ports, mine, { customer: customer.id })))
      await refused((tx) => tx.appointments.add(anAppointment(ports, mine, { callId: 'call_theirs' })))
      await refused((tx) => tx.offers.save(anOffer(ports, mine, { call: 'call_theirs' })))
      await refused((tx) => tx.callbacks.add(aCallback(ports, mine, { callId: 'call_theirs' })))
    })
  },
)
