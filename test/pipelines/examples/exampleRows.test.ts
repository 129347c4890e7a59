/** Examples as rows: the same however the log is cut, with the features that the learner had. */
import fc from 'fast-check';
import { of } from 'rxjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import { ByteReader } from '../../../contracts/byteReader.ts';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import type { Learner } from '../../../contracts/learner.ts';
import type { StateTables } from '../../../contracts/stateTable.ts';
import { createAnswerModel } from '../../../models/answer/answerModel.ts';
import { exampleNames } from '../../../models/answer/exampleFeatures.ts';
import { answerColumns } from '../../../models/answer/locator.ts';
import { predictThenLearn } from '../../../operators/predictThenLearn.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { exampleRows } from '../../../pipelines/examples/exampleRows.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { collect } from '../../operators/collect.ts';
import { lines, receivedAt } from '../../support/answers.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import { restartingTables } from '../../support/restartingTables.ts';

const minute = 60_000;
const course = 'context.course';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

/** Its features are where and when the row is. */
const learner = (examples = true): Learner => {
  let last = { offset: 0, time: 0 };
  const write = (into: Float32Array, at: number) => {
    into.set([last.offset, last.time / minute], at);
  };
  return {
    ...{ name: 'toy', version: '3', learn: () => {} },
    ...(examples ? { examples: { names: ['offset', 'minute'], write } } : {}),
    predict(batch, row) {
      last = { offset: batch.offsets[row]!, time: batch.numbers.get('time')![row]! };
      return 0.25;
    },
  };
};

const name = { pipeline: 'p', model: 'toy' };
const featureVersion = '3';

function operatorOf(tables: StateTables, perMinute?: number) {
  const options = {
    featureVersion,
    slices: [course],
    ...(perMinute === undefined ? {} : { perMinute }),
  };
  const write = exampleRows({ tables, partition: 2 }, name, options);
  return (plain: readonly PlainRow[], firstOffset: number, received: number) => {
    const batch = batchOf(plain, {
      ...{ firstOffset, partition: 2, receivedAt: received, columns: { strings: [course] } },
      dictionary: tables.dictionary,
    });
    const writer = new ByteWriter();
    const rows = collect(of(batch).pipe(predictThenLearn(learner(), { label: 'value' }), write));
    let length = 0;
    for (const each of rows) {
      expect(each.table).toBe('examples');
      length += each.length;
      each.encode(writer);
    }
    return { length, bytes: writer.take() };
  };
}

/** All that is written, as one text. */
function runOf(
  rows: readonly PlainRow[],
  cuts: readonly number[] = [],
  restarts: readonly number[] = [],
): string {
  const state = restartingTables();
  let step = operatorOf(state.tables, 5);
  const written: Uint8Array[] = [];
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, rows.length)), rows.length];
  bounds.sort((a, b) => a - b);
  bounds.slice(1).forEach((end, i) => {
    const first = bounds[i]!;
    if (restarts.includes(first)) {
      state.restart((tables) => {
        step = operatorOf(tables, 5);
      });
    }
    written.push(step(rows.slice(first, end), first, 20 * minute).bytes);
    state.cut();
  });
  return Buffer.concat(written).toString('hex');
}

test('a row is where, when and whose it is, what was known, what came, and what was answered', () => {
  const step = operatorOf(createStateTables(new InternDictionary()));
  const { length, bytes } = step(
    [
      { time: 61_000.7, user: 'ada', value: 1, context: { course: 'algebra' } },
      { time: 62_000, user: 'ada', value: 0.4 },
      { time: 63_000, user: 'žofie', value: 0 },
    ],
    7,
    minute * 2,
  );
  expect(length).toBe(2);
  const reader = new ByteReader(bytes);
  const readFloat32 = () =>
    new DataView(Uint32Array.of(reader.uint32()).buffer).getFloat32(0, true);
  const read = () => ({
    ...{ pipeline: reader.text(), model: reader.text(), features: reader.text() },
    ...{ partition: reader.uint16(), offset: reader.int64(), time: reader.int64() },
    ...{ user: reader.text(), values: Array.from({ length: reader.varint() }, readFloat32) },
    ...{ label: reader.float64(), weight: reader.float64(), served: reader.float64() },
    ...{ online: reader.float64(), version: reader.text() },
    slices: Array.from({ length: reader.varint() }, () => [reader.text(), reader.text()]),
  });
  const usual = { pipeline: 'p', model: 'toy', features: '3', partition: 2, version: '3' };
  const said = { weight: 1, served: 0.25, online: 0.25 };
  expect(read()).toEqual({
    ...{ ...usual, ...said, offset: 7, time: 61_000, user: 'ada', label: 1 },
    ...{ values: [7, Math.fround(61_000.7 / minute)], slices: [[course, 'algebra']] },
  });
  expect(read()).toEqual({
    ...{ ...usual, ...said, offset: 9, time: 63_000, user: 'žofie', label: 0 },
    ...{ values: [9, Math.fround(63 / 60)], slices: [[course, '']] },
  });
  expect(reader.isAtEnd).toBe(true);
});

test('cut anywhere and begun anew anywhere, they are the same', () => {
  const row = fc.record({
    time: fc.integer({ min: 0, max: 25 }).map((at) => at * minute), // behind and ahead of the reception, too
    user: fc.constantFrom('ada', 'bob'),
    value: fc.constantFrom(0, 1, 0.5),
  });
  const sorted = fc
    .array(row, { minLength: 60, maxLength: 200 })
    .map((rows) =>
      rows.map((each, i) => ({ ...each, time: each.time % 7 === 0 ? each.time : i * 6_000 })),
    );
  fc.assert(
    fc.property(
      sorted,
      fc.array(fc.nat(200), { maxLength: 9 }),
      fc.infiniteStream(fc.boolean()),
      (rows, cuts, draws) => {
        const restarts = cuts.filter(() => draws.next().value);
        expect(runOf(rows, cuts, restarts)).toBe(runOf(rows));
      },
    ),
    { numRuns: 60 },
  );
  // Of many some are left out, so that the share matters above.
  const many = Array.from({ length: 200 }, (_, i) => ({ time: i * 100, user: 'ada', value: 1 }));
  expect(runOf(many).length).toBeLessThan(runOf(many.slice(0, 40)).length * 2);
});

test('nothing comes of a learner on whose features nobody can build, and of a wrong perMinute', () => {
  const tables = createStateTables(new InternDictionary());
  const write = exampleRows({ tables, partition: 0 }, name, { featureVersion, slices: [] });
  const batch = batchOf([{ time: 0, value: 1 }]);
  const made = of(batch).pipe(predictThenLearn(learner(false), { label: 'value' }), write);
  expect(collect(made)).toEqual([]);
  for (const perMinute of [0, 1.5, Number.NaN]) {
    expect(() =>
      exampleRows({ tables, partition: 0 }, name, { featureVersion, slices: [], perMinute }),
    ).toThrow(`perMinute: expected a whole number > 0, got ${perMinute}`);
  }
});

interface Stored {
  readonly offset: number;
  readonly user: string;
  readonly features: (number | null)[];
  readonly label: number;
  readonly online: number;
  readonly slices: Readonly<Record<string, string>>;
}

test('an engine stores what its learner knew: as the learner itself, played again row by row', async () => {
  const log = lines(300);
  const store = await clickhouse.database('examples_engine');
  await run(store, log, 23);
  const stored = await store.query<Stored>(
    `SELECT toUInt32(offset) AS offset, user, features, label, online, slices FROM examples FINAL
     WHERE pipeline = 'learning' AND model = 'answer' AND feature_version = '1' AND served = online
       AND weight = 1 AND served_version = '1' ORDER BY offset`,
  );
  const [predicted] = await store.query<{ rows: number }>(
    `SELECT toUInt32(count()) AS rows FROM predictions FINAL`,
  );
  expect(stored).toHaveLength(predicted!.rows);
  expect(stored.length).toBeGreaterThan(150);

  const tables = createStateTables(new InternDictionary());
  const model = createAnswerModel(tables);
  const kept = new Set(stored.map(({ offset }) => offset));
  const known = new Float32Array(exampleNames.length);
  for (const row of stored) {
    const event = JSON.parse(log[row.offset]!) as PlainRow & { time: string };
    const plain = { ...event, time: Date.parse(event.time) };
    const batch = batchOf([plain], {
      ...{ firstOffset: row.offset, columns: answerColumns, dictionary: tables.dictionary },
    });
    expect(row.online).toBe(model.predict(batch, 0));
    model.examples!.write(known, 0);
    expect(row.features.map((value) => Math.fround(value ?? Number.NaN))).toEqual([...known]);
    expect(row).toMatchObject({ user: event.user, label: event.value });
    expect(row.slices).toEqual({
      'context.course': event.context!['course'],
      'context.skill': event.context!['skill'],
    });
    model.learn(batch, 0, event.value as number);
  }
  // All answers but the duplicate and the one that is late; 51 is refused.
  const answers = log.flatMap((line, i) => (line.includes('"answered"') && i !== 51 ? [i] : []));
  expect(answers.filter((offset) => !kept.has(offset))).toEqual([60, 70]);
});

test('the same is written however the log is cut, and over a stop', async () => {
  const log = lines(260);
  const whole = await clickhouse.database('examples_whole');
  await run(whole, log, 1_000);
  const cut = await clickhouse.database('examples_cut');
  await run(cut, log, 7, 150);
  await run(cut, log, 31);
  const [a, b] = [await readContents(whole), await readContents(cut)];
  expect(a.get('examples')!.size).toBeGreaterThan(100);
  expect(describeDifferences(a, b)).toEqual([]);
});

type Store = Awaited<ReturnType<TestClickHouse['database']>>;

async function run(store: Store, log: readonly string[], chunk: number, until = log.length) {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk, receivedAt, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= until) stop.abort();
    },
  });
}
