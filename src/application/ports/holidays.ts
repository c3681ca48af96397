import type { Holidays } from '../../domain/opening-hours.ts'

/** Who knows which days are public holidays where. */
export interface PublicHolidays {
  /**
   * Those of a region such as `DE` or `DE-BE`, whole days only. A year is worked out at the first question about it
   * and costs nothing afterwards. Undefined: nothing is known of the region.
   */
  readonly of: (region: string) => Holidays | undefined
  /** Every region of a country (`DE`) that is known, the country itself first; none for an unknown country. */
  readonly regionsOf: (country: string) => readonly string[]
}
