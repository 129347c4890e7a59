/** A past result from the log alone: to the byte what was evaluated then, however the log was partitioned and cut. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pastOfLog } from '../../cli/pastLog.ts';
import { offsetsOfResult, replayCounts, replayResult } from '../../cli/replayResult.ts';
import { verifyCertificate } from '../../cli/verifyCertificate.ts';
import type { LogReader } from '../../contracts/chunk.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { issueCertificate, lastCertificate } from '../../control/experiments/certificate.ts';
import { readCounts } from '../../control/experiments/counts.ts';
import { evaluateExperiment } from '../../control/experiments/evaluate.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { answeredRight, hints, minutesSpent, rightShare } from '../support/experimentLines.ts';
import { earlier, partitioned, runLearning, userLines } from '../support/experimentLog.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const experiment = hints({ segments: ['grade'], minimumEffect: 0.1 });
const record: ExperimentRecord = {
  revision: 1,
  experiment,
  metrics: [answeredRight, minutesSpent, rightShare].map((each) => ExperimentMetric.parse(each)),
};

const lines = userLines(160);
/** All but when and up to where. */
const saidBy = ({ at, offsets, countOffsets, ...said }: ExperimentResult) => JSON.stringify(said);

test('partitions and epochs leave no trace in a result', async () => {
  const results: ExperimentResult[] = [];
  for (const [partitions, chunk, epochEvents] of [
    [1, 500, 100_000],
    [4, 16, 200],
    [3, 7, 500],
  ] as const) {
    const store = await clickhouse.database(`parts_${partitions}`);
    await runLearning(store, partitioned(lines, experiment, partitions, chunk), epochEvents);
    results.push(evaluateExperiment(record, await readCounts(store, 'hints'), 1));
  }
  expect(results[0]!.exposed).toBe(160);
  expect(results[0]!.metrics.map(({ arms }) => arms[0]!.units + arms[1]!.units)).toEqual([
    160, 160, 160,
  ]);
  expect(results[0]!.segments).toHaveLength(3);
  expect(results[0]!.verdict.word).toBe('ship');
  for (const result of results) expect(saidBy(result)).toBe(saidBy(results[0]!));
});

test('a past result is computed again from the log, to the byte', async () => {
  const log = partitioned(lines, experiment, 2, 11);
  const store = await clickhouse.database('past');
  // The engine stops in the middle, evaluates, and goes on: the stored counts are then others.
  await runLearning(
    store,
    earlier(log, (end) => Math.floor(end / 2)),
    200,
  );
  const before = await readCounts(store, 'hints');
  const then = evaluateExperiment(record, before, 77);
  const certificate = await issueCertificate(store, record, 78);
  await runLearning(store, log, 200);
  const now = evaluateExperiment(record, await readCounts(store, 'hints'), 79);
  expect(now.exposed).toBeGreaterThan(then.exposed + 50);

  const again = await replayResult(pastOfLog(log), record, offsetsOfResult(then), 77);
  expect(JSON.stringify(again)).toBe(JSON.stringify(then));
  const certified = await replayResult(pastOfLog(log), record, certificate.offsets, 78);
  expect(certified.verdict).toEqual(certificate.verdict);
  expect(certified.metrics[0]!.comparisons).toEqual(certificate.evidence[0]!.comparisons);

  // The next certificate names the one before.
  const next = await issueCertificate(store, record, 80);
  expect(certificate).toMatchObject({ number: 1, previous: null });
  expect(next).toMatchObject({ number: 2, previous: certificate.hash });
  const stored = await lastCertificate(store, 'hints');
  expect(stored).toEqual(JSON.parse(JSON.stringify(next)));
  expect(verifyCertificate(stored as never).every(({ good }) => good)).toBe(true);
});

test('each kind of counts goes up to its own offset', async () => {
  const log = partitioned(lines, experiment, 1, 50);
  const at = (offset: number) => [{ partition: 0, offset }];
  const mixed = { exposures: at(400), outcomes: at(260), clusters: [], covariates: [] };
  const counts = await replayCounts(pastOfLog(log), 'hints', mixed);
  const all = (offset: number) =>
    replayCounts(pastOfLog(log), 'hints', {
      ...{ exposures: at(offset), outcomes: at(offset), clusters: at(offset), covariates: [] },
    });
  expect(counts.exposures).toEqual((await all(400)).exposures);
  expect(counts.outcomes).toEqual((await all(260)).outcomes);
  expect(counts.outcomes).not.toEqual((await all(400)).outcomes);
});

test('what the log does not have any more is told', async () => {
  const log = partitioned(lines, experiment, 1, 50);
  const offsets = {
    exposures: [{ partition: 0, offset: 20 }],
    outcomes: [],
    clusters: [],
    covariates: [],
  };
  const shortened: LogReader = { ...log, start: () => 10 };
  await expect(replayCounts(pastOfLog(shortened), 'hints', offsets)).rejects.toThrow(
    'partition 0 of the log has the offsets 10 to',
  );
});
