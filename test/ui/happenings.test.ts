/** What happened on the axes of a page, and what was so in the range before. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeRow, toCsv } from '../../ui/charts/chartTable.ts';
import { withHappened } from '../../ui/charts/timeLayer.ts';
import { withBefore } from '../../ui/charts/withBefore.ts';
import { rangeBefore, windowOf } from '../../ui/data/range.ts';
import { csvText } from '../../ui/format/csv.ts';
import { happenedIn, roundedOut } from '../../ui/happenings/happened.ts';

const happening = (
  kind: 'deployment' | 'calendar' | 'alert' | 'experiment',
  at: number,
  until: number | null = null,
) => ({ at, until, kind, subject: `${kind}-1`, sentence: `${kind} at ${at}` });

describe('what happened', () => {
  const stream = [
    happening('deployment', 300),
    happening('experiment', 200),
    happening('calendar', 20, 120),
    happening('alert', 95),
    happening('alert', 50),
    happening('deployment', 501),
  ];
  const window = { from: 100, to: 500 };

  test('is numbered in its order; shortly before the beginning counts, days do as long as they last', () => {
    const { items, days, counts } = happenedIn(stream, window, []);
    expect(items.map(({ number, at }) => [number, at])).toEqual([
      [1, 95],
      [2, 200],
      [3, 300],
    ]);
    expect(days.map(({ at }) => at)).toEqual([20]);
    expect([...counts]).toEqual([
      ['deployment', 1],
      ['experiment', 1],
      ['alert', 1],
      ['calendar', 1],
    ]);
  });

  test('of hidden kinds is left out, and counted all the same', () => {
    const { items, days, counts } = happenedIn(stream, window, ['alert', 'calendar']);
    expect(items.map(({ number, kind }) => [number, kind])).toEqual([
      [1, 'experiment'],
      [2, 'deployment'],
    ]);
    expect(days).toEqual([]);
    expect(counts.get('alert')).toBe(1);
  });

  test('is told by the page where it knows better, in one order with the rest', () => {
    const own = {
      ...({ kind: 'experiment', subject: 'experiment-1' } as const),
      happenings: [{ at: 250, sentence: 'Stage 2', actor: 'ada' }],
    };
    const { items } = happenedIn(stream, window, [], own);
    expect(items.map(({ sentence }) => sentence)).toEqual([
      ...['alert at 95', 'Stage 2', 'deployment at 300'],
    ]);
  });

  test('is asked for a window that holds what is shown, and stays the same while time goes on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1e12, max: 2e12 }),
        fc.integer({ min: 60_000, max: 1e10 }),
        (from, span) => {
          const asked = roundedOut({ from, to: from + span });
          expect(asked.from).toBeLessThanOrEqual(from - 0.1 * span + 1);
          expect(asked.to).toBeGreaterThan(from + span);
          expect(asked.to - asked.from).toBeLessThan(4 * span + 2_000);
        },
      ),
    );
    const hour = 3_600_000;
    const asked = new Set(
      Array.from({ length: 60 }, (_, second) => {
        const to = 1.7e12 + second * 1_000;
        return JSON.stringify(roundedOut({ from: to - hour, to }));
      }),
    );
    expect(asked.size).toBeLessThanOrEqual(2);
  });
});

const table = {
  columns: [
    { label: 'Time', kind: 'time' },
    { label: 'Mean', kind: 'value' },
    { label: 'Count', kind: 'count' },
  ],
  rows: [
    [0, 1, 10],
    [1_000, 2, 20],
    [2_000, null, 30],
  ],
} as const;

describe('the table of a chart', () => {
  test('says what happened in the step of a row, and nothing where nothing did', () => {
    const layer = {
      items: [
        { at: -100, number: 1, sentence: '=Version 2' },
        { at: 1_500, number: 2, sentence: 'Stage 2' },
        { at: 9_000, number: 3, sentence: 'Later' },
      ],
      days: [{ from: 900, to: 1_800, label: 'Exam' }],
    };
    const told = withHappened(table, layer);
    expect(describeRow(told, 0, 'UTC')).toMatch(/What happened 1 =Version 2$/);
    expect(describeRow(told, 1, 'UTC')).toMatch(/What happened 2 Stage 2 Exam$/);
    expect(describeRow(told, 2, 'UTC')).not.toContain('What happened');
    expect(toCsv(told).split('\r\n')[1]).toBe('1970-01-01T00:00:00.000Z,1,10,1 =Version 2');
    expect(withHappened(table, { items: [], days: [] })).toBe(table);
  });

  test('has the figures of the range before beside its own', () => {
    const before = {
      columns: table.columns,
      rows: [
        [-10_000, 5, 1],
        [-9_000, null, 2],
        [-7_900, 7, 3],
      ],
    };
    const compared = withBefore(table, { table: before, shiftMs: 10_000, columns: [1, 2] });
    expect(compared.columns.slice(3)).toEqual([
      { label: 'Mean, before', kind: 'value', before: 1 },
      { label: 'Count, before', kind: 'count', before: 2 },
    ]);
    expect(compared.rows.map((row) => row.slice(3))).toEqual([
      [5, 1],
      [null, 2],
      [7, 3],
    ]);
    const none = withBefore(table, { table: { ...before, rows: [] }, shiftMs: 1, columns: [1] });
    expect(none.columns).toHaveLength(3);
  });
});

test('the range before is as long and ends where the one that is shown begins', () => {
  const extent = { from: 0, to: 1e12 };
  const view = { back: 3, from: undefined, to: undefined };
  for (const range of ['15m', '1h', '24h', '30d'] as const) {
    const shown = windowOf({ ...view, range }, extent);
    const { search, shiftMs } = rangeBefore({ ...view, range })!;
    expect(windowOf(search, extent)).toEqual({ from: shown.from - shiftMs, to: shown.from });
  }
  const custom = { range: 'custom', back: 0, from: 500, to: 700 } as const;
  expect(rangeBefore(custom)).toMatchObject({ search: { from: 300, to: 500 }, shiftMs: 200 });
  expect(rangeBefore({ ...view, range: 'all' })).toBeUndefined();
});

describe('a cell of a file', () => {
  test('that a spreadsheet would run is kept a text', () => {
    for (const text of ['=1+2', '+cmd|x', '-2+3', '@sum(a)', ' =x', '\t=x', '\r=x']) {
      expect(csvText(text).replace(/^"/, ''), text).toMatch(/^'/);
    }
  });

  test('that is a figure, or a plain text, stays what it is', () => {
    for (const text of ['-3.2', '+1.4', '-3.2 %', '+0.02 pp', '12', 'a-b', 'x@y', '']) {
      expect(csvText(text)).toBe(text);
    }
    expect(csvText('a,"b"\n')).toBe('"a,""b""\n"');
  });

  test('can be read again, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvText(text);
        const plain = cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell;
        expect([text, `'${text}`]).toContain(plain);
      }),
    );
  });
});
