/** What the data plane does for those who object, against a real ClickHouse: nothing is learnt of them, in any replay. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../../benchmarks/support/tables.ts';
import { objectionType } from '../../../contracts/objection.ts';
import type { Store } from '../../../contracts/store.ts';
import { announceObjections } from '../../../control/objections/announceObjections.ts';
import { createObjectionBook } from '../../../control/objections/objectionBook.ts';
import { tellObjections } from '../../../control/objections/tellObjections.ts';
import { insertingStore } from '../../../pipelines/insertingStore.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  definitionLine,
  eventLine,
  exposureLine,
  hints,
  minute,
  passing,
} from '../../support/experimentLines.ts';
import { linesLog } from '../../support/linesLog.ts';
import { livelyLines, objectionLine } from '../../support/objectionLines.ts';
import { decisionLine, outcomeLine, policyLine, start, tutor } from '../../support/policyLines.ts';

const receivedAt = start + 24 * 60 * minute;

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function run(store: Store, log: readonly string[], chunk = 17, until = log.length) {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log.slice(0, until), { chunk, receivedAt, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 60, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= until) stop.abort();
    },
  });
}

/** Tables of what is learnt, and of the state the parts of those who learn. */
const learntTables =
  /^(examples|predictions|model_quality|experiment_|policy_|user_pref|preference_)/;
const learntState = /^0 (answer-|combiner|examples-|experiment-|policy-|preference-|objections)/;

function learntOf(contents: Contents): Contents {
  const learnt: Contents = new Map();
  for (const [table, rows] of contents) if (learntTables.test(table)) learnt.set(table, rows);
  const state = [...contents.get('state')!].filter(([key]) => learntState.test(key));
  return learnt.set('state', new Map(state));
}

/** The same log as if those who object had done nothing of note from there on, until they take it back. */
function silenced(log: readonly string[]): string[] {
  const objecting = new Set<string>();
  return log.map((line) => {
    const { id, type, time, user, context } = JSON.parse(line);
    if (type === objectionType) {
      if (context.objects) objecting.add(user);
      else objecting.delete(user);
      return line;
    }
    return objecting.has(user) ? JSON.stringify({ id, type: 'rested', time, user }) : line;
  });
}

/** Under its own id or, as if that were forgotten by now, under another. */
function written(line: string, id?: string): string {
  return JSON.stringify({ ...JSON.parse(line), ...(id === undefined ? {} : { id }) });
}

/** u0 objects for good, u1 for a while. */
function withObjections(seed: number): string[] {
  const log = livelyLines(200, 4, seed);
  log.splice(48, 0, objectionLine('u0', 46 * 30_000));
  log.splice(72, 0, objectionLine('u1', 70 * 30_000));
  log.splice(160, 0, objectionLine('u1', 158 * 30_000, []));
  return log;
}

describe.each([1, 2])('what somebody does who objects (seed %i)', (seed) => {
  test('changes nothing that is learnt: it is as if it had not been', async () => {
    const log = withObjections(seed);
    const quiet = silenced(log);
    const changed = log.filter((line, i) => line !== quiet[i]).length;
    expect(changed).toBeGreaterThan(30);
    const [heard, unheard, all] = await Promise.all(
      ['heard', 'unheard', 'all'].map((name) => clickhouse.database(`objects_${name}_${seed}`)),
    );
    await run(heard!, log);
    await run(unheard!, quiet);
    const [a, b] = [await readContents(heard!), await readContents(unheard!)];
    expect(describeDifferences(learntOf(a), learntOf(b))).toEqual([]);
    // Without the records it would have been learnt from, by all of them.
    await run(
      all!,
      log.filter((line) => JSON.parse(line).type !== objectionType),
    );
    const different = [...learntOf(await readContents(all!))].flatMap(([table, rows]) => {
      const others = a.get(table)!;
      return [...rows].some(([key, hash]) => others.get(key) !== hash) ? [table] : [];
    });
    expect(different).toEqual(
      expect.arrayContaining(['examples', 'experiment_outcomes', 'policy_sums', 'preference_sums']),
    );
  });
});

test('the same is written however the log is cut, over stops, and when a write fails on the way', async () => {
  const log = withObjections(4);
  const whole = await clickhouse.database('objects_whole');
  await run(whole, log, 1_000);
  const cut = await clickhouse.database('objects_cut');
  for (const until of [40, 48, 49, 76]) await run(cut, log, 7, until);
  let writes = 0;
  const failing = insertingStore(cut, async (table, rows) => {
    writes += 1;
    if (writes === 3) throw new Error('the process dies');
    await cut.insert(table, rows);
    if (writes === 20) throw new Error('the process dies behind the write');
  });
  await run(failing, log, 11);
  expect(writes).toBeGreaterThan(20);
  expect(describeDifferences(await readContents(cut), await readContents(whole))).toEqual([]);
}, 60_000);

test('likings are void from the objection on, and begin anew when it is taken back', async () => {
  const store = await clickhouse.database('objects_likings');
  const rated = (id: string, user: string, at: number) =>
    JSON.stringify({
      ...{ id, type: 'rated', user, item: 'i1', value: 5, time: start + at },
      context: { topic: 'art' },
    });
  const rows = () =>
    store.query<{ user: string; erased: number; since: number; events: number }>(
      `SELECT user, erased, toUInt32(since) AS since, events FROM user_preferences FINAL ORDER BY user, since, erased`,
    );
  const log = [
    rated('r0', 'ada', 0),
    rated('r1', 'bob', 1),
    objectionLine('ada', 2),
    rated('r2', 'ada', 3),
  ];
  await run(store, log);
  const before = await rows();
  expect(before.filter(({ user, erased }) => user === 'ada' && erased === 0)).toEqual([]);
  expect(before).toContainEqual({ user: 'bob', erased: 0, since: 2, events: 1 });
  log.push(objectionLine('ada', 4, ['training']), rated('r3', 'ada', 5));
  await run(store, log);
  expect(await rows()).toContainEqual({ user: 'ada', erased: 0, since: 6, events: 1 });
});

test('open decisions end with what they have earned, and teach nobody', async () => {
  const store = await clickhouse.database('objects_policy');
  const policy = tutor({ reward: { absent: 0, combine: 'sum', horizonMs: 60 * minute } });
  const log = [
    policyLine(policy),
    decisionLine({ id: 'd1', user: 'ada', at: 0, action: 'video' }),
    decisionLine({ id: 'd2', user: 'ada', at: 1, action: 'text' }),
    decisionLine({ id: 'd3', user: 'bob', at: 2, action: 'text' }),
    outcomeLine('o1', 'ada', minute, 'd1', 1),
    objectionLine('ada', 2 * minute, ['personalization']),
    outcomeLine('o2', 'ada', 3 * minute, 'd2', 1),
    outcomeLine('o3', 'bob', 3 * minute, 'd3', 1),
    // By a process that had not heard of it, and by one that had.
    decisionLine({ id: 'd4', user: 'ada', at: 3 * minute, action: 'text' }),
    decisionLine({
      ...{ id: 'd5', user: 'zoe', at: 3 * minute, action: 'text' },
      more: { way: 'objection', probability: 1 },
    }),
    passing(90 * minute),
    passing(90 * minute),
  ];
  await run(store, log);
  const rows = await store.query(
    `SELECT decision, reward, closed FROM policy_decisions FINAL ORDER BY decision`,
  );
  expect(rows).toEqual([
    { decision: 'd1', reward: 1, closed: 1 },
    { decision: 'd2', reward: 0, closed: 1 },
    { decision: 'd3', reward: 1, closed: 1 },
  ]);
  const sums = await store.query<{ action: string; count: number }>(
    `SELECT action, sums[1] AS count FROM policy_sums FINAL ORDER BY action`,
  );
  expect(sums.map(({ action }) => action)).toEqual(['text']);
  const strays = await store.query('SELECT kind FROM policy_strays FINAL');
  expect(strays).toEqual([]);
});

test('an open unit is scored at its age with what it did until then; who was not exposed stays out', async () => {
  const store = await clickhouse.database('objects_units');
  const right = (user: string, at: number) => eventLine('answered', user, at, { value: 1 });
  const log = [
    definitionLine(hints()),
    exposureLine('ada', 0, 'with'),
    exposureLine('bob', 0, 'with'),
    exposureLine('zoe', 0, 'without'),
    right('ada', minute),
    objectionLine('ada', 2 * minute, ['experiments']),
    objectionLine('bob', 2 * minute, ['experiments']),
    objectionLine('eve', 2 * minute, ['experiments']),
    // Not counted: behind the objection, or of somebody who had objected before.
    right('bob', 3 * minute),
    exposureLine('ada', 3 * minute, 'without'),
    exposureLine('eve', 3 * minute, 'without'),
    right('eve', 4 * minute),
    right('zoe', 4 * minute),
    objectionLine('bob', 5 * minute, []),
    right('bob', 6 * minute),
    exposureLine('bob', 6 * minute, 'without'),
  ];
  await run(store, log);
  const scored = () =>
    store.query(
      `SELECT variant, toUInt32(units) AS units, toUInt32(n) AS right FROM experiment_outcomes FINAL
       WHERE metric = 'right' AND segment = '' ORDER BY variant`,
    );
  // No sooner than the others.
  expect(await scored()).toEqual([]);
  await run(store, [...log, passing(45 * minute), passing(45 * minute)]);
  expect(await scored()).toEqual([
    { variant: 0, units: 1, right: 1 },
    { variant: 1, units: 2, right: 1 },
  ]);
  const exposed = await store.query(
    `SELECT variant, toUInt32(units) AS units, toUInt32(crossed) AS crossed, toUInt32(objected) AS objected
     FROM experiment_exposures FINAL ORDER BY variant`,
  );
  expect(exposed).toEqual([
    { variant: 0, units: 1, crossed: 0, objected: 0 },
    { variant: 1, units: 2, crossed: 0, objected: 2 },
  ]);
});

test('written again, objections change nothing that is learnt or counted', async () => {
  const log = withObjections(3);
  const again = [...log];
  const objection = log.find((line) => JSON.parse(line).type === objectionType)!;
  const { user, time } = JSON.parse(objection);
  // In their places something of no note: offsets stand in what is stored.
  for (const at of [180, 150, 140, 100, 90, 60]) {
    const id = at % 20 === 0 ? `again-${at}` : undefined;
    again.splice(at, 0, written(objection, id));
    const quiet = JSON.stringify({ id: 'objection', type: 'rested', time, user });
    log.splice(at, 0, written(quiet, id));
  }
  const [once, often] = [
    await clickhouse.database('objects_once'),
    await clickhouse.database('objects_often'),
  ];
  await run(once, log);
  await run(often, again);
  const [a, b] = [await readContents(once), await readContents(often)];
  expect(describeDifferences(learntOf(a), learntOf(b))).toEqual([]);
  expect(a.get('examples')!.size).toBeGreaterThan(0);
});

test('a partition that is rebuilt when its log has lost the record leaves alone who objected', async () => {
  const [store, announced, silent] = await Promise.all(
    ['kept', 'announced', 'silent'].map((name) => clickhouse.database(`objects_${name}`)),
  );
  const told = start - 200 * 24 * 60 * minute;
  const decoder = new TextDecoder();
  const records: string[] = [];
  const log = {
    partitions: 1,
    clock: () => told,
    async append(slices: readonly { bytes: Uint8Array; ends: ArrayLike<number> }[]) {
      for (const { bytes, ends } of slices) {
        let from = 0;
        for (const end of Array.from(ends)) {
          records.push(decoder.decode(bytes.subarray(from, end)));
          from = end;
        }
      }
    },
  };
  const book = createObjectionBook({ store: store!, say: () => {}, pollMs: 1_000_000 });
  const by = { actor: 'dean', reason: '' };
  await tellObjections(
    [
      { user: 'u0', to: ['training'] },
      { user: 'u1', to: ['training'] },
    ],
    by,
    { ...log, store: store!, book },
  );
  await tellObjections([{ user: 'u1', to: [] }], by, { ...log, store: store!, book });
  await book.close();
  expect(records.length).toBe(3);
  // The retention of the log has come: what it had is gone, and the table is all that knows.
  const lost = records.splice(0);
  const announcing = announceObjections({ ...log, store: store! });
  await announcing.announceAgain();
  await announcing.announceAgain();
  // The same each time; of whoever has just taken it back the end, under an id of its own.
  expect(records.slice(0, 2)).toEqual(records.slice(2));
  expect(records[0]).toBe(lost[0]);
  expect(JSON.parse(records[1]!)).toEqual({
    ...JSON.parse(lost[2]!),
    id: `${JSON.parse(lost[2]!).id}-again`,
  });
  const later = announceObjections({ ...log, store: store!, clock: () => start });
  records.length = 0;
  await later.announceAgain();
  expect(records).toEqual([lost[0]]);
  // Without a checkpoint, from the log as it is by now.
  const lively = livelyLines(240, 3, 7);
  await run(announced!, [...records, ...lively]);
  await run(silent!, lively);
  const learntFrom = async (of: Store) =>
    (
      await of.query<{ user: string }>('SELECT DISTINCT user FROM examples FINAL ORDER BY user')
    ).map(({ user }) => user);
  expect(await learntFrom(silent!)).toEqual(['u0', 'u1', 'u2']);
  expect(await learntFrom(announced!)).toEqual(['u1', 'u2']);
});
