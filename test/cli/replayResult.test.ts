/** A past result from the log alone: to the byte what was evaluated then, however the log was partitioned and cut. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offsetsOfResult, replayCounts, replayResult } from '../../cli/replayResult.ts';
import { verifyCertificate } from '../../cli/verifyCertificate.ts';
import type { LogReader } from '../../contracts/chunk.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { partitionOf } from '../../contracts/hash.ts';
import type { Store } from '../../contracts/store.ts';
import { issueCertificate, lastCertificate } from '../../control/experiments/certificate.ts';
import { readCounts } from '../../control/experiments/counts.ts';
import { evaluateExperiment } from '../../control/experiments/evaluate.ts';
import { learning } from '../../pipelines/learning.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import {
  answeredRight,
  definitionLine,
  eventLine,
  exposureLine,
  hints,
  minute,
  minutesSpent,
  passing,
  receivedAt,
  rightShare,
} from '../support/experimentLines.ts';
import { linesLog } from '../support/linesLog.ts';

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

/** Lines of users, each with whom it is about; the watermark of every partition moves with the marks. */
function campus(users: number): { readonly user: string; readonly line: string }[] {
  const random = randomState(21);
  const lines: { at: number; user: string; line: string }[] = [];
  for (let i = 0; i < users; i += 1) {
    const user = `u-${i}`;
    const treated = uniform(random) < 0.5;
    const at = Math.floor(uniform(random) * 200) * minute;
    const say = (later: number, line: string) => lines.push({ at: at + later, user, line });
    const segments = { grade: i % 3 };
    say(0, exposureLine(user, at, treated ? 'with' : 'without', { segments }));
    for (let answer = 0; answer < 3; answer += 1) {
      const later = (1 + 9 * answer) * minute;
      const value = Number(uniform(random) < (treated ? 0.6 : 0.1));
      say(later, eventLine('answered', user, at + later, { value }));
    }
    const worked = { context: { minutes: Math.round(80 * uniform(random)) / 8 } };
    say(20 * minute, eventLine('worked', user, at + 20 * minute, worked));
  }
  return lines.sort((a, b) => a.at - b.at);
}

/** The same lines in so many partitions: definitions and marks in each, users by their hash. */
function partitioned(
  lines: ReturnType<typeof campus>,
  partitions: number,
  chunk: number,
): LogReader {
  const parts = Array.from({ length: partitions }, () => [definitionLine(experiment)]);
  for (const { user, line } of lines) {
    const bytes = Buffer.from(user);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    parts[partitionOf({ bytes, view }, 0, bytes.length, partitions)]!.push(line);
  }
  for (const part of parts) part.push(passing(400 * minute), passing(400 * minute));
  const logs = parts.map((part) => linesLog(part, { chunk, receivedAt, start: 0 }));
  return {
    partitions,
    read: (partition, offset) => {
      const read = logs[partition]!.read(0, offset);
      return read && { ...read, partition };
    },
    end: (partition) => logs[partition]!.end(0),
    start: () => 0,
    close: async () => {},
  };
}

async function run(store: Store, reader: LogReader, epochEvents: number): Promise<void> {
  for (let partition = 0; partition < reader.partitions; partition += 1) {
    const stop = new AbortController();
    await runPartition({
      ...{ pipeline: learning, partition, reader, store },
      limits: { epochMs: 10, epochEvents, checkpointMs: 20 },
      signal: stop.signal,
      report({ committedOffset = 0 }) {
        if (committedOffset >= reader.end(partition)) stop.abort();
      },
    });
  }
}

const lines = campus(160);
/** All but when and up to where. */
const saidBy = ({ at, offsets, ...said }: ExperimentResult) => JSON.stringify(said);

test('partitions and epochs leave no trace in a result', async () => {
  const results: ExperimentResult[] = [];
  for (const [partitions, chunk, epochEvents] of [
    [1, 500, 100_000],
    [4, 16, 200],
    [3, 7, 500],
  ] as const) {
    const store = await clickhouse.database(`parts_${partitions}`);
    await run(store, partitioned(lines, partitions, chunk), epochEvents);
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
  const log = partitioned(lines, 2, 11);
  const store = await clickhouse.database('past');
  // The engine stops in the middle, evaluates, and goes on: the stored counts are then others.
  const half: LogReader = { ...log, end: (partition) => Math.floor(log.end(partition) / 2) };
  const cut: LogReader = {
    ...half,
    read: (partition, offset) =>
      offset >= half.end(partition) ? undefined : log.read(partition, offset),
  };
  await run(store, cut, 200);
  const before = await readCounts(store, 'hints');
  const then = evaluateExperiment(record, before, 77);
  const certificate = await issueCertificate(store, record, 78);
  await run(store, log, 200);
  const now = evaluateExperiment(record, await readCounts(store, 'hints'), 79);
  expect(now.exposed).toBeGreaterThan(then.exposed + 50);

  const again = replayResult(log, learning, record, offsetsOfResult(then), 77);
  expect(JSON.stringify(again)).toBe(JSON.stringify(then));
  const certified = replayResult(log, learning, record, certificate.offsets, 78);
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

test('each kind of counts goes up to its own offset', () => {
  const log = partitioned(lines, 1, 50);
  const at = (offset: number) => [{ partition: 0, offset }];
  const mixed = { exposures: at(400), outcomes: at(260), clusters: [], covariates: [] };
  const counts = replayCounts(log, learning, 'hints', mixed);
  const all = (offset: number) =>
    replayCounts(log, learning, 'hints', {
      ...{ exposures: at(offset), outcomes: at(offset), clusters: at(offset), covariates: [] },
    });
  expect(counts.exposures).toEqual(all(400).exposures);
  expect(counts.outcomes).toEqual(all(260).outcomes);
  expect(counts.outcomes).not.toEqual(all(400).outcomes);
});

test('what the log does not have any more is told', () => {
  const log = partitioned(lines, 1, 50);
  const offsets = {
    exposures: [{ partition: 0, offset: 20 }],
    outcomes: [],
    clusters: [],
    covariates: [],
  };
  const shortened: LogReader = { ...log, start: () => 10 };
  expect(() => replayCounts(shortened, learning, 'hints', offsets)).toThrow(
    'partition 0 of the log has the offsets 10 to',
  );
});
