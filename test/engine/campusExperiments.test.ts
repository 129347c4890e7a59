/** What the synthetic campus plays is counted by the engine as it was planted: no exposure refused, the mismatch to be seen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineCampusExperiments } from '../../cli/campusExperiments.ts';
import { asLines } from '../../cli/lines.ts';
import { type Certificate, verifyCertificate } from '../../cli/verifyCertificate.ts';
import {
  ExperimentCourse,
  ExperimentDetail,
  ExperimentsAnswer,
} from '../../contracts/experimentApi.ts';
import type { Facts } from '../../control/insights/facts.ts';
import { gatherExperiments } from '../../control/insights/gather/experiments.ts';
import { insightKinds } from '../../control/insights/kinds.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const day = 86_400_000;
/** A Monday: the same events in every run. */
const start = Date.UTC(2026, 2, 2);
const data = temporaryDirectory();
let at: TestEngine;
beforeAll(async () => {
  at = await startTestEngine(data, { epochMs: 300, checkpointMs: 1_000 });
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

test('exposures and outcomes of three planted experiments', async () => {
  const students = 1_200;
  const campus = createCampus({ seed: 3, students, start });
  await defineCampusExperiments(at.engine.experiments!, campus);
  const stream = campus.open();
  for (;;) {
    const block = stream.advance(start + 2.6 * day, 4_096);
    if (block.length === 0) break;
    await at.engine.ingest(asLines(block), 'application/x-ndjson');
  }
  await at.settle();

  const { store } = at.engine;
  expect(
    await store.query("SELECT code, reason FROM dead_letters WHERE code LIKE 'EX%' LIMIT 5"),
  ).toEqual([]);
  const exposed = await store.query<{ experiment: string; variant: number; units: number }>(
    `SELECT experiment, variant, toUInt32(sum(units)) AS units, toUInt32(sum(crossed)) AS crossed
     FROM experiment_exposures FINAL GROUP BY experiment, variant ORDER BY experiment, variant`,
  );
  const units = (name: string) =>
    exposed.filter(({ experiment }) => experiment === name).map((row) => row.units);
  expect(exposed.map((row) => (row as { crossed?: number }).crossed)).toEqual([0, 0, 0, 0, 0, 0]);
  const [usual, focus] = units('focus-mode');
  // 30 % of the treated are lost: 600 × 0.7 = 420 against 600.
  expect(usual! - focus!).toBeGreaterThan(80);
  for (const name of ['streak-badges', 'focus-mode']) {
    expect(units(name).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.6 * students);
  }
  const [control, treated] = units('streak-badges');
  expect(Math.abs(control! - treated!)).toBeLessThan(4 * Math.sqrt(control! + treated!));
  const stages = await store.query<{ stage: number; share: number }>(
    `SELECT stage, sumIf(units, variant = 1) / sum(units) AS share FROM experiment_exposures FINAL
     WHERE experiment = 'worked-hints' GROUP BY stage ORDER BY stage`,
  );
  expect(stages.map(({ stage }) => stage)).toEqual([1, 2]);
  expect(stages[0]!.share).toBeLessThan(0.4);
  expect(stages[1]!.share).toBeGreaterThan(0.38);
  const scored = await store.query<{ variant: number; scored: number; mean: number }>(
    `SELECT variant, toUInt32(sum(units)) AS scored, toFloat64(sum(n)) / scored AS mean
     FROM experiment_outcomes FINAL
     WHERE experiment = 'worked-hints' AND metric = 'worked-hints-outcome' AND segment = '' AND stage = 2
     GROUP BY variant ORDER BY variant`,
  );
  // 0.35 and 0.47, stage 2, some 350 each: 4 standard errors are 0.15.
  expect(scored[0]!.scored).toBeGreaterThan(200);
  expect(scored[1]!.mean - scored[0]!.mean).toBeGreaterThan(0.12 - 0.15);
  expect(scored[1]!.mean - scored[0]!.mean).toBeLessThan(0.12 + 0.15);
  const late = await store.query<{ share: number }>(
    `SELECT count() / (SELECT count() FROM events FINAL) AS share FROM late_events FINAL`,
  );
  // As planted: nothing is late because of the definitions, which are of now.
  expect(late[0]!.share).toBeLessThan(0.06);
}, 120_000);

test('are judged as they were planted: the mismatch pauses its experiment, the effect is found, none where none is', async () => {
  const verdicts = async () => {
    const { experiments } = await at.get('/v1/experiments', ExperimentsAnswer);
    return new Map(experiments.map((each) => [each.key, each]));
  };
  await eventually(async () => {
    const found = await verdicts();
    expect(found.get('focus-mode')!.state).toBe('paused');
    expect(found.get('streak-badges')).toMatchObject({
      state: 'running',
      verdict: { word: 'keep running' },
    });
    expect(found.get('worked-hints')).toMatchObject({
      state: 'running',
      verdict: { word: 'ship', variant: 'worked-hints' },
    });
  });
  const paused = await at.get('/v1/experiments/focus-mode', ExperimentDetail);
  expect(paused.record[0]).toMatchObject({ actor: 'engine', change: 'Paused' });
  expect(paused.record[0]!.reason).toContain('sample-ratio');
  const shown = await at.get('/v1/experiments/worked-hints', ExperimentDetail);
  expect(shown.result!.metrics.map(({ metric }) => metric)).toEqual([
    'worked-hints-outcome',
    'right-answers',
    'answers-given',
  ]);
  // Who came on the second day had a past, and the share of right answers is a student's own.
  const [outcome, right] = shown.result!.metrics.map(({ readings }) => readings![0]!);
  expect(right!.adjusted!.known).toBeGreaterThan(0.5);
  expect(right!.adjusted!.removed).toBeGreaterThan(0.08);
  const { low, high } = right!.adjusted!.effect;
  const { asymptotic } = shown.result!.metrics[1]!.comparisons[0]!;
  expect(high! - low!).toBeLessThan(0.97 * (asymptotic.high! - asymptotic.low!));
  expect(outcome!.adjusted).toBeNull();
  expect(outcome!.bayesian).toMatchObject({ method: 'beta', isInformed: false });
  expect(outcome!.bayesian!.better).toBeGreaterThan(0.99);
  await eventually(async () => {
    const course = await at.get('/v1/experiments/worked-hints/course', ExperimentCourse);
    expect(course.points.length).toBeGreaterThan(0);
    expect(course.points.at(-1)!.estimate).toBeCloseTo(
      shown.result!.metrics[0]!.comparisons[0]!.effect.estimate!,
      6,
    );
  });
}, 120_000);

test('the planted mismatch and the winner are cards, and nothing else is said of the experiments', async () => {
  const { store, experiments } = at.engine;
  const moment = { now: Date.now(), eventTime: start + 2.6 * day };
  const facts: Facts = {
    ...{ ...moment, activeUsers: 1_200, models: null, columns: null, policies: null, alerts: [] },
    ...{
      experiments: await gatherExperiments({ reader: store, experiments: experiments! }, moment),
    },
    operations: null,
  };
  const found = insightKinds.flatMap((kind) =>
    kind
      .find(facts)
      .filter(({ pValue }) => pValue === null || pValue <= 0.001)
      .map((candidate) => ({ name: kind.kind, ...candidate, told: candidate.tell() })),
  );
  expect(found.map(({ name, subject }) => `${name} ${subject.key}`).sort()).toEqual([
    'ready-to-decide worked-hints',
    'sample-ratio-mismatch focus-mode',
  ]);
  const [ready, mismatch] = found.sort((a, b) => a.name.localeCompare(b.name));
  expect(mismatch!.told).toMatchObject({ action: { label: 'Stop it as invalid' } });
  expect(mismatch!.told.changed).toContain('missing from “Focus page”');
  expect(ready!.told.action!.request!.body).toEqual({
    decision: { verdict: 'ship', variant: 'worked-hints' },
  });
}, 60_000);

test('a decision is certified as it was in view, and the certificate holds without the engine', async () => {
  const get = async () => {
    const response = await fetch(`${at.url}/v1/experiments/worked-hints/certificate`);
    return (await response.json()) as Certificate & { number: number; previous: string | null };
  };
  const first = await get();
  expect(verifyCertificate(first).filter(({ good }) => !good)).toEqual([]);
  expect([first.number, first.previous, first.verdict.word]).toEqual([1, null, 'ship']);
  expect(await get()).toEqual(first);
  await at.send([
    { id: 'more', type: 'viewed', time: new Date(start + 2.7 * day).toISOString(), user: 'x' },
  ]);
  const decision = { verdict: 'ship', variant: 'worked-hints' };
  const stop = await fetch(`${at.url}/v1/experiments/worked-hints/stop`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ reason: 'It helps.', decision }),
  });
  expect(stop.status).toBe(200);
  const chain = await at.engine.store.query<{ number: number; previous: string; hash: string }>(
    'SELECT number, previous, hash FROM experiment_certificates ORDER BY number',
  );
  expect((await get()).hash).toBe(chain.at(-1)!.hash);
  expect(chain[0]!.hash).toBe(first.hash);
  expect(chain.slice(1).map(({ previous }) => previous)).toEqual(
    chain.slice(0, -1).map(({ hash }) => hash),
  );
}, 120_000);

test('are known to the next process with the results of the last', async () => {
  const before = await at.get('/v1/experiments', ExperimentsAnswer);
  await at.stop();
  at = await startTestEngine(data, {
    epochMs: 300,
    checkpointMs: 1_000,
    roles: ['data', 'control', 'serving'],
  });
  const words = ({ experiments }: ExperimentsAnswer) =>
    experiments.map(({ key, state, verdict }) => [key, state, verdict?.word]);
  await eventually(async () => {
    const after = await at.get('/v1/experiments', ExperimentsAnswer);
    expect(words(after)).toEqual(words(before));
  });
}, 120_000);
