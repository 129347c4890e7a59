import fc from 'fast-check';
import { NEVER, Observable, of, take, throwError } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../contracts/batch.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { batchesOf, batchOf, type PlainRow } from '../../support/batches.ts';
import { cases } from './cases.ts';
import { endless, type OperatorCase, runCase } from './runCase.ts';

const row = fc.record(
  {
    time: fc.integer({ min: 0, max: 200 }),
    id: fc.integer({ min: 0, max: 30 }).map(String),
    type: fc.constantFrom('viewed', 'answered', 'rated', 'opened'),
    user: fc.constantFrom('ada', 'ben', 'cleo'),
    item: fc.constantFrom('i1', 'i2', ''),
    value: fc.constantFrom(0, 1, 1, 3, 0.25),
    context: fc.record({ skill: fc.constantFrom('add', 'sub', '') }),
  },
  { requiredKeys: ['time', 'id', 'type', 'user'] },
);

/** Rows whose times advance with the stream, with some disorder; from year 2000 on, as the decoder has it. */
const streams = fc
  .array(row, { maxLength: 60, size: 'max' })
  .map((rows) =>
    rows.map((row, i): PlainRow => ({ ...row, time: 946_684_800_000 + i * 3 + (row.time % 25) })),
  );
const numbers = (max: number) => fc.array(fc.integer({ min: 0, max }), { maxLength: 12 });

/** A few rows that reach every operator's work. */
const rows: PlainRow[] = Array.from({ length: 20 }, (_, i) => ({
  time: 946_684_800_000 + i * 10 - (i % 5) * 15,
  type: i % 2 === 0 ? 'viewed' : 'answered',
  user: 'ada',
  item: 'i1',
  value: i % 4 === 3 ? 3 : i % 2,
  context: { skill: 'add' },
}));

function fresh({ build, columns }: OperatorCase) {
  const dictionary = new InternDictionary();
  const { operator, results } = build(createStateTables(dictionary));
  return { operator, results, options: { dictionary, ...(columns && { columns }) } };
}

/** Notifications in order, without the values. */
function trace(source: Observable<unknown>): { notes: string[]; unsubscribe: () => void } {
  const notes: string[] = [];
  const subscription = source.subscribe({
    next: () => notes.push('next'),
    error: (error: Error) => notes.push(error.message),
    complete: () => notes.push('complete'),
  });
  return { notes, unsubscribe: () => subscription.unsubscribe() };
}

describe.each(cases)('$name', (operatorCase) => {
  test('passes on silence, completion and errors', () => {
    const { operator } = fresh(operatorCase);
    expect(trace(NEVER.pipe(operator)).notes).toEqual([]);
    expect(trace((of() as Observable<Batch>).pipe(operator)).notes).toEqual(['complete']);
    const failing = throwError(() => new Error('gone'));
    expect(trace(failing.pipe(operator)).notes).toEqual(['gone']);
  });

  test('takes an empty batch, one batch and many', () => {
    const { operator, options } = fresh(operatorCase);
    expect(trace(of(batchOf([], options)).pipe(operator)).notes.at(-1)).toBe('complete');
    expect(trace(of(batchOf(rows, options)).pipe(operator)).notes).toEqual(['next', 'complete']);
    const many = trace(of(...batchesOf(rows, [4, 4, 9], options)).pipe(operator)).notes;
    expect(many.at(-1)).toBe('complete');
    expect(many.length).toBeGreaterThan(1);
  });

  test('lets go of the source when unsubscribed, be it endless', () => {
    const { operator, options } = fresh(operatorCase);
    const batch = batchOf(rows, options);
    expect(trace(endless(batch).pipe(operator, take(1))).notes).toEqual(['next', 'complete']);
    let subscribed = 0;
    const silent = new Observable<Batch>(() => {
      subscribed += 1;
      return () => {
        subscribed -= 1;
      };
    });
    const { unsubscribe } = trace(silent.pipe(operator));
    expect(subscribed).toBe(1);
    unsubscribe();
    expect(subscribed).toBe(0);
  });

  test('ends with the error when a batch lacks what it needs', () => {
    const { operator } = fresh(operatorCase);
    const bare = batchOf(rows);
    const broken: Batch = { ...bare, numbers: new Map(), codes: new Map(), refusals: [] };
    const { notes } = trace(of(broken, bare).pipe(operator));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/is not among the pipeline's/);
  });

  test('says the same however rows are cut into batches and epochs', () => {
    fc.assert(
      fc.property(streams, numbers(60), numbers(12), (rows, cuts, epochs) => {
        const whole = runCase(operatorCase, rows, { cuts: [], epochs: [], restart: false });
        const cut = runCase(operatorCase, rows, { cuts, epochs, restart: false });
        expect(cut).toEqual(whole);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('goes on after stop, store and restore as if nothing had been', () => {
    fc.assert(
      fc.property(streams, numbers(60), numbers(12), (rows, cuts, epochs) => {
        const whole = runCase(operatorCase, rows, { cuts: [], epochs: [], restart: false });
        const restarted = runCase(operatorCase, rows, { cuts, epochs, restart: true });
        expect(restarted).toEqual(whole);
      }),
      { seed: 8, numRuns: 60 },
    );
  });
});
