/** Who objects to what, row by row, as the log tells it: whatever the cuts and restarts. */
import { of } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../../contracts/batch.ts';
import { type ObjectionKind, objectionType } from '../../../contracts/objection.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { knowObjections } from '../../../pipelines/objections/knowObjections.ts';
import { withoutObjectors } from '../../../pipelines/objections/withoutObjectors.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';
import { restartingTables } from '../../support/restartingTables.ts';

const viewed = (user: string): PlainRow => ({ time: 0, type: 'viewed', user });
const told = (user: string, ...to: ObjectionKind[]): PlainRow => {
  return { time: 0, type: objectionType, user, context: { objects: to.length > 0, to } };
};

const rows = [
  viewed('ada'),
  told('ada', 'experiments'),
  viewed('ada'),
  viewed('bob'),
  told('ada', 'training', 'personalization'),
  viewed('ada'),
  told('bob', 'training'),
  told('ada'),
  viewed('ada'),
  viewed('bob'),
];
const expected = [0, 2, 2, 0, 5, 5, 4, 0, 0, 4];

function columnOf(batch: Batch): number[] {
  return [...(batch.objections ?? new Uint8Array(batch.length))];
}

test('each row has what its user objects to, the last record whole; a record has what it says itself', () => {
  const tables = createStateTables(new InternDictionary());
  const operator = knowObjections({ tables });
  const column: number[] = [];
  of(batchOf(rows, { dictionary: tables.dictionary }))
    .pipe(operator)
    .subscribe((batch) => column.push(...columnOf(batch)));
  expect(column).toEqual(expected);
});

test('a record that is written again changes nothing, one that was overtaken neither', () => {
  const at = (time: number, row: PlainRow): PlainRow => ({ ...row, time });
  const [first, second] = [at(10, told('ada', 'experiments')), at(20, told('ada', 'training'))];
  const again = [viewed('ada'), first, second, second, viewed('ada'), first, viewed('ada')];
  const state = restartingTables();
  let operator = knowObjections(state);
  const column: number[] = [];
  for (const [i, row] of [...again, at(5, told('bob', 'training')), viewed('bob')].entries()) {
    of(batchOf([row], { dictionary: state.tables.dictionary, firstOffset: i }))
      .pipe(operator)
      .subscribe((known) => column.push(...columnOf(known)));
    state.cut();
    state.restart((tables) => {
      operator = knowObjections({ tables });
    });
  }
  // Left out: the second again, and the first.
  expect(column).toEqual([0, 2, 4, 4, 4, 4, 4]);
});

test('cuts and restarts between any two rows make no difference', () => {
  const state = restartingTables();
  let operator = knowObjections(state);
  const column: number[] = [];
  for (const [i, row] of rows.entries()) {
    const batch = batchOf([row], { dictionary: state.tables.dictionary, firstOffset: i });
    of(batch)
      .pipe(operator)
      .subscribe((known) => column.push(...columnOf(known)));
    state.cut();
    state.restart((tables) => {
      operator = knowObjections({ tables });
    });
  }
  expect(column).toEqual(expected);
});

test('a batch in which nobody objects passes as it is', () => {
  const tables = createStateTables(new InternDictionary());
  const batch = batchOf([viewed('ada'), told('bob')].slice(0, 1), {
    dictionary: tables.dictionary,
  });
  of(batch)
    .pipe(knowObjections({ tables }))
    .subscribe((known) => expect(known).toBe(batch));
});

test.each([
  undefined,
  {},
  { objects: true, to: ['cookies'] },
  { objects: true, to: [] },
  { objects: false, to: ['training'] },
])('a record that somebody else has written is refused, and changes nothing: %j', (context) => {
  const tables = createStateTables(new InternDictionary());
  const strange = { time: 0, type: objectionType, user: 'ada', ...(context && { context }) };
  const batch = batchOf([told('ada', 'training'), strange, viewed('ada')], {
    dictionary: tables.dictionary,
  });
  of(batch)
    .pipe(knowObjections({ tables }))
    .subscribe((known) => {
      expect(columnOf(known)).toEqual([4, 4]);
      expect(known.refusals).toMatchObject([{ offset: 1, code: 'EVENT_FIELD_INVALID' }]);
    });
});

test('rows of those who object are left out, and the others keep what is known of them', () => {
  const tables = createStateTables(new InternDictionary());
  of(batchOf(rows, { dictionary: tables.dictionary }))
    .pipe(knowObjections({ tables }), withoutObjectors('training'))
    .subscribe((batch) => {
      expect([...batch.offsets]).toEqual([0, 1, 2, 3, 7, 8]);
      expect(columnOf(batch)).toEqual([0, 2, 2, 0, 0, 0]);
    });
});
