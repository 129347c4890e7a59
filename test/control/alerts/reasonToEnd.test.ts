/** What ends the alerts of a watch whose definition changes. */
import { expect, test } from 'vitest';
import type { WatchInput } from '../../../contracts/watch.ts';
import { reasonToEnd } from '../../../control/alerts/reasonToEnd.ts';
import { hour, watchOf } from './samples.ts';

test.each<[string, Partial<WatchInput>, string | undefined]>([
  ['words and spans', { name: 'Other', pendingMs: hour, severity: 'high' }, undefined],
  ['turned off', { isActive: false }, 'The watch was turned off.'],
  [
    'of something else',
    { source: { kind: 'finding', name: 'gaps' } },
    'The watch looks at something else now.',
  ],
  ['judged otherwise', { judgement: { kind: 'alarms' } }, 'The watch judges otherwise now.'],
])('%s', (_, changes, expected) => {
  expect(reasonToEnd(watchOf(), watchOf(changes))).toBe(expected);
});

test('taken away', () => {
  expect(reasonToEnd(watchOf(), null)).toBe('The watch was taken away.');
});
