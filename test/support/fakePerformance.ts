/**
 * Models for the pages without a storage: predictions with a known course go through the engine's own statistics, and what these
 * keep through what reads them. No clock, no chance.
 */
import type { ModelsAnswer } from '../../contracts/api.ts';
import {
  type ModelPerformance,
  type SliceFigure,
  sliceFigures,
  type WatchedModelSummary,
  type WatchedModelsAnswer,
} from '../../contracts/performanceApi.ts';
import type { Statistic } from '../../contracts/statistic.ts';
import { modelPerformance } from '../../control/monitoring/modelPerformance.ts';
import type { Kept } from '../../control/monitoring/watchedModel.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { estimatedPerformance } from '../../stats/streaming/estimatedPerformance.ts';
import { groupFairness } from '../../stats/streaming/groupFairness.ts';
import { labelDelay } from '../../stats/streaming/labelDelay.ts';
import { labelOutcomes } from '../../stats/streaming/labelOutcomes.ts';
import { predictionLosses } from '../../stats/streaming/predictionLosses.ts';
import { predictionQuality } from '../../stats/streaming/predictionQuality.ts';
import { regressionQuality } from '../../stats/streaming/regressionQuality.ts';

const hour = 3_600_000;
const day = 24 * hour;

export interface FakeModel {
  readonly name: string;
  readonly kind: 'probability' | 'number';
  readonly days: number;
  readonly perDay: number;
  readonly seed: number;
  /** Whether labels come at all, and whether slices and groups are declared. */
  readonly isLabelled?: boolean;
  readonly isSliced?: boolean;
  readonly isGrouped?: boolean;
  /** Days before now from which on half of the labels are those of a coin. */
  readonly brokenDays?: number;
}

export interface FakeModels {
  own: ModelsAnswer;
  models: readonly FakeModel[];
  readonly now: number;
}

const usual = { kind: 'probability', days: 21, perDay: 420, isLabelled: true } as const;

export function fakeModels(now: number): FakeModels {
  return {
    now,
    own: { models: [] },
    models: [
      { ...usual, name: 'dropout', seed: 5, isSliced: true, isGrouped: true },
      { ...usual, name: 'drifted', seed: 6, isSliced: true, brokenDays: 6 },
      { ...usual, name: 'young', seed: 7, days: 1, perDay: 60, isLabelled: false },
      { ...usual, name: 'grade', kind: 'number', seed: 8, isSliced: true },
    ],
  };
}

const courses = ['geometry', 'algebra', 'history', 'biology', 'chemistry', 'music', 'latin'];

/** Rows are of a window, or of all time where it is 0. */
function keeping(statistic: Statistic, parameters: Readonly<Record<string, unknown>> = {}) {
  const fold = statistic.begin(parameters);
  const states = new Map<number, Map<string, unknown>>();
  const kept: Kept = { statistic, fold, states };
  const take = (start: number, row: Readonly<Record<string, number | string>>, slice = '') => {
    const bySlice = states.get(start) ?? new Map<string, unknown>();
    states.set(start, bySlice);
    if (!bySlice.has(slice)) bySlice.set(slice, fold.initial());
    fold.step(bySlice.get(slice), row);
  };
  return { kept, take };
}

function watched({ now }: FakeModels, model: FakeModel): ReadonlyMap<string, Kept> {
  const { kind, days, perDay, seed, isLabelled = true, brokenDays = 0 } = model;
  const random = randomState(seed);
  const isNumber = kind === 'number';
  const quality = keeping(isNumber ? regressionQuality : predictionQuality);
  const slices = keeping(isNumber ? regressionQuality : predictionLosses);
  const expected = keeping(estimatedPerformance);
  const fairness = keeping(groupFairness, { baseline: 'day', compared: 'evening' });
  const delays = keeping(labelDelay);
  const labels = keeping(labelOutcomes);
  const end = Math.floor(now / day) * day + day;
  for (let i = 0; i < days * perDay; i += 1) {
    const time = end - days * day + Math.floor((i / perDay) * day);
    if (time > now) break;
    const start = Math.floor(time / day) * day;
    const course = courses[Math.floor(uniform(random) ** 1.6 * courses.length)]!;
    const group = uniform(random) < 0.35 ? 'evening' : 'day';
    const score = 1 / (1 + Math.exp(1.2 + 1.5 * normal(random) - (group === 'evening' ? 0.5 : 0)));
    const isBroken = time >= end - brokenDays * day && uniform(random) < 0.5;
    const chance = isBroken ? 0.5 : course === 'algebra' ? 0.5 + (score - 0.5) * 0.45 : score;
    const prediction = isNumber ? 60 + 12 * normal(random) : score;
    const one = uniform(random) < chance ? 1 : 0;
    const spread = course === 'algebra' ? 9 : 6;
    const label = isNumber ? prediction + spread * normal(random) + 0.8 : one;
    const age = Math.floor(hour * Math.exp(2.6 + 0.9 * normal(random)));
    const hasCome = isLabelled && uniform(random) > 0.08 && time + age <= now && age < 96 * hour;
    labels.take(0, { outcome: 'told' });
    if (!isNumber) expected.take(start, { prediction, label: -1, part: 'window' });
    if (!hasCome) {
      const isOver = now - time > 96 * hour;
      if (isOver) labels.take(0, { outcome: 'unlabelled' });
      if (isOver) delays.take(0, { age: 96 * hour, labelled: 0 });
      continue;
    }
    labels.take(0, { outcome: 'joined' });
    delays.take(0, { age, labelled: 1 });
    quality.take(start, { prediction, label });
    slices.take(start, { prediction, label }, course);
    if (isNumber) continue;
    expected.take(start, { prediction, label, part: 'window' });
    expected.take(start + day, { prediction, label, part: 'reference' });
    fairness.take(0, { prediction, label, group });
  }
  return new Map([
    ['quality', quality.kept],
    ...(isNumber ? [] : [['expected', expected.kept] as const]),
    ...(model.isSliced === true ? [['slices_course', slices.kept] as const] : []),
    ...(model.isGrouped === true ? [['fairness', fairness.kept] as const] : []),
    ['delay', delays.kept],
    ['labels', labels.kept],
  ]);
}

const parts = new WeakMap<FakeModel, ReadonlyMap<string, Kept>>();

interface Asked {
  readonly figure: string | null;
  readonly from?: number;
  readonly to?: number;
}

/** @returns undefined when there is no such model */
export async function fakePerformance(
  fake: FakeModels,
  name: string,
  { figure, from = 0, to = fake.now + day }: Asked,
): Promise<ModelPerformance | undefined> {
  const model = fake.models.find((each) => each.name === name);
  if (model === undefined) return undefined;
  const kept = parts.get(model) ?? watched(fake, model);
  parts.set(model, kept);
  const within = new Map(
    [...kept].map(([part, each]) => {
      const states = [...each.states].filter(
        ([start]) => start === 0 || (start > from - day && start < to),
      );
      return [part, { ...each, states: new Map(states) }];
    }),
  );
  const by: SliceFigure = sliceFigures.find((each) => each === figure) ?? 'logLoss';
  const measured = await modelPerformance({ windowMs: day, parts: within }, by);
  return {
    ...{ pipeline: 'watch', model: name, version: '3', monitor: 'outside', windowMs: day },
    from: measured.course[0]?.start ?? from,
    to: measured.course.at(-1)?.end ?? to,
    isTruncated: false,
    ...measured,
  };
}

export async function fakeWatchedModels(fake: FakeModels): Promise<WatchedModelsAnswer> {
  const models = await Promise.all(
    fake.models.map(async ({ name }): Promise<WatchedModelSummary> => {
      const { pipeline, version, kind, total, labels } = (await fakePerformance(fake, name, {
        figure: null,
      }))!;
      const head = { pipeline, model: name, version, monitor: 'outside', receivedAt: fake.now };
      return { ...head, kind, total, labels };
    }),
  );
  return { models, more: false };
}
