/** What is watched becomes readings, alerts and news, on a real ClickHouse; the clock is a variable. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { readReadings } from '../../../control/watching/readingRows.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  emptyTables,
  hour,
  limitWatch,
  minute,
  noon,
  steady,
  watch,
  writeCommit,
  writeMinutes,
} from '../../support/watched.ts';

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('watcher');
});
afterAll(() => clickhouse.close());
beforeEach(() => emptyTables(store));

const valuesOf = async (key: string[] = [], watchKey = 'many') =>
  (await readReadings(store, watchKey, key, { from: 0, to: noon + 1_000 * hour })).map(
    ({ end, value }) => [(end - noon) / minute, value],
  );

describe('a metric', () => {
  test('is judged bucket by bucket as event time passes, and alerts from its first breach to its end', async () => {
    let now = noon;
    const at = watch(store, { watches: [limitWatch()] }, () => now);
    await at.look();
    expect(at.board.get('many')).toMatchObject({ hasBegun: true, judgedTo: null, problem: null });
    await writeMinutes(store, 'events', [
      ...steady(noon, noon + 5 * minute, 10),
      ...steady(noon + 5 * minute, noon + 10 * minute, 11),
      { at: noon + 10 * minute, count: 1 },
    ]);
    now = noon + 10 * minute + 29_000;
    await at.look();
    expect(await valuesOf()).toEqual([[5, 50]]);
    now = noon + 11 * minute;
    await at.look();
    expect(await valuesOf()).toEqual([
      [5, 50],
      [10, 55],
    ]);
    const [firing] = await at.alerts();
    expect(firing).toMatchObject({
      ...{ watch: 'many', key: [], state: 'firing', direction: 'rise', since: noon + 5 * minute },
      worst: { value: 55, upper: 50 },
    });
    expect(at.board.open).toMatchObject({ firing: 1, pending: 0 });
    await writeMinutes(store, 'events', [
      ...steady(noon + 10 * minute, noon + 15 * minute, 9), // between limit and clear
      ...steady(noon + 15 * minute, noon + 20 * minute, 8),
      { at: noon + 20 * minute, count: 1 },
    ]);
    now = noon + 16 * minute;
    await at.look();
    expect((await at.alerts())[0]!.state).toBe('firing');
    now = noon + 21 * minute;
    await at.look();
    const alerts = await at.alerts();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      ...{ id: firing!.id, state: 'resolved', ending: 'recovered' },
      resolvedAt: noon + 20 * minute,
    });
    expect(at.board.open).toMatchObject({ firing: 0 });
  });

  test('corrected after it was judged is not judged again, here and after a restart', async () => {
    const now = noon + 20 * minute;
    await writeMinutes(store, 'events', steady(noon, noon + 20 * minute, 1));
    await watch(store, { watches: [limitWatch()] }, () => noon + 6 * minute).look();
    const first = watch(store, { watches: [limitWatch()] }, () => now);
    await first.look();
    const before = await valuesOf();
    await writeMinutes(store, 'events', [{ at: noon + 2 * minute, count: 900, partition: 1 }]);
    await first.look();
    await watch(store, { watches: [limitWatch()] }, () => now).look();
    expect(await valuesOf()).toEqual(before);
    expect(await first.alerts()).toEqual([]);
  });

  test('of the past opens nothing: a watch that is new begins with what comes', async () => {
    let now = noon + hour + 2 * minute;
    await writeMinutes(store, 'events', steady(noon, now, 100));
    const at = watch(store, { watches: [limitWatch()] }, () => now);
    await at.look();
    expect(await at.alerts()).toEqual([]);
    expect(await valuesOf()).toEqual([]);
    await writeMinutes(store, 'events', steady(now, now + 4 * minute, 100));
    now += 5 * minute;
    await at.look();
    expect(await valuesOf()).toEqual([[65, 500]]);
    expect(await at.alerts()).toMatchObject([{ state: 'firing', since: noon + hour }]);
  });

  test('reads by segment, and one that is silent reads 0; a mean has then no value', async () => {
    const mean = { kind: 'metric', metric: 'events', figure: 'mean', by: 'segment' };
    const watches = [
      limitWatch({ source: { ...mean, figure: 'count' } }),
      limitWatch({ key: 'mean', source: mean, noDataMs: 10 * minute }),
    ];
    const at = watch(store, { watches }, () => noon + hour);
    await at.look();
    await writeMinutes(store, 'events', [
      ...steady(noon, noon + 5 * minute, 2, 'viewed'),
      ...steady(noon, noon + 30 * minute, 1, 'answered'),
    ]);
    await at.look();
    const counts = await valuesOf(['viewed']);
    expect(counts).toEqual([5, 10, 15, 20, 25].map((end) => [end, end === 5 ? 10 : 0]));
    expect(await valuesOf(['answered'])).toEqual([5, 10, 15, 20, 25].map((end) => [end, 5]));
    expect(await valuesOf(['viewed'], 'mean')).toEqual([[5, 1]]);
    expect(await at.alerts()).toMatchObject([
      { watch: 'mean', key: ['viewed'], state: 'no-data', since: noon + 5 * minute },
    ]);
  });

  test('is added over partitions, and waits for one that is behind', async () => {
    let now = noon + 12 * minute;
    const at = watch(store, { watches: [limitWatch()] }, () => now);
    await at.look();
    await writeMinutes(store, 'events', [
      ...steady(noon, noon + 12 * minute, 1),
      { at: noon, count: 4, partition: 1 },
    ]);
    await writeCommit(store, now - 1_000, 0, 0);
    await writeCommit(store, now - 1_000, 500, 1);
    await at.look();
    expect(await valuesOf()).toEqual([]);
    await writeCommit(store, now, 0, 1);
    now += 1_000;
    await at.look();
    expect(await valuesOf()).toEqual([
      [5, 9],
      [10, 5],
    ]);
  });

  test('with more keys than are taken says so', async () => {
    const source = { kind: 'metric', metric: 'events', figure: 'count', by: 'segment' };
    const at = watch(store, { watches: [limitWatch({ source })] }, () => noon + hour, {
      keysMax: 3,
    });
    await at.look();
    const segments = Array.from({ length: 9 }, (_, i) => `s${i}`);
    await writeMinutes(
      store,
      'events',
      segments.flatMap((segment, i) => steady(noon, noon + 11 * minute, 9 - i, segment)),
    );
    await at.look();
    expect(at.board.get('many')).toMatchObject({ keys: 3, problem: /more keys than 3/ });
    // The largest are taken.
    expect(await valuesOf(['s0'])).toHaveLength(2);
    expect(await valuesOf(['s3'])).toEqual([]);
  });

  test('by quantiles needs sketches: without them its watch cannot be judged, and others can', async () => {
    const source = { kind: 'metric', metric: 'model_log_loss', figure: 'p95' };
    let now = noon;
    const watches = [limitWatch({ key: 'odd', source }), limitWatch()];
    const at = watch(store, { watches }, () => now);
    await at.look();
    await writeMinutes(store, 'events', steady(noon, noon + 12 * minute, 20));
    now = noon + 20 * minute;
    await at.look();
    now += hour;
    await writeMinutes(store, 'events', [{ at: now - minute, count: 20 }]);
    await at.look();
    expect(at.board.get('odd')!.problem).toMatch(/no quantiles/);
    const alerts = await at.alerts();
    expect(alerts.find(({ watch: key }) => key === 'odd')).toMatchObject({ state: 'error' });
    expect(alerts.find(({ watch: key }) => key === 'many')).toMatchObject({ state: 'resolved' });
    expect(at.said.filter((sentence) => sentence.includes('cannot be judged'))).toHaveLength(1);
  });
});

describe('silence', () => {
  const below = limitWatch({ judgement: { kind: 'limit', direction: 'below', limit: 1 } });
  const few = limitWatch({
    judgement: { kind: 'limit', direction: 'below', limit: 1, leastCount: 1 },
  });
  test('of a stream that was live is noticed by the clock', async () => {
    let now = noon + minute;
    const watches = [{ ...few, judgement: { ...few.judgement, leastCount: 0 } } as typeof few];
    const at = watch(store, { watches }, () => now);
    await writeMinutes(store, 'events', steady(noon - hour, noon, 10));
    await writeCommit(store, noon);
    await at.look();
    for (let i = 0; i < 12; i += 1) {
      now += minute;
      await at.look();
    }
    expect(await valuesOf()).toEqual([
      [0, 50],
      [5, 0],
      [10, 0],
    ]);
    expect(await at.alerts()).toMatchObject([{ state: 'firing', direction: 'fall', since: noon }]);
  });

  test('behind a replay of old data is none', async () => {
    let now = noon + 400 * hour;
    const at = watch(store, { watches: [below] }, () => now);
    await at.look();
    await writeMinutes(store, 'events', steady(noon - hour, noon, 10));
    await writeCommit(store, now);
    for (let i = 0; i < 12; i += 1) {
      now += 5 * minute;
      await at.look();
    }
    expect(await valuesOf()).toHaveLength(11);
    expect(await at.alerts()).toEqual([]);
  });
});
