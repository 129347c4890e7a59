/** Drift with a known course for the pictures and the sentences: no clock. */
import { fakeDrift } from '../../support/fakeDrift.ts';
import { start } from './samples.ts';

const dayMs = 86_400_000;
export const now = start + 31 * dayMs;
const reader = fakeDrift(now);

/** Of the newest two weeks. */
const range = { from: now - 16 * dayMs };
export const drift = await reader.drift(range);
export const latencyDetail = (await reader.driftDetail('context_latency_ms', range))!;
export const skillDetail = (await reader.driftDetail('context_skill', range))!;
