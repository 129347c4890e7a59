/**
 * The promise on the synthetic campus: the answer model is watched while it predicts and learns, and its labels are held
 * back. Before any drift the estimates of a day hold what the day brings; after a revision of the items they do not, and
 * the labels say so.
 */
import { expect, test } from 'vitest';
import { createAnswerModel } from '../../../models/answer/answerModel.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { createCampus } from '../../../sources/campus/campus.ts';
import { calm } from '../../../sources/campus/plan.ts';
import { performanceNames } from '../../../stats/monitoring/binaryPerformance.ts';
import { estimatedPerformance } from '../../../stats/monitoring/estimatedPerformance.ts';
import type { Scored } from '../../../stats/prequential.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';

const day = 86_400_000;
/** A Monday. */
const start = Date.UTC(2026, 2, 2);
const days = 17;
/** From which on every item is harder, and the model learns no more. */
const driftDay = 15;
/** Answers until the model has learnt; answers of a window and of the reference before it. */
const learning = 12_000;
const windowSize = 500;
const referenceSize = 6_000;

/** Every answer's prediction, made before the model learnt it, and outcome; and how many came before the drift. */
function predictedAnswers(seed: number): { scored: Scored[]; before: number } {
  const plan = {
    ...calm,
    revisions: Array.from({ length: 8 }, (_, skill) => ({
      atMs: driftDay * day,
      skill,
      difficultyShift: 1.5,
    })),
  };
  const campus = createCampus({ seed, start, students: 60, plan });
  const dictionary = new InternDictionary();
  const model = createAnswerModel(createStateTables(dictionary), { bits: 14 });
  const rows: PlainRow[] = [];
  for (const { type, bytes } of campus.events(start, start + days * day)) {
    if (type !== 'answered') continue;
    const { time, ...event } = JSON.parse(Buffer.from(bytes).toString());
    rows.push({ ...event, time: Date.parse(time) });
  }
  const batch = batchOf(rows, { dictionary, columns: { strings: ['context.skill'] } });
  const scored = rows.map(({ time, value }, row) => {
    const label = value as number;
    const probability = model.predict(batch, row);
    if (time < start + driftDay * day) model.learn(batch, row, label);
    return { probability, label };
  });
  const before = rows.findIndex(({ time }) => time >= start + driftDay * day);
  return { scored, before };
}

/** The window from a place on, the answers before it as the reference; its labels come after the estimate. */
function watched(scored: readonly Scored[], from: number) {
  const state = estimatedPerformance.initial();
  for (const each of scored.slice(from - referenceSize, from)) {
    estimatedPerformance.step(state, { part: 'reference', ...each });
  }
  const window = scored.slice(from, from + windowSize);
  for (const each of window) estimatedPerformance.step(state, { part: 'window', ...each });
  const options = { threshold: 0.5, alpha: 0.05, supportMin: 30 };
  const { estimates } = estimatedPerformance.read(state)(options);
  for (const each of window) estimatedPerformance.step(state, { part: 'realised', ...each });
  const { realised, consistencyP, lossZ } = estimatedPerformance.read(state)(options);
  const inside = performanceNames.filter((name) => {
    const { lower, upper } = estimates[name];
    return lower <= realised[name] && realised[name] <= upper;
  });
  return { estimates, realised, inside, consistencyP, lossZ };
}

const campuses = [1, 2, 3].map(predictedAnswers);

function windowsFrom(scored: readonly Scored[], from: number, to: number) {
  return Array.from({ length: Math.floor((to - from) / windowSize) }, (_, window) =>
    watched(scored, from + window * windowSize),
  );
}

// Seen in 280 windows of ten campuses (seeds 1 to 10): accuracy 95.0 %, precision 99.3, recall 93.6, F1 96.4, AUC 94.6, log
// loss 96.8, Brier 96.4, and all seven at once 90.4; in 1.1 % of them consistency was below .01.
test('before drift, each of the seven estimates holds in at least 90 % of the windows', () => {
  const windows = campuses.flatMap(({ scored, before }) => windowsFrom(scored, learning, before));
  expect(windows.length).toBeGreaterThan(75);
  for (const name of performanceNames) {
    const share = windows.filter(({ inside }) => inside.includes(name)).length / windows.length;
    expect([name, share, share >= 0.9]).toEqual([name, share, true]);
  }
  const alarms = windows.filter(({ consistencyP }) => consistencyP < 0.01).length;
  expect(alarms / windows.length).toBeLessThan(0.04);
  // And the intervals are not vacuous: for 500 answers, at most ± 5 points of accuracy.
  for (const { estimates } of windows) {
    expect(estimates.accuracy.upper - estimates.accuracy.lower).toBeLessThan(0.1);
  }
});

// Items 1.5 logits harder for a model that learns no more: about .6 of the answers are foretold, and .72 were expected.
// Seen in the same ten campuses: consistency below .001 in all of the 40 windows.
test('after a concept drift the labels of each of the next four windows say that the estimates fail', () => {
  for (const { scored, before } of campuses) {
    for (const { consistencyP, lossZ, inside } of windowsFrom(
      scored,
      before,
      before + 4 * windowSize,
    )) {
      expect(consistencyP).toBeLessThan(1e-3);
      expect(lossZ).toBeGreaterThan(2.9);
      expect(inside.length).toBeLessThan(4);
    }
  }
});
