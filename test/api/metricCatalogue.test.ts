import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCatalogue } from '../../api/queries/metricCatalogue.ts';
import type { Store } from '../../contracts/store.ts';
import { keepDays } from '../../control/keptDays.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 2);
const least = 10;

interface Window {
  readonly pipeline: string;
  readonly metric: string;
  readonly windowMs: number;
  readonly segment: string;
  readonly at: number;
  readonly users: readonly number[];
}

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('catalogue');
});
afterAll(() => clickhouse.close());

let version = 0;
async function insert(windows: readonly Window[], watermark: number): Promise<void> {
  version += 1;
  const time = (at: number) => `fromUnixTimestamp64Milli(${at}, 'UTC')`;
  const rows = windows.map(({ pipeline, metric, windowMs, segment, at, users }) => {
    // As the data plane counts them: of 32 and more it keeps none.
    const [people, kept] = users.length >= 32 ? [32, []] : [users.length, users];
    return `('${pipeline}', '${metric}', '${segment}', ${time(at)}, ${windowMs}, 0, ${version}, ${users.length}, ${people}, [${kept}], ${time(watermark)})`;
  });
  await store.command(
    `INSERT INTO metrics (pipeline, metric, segment, window_start, window_ms, partition, version, count, people, users, watermark)
     VALUES ${rows.join(', ')}`,
  );
}

/** By all windows at once. */
function expected(windows: readonly Window[]) {
  const keys = [...new Set(windows.map((w) => `${w.pipeline} ${w.metric} ${w.windowMs}`))];
  return keys
    .map((key) => {
      const own = windows.filter((w) => `${w.pipeline} ${w.metric} ${w.windowMs}` === key);
      const { pipeline, metric, windowMs } = own[0]!;
      const segments = [...new Set(own.map(({ segment }) => segment))].filter((segment) => {
        const users = own.filter((w) => w.segment === segment).flatMap((w) => w.users);
        return segment !== '' && new Set(users).size >= least;
      });
      const starts = own.map(({ at }) => at);
      const [firstAt, endAt] = [Math.min(...starts), Math.max(...starts) + windowMs];
      return { pipeline, metric, windowMs, segments: segments.sort(), firstAt, endAt };
    })
    .sort((a, b) =>
      `${a.pipeline} ${a.metric}` === `${b.pipeline} ${b.metric}`
        ? a.windowMs - b.windowMs
        : `${a.pipeline} ${a.metric}` < `${b.pipeline} ${b.metric}`
          ? -1
          : 1,
    );
}

test('what is kept of days changes no answer: segments grow known over days, metrics and pipelines come later', async () => {
  const random = randomState(3);
  const kept = keepDays(() => 0);
  const windows: Window[] = [];
  const asked: Readonly<Record<string, unknown>>[] = [];
  const counting: Pick<Store, 'query'> = {
    query(sql, parameters = {}) {
      if (sql.includes('AS named')) asked.push(parameters);
      return store.query(sql, parameters);
    },
  };
  const telling = { least, isFinal: false, now: start };
  expect(await readCatalogue({ reader: counting, kept, telling })).toEqual([]);
  const lengths = [minute, hour];
  for (let at = start; at < start + 5 * day; at += 4 * hour) {
    const batch = [
      ...['', 'full', 'small', 'rare'].map((segment) => ({ metric: 'score', segment })),
      // From the third day on.
      ...(at < start + 2 * day ? [] : [{ metric: 'late', segment: 'new' }]),
    ].flatMap(({ metric, segment }) => {
      const most = segment === 'full' ? 40 : segment === 'rare' ? 1 : 3;
      const users = Array.from({ length: most }, () => Math.floor(60 * uniform(random)));
      const windowMs = metric === 'late' ? lengths[1]! : lengths[0]!;
      return [{ pipeline: 'b', metric, segment, at, windowMs, users: [...new Set(users)] }];
    });
    // Another pipeline works through days that are over for the first.
    const other = at < start + 3 * day ? [] : [batch[1]!, batch[2]!];
    const behind = other.map((w) => ({ ...w, pipeline: 'a', at: w.at - 3 * day }));
    windows.push(...batch, ...behind);
    await insert(batch, at + minute);
    if (behind.length > 0) await insert(behind, at - 3 * day + minute);
    const found = await readCatalogue({ reader: counting, kept, telling });
    expect(found.map(({ times: _, ...entry }) => entry)).toEqual(expected(windows));
  }
  // Over more days than one statement asks for.
  const users = Array.from({ length: least }, (_, user) => user);
  const far = [0, 40, 100].map((ago) => {
    const at = start - ago * day;
    return { pipeline: 'c', metric: 'score', segment: `of-${ago}`, at, windowMs: minute, users };
  });
  windows.push(...far);
  await insert(far, start + minute);
  const all = await readCatalogue({ reader: counting, kept, telling });
  expect(all.map(({ times: _, ...entry }) => entry)).toEqual(expected(windows));
  const names = expected(windows).find(({ metric }) => metric === 'score')!;
  expect(names.segments).toContain('full');
  const before = asked.length;
  await readCatalogue({ reader: counting, kept, telling });
  // Of each pipeline the newest day alone.
  const lengthsAsked = asked.slice(before).map(({ from, to }) => Number(to) - Number(from));
  expect(lengthsAsked).toEqual([day, day, day]);
}, 60_000);
