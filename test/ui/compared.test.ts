/** What is compared with the range before where lines cannot lie over one another. */
import { expect, test } from 'vitest';
import type { Alert } from '../../contracts/alert.ts';
import { comparedWords } from '../../ui/anomalies/useCompared.ts';
import { daysBefore } from '../../ui/drift/queries.ts';

const dayMs = 86_400_000;

test('alerts are counted beside those before, unless a count is not whole', () => {
  const of = (count: number, more = false) => ({
    alerts: Array.from({ length: count }, () => ({}) as Alert),
    more,
  });
  expect(comparedWords(of(3), of(1))).toMatch(/^3.alerts in this range: 2 more than before \(1\)$/);
  expect(comparedWords(of(1), of(4))).toMatch(/^1.alert in this range: 3 less than before \(4\)$/);
  expect(comparedWords(of(2), of(2))).toMatch(/as before \(2\)$/);
  expect(comparedWords(of(3), of(1, true))).toMatch(/^Not compared/);
  expect(comparedWords(of(3, true), of(1))).toMatch(/^Not compared/);
});

test('days of a drift are compared with as many days before', () => {
  // Shorter ranges show the newest 30 days.
  for (const range of ['24h', '30d'] as const) {
    expect(daysBefore({ range, back: 0 })).toEqual({
      search: { range: '30d', back: 2 },
      shiftMs: 30 * dayMs,
    });
  }
  expect(daysBefore({ range: '7d', back: 1, referenceFrom: dayMs })).toEqual({
    search: { range: '7d', back: 3, referenceFrom: dayMs },
    shiftMs: 7 * dayMs,
  });
  const custom = daysBefore({ range: 'custom', back: 0, from: 9 * dayMs, to: 12 * dayMs });
  expect(custom).toMatchObject({
    search: { from: 6 * dayMs, to: 9 * dayMs },
    shiftMs: 3 * dayMs,
  });
  expect(daysBefore({ range: 'all', back: 0 })).toBeUndefined();
});
