/** Every operator in a form that the checks can run. */
import { pipe } from 'rxjs';
import { type Batch, numbersOf } from '../../../contracts/batch.ts';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { EngineError } from '../../../contracts/errors.ts';
import type { Fold } from '../../../contracts/fold.ts';
import type { Learner } from '../../../contracts/learner.ts';
import type { Rows } from '../../../contracts/rows.ts';
import type { VectorTable } from '../../../contracts/stateTable.ts';
import {
  type Accumulated,
  accumulate,
  createAccumulationTable,
} from '../../../operators/accumulate.ts';
import { beyondUsual, type UsualState } from '../../../operators/beyondUsual.ts';
import { dedupe } from '../../../operators/dedupe.ts';
import { divertErrors } from '../../../operators/divertErrors.ts';
import { type FairShareState, fairShare } from '../../../operators/fairShare.ts';
import { foldByKey } from '../../../operators/foldByKey.ts';
import { hoppingWindow } from '../../../operators/hoppingWindow.ts';
import { type Joined, joinTable, joinWithin } from '../../../operators/joinWithin.ts';
import { lateRows } from '../../../operators/lateRows.ts';
import { onTime } from '../../../operators/onTime.ts';
import { type Predictions, predictThenLearn } from '../../../operators/predictThenLearn.ts';
import { present } from '../../../operators/present.ts';
import { refuseRows } from '../../../operators/refuseRows.ts';
import { sessionWindow } from '../../../operators/sessionWindow.ts';
import { createDedupeTable } from '../../../operators/state/dedupeTable.ts';
import type { TableRegistry } from '../../../operators/state/stateTables.ts';
import { createWindowTable, type WindowTable } from '../../../operators/state/windowTable.ts';
import { tumblingWindow } from '../../../operators/tumblingWindow.ts';
import { type EventClock, watermark } from '../../../operators/watermark.ts';
import { where } from '../../../operators/where.ts';
import { bettingMean } from '../../../stats/streaming/bettingMean.ts';
import { meanVariance } from '../../../stats/streaming/meanVariance.ts';
import type { OperatorCase } from './runCase.ts';

export interface Tally {
  count: number;
  sum: number;
  /** Last input: makes the order of steps visible. */
  last: number;
}

export const tally = {
  initial: () => ({ count: 0, sum: 0, last: 0 }),
  step(state: Tally, input: number) {
    state.count += 1;
    state.sum += input;
    state.last = input;
  },
  read: ({ count, sum, last }: Tally) => `${count}/${sum}/${last}`,
} satisfies Fold<Tally, number, string>;

/** As `tally`, but where order does not matter, so that it can merge. */
export const mergingTally = {
  ...tally,
  step(state: Tally, input: number) {
    state.count += 1;
    state.sum += input;
  },
  merge(state: Tally, other: Tally) {
    state.count += other.count;
    state.sum += other.sum;
  },
} satisfies Fold<Tally, number, string>;

/** Predicts the share of ones so far, smoothed. */
export function shareLearner(table: VectorTable): Learner {
  const { values } = table;
  return {
    name: 'share',
    version: '1',
    predict: () => (values[1]! + 1) / (values[0]! + 2),
    learn(_batch, _row, label) {
      values[0]! += 1;
      values[1]! += label;
      table.touch(0);
    },
  };
}

const clockOf = (tables: TableRegistry, latenessMs = 12) =>
  watermark({ latenessMs, table: tables.objects<EventClock>('clock') });

const offsets = (batch: Batch) => [...batch.offsets];

function encoded(rows: Rows): string[] {
  const writer = new ByteWriter();
  rows.encode(writer);
  return [...Buffer.from(writer.take()).toString('hex')];
}

/** Published windows of an accumulation. */
function publishAccumulated(table: WindowTable<Accumulated>, published: Map<string, unknown>) {
  for (const { segment, start, end, lastOffset, state } of table.takeChanged()) {
    published.set(`${segment} ${start}`, [end, lastOffset, structuredClone(state)]);
  }
  table.settle();
}

/** Published windows without the empty ones, which were retracted. */
function publishWindows(table: WindowTable<Tally>, published: Map<string, unknown>): void {
  for (const { segment, start, end, lastOffset, state } of table.takeChanged()) {
    const key = `${segment} ${start}`;
    if (state.count === 0) published.delete(key);
    else published.set(key, [end, lastOffset, { ...state }]);
  }
  table.settle();
}

const refuseThrees = refuseRows((batch, row) => {
  if (numbersOf(batch, 'value')[row] === 3) throw new EngineError('EVENT_FIELD_INVALID', 'a three');
});

export const cases: readonly OperatorCase[] = [
  {
    name: 'watermark',
    build: (tables) => ({
      operator: clockOf(tables),
      results: (batch: Batch) => [...batch.watermarks!],
    }),
  },
  {
    name: 'onTime',
    build: (tables) => ({ operator: pipe(clockOf(tables), onTime()), results: offsets }),
  },
  {
    name: 'lateRows',
    build: (tables) => ({ operator: pipe(clockOf(tables), lateRows('p')), results: encoded }),
  },
  {
    name: 'fairShare',
    columns: { strings: ['context.skill'] },
    build: (tables) => ({
      operator: fairShare(tables.objects<FairShareState>('shares'), {
        ...{ key: 'context.skill', rows: 5, most: 2, spanMs: 30, keysMax: 2 },
      }),
      results: offsets,
    }),
  },
  {
    name: 'beyondUsual',
    columns: { strings: ['context.skill'] },
    build: (tables) => ({
      operator: beyondUsual(tables.objects<UsualState>('usual'), {
        ...{ key: 'context.skill', value: 'value', as: 'beyond', memory: 4, keysMax: 1 },
      }),
      results: (batch: Batch) => [...batch.numbers.get('beyond')!],
    }),
  },
  { name: 'refuseRows', build: () => ({ operator: refuseThrees, results: offsets }) },
  {
    name: 'divertErrors',
    build: () => ({ operator: pipe(refuseThrees, divertErrors('p')), results: encoded }),
  },
  {
    name: 'where',
    build: () => ({ operator: where('type', 'viewed', 'rated'), results: offsets }),
  },
  { name: 'present', build: () => ({ operator: present('user', 'item'), results: offsets }) },
  {
    name: 'dedupe',
    build: (tables) => ({
      operator: dedupe({ table: createDedupeTable(tables, 'ids', { horizonMs: 40, idsMax: 64 }) }),
      results: offsets,
    }),
  },
  {
    name: 'predictThenLearn',
    build: (tables) => ({
      operator: predictThenLearn(shareLearner(tables.vector('share', 2)), { label: 'value' }),
      results: ({ batch, length, rows, probabilities, labels }: Predictions) =>
        Array.from({ length }, (_, i) => [batch.offsets[rows[i]!], probabilities[i], labels[i]]),
    }),
  },
  {
    name: 'joinWithin',
    build: (tables) => ({
      operator: joinWithin({
        left: 'viewed',
        right: 'answered',
        keys: ['user', 'item'],
        horizonMs: 30,
        table: joinTable(tables, 'views', { horizonMs: 30, latenessMs: 12, keysMax: 3 }),
      }),
      results: ({ batch, length, rows, leftTimes, leftValues }: Joined) =>
        Array.from({ length }, (_, i) => [batch.offsets[rows[i]!], leftTimes[i], leftValues[i]]),
    }),
  },
  {
    name: 'foldByKey',
    columns: { strings: ['context.skill'] },
    build(tables) {
      const table = tables.objects<Tally>('tallies');
      return {
        operator: foldByKey(tally, table, 'context.skill', 'value'),
        results: () => [],
        final: () => [...table.entries()].sort(([a], [b]) => (a < b ? -1 : 1)),
      };
    },
  },
  {
    name: 'tumblingWindow',
    build(tables) {
      const table = createWindowTable<Tally>(tables, 'windows');
      const windows = tumblingWindow(tally, table, { widthMs: 10, value: 'value' });
      return {
        operator: pipe(clockOf(tables), windows),
        results: () => [],
        publish: (published) => publishWindows(table, published),
      };
    },
  },
  {
    name: 'tumblingWindow with more segments than it may have',
    build(tables) {
      const table = createWindowTable<Tally>(tables, 'windows', { segmentsMax: 2 });
      const options = { widthMs: 30, value: 'value', segment: 'user' };
      return {
        operator: pipe(clockOf(tables), tumblingWindow(tally, table, options)),
        results: () => [],
        publish: (published) => publishWindows(table, published),
      };
    },
  },
  {
    name: 'hoppingWindow',
    build(tables) {
      const table = createWindowTable<Tally>(tables, 'windows');
      const options = { widthMs: 25, hopMs: 10, value: 'value', segment: 'item' };
      return {
        operator: pipe(clockOf(tables), hoppingWindow(tally, table, options)),
        results: () => [],
        publish: (published) => publishWindows(table, published),
      };
    },
  },
  {
    name: 'sessionWindow',
    build(tables) {
      const table = createWindowTable<Tally>(tables, 'sessions');
      const options = { gapMs: 7, value: 'value', segment: 'user' };
      return {
        operator: pipe(clockOf(tables), sessionWindow(mergingTally, table, options)),
        results: () => [],
        publish: (published) => publishWindows(table, published),
      };
    },
  },
  {
    name: 'accumulate by two keys in overlapping windows',
    columns: { strings: ['context.skill'] },
    build(tables) {
      const options = { by: ['user', 'context.skill'], windowMs: 25, hopMs: 10 };
      const table = createAccumulationTable(tables, 'means', meanVariance, options);
      return {
        operator: pipe(clockOf(tables), accumulate(meanVariance, table, options)),
        results: () => [],
        publish: (published) => publishAccumulated(table, published),
      };
    },
  },
  {
    name: 'accumulate what never merges, for all time',
    build(tables) {
      const options = { by: ['user'], parameters: { steps: 5 } };
      const table = createAccumulationTable(tables, 'bets', bettingMean, options);
      return {
        operator: accumulate(bettingMean, table, options),
        results: () => [],
        publish: (published) => publishAccumulated(table, published),
      };
    },
  },
];
