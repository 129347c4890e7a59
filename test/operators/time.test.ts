import { of, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../contracts/batch.ts';
import { lateRows } from '../../operators/lateRows.ts';
import { onTime } from '../../operators/onTime.ts';
import { createObjectTable } from '../../operators/state/objectTable.ts';
import { type EventClock, watermark } from '../../operators/watermark.ts';
import { type BatchOptions, batchesOf, batchOf } from '../support/batches.ts';
import { collect, readRows } from './collect.ts';

const clock = (latenessMs: number) =>
  watermark({ latenessMs, table: createObjectTable<EventClock>('clock') });
const timed = (
  times: readonly number[],
  cuts: readonly number[] = [],
  options: BatchOptions = {},
) =>
  of(
    ...batchesOf(
      times.map((time) => ({ time, type: 'viewed', user: 'ada' })),
      cuts,
      options,
    ),
  );

describe('watermark', () => {
  test('is the largest earlier time less the lateness', () => {
    const batches = collect(timed([3, 9, 5, 12], [2]).pipe(clock(4)));
    expect(batches.map(({ watermarks }) => [...watermarks!])).toEqual([
      [-Infinity, -1],
      [5, 5],
    ]);
  });

  test('is not carried away by a time after the reception', () => {
    const [batch] = collect(timed([10, 99, 20], [], { receivedAt: 15 }).pipe(clock(0)));
    expect([...batch!.watermarks!]).toEqual([-Infinity, 10, 15]);
  });

  test('is not moved by rows of the timeless type, wherever the batch is cut', () => {
    const rows = [
      { time: 10, type: 'viewed' },
      { time: 90, type: 'told' },
      { time: 20, type: 'viewed' },
      { time: 95, type: 'told' },
      { time: 30, type: 'viewed' },
    ];
    for (const cuts of [[], [2], [1, 2, 3, 4]]) {
      const table = createObjectTable<EventClock>('clock');
      const source = of(...batchesOf(rows, cuts, { receivedAt: 100 }));
      const batches = collect(source.pipe(watermark({ latenessMs: 0, table, timeless: ['told'] })));
      const found = batches.flatMap(({ watermarks }) => [...watermarks!]);
      expect(found).toEqual([-Infinity, 10, 10, 20, 20]);
      expect(table.get('clock')).toEqual({ clock: 30 });
    }
  });

  test('refuses a negative lateness', () => {
    expect(() => clock(-1)).toThrow('latenessMs: expected ≥ 0 and finite, got -1');
    expect(() => clock(Number.NaN)).toThrow(RangeError);
  });
});

describe('onTime and lateRows', () => {
  test('part the rows between them, the watermark itself being on time', () => {
    const source = of(...collect(timed([10, 9, 4, 5, 20, 14, 15]).pipe(clock(5))));
    const [kept] = collect(source.pipe(onTime()));
    expect([...kept!.offsets]).toEqual([0, 1, 3, 4, 6]);
    expect([...kept!.watermarks!]).toEqual([-Infinity, 5, 5, 5, 15]);
    const [late] = collect(source.pipe(lateRows('demo')));
    expect(late).toMatchObject({ table: 'late_events', length: 2 });
  });

  test('writes late events in the order of the table’s columns', () => {
    const source = timed([1_000, 10], [], { firstOffset: 7, partition: 3 }).pipe(clock(5));
    const [late] = collect(source.pipe(lateRows('demo')));
    expect(readRows(late!, 'string uint16 int64 int64 int64 int64 string string string')).toEqual([
      ['demo', 3, 8, 1_000, 10, 995, 'viewed', 'ada', expect.stringContaining('"id":"e8"')],
    ]);
  });

  test('says nothing of batches without late rows', () => {
    expect(collect(timed([1, 2, 3], [1, 2]).pipe(clock(5), lateRows('demo')))).toEqual([]);
  });

  test('asks for the watermark', () => {
    const bare = of<Batch>(batchOf([{ time: 1 }]));
    expect(() => collect(bare.pipe(onTime(), toArray()))).toThrow(
      'put the operator watermark before',
    );
  });
});
