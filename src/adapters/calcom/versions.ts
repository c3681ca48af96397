/** Parts of Cal.com's API that have versions of their own, named as in a company file. */
export type EndpointGroup = 'bookings' | 'bookings_list' | 'slots' | 'event_types' | 'schedules'

/**
 * What hosted and self-hosted servers have in common. A version that a server does not know is silently answered in
 * the shape of 2024-04-15 (platform/constants, bootstrap.ts), so each is a setting of the connection.
 */
const usual: { readonly [Group in EndpointGroup]: string } = {
  bookings: '2024-08-13',
  bookings_list: '2024-08-13',
  slots: '2024-09-04',
  event_types: '2024-06-14',
  schedules: '2024-06-11',
}

export type Versions = (group: EndpointGroup) => string

export const versionsOf =
  (chosen: { readonly [group: string]: string }): Versions =>
  (group) =>
    chosen[group] ?? usual[group]

/** From this version on bookings are listed page by page with a cursor, one status at a time. */
export const listsByCursor = (version: string): boolean => version >= '2026-05-01'
