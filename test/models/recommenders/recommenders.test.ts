/** What holds for every recommender that is registered, and what each promises. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Learner } from '../../../contracts/learner.ts';
import { matrixFactorization } from '../../../models/factors/matrixFactorization.ts';
import type { RecommenderOptions } from '../../../models/recommenders/recommender.ts';
import { recommenders } from '../../../models/recommenders/registry.ts';
import { parametersOf } from '../../../models/spec.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { prequential } from '../../../stats/prequential.ts';
import { below, randomState, uniform } from '../../../stats/random.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';

const names = [...recommenders.keys()];
const columns = { strings: ['context.topic', 'context.course'] };

function open(name: string, options?: RecommenderOptions) {
  const tables = createStateTables(new InternDictionary());
  return { tables, learner: recommenders.get(name)!.create(tables, options) };
}
type Opened = ReturnType<typeof open>;

/** Predicts and learns each row; returns the predictions. */
function run({ tables, learner }: Opened, rows: readonly PlainRow[]): number[] {
  const batch = batchOf(rows, { dictionary: tables.dictionary, columns });
  return rows.map(({ value }, row) => {
    const predicted = learner.predict(batch, row);
    learner.learn(batch, row, Number(value));
    return predicted;
  });
}

/** What has changed since it was drained last, as text. */
function drained({
  tables,
}: Opened): Map<string, { key: Uint8Array; value: Uint8Array | undefined }> {
  const entries = new Map<string, { key: Uint8Array; value: Uint8Array | undefined }>();
  for (const table of tables.all) {
    table.drain((bytes, keyEnd, end, deleted) => {
      const key = bytes.slice(0, keyEnd);
      const value = deleted ? undefined : bytes.slice(keyEnd, end);
      entries.set(`${table.name} ${Buffer.from(key).toString('hex')}`, { key, value });
    });
  }
  return entries;
}

function restored(entries: ReturnType<typeof drained>, fresh: Opened): Opened {
  for (const table of fresh.tables.all) {
    for (const [name, { key, value }] of entries) {
      if (name.startsWith(`${table.name} `) && value !== undefined) table.restore(key, value);
    }
    table.restored();
  }
  return fresh;
}

const outcome = fc.record({
  user: fc.constantFrom('ada', 'bob', 'cy', 'dee', 'eve'),
  item: fc.constantFrom('x', 'y', 'z', 'u', 'v', 'w'),
  value: fc.constantFrom(0, 1),
  time: fc.integer({ min: 0, max: 10_000_000 }),
  context: fc.constantFrom({}, { topic: 'sports' }, { topic: 'arts' }),
});
const outcomes = fc.array(outcome, { maxLength: 30 });
const row: PlainRow = { time: 1, user: 'ada', item: 'x', value: 1 };

describe.each(names)('%s', (name) => {
  const small: RecommenderOptions = {
    name: 'small',
    columns: name === 'factorization-machine' ? { attribute: 'context.topic' } : {},
    parameters: Object.fromEntries(
      Object.entries({ usersMax: 3, itemsMax: 4, neighboursMax: 2, bits: 8 }).filter(([key]) =>
        Object.hasOwn(recommenders.get(name)!.parameters, key),
      ),
    ),
  };

  test('goes on from a copy of its state, whole or after rows had to go, as if nothing had been', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (before, after) => {
        const original = open(name, small);
        run(original, before);
        const copy = restored(drained(original), open(name, small));
        expect(run(copy, after)).toEqual(run(original, after));
        // Changed entries of both: what was deleted before the copy cannot be deleted again.
        const left = (opened: Opened) =>
          [...drained(opened)].filter(([, { value }]) => value !== undefined).sort();
        expect(left(copy)).toEqual(left(original));
      }),
      { numRuns: 50 },
    );
  });

  test('keeps no more rows than its bounds say', () => {
    const opened = open(name, small);
    const rows = Array.from({ length: 200 }, (_, i) => ({
      ...{ time: i, user: `u${i % 17}`, item: `i${i % 23}`, value: i % 3 === 0 ? 0 : 1 },
    }));
    run(opened, rows);
    const bounds: Record<string, number> = { users: 3, items: 4 };
    for (const { name: table, size } of opened.tables.all) {
      expect(size).toBeGreaterThan(0);
      const bound = bounds[table.replace('small-', '')];
      if (bound !== undefined) expect(size).toBe(bound);
    }
  });

  test('predicts inside (0, 1), and changes nothing by predicting', () => {
    const opened = open(name);
    run(opened, [row, { ...row, user: 'bob' }, { ...row, item: 'y', value: 0 }]);
    drained(opened);
    const batch = batchOf([{ ...row, user: 'new' }, { ...row, item: 'new' }, row], {
      dictionary: opened.tables.dictionary,
    });
    for (let i = 0; i < batch.length; i += 1) {
      const predicted = opened.learner.predict(batch, i);
      expect(predicted).toBeGreaterThan(0);
      expect(predicted).toBeLessThan(1);
      expect(opened.learner.predict(batch, i)).toBe(predicted);
    }
    expect(drained(opened).size).toBe(0);
  });

  test('refuses rows and labels that are none, and learning without a prediction', () => {
    const { learner, tables } = open(name);
    const { dictionary } = tables;
    const batch = batchOf([row, { time: 1, user: 'ada', value: 1 }], { dictionary });
    expect(() => learner.predict(batch, 1)).toThrow('item: expected a text, got none');
    expect(() => learner.learn(batch, 0, 1)).toThrow('row: expected -1, the last predicted');
    learner.predict(batch, 0);
    expect(() => learner.learn(batch, 0, 0.5)).toThrow('label: expected 0 or 1, got 0.5');
    expect(() => learner.learn(batch, 1, 1)).toThrow('row: expected 0, the last predicted, got 1');
    expect(() => open(name, { columns: { teacher: 'user' } })).toThrow(
      /columns: expected roles of/,
    );
    expect(() => open(name, { parameters: { speed: 1 } })).toThrow(/speed: expected one of/);
    expect(() =>
      open(name, { columns: { item: 'context.topic' } }).learner.predict(batch, 0),
    ).toThrow('column context.topic is not among');
  });

  test('has other tables and another version for other columns and parameters', () => {
    const { parameters } = recommenders.get(name)!;
    expect(() => parametersOf(parameters)).not.toThrow();
    const usual = open(name);
    const [first] = Object.entries(parameters);
    const other = [
      open(name, { columns: { item: 'context.topic' } }),
      open(name, { parameters: { [first![0]]: first![1].default * 2 } }),
    ];
    const told = [usual, ...other].map(({ learner }) => learner.version);
    expect(new Set(told).size).toBe(3);
    expect(told[0]).toBe('1');
    for (const { tables } of other) {
      expect(tables.all[0]!.version).not.toBe(usual.tables.all[0]!.version);
    }
    // Said again, a default is no choice.
    const same = open(name, { parameters: { [first![0]]: first![1].default } });
    expect(same.learner.version).toBe('1');
  });
});

describe('golden', () => {
  const rows: PlainRow[] = (
    [
      ['ada', 'x', 0, 1],
      ['bob', 'x', 500, 1],
      ['ada', 'y', 1_000, 0],
      ['bob', 'y', 1_500, 1],
      ['ada', 'x', 2_500, 0],
      ['cy', 'x', 3_000, 1],
      ['ada', 'y', 3_000, 1],
      ['cy', 'y', 4_000, 0],
    ] as const
  ).map(([user, item, time, value]) => ({ user, item, time, value }));

  // Golden: a list of all uses, summed anew for each row, and FTRL-Proximal as its paper has it, in Python.
  test.each([
    [
      'popularity',
      { halfLifeMs: 1_000 },
      [
        0.5, 0.5083325618141193, 0.5155534491378254, 0.5086665136005903, 0.5166544558142201,
        0.5091876740629799, 0.5154876436908805, 0.5229611408859353,
      ],
    ],
    [
      'similar-items',
      {},
      [
        0.5, 0.5083325618141193, 0.5155534491378254, 0.5086665136005903, 0.5148063471498042,
        0.5087511359633821, 0.514263091442788, 0.5250313003878863,
      ],
    ],
  ])('%s agrees with counts of all uses', (name, parameters, expected) => {
    const predicted = run(open(name, { parameters: parameters as Record<string, number> }), rows);
    for (const [i, each] of predicted.entries()) expect(each).toBeCloseTo(expected[i]!, 12);
  });

  test('matrix factorization is that of `models/factors`, whose golden values are its own', () => {
    const tables = createStateTables(new InternDictionary());
    const model = matrixFactorization(tables, 'plain', 'logistic');
    const expected = rows.map(({ user, item, time, value }) => {
      const code = (text: string) => tables.dictionary.internText(text);
      const predicted = model.predict(code(user!), code(item!), time);
      model.learn(Number(value));
      return predicted;
    });
    expect(run(open('matrix-factorization'), rows)).toEqual(expected);
  });
});

/** Users of four kinds take items of their kind; a tenth of the items is popular with everybody, and each is offered anew after a while. */
function offers(count: number): PlainRow[] {
  const random = randomState(7);
  return Array.from({ length: count }, (_, i) => {
    const user = below(random, 80);
    // New items come all the time: only their topic tells of them.
    const item = below(random, 60) + 4 * Math.floor(i / 400);
    const isPopular = item % 10 === 0;
    const probability = isPopular ? 0.8 : user % 4 === item % 4 ? 0.7 : 0.1;
    return {
      ...{ time: i * 1_000, user: `u${user}`, item: `i${item}` },
      value: uniform(random) < probability ? 1 : 0,
      context: { topic: `t${item % 4}` },
    };
  });
}

// The promise: what each looks at helps, on rows that it has not seen.
test('tell what is taken from what is not, the better the more they look at', () => {
  const rows = offers(12_000);
  const half = rows.length / 2;
  const qualityOf = (opened: { learner: Learner; tables: Opened['tables'] }) => {
    const state = prequential.initial();
    run(opened, rows).forEach((probability, i) => {
      if (i >= half) prequential.step(state, { probability, label: Number(rows[i]!.value) });
    });
    return prequential.read(state);
  };
  const popular = qualityOf(open('popularity'));
  const similar = qualityOf(open('similar-items'));
  const factors = qualityOf(open('matrix-factorization'));
  const machine = qualityOf(
    open('factorization-machine', { columns: { attribute: 'context.topic' } }),
  );
  expect(popular.auc).toBeGreaterThan(0.55);
  expect(similar.auc).toBeGreaterThan(popular.auc + 0.03);
  expect(factors.auc).toBeGreaterThan(similar.auc + 0.1);
  expect(machine.auc).toBeGreaterThan(factors.auc + 0.01);
  for (const { calibrationError } of [popular, similar, factors, machine]) {
    expect(calibrationError).toBeLessThan(0.1);
  }
});
