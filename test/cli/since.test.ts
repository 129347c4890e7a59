/** Instants as a person says them. */
import { describe, expect, test } from 'vitest';
import { printable } from '../../cli/printable.ts';
import { sinceOf } from '../../cli/since.ts';

const now = Date.UTC(2026, 0, 15, 10);

describe('since', () => {
  test.each([
    ['0s', now],
    ['45s', now - 45_000],
    ['30m', now - 1_800_000],
    ['2h', now - 7_200_000],
    ['7d', now - 604_800_000],
    ['2026-01-01', Date.UTC(2026, 0, 1)],
    ['2026-01-01T08:00:00Z', Date.UTC(2026, 0, 1, 8)],
  ])('%s', (text, time) => {
    expect(sinceOf(text, now)).toBe(time);
  });

  test.each(['', 'yesterday', '2w', '-1h', '1.5h', '2026-13-01', '1900-01-01'])(
    'not %j',
    (text) => {
      expect(() => sinceOf(text, now)).toThrow('expected an age such as 30m');
    },
  );
});

test('text of others does nothing to a terminal', () => {
  expect(printable('a\u001b[2Jb\r\nü\u0085\u202e漢')).toBe(
    'a\\u{1b}[2Jb\\u{d}\\u{a}ü\\u{85}\\u{202e}漢',
  );
});
