/**
 * Gives the property tests and the fuzzing one seed, so that a commit that was green stays green. `npm run fuzz` looks for
 * what no run has seen yet, with a new seed each time.
 */
import fc from 'fast-check'

/** Of no meaning; any other would do. */
const USUAL = 1

const given = process.env.ENTENTE_TEST_SEED
if (given !== undefined && !/^\d{1,9}$/.test(given)) throw new TypeError(`ENTENTE_TEST_SEED is a number, not ${given}`)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: given === undefined ? USUAL : Number(given) })
