// The pure core, without I/O: `frontdesk/domain`.
export { allows, type Permission, type Role, roles } from './access/role.ts'
export { type AgentConfiguration, contentOf, contentText } from './agents/configuration.ts'
export type { ChangeKind, DiffEntry } from './agents/diff-entry.ts'
export { type Drift, driftOf } from './agents/drift.ts'
export { ancestors, commonAncestor } from './agents/history.ts'
export { type Merge, type MergeDecision, type MergeDifference, merge, resolve } from './agents/merge.ts'
export { applyPatch, type Change, changesBetween, diff, type Patch, type Path, pathText } from './agents/patch.ts'
export {
  keepSealed,
  openConfiguration,
  openValues,
  type SealedValue,
  sealConfiguration,
  sealedIds,
  sealValues,
} from './agents/sealed-values.ts'
export { type SemanticDiff, semanticDiff } from './agents/semantic-diff.ts'
export { type TextDiff, type TextRun, textDiff } from './agents/text-diff.ts'
export { type Appointment, cancel, move, takesTime } from './booking/appointment.ts'
export {
  bookingWindow,
  type Desk,
  freeOn,
  gridOn,
  isFree,
  nearest,
  openingOn,
  type Slot,
  workingOn,
} from './booking/availability.ts'
export { canDo, chooseService, chooseStaff, isOfferedAt } from './booking/catalogue.ts'
export { contains, type Interval, intersect, overlaps, subtract, union } from './booking/interval.ts'
export { isHeld, type Offer } from './booking/offer.ts'
export { mayCancel, mayMove, type PolicyAnswer } from './booking/policy.ts'
export { type SeriesWish, seriesDays } from './booking/series.ts'
export { endOf, segmentsOf, staffTimeOf } from './booking/service-time.ts'
export { type CallRecord, type CallReport, type CallState, callState, learn, unheard } from './calling/call.ts'
export { parseLineNumber } from './calling/line-number.ts'
export { outcomeOf } from './calling/outcome.ts'
export { type Destination, route } from './calling/routing.ts'
export { parseSignature, type Signature } from './calling/signature.ts'
export type { Branch, CompanyProfile, CompanySpec, Policies, Service, Staff } from './company.ts'
export {
  type Closure,
  type DayInterval,
  type Holiday,
  type Holidays,
  hoursOn,
  isOpenAt,
  nextOpening,
  type OpeningHours,
  type WeeklyHours,
  whyClosed,
} from './opening-hours.ts'
export { type Country, type PhoneNumber, parseCallerNumber, parseCountry, parsePhoneNumber } from './phone-number.ts'
export { dueBy } from './reception/due-time.ts'
export { type Secret, secret } from './secret.ts'
export { understandName } from './speech/names.ts'
export {
  spokenDate,
  spokenDuration,
  spokenHours,
  spokenList,
  spokenMoment,
  spokenMoney,
  spokenTime,
  weekdayName,
} from './speech/say.ts'
export { understandEmail } from './speech/spoken-email.ts'
export { understandWhen, type When, type WhenContext } from './speech/understand-when.ts'
export {
  addDays,
  type Instant,
  instant,
  instantAt,
  isoWithOffset,
  type LocalDate,
  localMoment,
  parseInstant,
  parseLocalDate,
  parseTimeZone,
  type TimeZone,
} from './time.ts'
