import { auditingChanges } from './access/audited-changes.ts'
import { logIn, logOut, principalOfSession, principalOfToken, setPassword } from './access/authenticate.ts'
import { changeCompanyFile } from './access/change-company-file.ts'
import { changeCustomer, hasCustomer } from './access/change-customer.ts'
import { effectiveFlags, listFlags, setFlag } from './access/flags.ts'
import { createToken, createUser, disableUser, resetPassword } from './access/users.ts'
import type { AgentTools } from './agents/create-agent.ts'
import { gate } from './agents/gate.ts'
import { managingAgents } from './agents/managing-agents.ts'
import { publishing } from './agents/publishing.ts'
import { rehearsing } from './agents/rehearsing.ts'
import { seeAgentSync } from './agents/sync-agents.ts'
import { registerNumbers, watchedNumbers, watchNumbers } from './agents/watch-numbers.ts'
import { patienceMs } from './booking/ask-calendar.ts'
import { blockedTimeDetail, blockTime, listBlockedTimes, unblockTime } from './booking/blocked-times.ts'
import { cancelAppointment } from './booking/cancel-appointment.ts'
import { createAppointment } from './booking/create-appointment.ts'
import { createFeed, listFeeds, readFeed, revokeFeed } from './booking/feeds.ts'
import { freeTimes } from './booking/free-times.ts'
import { moveAppointment } from './booking/move-appointment.ts'
import { onAppointmentChange } from './booking/on-appointment-change.ts'
import { prefetchSlots } from './booking/prefetch.ts'
import { rememberedSlots } from './booking/remembered-slots.ts'
import { hintingReservations } from './booking/reserve-hint.ts'
import { seeThrough } from './booking/see-through.ts'
import { queueSync } from './booking/sync-appointment.ts'
import { wholeBookings } from './booking/whole-bookings.ts'
import { calendarIntake } from './calendar/accept-calendar.ts'
import { calendarDifferences } from './calendar/differences.ts'
import { reconcileNow } from './calendar/reconcile.ts'
import { reconciledOnceWritten, reconcilingAll } from './calendar/reconcile-job.ts'
import { settingUp } from './calendar/set-up/setting-up.ts'
import { settleDifference } from './calendar/settle-difference.ts'
import { intake } from './calling/accept-webhook.ts'
import { assignUnrouted, findUnrouted } from './calling/assign-unrouted.ts'
import type { CallHeard } from './calling/call-heard.ts'
import { playRecording } from './calling/play-recording.ts'
import { type ReachedVersions, reachedVersions } from './calling/reached-versions.ts'
import { reconcileCallsNow } from './calling/reconcile-calls.ts'
import { refusals } from './calling/refusals.ts'
import { replayDelivery } from './calling/replay-delivery.ts'
import { resolveAlert } from './calling/resolve-alert.ts'
import { endRoutingOverride, listRoutingOverrides, setRoutingOverride } from './calling/routing-overrides.ts'
import { watchedOnceWritten, watchingAll } from './calling/watching.ts'
import { workInbox } from './calling/work-inbox.ts'
import { applyCompany } from './companies/apply-company.ts'
import { inBackground } from './in-background.ts'
import { jobHandlers, platformJobHandlers } from './jobs/handlers.ts'
import { type JobWorker, jobWorker } from './jobs/work-jobs.ts'
import { confirmNow } from './mail/confirm-now.ts'
import { postOffice } from './mail/post-office.ts'
import { queueMails } from './mail/queue-mails.ts'
import type { CallLink } from './mail/send-call-summary.ts'
import { sendNow } from './mail/send-now.ts'
import { doctor } from './operation/doctor.ts'
import { health } from './operation/health.ts'
import type { Ports } from './ports/ports.ts'
import { appointmentDetail, hasAppointment, listAppointments } from './reading/appointments.ts'
import { listAuditLog, listPlatformAuditLog, noteCompanyExport, verifyAuditLog } from './reading/audit.ts'
import { callDetail, listCalls, openRings } from './reading/calls.ts'
import { customerDetail, listCustomers } from './reading/customers.ts'
import { dayOf } from './reading/day.ts'
import { findJob } from './reading/jobs.ts'
import { linesOf } from './reading/lines.ts'
import { overview } from './reading/overview.ts'
import { findCallback, listCallbacks, listWishes, tallyCallbacks, tallyWishes } from './reading/reception.ts'
import { weekOf } from './reading/week.ts'
import { deliveryDetail, listAlerts, listDeliveries, liveHolds } from './reading/work.ts'
import { changeCallback } from './reception/change-callback.ts'
import { createCallback } from './reception/create-callback.ts'
import { answerTool, apologise } from './tools/answer-tool.ts'

export interface ApplicationSettings {
  /** Real milliseconds in which a tool answers, whatever a calendar does. */
  readonly toolDeadlineMs?: number
  /** Where the page of a call is, for mails. */
  readonly callLink?: CallLink
  /** Under which address vendors and people reach us. */
  readonly publicUrl?: string
  /** Real milliseconds for which somebody who sets a calendar up waits for it. */
  readonly calendarPatienceMs?: number
  /** What agents that are made here are given to call; nothing without it. */
  readonly agentTools?: AgentTools
}

const localUrl = 'http://127.0.0.1:3000'

/** The library as one value. */
export const application = (given: Ports, settings: ApplicationSettings = {}) => {
  const listeners = [queueSync(given), ...(given.mailer ? [queueMails(given)] : [])]
  const remembered = rememberedSlots(given)
  const calendars = wholeBookings(remembered)
  const companies = watchedOnceWritten({ ...given, companies: reconciledOnceWritten({ ...given, calendars }) })
  const background = inBackground()
  const reached = reachedVersions(given)
  const noticed = onAppointmentChange({ ...given, store: auditingChanges(given) }, listeners)
  const store = reached.forgetting(hintingReservations({ ...given, calendars, store: noticed }, background))
  const ports: Ports = { ...given, calendars, companies, store }
  const { callLink = () => undefined, publicUrl = localUrl } = settings
  const handlers = jobHandlers({ ...ports, publicUrl }, postOffice(ports), callLink)
  const worker = jobWorker(ports, handlers, platformJobHandlers(ports))
  return {
    ...useCases(ports, worker, settings, prefetchSlots(ports, background), reached.of),
    health: health({ ...ports, slotCounts: remembered.counts }),
    idle: background.idle,
  }
}

/** Adding a use case is one line, and every door sees it at once. */
const useCases = (
  ports: Ports,
  worker: JobWorker,
  {
    toolDeadlineMs = 3_000,
    publicUrl = localUrl,
    calendarPatienceMs = patienceMs,
    agentTools = () => [],
  }: ApplicationSettings,
  heard: CallHeard,
  reached: ReachedVersions['of'],
) => ({
  ...doors(ports, heard, reached),
  answerTool: answerTool({
    ...ports,
    seeThrough: seeThrough(ports),
    confirmNow: confirmNow(ports, sendNow(ports, worker)),
    toolDeadlineMs,
  }),
  apologise: apologise(ports),
  workInbox: workInbox(ports),
  workJobs: watchingAll(ports, reconcilingAll(ports, worker.workJobs)),
  watchNumbers: watchNumbers({ ...ports, publicUrl }),
  watchedNumbers: watchedNumbers({ ...ports, publicUrl }),
  registerNumbers: registerNumbers({ ...ports, publicUrl }),
  reconcileCallsNow: reconcileCallsNow(ports),
  sendNow: sendNow(ports, worker),
  applyCompany: applyCompany(ports),
  ...settingUp({ ...ports, publicUrl, patienceMs: calendarPatienceMs }),
  doctor: doctor({ ...ports, publicUrl, patienceMs: calendarPatienceMs }),
  createUser: createUser(ports),
  resetPassword: resetPassword(ports),
  disableUser: disableUser(ports),
  createToken: createToken(ports),
  logIn: logIn(ports),
  logOut: logOut(ports),
  setPassword: setPassword(ports),
  principalOfSession: principalOfSession(ports),
  principalOfToken: principalOfToken(ports),
  overview: overview(ports),
  listCalls: listCalls(ports),
  openRings: openRings(ports),
  callDetail: callDetail(ports),
  playRecording: playRecording(ports),
  dayOf: dayOf(ports),
  weekOf: weekOf(ports),
  listAppointments: listAppointments(ports),
  appointmentDetail: appointmentDetail(ports),
  hasAppointment: hasAppointment(ports),
  listCustomers: listCustomers(ports),
  customerDetail: customerDetail(ports),
  changeCustomer: changeCustomer(ports),
  hasCustomer: hasCustomer(ports),
  listAuditLog: listAuditLog(ports),
  listPlatformAuditLog: listPlatformAuditLog(ports),
  noteCompanyExport: noteCompanyExport(ports),
  verifyAuditLog: verifyAuditLog(ports),
  listFlags: listFlags(ports),
  setFlag: setFlag(ports),
  effectiveFlags: effectiveFlags(ports),
  liveHolds: liveHolds(ports),
  listAlerts: listAlerts(ports),
  listDeliveries: listDeliveries(ports),
  deliveryDetail: deliveryDetail(ports),
  freeTimes: freeTimes(ports),
  createAppointment: createAppointment(ports),
  moveAppointment: moveAppointment(ports),
  cancelAppointment: cancelAppointment(ports),
  listBlockedTimes: listBlockedTimes(ports),
  blockedTimeDetail: blockedTimeDetail(ports),
  listFeeds: listFeeds(ports),
  createFeed: createFeed(ports),
  revokeFeed: revokeFeed(ports),
  readFeed: readFeed(ports),
  findJob: findJob(ports),
  blockTime: blockTime(ports),
  unblockTime: unblockTime(ports),
  linesOf: linesOf(ports),
  listRoutingOverrides: listRoutingOverrides(ports),
  setRoutingOverride: setRoutingOverride(ports),
  endRoutingOverride: endRoutingOverride(ports),
  listCallbacks: listCallbacks(ports),
  findCallback: findCallback(ports),
  tallyCallbacks: tallyCallbacks(ports),
  createCallback: createCallback(ports),
  changeCallback: changeCallback(ports),
  listWishes: listWishes(ports),
  tallyWishes: tallyWishes(ports),
  replayDelivery: replayDelivery(ports),
  findUnrouted: findUnrouted(ports),
  assignUnrouted: assignUnrouted(ports),
  resolveAlert: resolveAlert(ports),
  calendarDifferences: calendarDifferences(ports),
  settleDifference: settleDifference({ ...ports, patienceMs: calendarPatienceMs }),
  reconcileNow: reconcileNow(ports),
  ...publishing({ ...ports, publicUrl, gate: gate(ports, { publicUrl }) }, worker),
  ...rehearsing(ports, { publicUrl }),
  seeAgentSync: seeAgentSync(ports, worker),
  changeCompanyFile: changeCompanyFile(ports),
  ...managingAgents({ ...ports, publicUrl, agentTools }),
})

/** Who is refused at one of them is known at all. */
const doors = (ports: Ports, heard: CallHeard, reached: ReachedVersions['of']) => {
  const refuse = refusals(ports)
  return { ...intake(ports, reached, refuse, heard), ...calendarIntake(ports, refuse) }
}

export type Application = ReturnType<typeof application>
