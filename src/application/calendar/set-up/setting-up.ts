import type { Ports } from '../../ports/ports.ts'
import { calendarSetUp } from './calendar-set-up.ts'
import { changeChecked } from './change-checked.ts'
import { connectCalendar } from './connect-calendar.ts'
import { mapService } from './map-service.ts'
import { warnOfFile } from './warn-of-file.ts'
import { registerCalendarWebhook } from './webhook.ts'

/** All that is done to set a company's calendar up. */
export const settingUp = (ports: Ports & { readonly publicUrl: string; readonly patienceMs: number }) => ({
  changeChecked: changeChecked(ports),
  connectCalendar: connectCalendar(ports),
  calendarSetUp: calendarSetUp(ports),
  mapService: mapService(ports),
  registerCalendarWebhook: registerCalendarWebhook(ports),
  warnOfFile: warnOfFile(ports),
})
