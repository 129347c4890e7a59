/** Which reading is farther from what it should be, by each judgement. */
import { expect, test } from 'vitest';
import type { JudgedReading } from '../../../contracts/alert.ts';
import type { WatchInput } from '../../../contracts/watch.ts';
import { isWorse } from '../../../control/alerts/isWorse.ts';
import { readingOf, watchOf } from './samples.ts';

type Given = Partial<JudgedReading>;
const limit = (direction: 'above' | 'below') => ({ kind: 'limit', direction, limit: 50 }) as const;

test.each<[string, WatchInput['judgement'], Given, Given]>([
  ['a larger score, either way', { kind: 'usual' }, { score: -9 }, { score: 8 }],
  ['without scores what is farther', { kind: 'usual' }, { value: 190 }, { value: 20 }],
  ['what is higher above a limit', limit('above'), { value: 90 }, { value: 60 }],
  ['what is lower below a limit', limit('below'), { value: 10 }, { value: 40 }],
  ['more alarms', { kind: 'alarms' }, { value: 3 }, { value: 2 }],
  ['what is less probable', { kind: 'probability' }, { pValue: 1e-9 }, { pValue: 1e-3 }],
  ['any value rather than none', limit('above'), { value: 51 }, { value: null }],
])('%s', (_, judgement, worse, better) => {
  const watch = watchOf({ judgement });
  const [bad, less] = [worse, better].map((each) => readingOf(0, 100, each));
  expect(isWorse(bad!, less!, watch.judgement)).toBe(true);
  expect(isWorse(less!, bad!, watch.judgement)).toBe(false);
  expect(isWorse(bad!, bad!, watch.judgement)).toBe(false);
});
