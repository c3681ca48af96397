import type { Vitals } from '../../src/application/operation/health.ts'

/** Those of an installation where all is well, unless it is said otherwise. */
export const standInVitals = (more: Partial<Vitals> = {}): Vitals => ({
  schema: async () => '0005-housekeeping',
  cache: async () => 'own',
  vendors: () => [],
  version: '1.2.3',
  ...more,
})
