/** Judges that need no past: limits, counts of alarms, findings. */
import { expect, test } from 'vitest';
import type { Judge, Reading, Verdict } from '../../../control/watching/judged.ts';
import { absentFine } from '../../../control/watching/judges/absentFine.ts';
import { alarmsJudge } from '../../../control/watching/judges/alarms.ts';
import { foundJudge } from '../../../control/watching/judges/found.ts';
import { judgeOf } from '../../../control/watching/judges/judgeOf.ts';
import { limitJudge } from '../../../control/watching/judges/limit.ts';
import { limitWatch } from '../../support/watched.ts';

const reading = (value: number | null, count = 10, key: string[] = []): Reading => ({
  ...{ key, start: 0, end: 1, value, count },
});
const verdicts = (judge: Judge, values: readonly (number | null)[], count?: number): Verdict[] =>
  values.map((value, i) => judge.judge(i, [reading(value, count)])[0]!.verdict);

test('a limit is breached beyond, and clear only behind its clear side', () => {
  const above = limitJudge({
    ...{ kind: 'limit', direction: 'above', limit: 50, clear: 40, leastCount: 5 },
  });
  expect(verdicts(above, [50, 50.1, 45, 40, null])).toEqual([
    ...['unclear', 'breach', 'unclear', 'fine', 'unknown'],
  ]);
  expect(verdicts(above, [90], 4)).toEqual(['unknown']);
  expect(above.judge(0, [reading(60)])[0]).toMatchObject({
    ...{ direction: 'rise', reading: { upper: 50, lower: null, score: 0, expected: null } },
  });
  const below = limitJudge({ kind: 'limit', direction: 'below', limit: 5, leastCount: 1 });
  expect(verdicts(below, [5, 4.9])).toEqual(['fine', 'breach']);
  expect(below.judge(0, [reading(4)])[0]).toMatchObject({ direction: 'fall' });
});

test('each further alarm is one; a count that falls is of a detector that has begun anew', () => {
  expect(verdicts(alarmsJudge(), [0, 1, 1, 3, 0, 1, null])).toEqual([
    ...['fine', 'breach', 'fine', 'breach', 'fine', 'breach', 'unknown'],
  ]);
  const judge = alarmsJudge();
  judge.judge(0, [reading(2, 1, ['a'])]);
  const [a, b] = judge.judge(1, [reading(2, 1, ['a']), reading(2, 1, ['b'])]);
  expect([a!.verdict, b!.verdict]).toEqual(['fine', 'breach']);
});

test('a key that is not found any more is well, for as long as it is remembered', () => {
  const judge = absentFine(foundJudge(), 10);
  expect(judge.judge(1, [reading(7, 1, ['ada'])])).toMatchObject([{ verdict: 'breach' }]);
  const later = [2, 11, 12, 13].map((end) => judge.judge(end, []));
  expect(later.map(([each]) => each?.verdict)).toEqual(['fine', 'fine', 'fine', undefined]);
  expect(later[0]![0]!.reading).toMatchObject({ start: 1, end: 2, value: null });
});

test('each kind has its judge, and days of the calendar come to those that know seasons', () => {
  const options = { timeZone: 'Europe/Berlin' };
  const usual = limitWatch({ judgement: { kind: 'usual' } });
  const days = [
    { key: 'may', name: 'May', kind: 'holiday' as const, from: '2026-05-01', to: '2026-05-02' },
  ];
  for (const watch of [usual, limitWatch()]) {
    expect(judgeOf(watch, days, options).judge(300_000, [reading(5)])).toHaveLength(1);
  }
  expect(() => judgeOf(usual, [], { timeZone: 'Nowhere/Land' })).toThrow(RangeError);
});
