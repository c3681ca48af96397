// Fakes that keep the contracts of the ports: `frontdesk/testing`. No server, no database driver, no HTTP client.
export { countingIds, fixedClock, type SettableClock } from './adapters/memory/ambient.ts'
export { type Fault, type UnrulyCalendar, unrulyCalendar } from './adapters/memory/calendar.ts'
export { plainCalendarMessage, plainCalendarSignature } from './adapters/memory/calendar-messages.ts'
export { type MemoryOptions, memoryPorts } from './adapters/memory/ports.ts'
export {
  sharedAccount,
  type UnrulyVoiceAccount,
  unrulyVoiceAccount,
  type VoiceFault,
} from './adapters/memory/voice-account.ts'
export { plainBody, plainSignature } from './adapters/memory/voice-platform.ts'
export { type Application, application } from './application/application.ts'
export type { Ports } from './application/ports/ports.ts'
