import { logIn, logOut, principalOfSession, principalOfToken, setPassword } from './access/authenticate.ts'
import { createToken, createUser, disableUser, resetPassword } from './access/users.ts'
import { intake } from './calling/accept-webhook.ts'
import { workInbox } from './calling/work-inbox.ts'
import { applyCompany } from './companies/apply-company.ts'
import { doctor } from './operation/doctor.ts'
import type { Ports } from './ports/ports.ts'
import { callDetail, listCalls, openRings } from './reading/calls.ts'
import { dayOf } from './reading/day.ts'
import { overview } from './reading/overview.ts'
import { answerTool } from './tools/answer-tool.ts'

/** The library as one value: adding a use case is one line, and every door sees it at once. */
export const application = (ports: Ports) => ({
  ...intake(ports),
  answerTool: answerTool(ports),
  workInbox: workInbox(ports),
  applyCompany: applyCompany(ports),
  doctor: doctor(ports),
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
  dayOf: dayOf(ports),
})

export type Application = ReturnType<typeof application>
