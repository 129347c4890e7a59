/** Models that are run elsewhere and watched by a monitor, in the version that was heard of last: see `readPerformance`. */

import type {
  GroupFairness,
  ModelPerformance,
  PerformanceWindow,
} from '../../../contracts/performanceApi.ts';
import { readPlain } from '../../../operators/state/plainData.ts';
import type { EstimatedPerformanceState } from '../../../stats/monitoring/estimatedPerformance.ts';
import type { LabelDelayState } from '../../../stats/monitoring/labelDelay.ts';
import { binOf } from '../../../stats/quantileSketch.ts';
import { readPerformance } from '../../monitoring/readPerformance.ts';
import { readingAll } from '../../privacy/reading.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { FactMoment } from '../factSources.ts';
import { completeDays, dayMs, daysMax } from './completeDays.ts';
import type { ExpectedDay, FairnessFacts, ModelDay, ModelFacts } from './modelFacts.ts';
import { type ScoresOfDay, shiftOfScores } from './predictionShift.ts';

interface HeadRow {
  pipeline: string;
  name: string;
  model: string;
  version: string;
  stateVersion: number;
  parameters: string;
}

/** Most models that are looked at: those that were heard of last. */
const modelsMax = 20;

const heads = bounded(`
  SELECT pipeline, name, key[1] AS model, key[2] AS version,
    argMax(state_version, received_at) AS stateVersion,
    argMax(parameters, received_at) AS parameters, max(received_at) AS heard
  FROM statistics
  WHERE statistic = 'estimated-performance' AND window_ms = ${dayMs} AND length(key) = 2
    AND match(name, '._expected$')
  GROUP BY pipeline, name, model, version
  ORDER BY heard DESC, pipeline, model, version
  LIMIT 1000`);

const states = bounded(`
  SELECT toUnixTimestamp64Milli(window_start) AS day, base64Encode(state) AS state
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND name = {name:String} AND window_ms = ${dayMs}
    AND statistic = 'estimated-performance' AND state_version = {stateVersion:UInt16}
    AND parameters = {parameters:String} AND key = [{model:String}, {version:String}]
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ORDER BY day, partition
  LIMIT 10000`);

const delays = bounded(`
  SELECT toUnixTimestamp64Milli(window_start) AS day, base64Encode(state) AS state
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND name = {name:String} AND window_ms = ${dayMs}
    AND statistic = 'label-delay' AND key = [{model:String}, {version:String}]
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  ORDER BY day, partition
  LIMIT 10000`);

type OutsideFacts = Omit<ModelFacts, 'slices'>;

export async function outsideModels(reader: Reader, moment: FactMoment): Promise<OutsideFacts[]> {
  const rows = await reader.query<HeadRow>(heads);
  const byModel = new Map<string, HeadRow[]>();
  for (const row of rows) {
    // A model that does not name itself cannot be a subject.
    if (row.model === '') continue;
    const key = `${row.pipeline}\n${row.model}`;
    byModel.set(key, [...(byModel.get(key) ?? []), row]);
  }
  const found: OutsideFacts[] = [];
  for (const [newest, former] of [...byModel.values()].slice(0, modelsMax)) {
    const facts = await outsideModel(reader, newest!, former, moment);
    if (facts !== undefined) found.push(facts);
  }
  return found;
}

async function outsideModel(
  reader: Reader,
  head: HeadRow,
  former: HeadRow | undefined,
  moment: FactMoment,
): Promise<OutsideFacts | undefined> {
  const { pipeline, model, version } = head;
  const range = completeDays(moment, daysMax);
  const figure = 'logLoss';
  // Rules judge by all that is known; what they tell of groups has its own least users.
  const from = readingAll(reader, moment.now);
  const performance = await readPerformance(from, pipeline, model, { ...range, version, figure });
  if (performance === undefined || performance.kind !== 'probability') return undefined;
  const { course, delay } = performance;
  const before =
    former === undefined || performance.fairness === null
      ? undefined
      : await readPerformance(from, pipeline, model, { version: former.version, figure });
  const now = fairnessOf(version, performance.fairness);
  const then = former === undefined ? null : fairnessOf(former.version, before?.fairness ?? null);
  // The first day may have begun in its middle.
  const whole = course.filter(({ start }) => start >= range.from).slice(1);
  return {
    ...{ key: model, pipeline, version, life: null, users: null },
    days: whole.flatMap(realisedOf),
    promptness: await promptnessOf(reader, head, range, { delay, expected: whole }),
    expected: whole.flatMap(expectedOf),
    labelAgeMs: delay === null ? null : (delay.p99 ?? 3 * dayMs),
    shift: await shiftOfScores((await readScores(reader, head, range)).slice(1), undefined),
    fairness: now === null || then === null ? null : { now, before: then },
  };
}

function realisedOf({ start, labelled, realised }: PerformanceWindow): ModelDay[] {
  const { logLoss, brier, accuracy } = realised ?? {};
  if (labelled === 0 || typeof logLoss !== 'number' || typeof brier !== 'number') return [];
  return [
    {
      ...{ day: start, count: labelled, logLoss, lossVariance: 0, brier },
      ...{ accuracy: accuracy ?? NaN, rate: NaN, predicted: null, thirds: null },
    },
  ];
}

function expectedOf({ start, count, labelled, estimated }: PerformanceWindow): ExpectedDay[] {
  const { estimate, lower, upper } = estimated?.['logLoss'] ?? {};
  if (typeof estimate !== 'number') return [];
  const ends = { lower: lower ?? null, upper: upper ?? null };
  return [{ day: start, count, labelled, logLoss: estimate, ...ends }];
}

/** Predictions by day and score bin, with labels or without. */
async function readScores(
  reader: Reader,
  { pipeline, name, model, version, stateVersion, parameters }: HeadRow,
  range: { readonly from: number; readonly to: number },
): Promise<ScoresOfDay[]> {
  const rows = await reader.query<{ day: number; state: string }>(states, {
    ...{ pipeline, name, model, version, stateVersion, parameters, ...range },
  });
  const byDay = new Map<number, number[]>();
  for (const { day, state } of rows) {
    const { counts } = readPlain(Buffer.from(state, 'base64')) as EstimatedPerformanceState;
    const sums = byDay.get(day);
    byDay.set(day, sums?.map((sum, bin) => sum + counts[bin]!) ?? [...counts]);
  }
  return [...byDay].map(([day, counts]) => ({ day, counts }));
}

/** Ages that are told of, the shortest that three of four labels keep to. */
const promptShare = 0.75;

async function promptnessOf(
  reader: Reader,
  { pipeline, name, model, version }: HeadRow,
  range: { readonly from: number; readonly to: number },
  {
    delay,
    expected,
  }: {
    readonly delay: ModelPerformance['delay'];
    readonly expected: readonly PerformanceWindow[];
  },
): Promise<ModelFacts['promptness']> {
  if (delay === null || delay.labelled === 0) return null;
  const share = promptShare * Math.max(...delay.points.map(({ estimate }) => estimate ?? 0));
  const ageMs = delay.points.find(({ estimate }) => (estimate ?? 0) >= share)?.ageMs;
  if (ageMs === undefined) return null;
  const rows = await reader.query<{ day: number; state: string }>(delays, {
    ...{ pipeline, name: name.replace(/expected$/, 'delay_by_window'), model, version, ...range },
  });
  const within = new Map<number, number>();
  for (const { day, state } of rows) {
    const { labelled } = readPlain(Buffer.from(state, 'base64')) as LabelDelayState;
    const soon = labelled.counts.filter((_, i) => labelled.bins[i]! <= binOf(ageMs));
    within.set(day, (within.get(day) ?? 0) + soon.reduce((sum, count) => sum + count, 0));
  }
  // Before the first of them nothing was kept of days; behind it a day without any label has had none in time.
  const first = Math.min(...within.keys());
  const days = expected
    .filter(({ start }) => start >= first)
    .map(({ start, count }) => ({ day: start, count, within: within.get(start) ?? 0 }));
  return days.length === 0 ? null : { ageMs, days };
}

function fairnessOf(version: string, fairness: GroupFairness | null): FairnessFacts | null {
  if (fairness === null || !fairness.isShown) return null;
  const { baseline, compared, groups, figures } = fairness;
  const gaps = (['falseNegative', 'falsePositive', 'selection'] as const).flatMap((rate) => {
    const [difference, lower, upper] = ['', 'Lower', 'Upper'].map(
      (end) => figures[`${rate}Difference${end}`],
    );
    const isKnown = [difference, lower, upper].every((value) => typeof value === 'number');
    return isKnown ? [{ rate, difference: difference!, lower: lower!, upper: upper! }] : [];
  });
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return { version, baseline, compared, count, gaps };
}
