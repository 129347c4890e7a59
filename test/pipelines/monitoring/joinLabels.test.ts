/** What becomes of predictions and labels, whatever order they come in: each has one outcome, and stops change nothing. */
import fc from 'fast-check';
import { type OperatorFunction, of, pipe } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../../../contracts/batch.ts';
import { eraseType } from '../../../contracts/eraseRecord.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables, type TableRegistry } from '../../../operators/state/stateTables.ts';
import { type EventClock, watermark } from '../../../operators/watermark.ts';
import { type JoinLabelsOptions, joinLabels } from '../../../pipelines/monitoring/joinLabels.ts';
import { collect } from '../../operators/collect.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';
import { restartingTables } from '../../support/restartingTables.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = 10_000 * hour;
const receivedAt = start + 100_000 * hour;

const keep = ['context.model', 'context.course'];
const options = {
  ...{ name: 'dropout', kind: 'probability', keep, horizonMs: 10 * hour, earlyMs: hour },
} as const satisfies JoinLabelsOptions;

const context = { model: 'm', course: 'algebra' };
/** A prediction of `ada`, hours after the start. */
const predicted = (id: string, at: number, value?: number, more: Partial<PlainRow> = {}) => ({
  ...{ id, type: 'prediction', user: 'ada', time: start + at * hour, context },
  ...(value === undefined ? {} : { value }),
  ...more,
});
const labelled = (
  decision: string,
  at: number,
  value?: number | boolean,
  more: Partial<PlainRow> = {},
): PlainRow => ({
  ...{ type: 'label', user: 'ada', time: start + at * hour, decision },
  ...(value === undefined ? {} : { value }),
  ...more,
});
/** Something that moves the clock, seen by the row behind it. */
const passing = (at: number): PlainRow[] => [
  { type: 'viewed', user: 'zoe', time: start + at * hour },
  { type: 'viewed', user: 'zoe', time: start + at * hour },
];

interface Told {
  readonly type: string;
  readonly outcome: string;
  readonly user: string;
  /** Hours after the start. */
  readonly at: number;
  readonly prediction: number;
  readonly value: number;
  /** Hours. */
  readonly age: number;
  readonly kept: readonly string[];
  readonly offset: number;
  readonly isInTime: boolean;
}

function readRows(batch: Batch): Told[] {
  const text = (column: string, row: number) => {
    const code = codesOf(batch, column)[row]!;
    return code < 0 ? '' : batch.dictionary.text(code);
  };
  return Array.from({ length: batch.length }, (_, row) => {
    const number = (column: string) => numbersOf(batch, column)[row]!;
    return {
      ...{ type: text('type', row), outcome: text('outcome', row), user: text('user', row) },
      at: (number('time') - start) / hour,
      ...{ prediction: number('prediction'), value: number('value'), age: number('age') / hour },
      kept: keep.map((column) => text(column, row)),
      offset: batch.offsets[row]!,
      isInTime: number('time') >= watermarksOf(batch)[row]!,
    };
  });
}

function operatorOf(
  tables: TableRegistry,
  more: Partial<JoinLabelsOptions> = {},
  latenessMs = 0,
): OperatorFunction<Batch, Batch> {
  const clock = tables.objects<EventClock>('clock');
  return pipe(watermark({ latenessMs, table: clock }), joinLabels(tables, { ...options, ...more }));
}

interface Course {
  /** Row numbers at which a batch begins, ascending. */
  readonly cuts?: readonly number[];
  /** Those of them before which everything is stored and read back. */
  readonly restarts?: readonly number[];
  readonly receivedAt?: number;
  readonly latenessMs?: number;
}

function runOf(
  rows: readonly PlainRow[],
  more: Partial<JoinLabelsOptions> = {},
  { cuts = [], restarts = [], latenessMs = 0, ...received }: Course = {},
): Told[] {
  const state = restartingTables();
  let operator = operatorOf(state.tables, more, latenessMs);
  const told: Told[] = [];
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, rows.length)), rows.length];
  bounds.slice(1).forEach((end, i) => {
    const firstOffset = bounds[i]!;
    if (restarts.includes(firstOffset)) {
      state.restart((tables) => {
        operator = operatorOf(tables, more, latenessMs);
      });
    }
    const batch = batchOf(rows.slice(firstOffset, end), {
      ...{ dictionary: state.tables.dictionary, firstOffset, receivedAt, ...received },
    });
    for (const out of collect(of(batch).pipe(operator))) told.push(...readRows(out));
    state.cut();
  });
  return told;
}

/** `type outcome` of each row. */
const outcomes = (rows: readonly PlainRow[], more: Partial<JoinLabelsOptions> = {}) =>
  runOf(rows, more).map(({ type, outcome }) => `${type} ${outcome}`);

describe('a prediction', () => {
  test('is told, and labelled when its label comes: with what was kept of it, its time and its age', () => {
    const rows = runOf([predicted('p', 0, 0.7), labelled('p', 3, true)]);
    const about = { user: 'ada', at: 0, prediction: 0.7, kept: ['m', 'algebra'], isInTime: true };
    expect(rows).toEqual([
      { ...about, type: 'told', outcome: 'told', value: -1, age: NaN, offset: 0 },
      { ...about, type: 'labelled', outcome: 'joined', value: 1, age: 3, offset: 1 },
    ]);
  });

  test('has the name that its producer gave it, or its id', () => {
    const named = predicted('e-1', 0, 0.7, { decision: 'd-1' });
    expect(outcomes([named, labelled('d-1', 1, 0)])).toEqual(['told told', 'labelled joined']);
    expect(outcomes([named, labelled('e-1', 1, 0)])).toEqual(['told told']);
  });

  test('belongs to its user', () => {
    const other = labelled('p', 1, 1, { user: 'ben' });
    const rows = [predicted('p', 0, 0.7), other, labelled('p', 1, 0)];
    expect(runOf(rows).map(({ value }) => value)).toEqual([-1, 0]);
  });

  test('is given up at its horizon, once, and its window is still open then', () => {
    const rows = runOf([predicted('p', 0, 0.7), ...passing(9.9), ...passing(500), ...passing(501)]);
    expect(rows.slice(1)).toMatchObject([
      { type: 'censored', outcome: 'unlabelled', at: 0, age: 10, value: -1, isInTime: true },
    ]);
    expect(rows[1]!.offset).toBe(4);
  });

  test('may come out of order, by less than its horizon', () => {
    const rows = [...passing(9), predicted('p', 0, 0.7), labelled('p', 9, 1)];
    expect(outcomes(rows)).toEqual(['told told', 'labelled joined']);
    expect(runOf(rows).every(({ isInTime }) => isInTime)).toBe(true);
    expect(outcomes([...passing(10), predicted('p', 0, 0.7)])).toEqual(['counted outdated']);
  });

  test('counts once: the first of its name, while it is remembered', () => {
    const again = predicted('e', 1, 0.2, { decision: 'p' });
    const rows = [predicted('p', 0, 0.7), again, labelled('p', 2, 1), again, ...passing(15)];
    expect(runOf([...rows, again]).map(({ outcome, prediction }) => [outcome, prediction])).toEqual(
      [
        ['told', 0.7],
        ['repeated', 0.2],
        ['joined', 0.7],
        ['repeated', 0.2],
        ['outdated', 0.2],
      ],
    );
    // Ten hours behind its horizon it is forgotten.
    const anew = predicted('p', 21, 0.2);
    expect(outcomes([...rows, predicted('p', 19, 0.2)]).at(-1)).toBe('counted repeated');
    expect(outcomes([...rows, ...passing(21), anew]).at(-1)).toBe('told told');
  });

  test.each([
    ['absent', undefined],
    ['no number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['no probability', 1.2],
    ['below 0', -0.1],
  ])('with a value that is %s is counted, and its label is for nobody', (_, value) => {
    const rows = [predicted('p', 0, value), labelled('p', 1, 1), ...passing(2)];
    expect(outcomes(rows)).toEqual(['counted invalid', 'counted unknown']);
  });

  test('may be any number where numbers are predicted', () => {
    const rows = [predicted('p', 0, -12.5), labelled('p', 1, -1), labelled('p', 1, -1)];
    const told = runOf(rows, { kind: 'number' });
    expect(told.map(({ outcome, value }) => [outcome, value])).toEqual([
      ['told', -1],
      ['joined', -1],
      ['twice', -1],
    ]);
    const infinite = [predicted('p', 0, Number.POSITIVE_INFINITY), predicted('q', 0)];
    expect(outcomes(infinite, { kind: 'number' })).toEqual(['counted invalid', 'counted invalid']);
  });

  test('without a model, or with one that is no text, has none', () => {
    const odd = { model: 7, course: 'x'.repeat(300) };
    const rows = [
      predicted('p', 0, 0.5, { context: odd }),
      predicted('q', 0, 0.5, { context: {} }),
    ];
    expect(runOf(rows).map(({ kept }) => kept)).toEqual([
      ['', ''],
      ['', ''],
    ]);
  });
});

describe('a label', () => {
  test('that comes before its prediction waits for it', () => {
    const rows = runOf([labelled('p', 0.5, 1), ...passing(1), predicted('p', 0, 0.7)]);
    expect(rows).toMatchObject([
      { type: 'told', outcome: 'told', value: -1 },
      { type: 'labelled', outcome: 'early', value: 1, at: 0, age: 0.5, kept: ['m', 'algebra'] },
    ]);
  });

  test('waits for its span, then it is for an unknown prediction', () => {
    const own = labelled('p', 0, 1, { context: { model: 'other' } });
    const rows = [own, ...passing(1), predicted('p', 0.5, 0.7)];
    expect(runOf(rows)).toMatchObject([
      { outcome: 'unknown', user: 'ada', at: 0, kept: ['other', ''] },
      { outcome: 'told' },
    ]);
    expect(outcomes([labelled('p', 0, 1), ...passing(0.9), predicted('p', 0.5, 0.7)])).toEqual([
      'told told',
      'labelled early',
    ]);
    // As old as its span when it comes: nothing to wait for.
    expect(outcomes([...passing(5), labelled('p', 0, 1)])).toEqual(['counted unknown']);
  });

  test('that comes twice counts once; one that says something else is told from one that agrees', () => {
    const twice = [labelled('p', 1, 1), labelled('p', 1.2, 1), labelled('p', 1.4, 0)];
    expect(outcomes([predicted('p', 0, 0.7), ...twice])).toEqual([
      'told told',
      'labelled joined',
      'counted twice',
      'counted conflict',
    ]);
    const [first, ...others] = runOf([...twice, predicted('p', 0, 0.7)]).toReversed();
    expect(first).toMatchObject({ outcome: 'early', value: 1 });
    expect(others.map(({ outcome }) => outcome)).toEqual(['told', 'conflict', 'twice']);
    // Also behind the horizon, while the prediction is remembered.
    const later = [predicted('p', 0, 0.7), labelled('p', 1, 1), ...passing(15)];
    expect(outcomes([...later, labelled('p', 15, 1)]).at(-1)).toBe('counted twice');
  });

  test('past the horizon is late, whether the prediction has been given up or not; much later nobody knows it', () => {
    const late = labelled('p', 10, 1);
    expect(outcomes([predicted('p', 0, 0.7), late, late])).toEqual([
      'told told',
      'counted late',
      'censored unlabelled',
      'counted late',
    ]);
    const given = [predicted('p', 0, 0.7), ...passing(12)];
    expect(outcomes([...given, labelled('p', 13, 1)]).slice(1)).toEqual([
      'censored unlabelled',
      'counted late',
    ]);
    // It says that it is of an early time, but it came when the prediction had been given up.
    expect(outcomes([...given, labelled('p', 1, 1)]).at(-1)).toBe('counted late');
    const years = 3 * 365 * 24;
    const yearsLater = [labelled('p', years, 1), ...passing(years + 2)];
    expect(outcomes([...given, ...yearsLater]).slice(1)).toEqual([
      'censored unlabelled',
      'counted late',
    ]);
    expect(outcomes([...given, ...passing(years), ...yearsLater]).slice(1)).toEqual([
      'censored unlabelled',
      'counted unknown',
    ]);
  });

  test('that came before its prediction and past its horizon is late, and the prediction goes on waiting', () => {
    const rows = [labelled('p', 10, 1), predicted('p', 0, 0.7), labelled('p', 8, 0)];
    const told = runOf(rows, { horizonMs: 9 * hour }, { latenessMs: 2 * hour });
    expect(told.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'told told',
      'counted late',
      'labelled joined',
    ]);
  });

  test.each([
    ['absent', undefined],
    ['no number', Number.NaN],
    ['infinite', Number.NEGATIVE_INFINITY],
    ['no yes or no', 0.4],
  ])('with a value that is %s is counted, and the prediction goes on waiting', (_, value) => {
    const rows = [predicted('p', 0, 0.7), labelled('p', 1, value), labelled('p', 2, 0)];
    expect(outcomes(rows)).toEqual(['told told', 'counted invalid', 'labelled joined']);
  });

  test('that names no prediction is counted', () => {
    const { decision: _, ...nameless } = labelled('p', 1, 1);
    expect(outcomes([predicted('p', 0, 0.7), nameless])).toEqual(['told told', 'counted invalid']);
  });

  test('by a clock that is behind has no age; by one that is ahead that of its reception', () => {
    const [, behind] = runOf([predicted('p', 5, 0.7), labelled('p', 1, 1)]);
    expect(behind).toMatchObject({ outcome: 'joined', age: 0 });
    const ahead = [predicted('p', 0, 0.7), labelled('p', 900_000, 1)];
    expect(runOf(ahead, {}, { receivedAt: start + 4 * hour })[1]).toMatchObject({ age: 4 });
    // A prediction from the future is one of now: its horizon is no longer than that of others.
    const future = [predicted('p', 900_000, 0.7), ...passing(15)];
    const told = runOf(future, {}, { receivedAt: start + 15 * hour });
    expect(told).toMatchObject([{ at: 15 }]);
  });
});

test('a clock that jumps gives up what is due, in the order in which it is', () => {
  const rows = [
    predicted('a', 2, 0.1),
    predicted('b', 0, 0.2),
    predicted('c', 0, 0.3),
    ...passing(9_000),
  ];
  const given = runOf(rows).slice(3);
  expect(given.map(({ prediction, age }) => [prediction, age])).toEqual([
    [0.2, 10],
    [0.3, 10],
    [0.1, 10],
  ]);
});

describe('when too many wait', () => {
  const many = Array.from({ length: 5 }, (_, i) => predicted(`p${i}`, i / 10, i / 10));

  test('the one whose horizon is nearest is given up, and memory stays bounded', () => {
    const told = runOf([...many, labelled('p0', 1, 1), labelled('p4', 1, 1)], { openMax: 3 });
    expect(told.filter(({ type }) => type !== 'told')).toMatchObject([
      { type: 'censored', outcome: 'evicted', prediction: 0, offset: 3, isInTime: true },
      { type: 'censored', outcome: 'evicted', prediction: 0.1, offset: 4 },
      // The first label is one for nobody, and waits in the place of another prediction.
      { type: 'censored', outcome: 'evicted', prediction: 0.2 },
      { type: 'labelled', outcome: 'joined', prediction: 0.4 },
    ]);
    const tables = createStateTables(new InternDictionary());
    const more = Array.from({ length: 3_000 }, (_, i) => predicted(`p${i}`, i / 1_000, 0.5));
    const operator = operatorOf(tables, { openMax: 100 });
    collect(of(batchOf(more, { dictionary: tables.dictionary, receivedAt })).pipe(operator));
    expect(tables.all.find(({ name }) => name === 'labels-dropout')!.size).toBe(100);
  });

  test('what is only remembered goes first', () => {
    const rows = [predicted('a', 0, 0.1), predicted('b', 0.1, 0.2), labelled('b', 1, 1)];
    const told = outcomes([...rows, predicted('c', 1, 0.3), labelled('b', 1, 1), ...passing(3)], {
      openMax: 2,
    });
    // b is forgotten for c; its second label then takes the place of a, and is for nobody.
    expect(told.slice(2)).toEqual([
      'labelled joined',
      'told told',
      'censored evicted',
      'counted unknown',
    ]);
  });

  test('early labels are given up as unknown', () => {
    const rows = [labelled('a', 0, 1), labelled('b', 0.1, 1), predicted('a', 0.1, 0.5)];
    expect(outcomes(rows, { openMax: 1 })).toEqual([
      'counted unknown',
      'counted unknown',
      'told told',
    ]);
  });
});

test('an erased user is forgotten: what waits is given up, and later labels are for nobody', () => {
  const erase: PlainRow = { type: eraseType, user: 'ada', time: start + 2 * hour };
  const ben = { user: 'ben' };
  const rows = [
    ...[predicted('p', 0, 0.1), predicted('q', 0, 0.2), labelled('q', 1, 1), labelled('r', 1, 1)],
    ...[predicted('p', 0, 0.3, ben), erase, labelled('p', 2, 1), labelled('p', 2, 1, ben)],
    ...passing(4),
  ];
  expect(outcomes(rows).slice(4)).toEqual([
    'censored erased',
    'counted unknown',
    'labelled joined',
    'counted unknown',
  ]);
});

test('spans and room are whole and above 0, and what rows have anyway is not kept', () => {
  const tables = () => createStateTables(new InternDictionary());
  for (const name of ['horizonMs', 'earlyMs', 'rememberedMs', 'openMax']) {
    expect(() => joinLabels(tables(), { ...options, [name]: 0 })).toThrow(new RegExp(`^${name}: `));
  }
  expect(() => joinLabels(tables(), { ...options, keep: ['user'] })).toThrow(/^keep: .*user/);
});

test('a stored state of other fields is refused', () => {
  const versionOf = (more: Partial<JoinLabelsOptions>) => {
    const tables = createStateTables(new InternDictionary());
    joinLabels(tables, { ...options, ...more });
    return tables.all[0]!.version;
  };
  expect(versionOf({ horizonMs: hour })).toBe(versionOf({}));
  expect(versionOf({ keep: ['context.model'] })).not.toBe(versionOf({}));
  expect(versionOf({ kind: 'number' })).not.toBe(versionOf({}));
});

const names = fc.constantFrom('p', 'q', 'r');
const users = fc.constantFrom('ada', 'ben');
const event = fc.record({
  type: fc.constantFrom('prediction', 'prediction', 'label', 'label', 'label', 'viewed', eraseType),
  user: users,
  name: names,
  value: fc.constantFrom(0, 1, 1, 0.25, Number.NaN),
  /** Hours from the event before: mostly on, sometimes back, seldom far. */
  step: fc.constantFrom(0, 0, 0.1, 0.5, 1, -1, -3, 4, 30),
});
const streams = fc.array(event, { maxLength: 60, size: 'max' }).map((events) => {
  let at = 50;
  return events.map(({ type, user, name, value, step }, i): PlainRow => {
    at += step;
    if (type === 'prediction') return predicted(`e${i}`, at, value, { user, decision: name });
    if (type === 'label') return labelled(name, at, value, { user });
    return { type, user, time: start + at * hour };
  });
});
const small = { openMax: 4, rememberedMs: 5 * hour };

test('however it is cut, and wherever it is stopped, the same rows come out', () => {
  const places = fc.uniqueArray(fc.nat(60), { maxLength: 8 });
  fc.assert(
    fc.property(streams, places, places, (rows, cuts, stops) => {
      const all = [...new Set([...cuts, ...stops])].sort((a, b) => a - b);
      const broken = runOf(rows, small, { cuts: all, restarts: stops });
      expect(broken).toEqual(runOf(rows, small));
    }),
    { numRuns: 300 },
  );
});

test('each prediction is told once and ends once, and each label has one outcome', () => {
  const ofLabels = ['joined', 'early', 'twice', 'conflict', 'late', 'unknown'];
  fc.assert(
    fc.property(streams, fc.boolean(), (rows, isSmall) => {
      const told = runOf([...rows, ...passing(9_000)], isSmall ? small : {});
      const countOf = (test: (row: Told) => boolean) => told.filter(test).length;
      const [begun, ended] = [
        countOf(({ type }) => type === 'told'),
        countOf(({ type }) => type === 'labelled' || type === 'censored'),
      ];
      expect(ended).toBe(begun);
      const predictions = rows.filter(({ type }) => type === 'prediction').length;
      const labels = rows.filter(({ type }) => type === 'label').length;
      const invalid = countOf(({ outcome }) => outcome === 'invalid');
      const ofPredictions = ['told', 'repeated', 'outdated'];
      const counted = countOf(({ outcome }) => [...ofLabels, ...ofPredictions].includes(outcome));
      const erased = countOf(({ outcome }) => outcome === 'erased');
      expect(counted + invalid).toBe(predictions + labels);
      expect(erased).toBeLessThanOrEqual(begun);
      expect(told.every(({ isInTime }) => isInTime)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
