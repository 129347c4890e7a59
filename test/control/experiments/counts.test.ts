/** Counts that are kept up to date, against a real ClickHouse: what is read bit by bit is what a plain read of everything says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { Counts, readCounts } from '../../../control/experiments/counts.ts';
import {
  type ExperimentCounts,
  type Tally,
  tallySum,
  tallyUnits,
} from '../../../control/experiments/experimentCounts.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const sumsOf = (tallies: readonly Tally[]) =>
  [0, 1, 2, 3, 4].map((at) => String(tallies.reduce((sum, each) => sum + tallySum(each, at), 0n)));

/** The same text for the same counts, whatever the order of cells and partitions. */
function textOf({ exposures, outcomes, clusters, offsets }: ExperimentCounts): string {
  // Cells carry the partitions that they are of, in the order in which these were read.
  const inOrder = (cell: object) => {
    const { partitions = [], versions = [] } = cell as {
      partitions?: number[];
      versions?: number[];
    };
    const pairs = partitions.map((partition, i) => [partition, versions[i]!]);
    return { ...cell, partitions: [], versions: pairs.sort(([p], [q]) => p! - q!) };
  };
  const cells = [...outcomes, ...clusters].map(({ tallies, ...key }) =>
    JSON.stringify([inOrder(key), tallyUnits(tallies), sumsOf(tallies)]),
  );
  const shown = exposures.map((each) => JSON.stringify(inOrder(each)));
  return JSON.stringify([shown.sort(), cells.sort(), offsets]);
}

interface OutcomeRow {
  readonly version: number;
  readonly partition?: number;
  readonly experiment?: string;
  readonly variant?: number;
  readonly segment?: string;
  readonly units: number;
  readonly n?: bigint;
}

async function outcome(store: Store, row: OutcomeRow): Promise<void> {
  const { version, partition = 0, experiment = 'hints', variant = 0, segment = '', units } = row;
  await store.command(
    `INSERT INTO experiment_outcomes VALUES ('learning', '${experiment}', 'right', ${variant}, 1, 0, '${segment}',
     ${partition}, ${version}, ${units}, [0, 1], [${units - 1}, 1], ${row.n ?? 1n}, ${units}, ${(row.n ?? 1n) ** 2n}, ${units}, 1)`,
  );
}

async function exposures(store: Store, version: number, units: number, partition = 0) {
  await store.command(
    `INSERT INTO experiment_exposures VALUES
     ('learning', 'hints', 1, 1, toDateTime64(3600, 3, 'UTC'), ${partition}, ${version}, ${units}, 1, 0)`,
  );
}

test('what has changed is read, and agrees with a plain read of everything', async () => {
  const store = await clickhouse.database('kept');
  let now = 0;
  const counts = new Counts(store, { now: () => now });
  const wanted = new Set(['hints']);
  const agrees = async () =>
    expect(textOf(counts.of('hints'))).toBe(textOf(await readCounts(store, 'hints')));

  expect(await counts.refresh(wanted)).toEqual(new Set());
  await outcome(store, { version: 5, units: 3 });
  await outcome(store, { version: 7, units: 2, experiment: 'other' });
  await exposures(store, 4, 10);
  expect(await counts.refresh(wanted)).toEqual(wanted);
  await agrees();
  expect(counts.of('hints').offsets.outcomes).toEqual([{ partition: 0, offset: 6 }]);
  expect(await counts.refresh(wanted)).toEqual(new Set());

  // Another experiment's changes are none of this one.
  await outcome(store, { version: 8, units: 3, experiment: 'other' });
  expect(await counts.refresh(wanted)).toEqual(new Set());
  // A newer row of the same cell takes the place of the older; another cell and segment come beside it.
  await outcome(store, { version: 9, units: 4 });
  await outcome(store, { version: 10, units: 6, variant: 1, segment: 'grade=7' });
  expect(await counts.refresh(wanted)).toEqual(wanted);
  await agrees();
  expect(tallyUnits(counts.of('hints').outcomes[0]!.tallies)).toBe(4);

  // A partition that nothing was seen of is found within a second.
  await outcome(store, { version: 1, partition: 3, units: 5 });
  expect(await counts.refresh(wanted)).toEqual(new Set());
  now += 1_000;
  expect(await counts.refresh(wanted)).toEqual(wanted);
  await agrees();
  expect(tallyUnits(counts.of('hints').outcomes[0]!.tallies)).toBe(9);

  // An experiment that is wanted later is read whole; one that is not wanted any more is let go.
  expect(await counts.refresh(new Set(['other']))).toEqual(new Set(['other']));
  expect(textOf(counts.of('other'))).toBe(textOf(await readCounts(store, 'other')));
  expect(counts.of('hints').outcomes).toEqual([]);
});

test('a part that a replica shows late is found when rows are asked for again', async () => {
  const store = await clickhouse.database('late');
  let now = 0;
  const counts = new Counts(store, { now: () => now, overlapMs: 10_000 });
  const wanted = new Set(['hints']);
  await outcome(store, { version: 1, units: 2 });
  await counts.refresh(wanted);
  now = 10_000;
  await counts.refresh(wanted);
  await outcome(store, { version: 30, units: 4 });
  expect(await counts.refresh(wanted)).toEqual(wanted);
  await outcome(store, { version: 20, units: 3, variant: 1 });
  expect(await counts.refresh(wanted)).toEqual(new Set());
  now = 20_000;
  await counts.refresh(wanted);
  now = 30_000;
  await counts.refresh(wanted);
  expect(textOf(counts.of('hints'))).toBe(textOf(await readCounts(store, 'hints')));
});

test('sums of 128 bits come to the bit, whatever their sign', async () => {
  const store = await clickhouse.database('wide');
  const values = [0n, -1n, 2n ** 51n, -(2n ** 52n), 2n ** 52n + 1n, 1_234_567_890_123_457n];
  for (const [at, n] of values.entries()) {
    await outcome(store, { version: at + 1, units: 2, n, segment: `s=${at}` });
  }
  const read = await readCounts(store, 'hints');
  for (const [at, n] of values.entries()) {
    const cell = read.outcomes.find(({ segment }) => segment === `s=${at}`)!;
    expect(sumsOf(cell.tallies)).toEqual([n, 2n, n * n, 2n, 1n].map(String));
  }
});

test('a refresh that fails loses nothing', async () => {
  const store = await clickhouse.database('failing');
  let broken = false;
  const failing: Store = {
    ...store,
    readBinary(sql, parameters) {
      if (broken && sql.includes('experiment_outcomes')) throw new Error('gone');
      return store.readBinary(sql, parameters);
    },
  };
  const counts = new Counts(failing);
  const wanted = new Set(['hints']);
  await exposures(store, 1, 5);
  await outcome(store, { version: 1, units: 2 });
  broken = true;
  await expect(counts.refresh(wanted)).rejects.toThrow('gone');
  broken = false;
  expect(await counts.refresh(wanted)).toEqual(wanted);
  await exposures(store, 2, 6);
  broken = true;
  await expect(counts.refresh(wanted)).rejects.toThrow('gone');
  broken = false;
  expect(await counts.refresh(wanted)).toEqual(wanted);
  expect(textOf(counts.of('hints'))).toBe(textOf(await readCounts(store, 'hints')));
});
