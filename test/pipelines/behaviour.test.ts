/** Behaviour by key, from lines of text to rows: what is found, how soon, and that stops, cuts and bad input change nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { eraseEvent } from '../../contracts/eraseRecord.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { watermark } from '../../operators/watermark.ts';
import { type BehaviourOptions, behaviour } from '../../pipelines/behaviour/behaviour.ts';
import { runPartition } from '../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { linesLog } from '../support/linesLog.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 2, 2);
const options: BehaviourOptions = {
  ...{ name: 'answering', type: 'answered', by: ['user'], windowMs: 10 * minute },
};

function pipelineOf(chosen: Partial<BehaviourOptions> = {}): Pipeline {
  return {
    name: 'watched',
    version: 1,
    summary: 'Behaviour.',
    columns: { strings: ['context.course'], numbers: ['context.latency_ms'] },
    build: (events, context) =>
      events.pipe(
        watermark({
          latenessMs: 10 * minute,
          timeless: ownTypeNames,
          table: context.tables.objects('clock'),
        }),
        behaviour(context, 'watched', { ...options, ...chosen }),
      ),
  };
}

interface Line {
  readonly user: string;
  /** ms after the start. */
  readonly at: number;
  readonly value?: unknown;
  readonly latency?: unknown;
}

/** Forty users, each in a session of some minutes every hour, for so many hours. */
function sessions(hours: number): Line[] {
  const random = randomState(5);
  const lines: Line[] = [];
  for (let h = 0; h < hours; h += 1) {
    for (let user = 0; user < 40; user += 1) {
      let at = h * hour + uniform(random) * 50 * minute;
      for (let left = 4 + Math.floor(uniform(random) * 12); left > 0; left -= 1) {
        lines.push({
          user: `u${user}`,
          at,
          value: uniform(random) < 0.6 ? 1 : 0,
          latency: 100 * Math.exp(0.4 * normal(random)),
        });
        at += 20_000 * Math.exp(0.5 * normal(random));
      }
    }
  }
  return lines;
}

/** A program: always right, every `everyMs`, for so many minutes. */
function program(user: string, from: number, minutes: number, everyMs = 500): Line[] {
  const count = (minutes * minute) / everyMs;
  return Array.from({ length: count }, (_, i) => ({
    user,
    at: from + i * everyMs,
    value: 1,
    latency: 120,
  }));
}

function logOf(lines: readonly Line[]): string[] {
  return [...lines]
    .sort((a, b) => a.at - b.at)
    .map(({ user, at, value, latency }, i) =>
      JSON.stringify({
        ...{ id: `e${i}`, type: 'answered', time: start + Math.round(at), user, value },
        context: { course: 'c', latency_ms: latency },
      }),
    );
}

let clickhouse: TestClickHouse;
let databases = 0;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function runUntil(
  store: ClickHouseStore,
  log: readonly string[],
  run: { readonly chunk: number; readonly epochEvents: number; readonly until?: number },
  pipeline = pipelineOf(),
): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline,
    partition: 0,
    reader: linesLog(log, { chunk: run.chunk, receivedAt: start + 90 * 24 * hour }),
    store,
    limits: { epochMs: 10, epochEvents: run.epochEvents, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, detail, committedOffset = 0 }) {
      if (state === 'failed') throw new Error(`${detail}`);
      if (committedOffset >= (run.until ?? log.length)) stop.abort();
    },
  });
}

interface Row {
  readonly key: string[];
  readonly minutes: number;
  readonly p_value: number;
  readonly figures: Record<string, number>;
  readonly expected: Record<string, number>;
  readonly shares: Record<string, number>;
}

async function findings(
  log: readonly string[],
  chosen: Partial<BehaviourOptions> = {},
): Promise<Row[]> {
  databases += 1;
  const store = await clickhouse.database(`d${databases}`);
  await runUntil(store, log, { chunk: 500, epochEvents: 2_000 }, pipelineOf(chosen));
  return store.query<Row>(
    `SELECT key, (toUnixTimestamp64Milli(window_start) - ${start}) / 60000 AS minutes, p_value, figures, expected, shares
     FROM findings FINAL ORDER BY window_start, key`,
  );
}

describe('a program among users', () => {
  const log = logOf([...sessions(24), ...program('u7', 20 * hour, 20)]);

  test('is found in each window it fills, and nobody else is', async () => {
    const rows = await findings(log);
    expect(rows.map(({ key, minutes }) => [...key, minutes])).toEqual([
      ['u7', 1_200],
      ['u7', 1_210],
    ]);
    const [{ figures, expected, shares, p_value: p }] = rows as [Row];
    expect(figures['count']).toBeGreaterThanOrEqual(1_200);
    expect(figures['least_gap_s']).toBeLessThan(0.6);
    expect(expected['mean_gap_s']).toBeGreaterThan(15);
    expect(Object.values(shares).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-5);
  });

  test('leaves the same rows and state however the engine is stopped and epochs are cut', async () => {
    const whole = await clickhouse.database('whole');
    await runUntil(whole, log, { chunk: log.length, epochEvents: 1e6 });
    const broken = await clickhouse.database('broken');
    for (const until of [1, 2_000, 7_000, 8_300, 9_000, 10_000, log.length]) {
      await runUntil(broken, log, { chunk: 131, epochEvents: 700, until });
    }
    const contents = await readContents(whole);
    expect(contents.get('findings')!.size).toBe(2);
    expect(describeDifferences(await readContents(broken), contents)).toEqual([]);
  });

  test('is not told of once its user is erased', async () => {
    const at = 20 * hour + 15 * minute;
    const before = log.filter((line) => JSON.parse(line).time < start + at);
    const erased = [...before, eraseEvent('u7', 'x', start + at), ...log.slice(before.length)];
    const rows = await findings(erased);
    // The windows of 20:00 and 20:10 are open when it comes; five minutes of the program are left behind it.
    expect(rows.map(({ minutes, figures }) => [minutes, figures['count']])).toEqual([[1_210, 600]]);
  });

  test('is found by the columns that are named', async () => {
    const slow = Array.from({ length: 10 }, (_, i) => ({
      ...{ user: 'u3', at: 20 * hour + i * 15_000, value: i % 2, latency: 90_000 },
    }));
    const features = ['count', { mean: 'context.latency_ms' }] as const;
    const rows = await findings(logOf([...sessions(24), ...slow]), { features });
    expect(rows.map(({ key }) => key)).toEqual([['u3']]);
    expect(rows[0]!.figures['context.latency_ms']).toBeCloseTo(90_000, -4);
    expect(rows[0]!.shares['context.latency_ms']).toBeGreaterThan(0.9);
  });
});

describe('no finding comes of', () => {
  const calm = sessions(24);

  test('users who are as they are', async () => {
    expect(await findings(logOf(calm))).toEqual([]);
  });

  test('users who all do the same', async () => {
    const same = calm.map(({ user, at }) => ({
      user,
      at: Math.floor(at / minute) * minute,
      value: 1,
    }));
    expect(await findings(logOf(same))).toEqual([]);
  });

  test('a day on which everybody is ten times as quick', async () => {
    const quick = calm.map((line) =>
      line.at < 20 * hour
        ? line
        : { ...line, at: Math.floor(line.at / hour) * hour + (line.at % hour) / 10 },
    );
    expect(await findings(logOf(quick))).toEqual([]);
  });

  test('a user who stops, or one who begins in the middle', async () => {
    const some = calm.filter(
      ({ user, at }) => !(user === 'u1' && at > 9 * hour) && !(user === 'u2' && at < 15 * hour),
    );
    expect(await findings(logOf(some))).toEqual([]);
  });

  test('values that are none, and numbers that are not finite', async () => {
    const odd = calm.map((line, i) =>
      i % 10 === 0 ? { ...line, value: [null, 'x', 7, 0.5][(i / 10) % 4], latency: null } : line,
    );
    const features = ['count', 'share', { mean: 'context.latency_ms' }] as const;
    expect(await findings(logOf(odd), { features })).toEqual([]);
  });

  test('a clock that jumps a month ahead', async () => {
    const jumped = calm.map((line) =>
      line.at < 12 * hour ? line : { ...line, at: line.at + 30 * 24 * hour },
    );
    expect(await findings(logOf(jumped))).toEqual([]);
  });
});

test('more keys than may be are not judged', async () => {
  const log = logOf([...sessions(24), ...program('u7', 20 * hour + 9 * minute, 1, 100)]);
  expect((await findings(log)).map(({ key }) => key)).toEqual([['u7']]);
  expect(await findings(log, { keysMax: 1 })).toEqual([]);
});

test.each([
  [{ by: ['context.course'] }, 'by: expected user among the keys, got context.course'],
  [{ windowMs: 0.5 }, 'windowMs: expected a whole number of ms > 0, got 0.5'],
  [{ budgetPerWeek: 0 }, 'budgetPerWeek: expected above 0 and finite, got 0'],
  [{ leastCount: 1 }, 'leastCount: expected an integer ≥ 2, got 1'],
  [{ keysMax: 0 }, 'keysMax: expected an integer ≥ 1, got 0'],
  [{ features: [] }, 'features: expected some that differ, got none'],
  [{ features: ['count', 'count'] }, 'features: expected some that differ, got count, count'],
] satisfies [Partial<BehaviourOptions>, string][])('%j is refused', async (chosen, message) => {
  const store = await clickhouse.database('refused');
  await expect(
    runUntil(store, logOf(sessions(1)), { chunk: 10, epochEvents: 10 }, pipelineOf(chosen)),
  ).rejects.toThrow(message);
});
