import { bookAppointment } from './book-appointment.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { checkAvailability } from './check-availability.ts'
import { checkCustomer } from './check-customer.ts'
import { collectAppointment } from './collect-appointment.ts'
import type { Tool } from './context.ts'
import { findAlternatives } from './find-alternatives.ts'
import { getOpeningHours } from './get-opening-hours.ts'
import { initializeCall } from './initialize-call.ts'
import { getServiceInfo, listServices } from './list-services.ts'
import { parseDate } from './parse-date.ts'
import { queryAppointments } from './query-appointments.ts'
import type { ToolName } from './registry.ts'
import { requestCallback, takeMessage } from './request-callback.ts'
import { rescheduleAppointment } from './reschedule-appointment.ts'
import { releaseSlot, reserveSlot } from './reserve-slot.ts'

/** Who answers which tool. */
export const toolHandlers: { readonly [Name in ToolName]: Tool } = {
  initialize_call: initializeCall,
  check_customer: checkCustomer,
  list_services: listServices,
  get_service_info: getServiceInfo,
  get_opening_hours: getOpeningHours,
  parse_date: parseDate,
  check_availability: checkAvailability,
  find_alternatives: findAlternatives,
  reserve_slot: reserveSlot,
  release_slot: releaseSlot,
  book_appointment: bookAppointment,
  collect_appointment: collectAppointment,
  query_appointments: queryAppointments,
  cancel_appointment: cancelAppointment,
  reschedule_appointment: rescheduleAppointment,
  request_callback: requestCallback,
  take_message: takeMessage,
}
