/**
 * Property tests draw the same examples in every run, so that one that passes does not fail for somebody else:
 * `FAST_CHECK_SEED=7 npm test` draws others, and `FAST_CHECK_SEED=random` new ones each time.
 */
import fc from 'fast-check';

const given = process.env['FAST_CHECK_SEED'] ?? '2026';
if (given !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given) });
