import type { Service, Staff } from '../company.ts'
import type { Appointment } from './appointment.ts'

/**
 * The colleague whom an appointment keeps when it is moved and nobody else is wished. At a vendor's calendar that is only
 * one who can be asked for there: from whom it gave a booking to, it may take it again.
 */
export const keptColleague = (
  { provider }: Pick<Appointment, 'provider'>,
  { slug }: Pick<Service, 'slug'>,
  staff: Staff | undefined,
): Staff | undefined =>
  provider.kind === 'embedded' || staff?.calcomEventTypes[slug] !== undefined ? staff : undefined
