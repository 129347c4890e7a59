import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../sinks/notices/retryAfter.ts';

const now = Date.UTC(2026, 10, 6, 8, 49, 0);

// Forms of a date: RFC 9110, 5.6.7.
test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Fri, 06 Nov 2026 08:49:37 GMT', 37_000],
  ['Fri, 06 Nov 2026 08:00:00 GMT', 0],
  ['Friday, 06-Nov-26 08:49:37 GMT', 37_000],
  ['soon', undefined],
  ['1.5', undefined],
  ['-1', undefined],
  ['99999999999999999999', undefined],
  ['2026-11-06', undefined],
  ['', undefined],
  [null, undefined],
])('%s', (header, wait) => {
  expect(retryAfterMs(header, now)).toBe(wait);
});
