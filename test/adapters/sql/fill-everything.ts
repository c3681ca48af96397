import { grantCompany } from '../../../src/application/grant-scope.ts'
import type { Ports } from '../../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../../src/application/ports/store.ts'
import type { ActorName } from '../../../src/domain/booking/appointment.ts'
import { learn, unheard } from '../../../src/domain/calling/call.ts'
import type { PhoneNumber } from '../../../src/domain/phone-number.ts'
import { secret } from '../../../src/domain/secret.ts'
import { aConfiguration, anAgent, aVersion } from '../../contracts/agents.contract.ts'
import { anAuditEntry } from '../../contracts/audit.contract.ts'
import { aBlockedTime } from '../../contracts/blocked-times.contract.ts'
import { aFeed } from '../../contracts/feeds.contract.ts'
import {
  aCustomer,
  aDelivery,
  anAlert,
  anAppointment,
  anOffer,
  aToolCall,
  at,
  type Company,
  companySpec,
  first,
  mobile,
  newSlug,
  platform,
  span,
  within,
  writing,
} from '../../contracts/fixtures.ts'
import { aFlag } from '../../contracts/flags.contract.ts'
import { aJob } from '../../contracts/jobs.contract.ts'
import { aCallback, aWish } from '../../contracts/reception.contract.ts'
import { aDecision, aPublication, aRollout } from '../../contracts/releases.contract.ts'
import { anOverride } from '../../contracts/routing-overrides.contract.ts'
import { aRehearsal, aScript, aSeenNumber, aSync } from '../../contracts/seen-at-retell.contract.ts'

/** Everything personal or secret that `fillEverything` writes. None of it may be found in a database by reading it. */
export const personal = {
  name: 'Wilhelmine Geheimnis',
  email: 'wilhelmine@geheimnis.example',
  phone: mobile(77) as PhoneNumber,
  notes: 'Allergisch gegen Haarspray',
  transcript: 'Ich haette gern einen Termin bei Frau Sowieso',
  summary: 'Die Anruferin moechte einen Termin',
  recording: 'https://recordings.example/abcdef.wav',
  apiKey: 'key_verysecretapikey',
  colleague: 'Ottilie Kollegin',
  colleagueEmail: 'ottilie@salon.example',
  loginEmail: 'leitung@salon.example',
  payload: 'payload of a job',
  prompt: 'Du bist die Stimme des Salons',
  agentSecret: 'sk-geheimer-schluessel',
} as const

/** A company with at least one row in every table, through the ports where there is one. */
export const fillEverything = async (ports: Ports): Promise<Company> => {
  const spec = companySpec(newSlug(ports))
  const { name, email, phone, notes, transcript, summary, recording, apiKey, colleague, colleagueEmail } = personal
  const written = await ports.companies.write(
    platform,
    writing(
      { ...spec, staff: spec.staff.map((one) => ({ ...one, name: colleague, email: colleagueEmail })) },
      { secrets: [{ name: 'retell', value: secret(apiKey) }], customers: [{ name, phone, email }] },
    ),
    at(0),
  )
  const profile = written._unsafeUnwrap()
  const actor = { kind: 'user', name: colleague } as const
  const company: Company = { profile, scope: grantCompany(profile.id, actor) }
  const branch = first(profile.branches).id

  await within(ports, company, async (tx) => {
    const customer = await tx.customers.add(aCustomer(ports, { name, phone: mobile(78), email, notes }))
    const opened = await tx.calls.open('call_a', branch, at(0))
    const record = learn(unheard, {
      event: 'call_analyzed',
      fields: { fromNumber: phone, transcript, summary, recordingUrl: recording, startedAt: at(0) },
      canonical: JSON.stringify({ transcript }),
    })
    await tx.calls.save({ ...opened, customer: customer.id, callerName: name, record })
    await tx.calls.addEvent('call_a', { key: 'k', event: 'e', at: at(0), receivedAt: at(0), delivery: undefined })
    const ring = { id: ports.ids.next('ring'), branch, fromNumber: phone, toNumber: '+493023125001', at: at(0) }
    await tx.rings.add(ring)
    await tx.rings.join(ring.id, 'call_a')
    await tx.toolCalls.add(
      aToolCall(ports, { input: { customer_name: name, email, phone }, output: { message: `Danke, ${name}` } }),
    )
    await tx.offers.save(anOffer(ports, company, { attendee: name }))
    const appointment = anAppointment(ports, company, {
      ...{ attendeeName: name, notes, customer: customer.id, callId: 'call_a' },
      history: [{ at: at(0), actor, action: 'booked', from: undefined, to: at(0), reason: notes, callId: undefined }],
    })
    await tx.appointments.add(appointment)
    await tx.occupancy.claim(appointment.id, appointment.resource, [appointment], undefined, at(0))
    await tx.suggestions.replace('call_a', [
      { call: 'call_a', resource: appointment.resource, ...span(60, 90), until: at(9) },
    ])
    await tx.blockedTimes.add(aBlockedTime(ports, company, { reason: notes }))
    await tx.feeds.put(aFeed(ports, company))
    await tx.calendarBookings.save({
      ...{ uid: 'uid_1', startsAt: at(0), endsAt: at(30), createdAt: at(0), changedAt: at(0), seenAt: at(0) },
      ...{
        status: 'accepted',
        reference: appointment.id,
        appointment: appointment.id,
        part: undefined,
        eventType: 9001,
      },
      ...{ host: undefined, attendee: { name, phone, email }, replaces: undefined, replacedBy: undefined },
      ...{ reason: notes, isNoShow: false },
    })
    await tx.jobs.enqueue(aJob(ports, { key: 'k', payload: { said: personal.payload } }))
    await tx.callbacks.add(aCallback(ports, company, { customerName: name, phoneNumber: phone, reason: notes }))
    await tx.wishes.put(aWish(ports, company, { callId: 'call_a' }))
    await tx.alerts.raise(anAlert(ports))
    await tx.customers.setVip(customer.id, { by: actor, at: at(1) })
    await tx.audit.append(anAuditEntry(ports, { actor: { ...actor, id: undefined }, facts: { said: notes } }))
    await fillAgents(ports, tx, actor)
    tx.publish({ kind: 'call.updated', data: { call_id: 'call_a' } })
  })

  await ports.routingOverrides.set(
    company.scope,
    anOverride(ports, company, mobile(80), { to: { kind: 'transfer', number: phone }, createdBy: actor }),
  )
  // The second one stays where SQLite keeps what nobody has asked for yet.
  const delivery = { company: profile.id, body: JSON.stringify({ name, phone, transcript }) }
  await ports.inbox.store(aDelivery(ports, delivery))
  await ports.inbox.nextDue()
  await ports.inbox.store(aDelivery(ports, delivery))
  await ports.unrouted.note({
    ...{ id: 'unr_00000001', callId: undefined, account: profile.id, fromNumber: phone, toNumber: mobile(79) },
    ...{ agentId: undefined, receivedAt: at(0), event: 'call_started' },
  })
  await ports.alarm.security({
    ...{ id: 'sev_00000001', kind: 'login_failed', severity: 'info', at: at(0), address: '192.0.2.7' },
    ...{ actor: personal.loginEmail, company: profile.id, detail: 'A wrong password was given.' },
  })
  const user = ports.ids.next('user')
  await ports.identities.addUser({
    ...{ id: user, email: personal.loginEmail, role: 'manager', company: profile.id, passwordHash: 'hash' },
    ...{ failedLogins: 0, lockedUntil: undefined, disabled: false, seesVip: false, createdAt: at(0) },
  })
  await ports.identities.addSession({ digest: 'session digest', user, createdAt: at(0), expiresAt: at(9) })
  await ports.identities.addPasswordLink({ digest: 'link digest', user, expiresAt: at(9) })
  await ports.identities.addToken({
    ...{ id: ports.ids.next('token'), digest: 'token digest', role: 'viewer', company: profile.id },
    ...{ createdAt: at(0), expiresAt: undefined, seesVip: false },
  })
  await ports.audit.append(platform, anAuditEntry(ports, { facts: { said: notes } }))
  await ports.flags.save(platform, aFlag({ name: 'filled' }))
  const place = { principal: 'usr_1', path: '/v1/appointments', key: 'once' }
  await ports.idempotency.begin({ ...place, company: profile.id, digest: 'd' }, at(0))
  await ports.idempotency.answer({ ...place, begunAt: at(0) }, { status: 201, body: JSON.stringify({ name }) })
  return company
}

/** Whoever did something and whatever was said about it is personal, too. */
const fillAgents = async (ports: Ports, tx: CompanyTx, author: ActorName): Promise<void> => {
  const { notes, prompt, agentSecret } = personal
  const agent = anAgent(ports, { syncError: notes })
  await tx.agents.save(agent)
  const version = aVersion(agent.id, { author, message: notes, configuration: aConfiguration(prompt) })
  const { number } = await tx.agents.append(version)
  await tx.agents.mapRetellVersion(agent.id, 12, number, true)
  await tx.agents.keepSecret(tx.agents.secretIdOf(agentSecret), secret(agentSecret))
  const publication = aPublication(ports, agent.id, { actor: author, message: notes })
  await tx.releases.decide(aDecision(ports, agent.id, { actor: author, reason: notes }))
  await tx.releases.savePublication(publication)
  await tx.releases.saveRollout(aRollout(ports, agent.id, { actor: author, reason: notes }))
  await tx.agentSyncs.save(aSync(ports, { actor: author, error: notes }))
  await tx.seenNumbers.save([aSeenNumber(mobile(81) as PhoneNumber, { inboundWebhookUrl: agentSecret })])
  await tx.rehearsals.saveScript(aScript(ports, { source: notes }))
  await tx.rehearsals.save(aRehearsal(ports, agent.id, { report: { heard: notes } }))
}
