import fc from 'fast-check'

/**
 * Every law is tried with the same values each time, so that a run says the same of the same code anywhere.
 * `LAWS_SEED` (a number, or `any`) tries others.
 */
const asked = process.env.LAWS_SEED ?? '1'
if (asked !== 'any') fc.configureGlobal({ seed: Number(asked) })
