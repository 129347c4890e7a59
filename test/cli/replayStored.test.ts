/** A stored result against the log that it was counted from: the same to the byte, and what was tampered with is named. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchivedLog } from '../../cli/archivedLog.ts';
import { pastOfLog } from '../../cli/pastLog.ts';
import { replayCounts } from '../../cli/replayResult.ts';
import { type ReplayStoredOptions, replayStored } from '../../cli/replayStored.ts';
import type { LogReader } from '../../contracts/chunk.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { writeDefinition } from '../../control/definitions/definitionRows.ts';
import { readCounts } from '../../control/experiments/counts.ts';
import { evaluateExperiment } from '../../control/experiments/evaluate.ts';
import { writeResults } from '../../control/experiments/resultHistory.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import {
  answeredRight,
  eventLine,
  exposureLine,
  hints,
  minute,
  minutesSpent,
  rightShare,
} from '../support/experimentLines.ts';
import {
  earlier,
  partitioned,
  runLearning,
  type UserLine,
  userLines,
} from '../support/experimentLog.ts';

const experiment = hints({ segments: ['grade'], minimumEffect: 0.1 });
const record: ExperimentRecord = {
  revision: 1,
  experiment,
  metrics: [answeredRight, minutesSpent, rightShare].map((each) => ExperimentMetric.parse(each)),
};
const [first, second, third] = [60_000, 120_000, 180_000] as const;

/**
 * What a log has besides events: the same again, what is no event, and an exposure that is refused but moves the clock by ten
 * minutes, so that units become old enough to be scored which otherwise were not.
 */
function disturbed(lines: readonly UserLine[]): UserLine[] {
  return lines.flatMap((each, i) => {
    const at = (i / lines.length) * 220;
    const user = `u-${i}`;
    if (i % 7 === 0) return [each, each];
    if (i % 11 === 0) return [each, { user, line: '{"id":' }];
    if (i % 50 !== 0) return [each];
    const refused = exposureLine(user, Math.round(at + 10) * minute, 'with', { probability: 0.4 });
    return [each, { user, line: refused }, { user, line: eventLine('viewed', user, 0) }];
  });
}

const log = partitioned(disturbed(userLines(160)), experiment, 2, 13);
const middle = earlier(log, (end) => Math.floor(0.55 * end));

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
let stored: ExperimentResult;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('past');
  await writeDefinition(store, {
    ...{ kind: 'experiment', key: 'hints', revision: 1, writeId: 'w', at: 1, actor: 'ada' },
    ...{ reason: '', definition: JSON.stringify(record) },
  });
  await runLearning(store, middle, 200);
  stored = evaluateExperiment(record, await readCounts(store, 'hints'), first);
  await writeResults(store, [stored]);
}, 60_000);
afterAll(() => clickhouse.close());

const replayed = async (options: Partial<ReplayStoredOptions> = {}, from: LogReader = log) => {
  const open = async () => pastOfLog(from);
  return (await replayStored({ store, experiment: 'hints', at: first, open, ...options }))!;
};
const archived = (from: ClickHouseStore = store) => ({
  open: async () => openArchivedLog(from, 'learning'),
});

describe('a result from the middle of an experiment', () => {
  test('is in the middle: some units wait for their score, and some were refused', async () => {
    const { arms } = stored.metrics[0]!;
    expect(arms[0]!.immature + arms[1]!.immature).toBeGreaterThan(5);
    expect(arms[0]!.units + arms[1]!.units).toBeGreaterThan(50);
    const [codes] = await store.query<{ invalid: number; broken: number }>(
      `SELECT countIf(code = 'EXPOSURE_INVALID') AS invalid, countIf(code = 'EVENT_NOT_JSON') AS broken FROM dead_letters`,
    );
    expect(codes!.invalid).toBeGreaterThan(3);
    expect(codes!.broken).toBeGreaterThan(10);
  });

  test.each([1, 2, 3, 8])('is the same with each partition in %i', async (parts) => {
    const told: number[] = [];
    const found = await replayed({ parts, onProgress: (done) => told.push(done) });
    expect(found).toMatchObject({ same: true, differences: [], source: 'log', parts, noted: true });
    expect(found).toMatchObject({ at: first, revision: 1, verdict: stored.verdict.word });
    expect(told.at(-1)).toBe(found.records);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test.each([1, 3])('is the same from the archive, each partition in %i', async (parts) => {
    const found = await replayed({ parts, ...archived() });
    expect(found).toMatchObject({ same: true, differences: [], source: 'archive' });
  });

  test('is not the same from an archive without the refused events, which moved the clock', async () => {
    const poorer = await clickhouse.database('poorer');
    await poorer.command('INSERT INTO events SELECT * FROM past.events FINAL');
    const found = await replayed(archived(poorer));
    expect(found.same).toBe(false);
    expect(found.differences.map(({ field }) => field)).toContain(
      'metrics[right].arms[with].immature',
    );
  });

  test('cannot be told from an archive without its beginning', async () => {
    const later = await clickhouse.database('later');
    await later.command('INSERT INTO events SELECT * FROM past.events FINAL WHERE offset >= 40');
    await expect(replayed(archived(later))).rejects.toThrow(
      /^the archive has nothing before the offset 4\d of the pipeline learning in partition 0$/,
    );
  });
});

describe('each kind of counts has its own end', () => {
  test('and a result of kinds that differ is the same', async () => {
    const ends = stored.countOffsets!;
    const outcomes = ends.outcomes.map((each) => ({ ...each, offset: each.offset - 60 }));
    const counts = await replayCounts(pastOfLog(log), 'hints', { ...ends, outcomes });
    const torn = evaluateExperiment(record, counts, second);
    const { countOffsets, ...older } = torn;
    expect(countOffsets!.outcomes).not.toEqual(ends.outcomes);
    await writeResults(store, [torn]);
    expect(await replayed({ at: second })).toMatchObject({ same: true, noted: true });
    expect(await replayed({ at: second, parts: 3 })).toMatchObject({ same: true });
    // As it was written before the kinds were told apart: it cannot be known how far the outcomes went.
    await writeResults(store, [{ ...older, at: second + 1 }]);
    const found = await replayed({ at: second + 1 });
    expect(found).toMatchObject({ same: false, noted: false });
    expect(found.differences.length).toBeGreaterThan(3);
    // The one before it.
    expect(await replayed({ at: second + 1, back: 1 })).toMatchObject({ at: first, same: true });
  });

  test('a result from before, of whole epochs, is the same', async () => {
    const { countOffsets, ...older } = stored;
    await writeResults(store, [{ ...older, at: third }]);
    expect(await replayed({ at: third })).toMatchObject({ same: true, noted: false });
  });
});

describe('what was tampered with', () => {
  const tampered = async (at: number, change: (result: ExperimentResult) => unknown) => {
    const text = JSON.stringify({ ...stored, at });
    await writeResults(store, [change(JSON.parse(text) as ExperimentResult) as ExperimentResult]);
    return replayed({ at });
  };

  test('is named by metric and field, with both values', async () => {
    const { comparisons } = stored.metrics[0]!;
    const { either } = comparisons[0]!.lnE;
    const found = await tampered(240_000, (result) => {
      Object.assign(result.metrics[0]!.comparisons[0]!.lnE, { either: either + 1e-12 });
      return result;
    });
    expect(found).toMatchObject({ same: false });
    expect(found.differences).toEqual([
      {
        metric: 'right',
        field: 'metrics[right].comparisons[with].lnE.either',
        stored: either + 1e-12,
        recomputed: either,
      },
    ]);
  });

  test('is found where no figure of a metric is concerned', async () => {
    const { exposed, verdict } = stored;
    const found = await tampered(300_000, (result) => ({
      ...result,
      exposed: exposed + 1,
      verdict: { ...verdict, word: 'stop' },
    }));
    expect(found.differences.map(({ metric, field }) => [metric, field])).toEqual([
      [null, 'exposed'],
      [null, 'verdict.word'],
    ]);
    // The word that follows from the events, not the one that is told.
    expect(found.verdict).toBe(verdict.word);
  });

  test('is found in the order of the text', async () => {
    const found = await tampered(360_000, ({ experiment: key, ...rest }) => ({
      ...rest,
      experiment: key,
    }));
    expect(found).toMatchObject({ same: false, differences: [] });
  });

  test('is found in the definition', async () => {
    const other = await clickhouse.database('other');
    const changed = { ...record, experiment: { ...experiment, alpha: 0.1 } };
    await writeDefinition(other, {
      ...{ kind: 'experiment', key: 'hints', revision: 1, writeId: 'w', at: 1, actor: 'eve' },
      ...{ reason: '', definition: JSON.stringify(changed) },
    });
    await writeResults(other, [stored]);
    const found = await replayed({ store: other });
    expect(found.differences.map(({ field }) => field)).toContain('design');
  });
});

test('there is no result before the first, and none of an experiment that is not there', async () => {
  const open = async () => pastOfLog(log);
  expect(await replayStored({ store, experiment: 'hints', at: 59_999, open })).toBeUndefined();
  expect(await replayStored({ store, experiment: 'absent', open })).toBeUndefined();
});

test('a log that was cut off is told', async () => {
  const shortened: LogReader = { ...log, start: () => 10 };
  await expect(replayed({}, shortened)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
  const ended = earlier(log, () => 20);
  await expect(replayed({}, ended)).rejects.toThrow(/has the offsets 0 to 20; the result needs 0/);
});
