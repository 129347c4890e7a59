import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../contracts/alert.ts';
import type { ModelVersion } from '../../../contracts/modelVersion.ts';
import type { ModelPerformance, PerformanceWindow } from '../../../contracts/performanceApi.ts';
import { Watch, type WatchInput } from '../../../contracts/watch.ts';
import type { KnownModel } from '../../../control/registry/modelRegistry.ts';
import { aboutOf } from '../../../control/retraining/aboutOf.ts';
import {
  gatherFacts,
  type ModelEvidence,
  seenTo,
} from '../../../control/retraining/gatherFacts.ts';
import { newRun, type StoredRun } from '../../../control/retraining/storedRun.ts';
import { defaultWatches } from '../../../control/watching/defaultWatches.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { fakeDrift } from '../../support/fakeDrift.ts';
import { memoryRegistry, modelName, smallPlan } from '../../support/fakeRetraining.ts';

const day = 24 * 3_600_000;
const noon = Date.UTC(2026, 10, 12, 12);
const plan = smallPlan();
const counts = { rows: 5_000, newRows: 100 };
const nothing: ModelEvidence = { alerts: [], watchOf: () => undefined };

/** The online learner since two days ago, or version 1.1 since yesterday. */
function known(isTrained = true): KnownModel {
  const { known: online } = memoryRegistry(plan, noon - 2 * day);
  if (!isTrained) return online;
  const sha256 = 'a'.repeat(64);
  const version: ModelVersion = {
    ...online.versions[0]!.version,
    ...{ version: '1.1', kind: 'trees', metrics: { brier: 0.16 } },
    data: { snapshot: sha256, from: 0, to: noon - 1.5 * day, rows: 4_000, excludedUsers: 0 },
  };
  return {
    ...online,
    versions: [...online.versions, { ...online.versions[0]!, version, madeAt: noon - day }],
    serving: { ...online.serving, champion: { version: '1.1', sha256, width: 5 } },
  };
}

function past(startedAt: number, change: Partial<StoredRun['run']> = {}, to?: number): StoredRun {
  const cause = { kind: 'drift', sentence: '', figures: {} } as const;
  const asked = { model: modelName, cause, causeId: `c:${startedAt}`, causeAt: startedAt, plan };
  const stored = newRun(asked, startedAt);
  const data = { snapshot: 'b'.repeat(64), from: 0, to: to ?? 0, rows: 1, excludedUsers: 0 };
  return {
    ...stored,
    run: { ...stored.run, state: 'refused', endedAt: startedAt + 1, ...change },
    made: to === undefined ? stored.made : { ...stored.made, data },
  };
}

describe('gatherFacts', () => {
  test('of the online learner: everything is news, and nothing has been learnt', () => {
    expect(gatherFacts(known(false), [], counts, nothing)).toEqual({
      ...{ model: modelName, champion: '1', isOnline: true, madeAt: noon - 2 * day },
      ...{ learntRows: 0, newsFrom: -Infinity, ...counts, lastRunAt: null, isRetry: false },
      ...{
        releasing: null,
        alerts: [],
        drift: [],
        performance: [],
        calibration: null,
        fairness: [],
      },
    });
    expect(seenTo(known(false), [])).toBeNull();
  });

  test('of a trained champion: news come after its data, or after the last cause', () => {
    const facts = gatherFacts(known(), [], counts, nothing);
    expect(facts).toMatchObject({ champion: '1.1', isOnline: false, learntRows: 4_000 });
    expect(facts.newsFrom).toBe(noon - 1.5 * day);
    expect(seenTo(known(), [])).toBe(noon - 1.5 * day);
    const runs = [past(noon - 100, {}, noon - 200), past(noon - 1.8 * day)];
    const later = gatherFacts(known(), runs, counts, nothing);
    // A later run by hand changes nothing about that.
    const hand = { ...past(noon - 50), causeAt: 0 };
    expect(gatherFacts(known(), [...runs, hand], counts, nothing).newsFrom).toBe(noon - 100);
    expect(later).toMatchObject({ newsFrom: noon - 100, lastRunAt: noon - 100, isRetry: true });
    expect(seenTo(known(), runs)).toBe(noon - 200);
  });

  test('the run that made the champion was not in vain, and runs of other features count for nothing', () => {
    const made = past(noon - 1.1 * day, { state: 'done', version: '1.1' });
    expect(gatherFacts(known(), [made], counts, nothing).isRetry).toBe(false);
    const before = past(noon - 3 * day, {}, noon);
    expect(gatherFacts(known(), [before], counts, nothing).lastRunAt).toBeNull();
    expect(seenTo(known(), [before])).toBe(noon - 1.5 * day);
  });

  test('runs that took in models have learnt from nothing; a champion that one took in was judged up to somewhere', () => {
    const taken = (startedAt: number, version: string | null) => {
      const run = past(startedAt, { version }, noon - 150);
      const imported: StoredRun['imported'] = {
        ...{ format: 'onnx', file: { sha256: 'c'.repeat(64), bytes: 1 }, golden: null },
        ...{ trainer: '', parameters: {}, notes: '', data: null, remarks: [] },
      };
      return { ...run, imported, causeAt: 0 };
    };
    const refused = taken(noon - 100, null);
    expect(seenTo(known(), [refused])).toBe(noon - 1.5 * day);
    expect(gatherFacts(known(), [refused], counts, nothing)).toMatchObject({
      ...{ newsFrom: noon - 1.5 * day, lastRunAt: null, isRetry: false },
    });
    const trained = known();
    const versions = trained.versions.map((each) => ({
      ...each,
      version: { ...each.version, data: null },
    }));
    const champion = { ...trained, versions };
    const made = taken(noon - 100, '1.1');
    expect(seenTo(champion, [made])).toBe(noon - 150);
    expect(gatherFacts(champion, [made], counts, nothing)).toMatchObject({
      ...{ learntRows: 0, newsFrom: noon - 150, lastRunAt: null },
    });
    expect(seenTo(champion, [])).toBeNull();
  });

  test('of alerts those that fire steadily and are about the model', () => {
    const watches = new Map(defaultWatches.map((watch) => [watch.key, watch]));
    const alerts: Alert[] = [
      alertSample({ id: 'a', watch: 'drift-answer-residual' }),
      alertSample({ id: 'b', watch: 'model-quality', direction: 'rise' }),
      alertSample({ id: 'c', watch: 'drift-answer-level' }),
      alertSample({ id: 'd', watch: 'events' }),
      alertSample({ id: 'e', watch: 'drift-answer-residual', state: 'pending' }),
      alertSample({ id: 'f', watch: 'drift-answer-residual', isFlapping: true }),
      alertSample({ id: 'g', watch: 'gone' }),
    ];
    const facts = gatherFacts(known(), [], counts, { alerts, watchOf: (key) => watches.get(key) });
    expect(facts.alerts.map(({ id, about }) => [id, about])).toEqual([
      ['a', 'drift'],
      ['b', 'performance'],
    ]);
    const other = { ...known(), pipeline: 'other' };
    const elsewhere = { alerts, watchOf: (key: string) => watches.get(key) };
    expect(gatherFacts(other, [], counts, elsewhere).alerts).toEqual([]);
  });

  test('of columns those that have drifted, and which are broken', async () => {
    const drift = await fakeDrift(noon).drift({});
    const facts = gatherFacts(known(), [], counts, { ...nothing, drift });
    const skill = facts.drift.find(({ column }) => column === 'context_skill')!;
    expect(skill).toMatchObject({ role: 'input', isBroken: false });
    expect(skill.distance).toBeGreaterThan(skill.limit);
    // The latency gets lost; the model does not read it.
    expect(drift.words).toContainEqual(
      expect.objectContaining({ word: 'data-quality break', column: 'context_latency_ms' }),
    );
    expect(facts.drift.map(({ column }) => column)).not.toContain('context_latency_ms');
    const unread = drift.columns.map((column) => ({ ...column, isRead: null }));
    const all = gatherFacts(known(), [], counts, {
      ...nothing,
      drift: { ...drift, columns: unread },
    });
    expect(all.drift.find(({ column }) => column === 'context_device')).toMatchObject({
      isBroken: true,
    });
  });
});

function window(change: Partial<PerformanceWindow>): PerformanceWindow {
  return {
    ...{ start: noon - day, end: noon, count: 10_000, labelled: 10_000, coverage: 1 },
    ...{ estimated: null, realised: null, referenceLabels: 10_000 },
    ...{ consistencyP: null, lossZ: null, unsupported: null },
    ...change,
  };
}

function performance(course: PerformanceWindow[]): ModelPerformance {
  return {
    ...{
      pipeline: 'learning',
      model: modelName,
      version: '1.1',
      monitor: null,
      kind: 'probability',
    },
    ...{
      windowMs: day,
      threshold: 0.5,
      from: noon - 9 * day,
      to: noon,
      isTruncated: false,
      course,
    },
    ...{ total: { count: 1, figures: {} }, reliability: [], thresholds: [], sliceFigure: 'brier' },
    ...{ slices: [], fairness: null, delay: null, labels: null },
  };
}

describe('figures of the champion', () => {
  const told = (of: ModelPerformance) =>
    gatherFacts(known(), [], counts, { ...nothing, performance: of });

  test('are those of the newest window that has labels enough', () => {
    const good = window({ realised: { brier: 0.2, calibrationError: 0.08 } });
    const few = window({ ...good, start: noon, end: noon + day, labelled: 900 });
    const facts = told(performance([window({}), good, few]));
    const [realised] = facts.performance;
    expect(realised).toMatchObject({ basis: 'realised', value: 0.2, reference: 0.16, at: noon });
    // 0.2 − 2.576 √(0.2 · 0.8 / 10,000).
    expect(realised!.lower).toBeCloseTo(0.2 - 0.0103, 4);
    expect(facts.calibration).toMatchObject({ value: 0.08, limit: 0.05, count: 10_000 });
    // √(2/π) · ½ · √(20 / 10,000).
    expect(facts.calibration!.noise).toBeCloseTo(0.01784, 5);
  });

  test('are estimated where labels have not come', () => {
    const estimate = { brier: { estimate: 0.19, lower: 0.18, upper: 0.2 } };
    const facts = told(performance([window({ labelled: 0, estimated: estimate })]));
    expect(facts.performance).toEqual([
      { basis: 'estimated', value: 0.19, lower: 0.18, reference: 0.16, count: 10_000, at: noon },
    ]);
    expect(facts.calibration).toBeNull();
  });

  test('of groups are the ends of intervals that are nearer to no difference', () => {
    const figures = {
      ...{ falseNegativeDifferenceLower: -0.3, falseNegativeDifferenceUpper: -0.2 },
      ...{ falsePositiveDifferenceLower: -0.1, falsePositiveDifferenceUpper: 0.4 },
    };
    const group = { name: 'a', count: 700, points: [], calibration: [] };
    const shown = { baseline: 'a', compared: 'b', isShown: true, groups: [group, group], figures };
    const facts = told({ ...performance([window({})]), fairness: shown });
    expect(facts.fairness.map(({ value, count }) => [value, count])).toEqual([
      [0.2, 1_400],
      [0, 1_400],
    ]);
    const hidden = { ...shown, isShown: false };
    expect(told({ ...performance([]), fairness: hidden }).fairness).toEqual([]);
  });
});

describe('aboutOf', () => {
  const watch = (change: Partial<WatchInput>): Watch =>
    Watch.parse({
      ...{
        key: 'w',
        name: 'W',
        lane: 'prediction',
        judgement: { kind: 'limit', direction: 'above', limit: 1 },
      },
      ...change,
    });
  const figure = (name: string) =>
    watch({ source: { kind: 'statistic', name: 's', figure: name } });
  const metric = (name: string) =>
    watch({ source: { kind: 'metric', metric: name, figure: 'mean' } });

  test.each([
    ['falseNegativeDifference', 'rise', 'fairness'],
    ['abroca', 'rise', 'fairness'],
    ['comparedCalibrationError', 'rise', 'fairness'],
    ['calibrationError', 'rise', 'calibration'],
    ['logLossRealised', 'rise', 'performance'],
    ['brier', 'fall', undefined],
    ['auc', 'fall', 'performance'],
    ['accuracyLower', 'rise', undefined],
    ['consistencyP', 'fall', 'performance'],
    ['count', 'rise', undefined],
  ] as const)('%s that is subject to a %s: %s', (name, direction, about) => {
    expect(aboutOf(figure(name), direction, 'learning')).toBe(about);
    expect(aboutOf(figure(name), direction, 'other')).toBeUndefined();
  });

  test('a metric of the model is one of its figures', () => {
    expect(aboutOf(metric('model_log_loss'), 'rise', 'learning')).toBe('performance');
    expect(aboutOf(metric('model_log_loss'), 'fall', 'learning')).toBeUndefined();
    expect(aboutOf(metric('correct_share'), 'fall', 'learning')).toBeUndefined();
  });

  test('of the watches that there are by default, two are reasons to train', () => {
    const reasons = defaultWatches.filter(
      (each) => aboutOf(each, 'rise', 'learning') !== undefined,
    );
    expect(reasons.map(({ key }) => key)).toEqual(['model-quality', 'drift-answer-residual']);
  });
});
