import { agentsContract } from './agents.contract.ts'
import { agentsTenancyContract } from './agents-tenancy.contract.ts'
import { alarmContract } from './alarm.contract.ts'
import { auditContract } from './audit.contract.ts'
import { blockedTimesContract } from './blocked-times.contract.ts'
import { bookingContract } from './booking.contract.ts'
import { calendarBookingsContract } from './calendar-bookings.contract.ts'
import { callsContract } from './calls.contract.ts'
import { companiesContract } from './companies.contract.ts'
import { customersContract } from './customers.contract.ts'
import { directoryContract } from './directory.contract.ts'
import { eventStreamContract } from './event-stream.contract.ts'
import { feedsContract } from './feeds.contract.ts'
import type { Open } from './fixtures.ts'
import { flagsContract } from './flags.contract.ts'
import { housekeepingContract } from './housekeeping.contract.ts'
import { idempotencyContract } from './idempotency.contract.ts'
import { identitiesContract } from './identities.contract.ts'
import { inboxContract } from './inbox.contract.ts'
import { jobsContract } from './jobs.contract.ts'
import { receptionContract } from './reception.contract.ts'
import { releasesContract } from './releases.contract.ts'
import { routingOverridesContract } from './routing-overrides.contract.ts'
import { seenAtRetellContract } from './seen-at-retell.contract.ts'
import { storeContract } from './store.contract.ts'
import { tenancyContract } from './tenancy.contract.ts'
import { toolCallsContract } from './tool-calls.contract.ts'

/** Everything that is promised of the ports, tried on one implementation of them. Each contract opens its own. */
export const contractsOn = (name: string, open: Open): void => {
  storeContract(name, open)
  tenancyContract(name, open)
  callsContract(name, open)
  bookingContract(name, open)
  blockedTimesContract(name, open)
  calendarBookingsContract(name, open)
  receptionContract(name, open)
  customersContract(name, open)
  toolCallsContract(name, open)
  inboxContract(name, open)
  jobsContract(name, open)
  housekeepingContract(name, open)
  feedsContract(name, open)
  directoryContract(name, open)
  companiesContract(name, open)
  routingOverridesContract(name, open)
  eventStreamContract(name, open)
  identitiesContract(name, open)
  idempotencyContract(name, open)
  alarmContract(name, open)
  auditContract(name, open)
  flagsContract(name, open)
  agentsContract(name, open)
  agentsTenancyContract(name, open)
  releasesContract(name, open)
  seenAtRetellContract(name, open)
}
