/** The book of tests: each is made once, what is found stays for a while, and what is stored goes on as it was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayMs,
  type JudgedLook,
  type Judgement,
  TestBook,
} from '../../../control/insights/testBook.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { normalCdf } from '../../../stats/special/normal.ts';

const subject = 'model:answer';
const kinds = new Set(['fell', 'stale']);
const look = (day: number, hours = 0): JudgedLook => {
  const now = day * dayMs + hours * 3_600_000;
  return { eventTime: now, now, asked: kinds, kinds };
};
const said = (day: number, pValue: number | null, kind = 'fell'): Judgement => {
  return { kind, subject, judgedAt: day * dayMs, pValue };
};

describe('a test', () => {
  test('by the same data is made once, whoever looks how often', () => {
    const book = new TestBook();
    for (let i = 0; i < 50; i += 1) book.judge([said(10, 0.5), said(10, 0.2)], look(10, i / 10));
    expect(book.state.tests).toBe(1);
    book.judge([said(11, 0.5)], look(11));
    expect(book.state.tests).toBe(2);
    // Older data than was seen are no new test.
    book.judge([said(9, 0)], look(11));
    expect(book.found()).toEqual([]);
  });

  test('that is passed finds, and its error is the share at which it just would have', () => {
    const book = new TestBook();
    // The first day has 0.05 · 0.1, for 1.25 tests.
    book.judge([said(10, 0.004)], look(10));
    expect(book.get('fell', subject)).toMatchObject({ isFound: true, foundAt: 10 * dayMs });
    expect(book.get('fell', subject)!.error).toBeCloseTo(0.05, 12);
    const other = new TestBook();
    other.judge([said(10, 0.0041)], look(10));
    expect(other.found()).toEqual([]);
  });
});

describe('what is found', () => {
  const found = () => {
    const book = new TestBook();
    book.judge([said(10, 1e-6)], look(10));
    return book;
  };

  test('stays until two tests in a row are not noticeable; then the next is another', () => {
    const book = found();
    book.judge([said(11, 0.5)], look(11));
    book.judge([said(12, 0.09)], look(12));
    book.judge([said(13, 0.5)], look(13));
    expect(book.found()).toMatchObject([{ foundAt: 10 * dayMs, misses: 1 }]);
    book.judge([said(14, 0.11)], look(14));
    expect(book.found()).toEqual([]);
    book.judge([said(15, 1e-7)], look(15));
    expect(book.found()).toMatchObject([{ foundAt: 15 * dayMs, card: '' }]);
    // Only what began twice was discovered twice.
    expect(book.state.procedure.recent).toEqual([10, 15]);
  });

  test('stays while its rule cannot be asked, and for three days when it cannot be judged', () => {
    const book = found();
    book.judge([], { ...look(30), asked: new Set() });
    expect(book.found()).toHaveLength(1);
    book.judge([], look(12));
    expect(book.found()).toHaveLength(1);
    book.judge([], look(13));
    expect(book.found()).toEqual([]);
  });

  test('is over when there is no such rule any more', () => {
    const book = found();
    book.judge([], { ...look(10, 1), kinds: new Set(['stale']) });
    expect(book.found()).toEqual([]);
  });
});

test('a fact needs no test, and may be away for less than an hour', () => {
  const book = new TestBook();
  const fact = said(10, null, 'stale');
  book.judge([fact], look(10));
  expect(book.found()).toMatchObject([{ kind: 'stale', error: 0 }]);
  expect(book.state.tests).toBe(0);
  book.judge([], look(10, 0.9));
  book.judge([{ ...fact, judgedAt: fact.judgedAt + 1 }], look(10, 0.95));
  book.judge([], look(10, 1.9));
  expect(book.found()).toHaveLength(1);
  book.judge([], look(10, 2));
  expect(book.found()).toEqual([]);
});

test('stored and read again it goes on as it would have', () => {
  const pValue = fc.oneof(
    fc.double({ min: 0, max: 0.2, noNaN: true }),
    fc.double({ min: 0, max: 1e-4, noNaN: true }),
  );
  const days = fc.array(fc.array(pValue, { maxLength: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(days, fc.nat(12), (plan, at) => {
      const run = (book: TestBook, from: number, to: number) => {
        plan.slice(from, to).forEach((values, i) => {
          const day = 10 + from + i;
          const judgements = values.map((value, k) => {
            return { ...said(day, value), subject: `model:${k}` };
          });
          book.judge(judgements, look(day));
        });
        return book;
      };
      const whole = run(new TestBook(), 0, plan.length);
      const half = run(new TestBook(), 0, at);
      const stored = JSON.parse(JSON.stringify(half.unstored()));
      const next = stored === null ? new TestBook() : new TestBook(stored.records, stored.state);
      const read = run(next, at, plan.length);
      expect(read.found()).toEqual(whole.found());
      expect(read.state).toEqual(whole.state);
    }),
  );
});

// The promise of the book itself: 100 quiet engines for a year, 20 tests a day that share 0.8 of their spread with the day before.
test('on quiet engines some 0.2 cards a year are false, and what is found by chance leaves again', () => {
  const random = randomState(21);
  const [engines, subjects, persistence] = [100, 20, 0.8];
  let [begun, left] = [0, 0];
  for (let engine = 0; engine < engines; engine += 1) {
    const book = new TestBook();
    const scores = Array.from({ length: subjects }, () => normal(random));
    const seen = new Set<string>();
    for (let day = 0; day < 360; day += 1) {
      const judgements = scores.map((before, i) => {
        scores[i] = persistence * before + Math.sqrt(1 - persistence ** 2) * normal(random);
        return { ...said(day, normalCdf(-scores[i])), subject: `model:${i}` };
      });
      book.judge(judgements, look(day));
      for (const { subject: of, foundAt } of book.found()) seen.add(`${of} ${foundAt}`);
    }
    expect(book.state.tests).toBe(360 * subjects);
    begun += seen.size;
    left += book.found().length;
  }
  // Four memories, each of 0.05 at most, and what the first days have before anything has faded.
  const most = 5 * 0.05;
  expect(begun / engines).toBeLessThan(most + 4 * Math.sqrt(most / engines));
  expect(begun).toBeGreaterThan(0);
  expect(left).toBeLessThan(begun);
});
