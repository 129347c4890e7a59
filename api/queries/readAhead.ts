/**
 * Reads the last month as the overview shows it before anybody asks: days that are over are read once (control/keptDays.ts), and who opens the
 * dashboard in the morning does not wait for that one time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readDrift } from '../../control/drift/readDrift.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { readMetricSeries, readMetrics } from './metrics.ts';
import { readModels } from './models.ts';

const spanMs = 30 * 86_400_000;
const everyMs = 3_600_000;
/** Others are read when somebody looks at them. */
const metricsMax = 50;

async function readOnce(from: Reading): Promise<void> {
  const { metrics } = await readMetrics(from);
  // One after the other: nobody waits for it.
  for (const { metric, pipeline, lastAt } of metrics.slice(0, metricsMax)) {
    const range = { from: Math.max(0, lastAt + 1 - spanMs), to: lastAt + 1 };
    await readMetricSeries(from, metric, { pipeline, ...range });
  }
  await readModels(from);
  await readDrift(from, {});
}

/** At once and every hour, until the signal says so. What fails is read by who asks, and told to them. */
export async function readAhead(reading: () => Reading, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await readOnce(reading()).catch(() => undefined);
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
