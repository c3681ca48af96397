/** Where a calendar program finds the feed of a secret. */
export const feedAddress = (publicUrl: string, secret: string): string =>
  new URL(`/calendars/${secret}.ics`, publicUrl).href
