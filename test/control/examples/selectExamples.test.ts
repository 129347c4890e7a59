/** Training sets from a real ClickHouse, against what a program that holds all rows in memory selects. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { exampleQuery } from '../../../control/examples/exampleQuery.ts';
import { readExamples } from '../../../control/examples/readExamples.ts';
import { readPlaces } from '../../../control/examples/readPlaces.ts';
import { type ExampleSelection, selectExamples } from '../../../control/examples/selectExamples.ts';
import { snapshotOf } from '../../../control/examples/snapshotOf.ts';
import type { TrainingFeature } from '../../../models/training/trainingSet.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { below, randomState, uniform } from '../../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { insertExamples, type StoredExample, storedExample } from '../../support/storedExamples.ts';

const course = 'context.course';
const features: TrainingFeature[] = [
  { name: 'level', kind: 'numeric' },
  { name: 'effort', kind: 'numeric' },
];
const usual = { model: 'toy', featureVersion: '1', features } as const;

/** Several of one time, in several partitions, some features missing. */
function drawn(rows: number, seed = 1): StoredExample[] {
  const random = randomState(seed);
  const offsets = [0, 0, 0];
  return Array.from({ length: rows }, (_, i) => {
    const partition = below(random, 3);
    offsets[partition]! += 1 + below(random, 3);
    return storedExample({
      ...{ partition, offset: offsets[partition]!, user: `u${below(random, 9)}` },
      time: 1_000_000 + 50 * Math.floor(i / 4),
      features: [uniform(random), uniform(random) < 0.2 ? Number.NaN : uniform(random)],
      ...{ label: below(random, 2), weight: 2 ** below(random, 3) },
      ...{ served: uniform(random), online: uniform(random) },
      slices: { [course]: ['algebra', 'žluť', ''][below(random, 3)]!, 'context.skill': 's' },
    });
  });
}

function inOrder(rows: readonly StoredExample[]): StoredExample[] {
  return rows.toSorted(
    (a, b) => a.time - b.time || a.partition - b.partition || a.offset - b.offset,
  );
}

/** What is in a set, row by row. */
async function read(store: ClickHouseStore, selection: Partial<ExampleSelection> = {}) {
  const found = await selectExamples(store, { ...usual, ...selection });
  const width = found.set.features.length;
  const rows = Array.from({ length: found.rows }, (_, i) => ({
    time: found.times[i]!,
    features: [...found.set.values.subarray(i * width, (i + 1) * width)],
    ...{ label: found.set.labels[i]!, weight: found.set.weights![i]! },
    ...{ served: found.served[i]!, online: found.online[i]!, user: found.users[i]! },
    slices: Object.fromEntries([...found.slices].map(([column, texts]) => [column, texts[i]!])),
  }));
  return { ...found, read: rows };
}

function expectedOf(rows: readonly StoredExample[]) {
  const users = new Map<string, number>();
  return inOrder(rows).map(({ time, user, features: values, label, weight, ...rest }) => {
    if (!users.has(user)) users.set(user, users.size);
    return {
      ...{ time, features: values.map(Math.fround), label, weight, user: users.get(user)! },
      ...{ served: rest.served, online: rest.online, slices: rest.slices },
    };
  });
}

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
const all = drawn(400);
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('selected');
  await insertExamples(store, all.slice(0, 250));
  await insertExamples(store, all.slice(200)); // some of them again, as after a restart
  await insertExamples(store, [
    storedExample({ model: 'other', offset: 1, time: 1_000_000 }),
    storedExample({ featureVersion: '2', offset: 2, time: 1_000_000 }),
  ]);
});
afterAll(() => clickhouse.close());

// The digest is from Python 3: hashlib over struct.pack of the same numbers.
test('the snapshot is the SHA-256 that the documentation says', () => {
  const named = (name: string): TrainingFeature => ({ name, kind: 'numeric' });
  const set = {
    task: 'binary' as const,
    features: [named('above'), named('itém')],
    values: Float32Array.of(0.5, Number.NaN, -1.25, 3, 0, 1e-3),
    ...{ labels: Float64Array.of(1, 0, 1), weights: Float64Array.of(1, 2, 0.25) },
  };
  const times = Float64Array.of(1_000, 2_000, 1_700_000_000_000);
  expect(snapshotOf(set, times)).toBe(
    '5b19fcba569e2cb7fe9c8aaf71f36e19ceb385cfd9643e9ee9d264be7547678a',
  );
});

test('a set has the examples of the model and its features, each once, in the order of time, partition and offset', async () => {
  const found = await read(store);
  expect(found.read).toEqual(expectedOf(all));
  expect(found).toMatchObject({ rows: 400, from: 1_000_000, to: 1_004_950, excludedUsers: 0 });
  expect(found.repairs).toEqual([]);
  expect(found.set.task).toBe('binary');
});

test('bounds are half-open, conditions hold together, and the latest are taken where there are more', async () => {
  const bounds = { from: 1_001_000, to: 1_004_000 };
  const within = all.filter(({ time }) => time >= bounds.from && time < bounds.to);
  expect((await read(store, bounds)).read).toEqual(expectedOf(within));
  const filter = [
    { column: course, is: '!=', value: '' },
    { column: course, is: '!=', value: 'algebra' },
    { column: 'context.skill', is: '=', value: 's' },
  ] as const;
  const chosen = within.filter(({ slices }) => slices[course] === 'žluť');
  expect(chosen.length).toBeGreaterThan(20);
  expect((await read(store, { ...bounds, filter })).read).toEqual(expectedOf(chosen));
  const latest = inOrder(all).slice(-33);
  expect((await read(store, { rowsMax: 33 })).read).toEqual(expectedOf(latest));
  await expect(read(store, { filter: [{ column: 'user', is: '=', value: 'u1' }] })).rejects.toThrow(
    /filter: expected context\.course or context\.skill, got user/,
  );
});

test('users who are not to be learnt from are left out and counted, and others take their places', async () => {
  const others = all.filter(({ user }) => user !== 'u3' && user !== 'u5');
  const excluded = ['u3', 'nobody', 'u5'];
  const found = await read(store, { excluded, rowsMax: 150 });
  expect(found.read).toEqual(expectedOf(inOrder(others).slice(-150)));
  expect(found.excludedUsers).toBe(2);
});

test('the snapshot stays over merges and the order of inserts, and tells any change', async () => {
  const { snapshot } = await read(store);
  expect(snapshot).toMatch(/^[0-9a-f]{64}$/);
  const again = await clickhouse.database('selected_again');
  for (let i = 399; i >= 0; i -= 57) {
    await insertExamples(again, all.slice(Math.max(0, i - 56), i + 1));
  }
  expect((await read(again)).snapshot).toBe(snapshot);
  await again.command('OPTIMIZE TABLE examples FINAL');
  expect((await read(again)).snapshot).toBe(snapshot);
  const changes: Partial<ExampleSelection>[] = [
    { halfLifeMs: 1_000 },
    { classWeights: 'balanced' },
    { rowsMax: 399 },
    { excluded: ['u1'] },
    { features: [...features].reverse() },
  ];
  const others = await Promise.all(changes.map((change) => read(again, change)));
  const all6 = new Set([snapshot, ...others.map((each) => each.snapshot)]);
  expect(all6.size).toBe(changes.length + 1);
  // And one value of one row.
  await insertExamples(again, [{ ...all[7]!, features: [all[7]!.features[0]! + 1e-3, 0] }]);
  expect((await read(again)).snapshot).not.toBe(snapshot);
});

test('nothing is learnt from rows that are not sound, and a sentence says how many they are', async () => {
  const strange = await clickhouse.database('strange');
  const rows = drawn(30, 2).map((row, i) => ({ ...row, time: 1_000 * i }));
  const bad: readonly [number, Partial<StoredExample>][] = [
    [3, { features: [Infinity, 0] }],
    [5, { features: [0, -Infinity] }],
    [7, { label: Number.NaN }],
    [8, { label: 0.5 }],
    [11, { weight: 0 }],
    [12, { served: Number.NaN }],
    [13, { online: 1.5 }],
    [29, { features: [1, 2, 3] }],
  ];
  for (const [row, change] of bad) rows[row] = { ...rows[row]!, ...change };
  await insertExamples(strange, rows);
  const found = await read(strange);
  const left = new Set(bad.map(([row]) => row));
  expect(found.read).toEqual(expectedOf(rows.filter((_, i) => !left.has(i))));
  expect(found.to).toBe(28_000);
  expect(found.repairs).toEqual([
    '1 example with another number of features left out.',
    '2 examples with a label that is none left out.',
    '1 example with a weight that is no number above 0 left out.',
    '2 examples with a feature that is infinite, or no code, left out.',
    '2 examples whose prediction is no number left out.',
  ]);
  const categorical = features.map((each) => ({ ...each, kind: 'categorical' as const }));
  expect((await read(strange, { features: categorical })).rows).toBe(0);
});

test('in small pieces the same is read, each row into its place', async () => {
  const query = exampleQuery(usual);
  const places = await readPlaces(store, query, 333, new Set());
  const read = async (pieceRows: number) => {
    const done: number[] = [];
    const onProgress = (rows: number) => done.push(rows);
    const options = { width: 2, columns: [course], pieceRows, onProgress };
    return { ...(await readExamples(store, query, places, options)), done };
  };
  const [whole, pieces] = [await read(1_000), await read(7)];
  expect(pieces).toEqual({ ...whole, done: pieces.done });
  expect(whole.done).toHaveLength(3); // partitions
  expect(pieces.done.length).toBeGreaterThan(47);
  expect(pieces.done.at(-1)).toBe(333);
});

test('an example that goes while the set is read is left out, with a sentence', async () => {
  const going = await clickhouse.database('going');
  const rows = drawn(40, 3);
  await insertExamples(going, rows);
  let reads = 0;
  const erasing: Store = {
    ...going,
    async readBinary(sql, parameters) {
      reads += 1;
      const bytes = await going.readBinary(sql, parameters);
      if (reads === 1) {
        await going.command(
          "ALTER TABLE examples DELETE WHERE user = 'u2' SETTINGS mutations_sync = 1",
        );
      }
      return bytes;
    },
  };
  const found = await selectExamples(erasing, usual);
  const left = rows.filter(({ user }) => user !== 'u2');
  expect(found.rows).toBe(left.length);
  expect([...found.set.labels]).toEqual(inOrder(left).map(({ label }) => label));
  expect(found.repairs).toEqual([
    `${40 - left.length} examples gone while they were read, and left out.`,
  ]);
  expect(found.snapshot).toBe((await selectExamples(going, usual)).snapshot);
});

test('of no examples it is empty, and what cannot be meant is refused', async () => {
  const found = await read(store, { model: 'answer', features: undefined as never });
  expect(found).toMatchObject({ rows: 0, from: Number.NaN, to: Number.NaN, repairs: [] });
  await expect(selectExamples(store, { model: 'toy', featureVersion: '1' })).rejects.toThrow(
    'features: expected those of toy, which is no registered learner',
  );
  await expect(read(store, { rowsMax: 0 })).rejects.toThrow('rowsMax: expected');
  await expect(read(store, { task: 'regression', classWeights: 'balanced' })).rejects.toThrow(
    'classWeights: expected',
  );
  const stop = new AbortController();
  stop.abort();
  await expect(read(store, { signal: stop.signal })).rejects.toThrow(/abort/i);
});
