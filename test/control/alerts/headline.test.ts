/** Alerts in one sentence, for each kind of source and judgement. */
import { expect, test } from 'vitest';
import type { WatchInput } from '../../../contracts/watch.ts';
import {
  breachHeadline,
  errorHeadline,
  silenceHeadline,
} from '../../../control/alerts/headline.ts';
import { readingOf, watchOf } from './samples.ts';

type Source = WatchInput['source'];
const metric = (
  name: string,
  figure: 'count' | 'mean' | 'p50' | 'p95',
  widthMs = 300_000,
): Source => ({
  ...{ kind: 'metric', metric: name, figure, widthMs },
});
const statistic = (name: string, figure: string): Source => ({ kind: 'statistic', name, figure });

function headline(
  source: Source,
  value: number | null,
  expected: number | null,
  key: string[] = [],
  judgement: WatchInput['judgement'] = { kind: 'usual' },
): string {
  const direction = value === null || expected === null ? null : value < expected ? 'fall' : 'rise';
  const reading = readingOf(0, value, { expected, pValue: null });
  return breachHeadline(watchOf({ source, judgement }), key, direction, reading);
}

test('what is unlike its past says how far, and from what', () => {
  expect(headline(metric('events', 'count'), 12, 310, ['answered'])).toBe(
    'Events of type answered fell to 3.9 % of what is usual (12 instead of 310 in 5 minutes).',
  );
  expect(headline(metric('events', 'count', 3_600_000), 0, 4_812)).toBe(
    'Events fell to 0 % of what is usual (0 instead of 4,812 in an hour).',
  );
  expect(headline(metric('latency_ms', 'mean'), 1_220, 200)).toBe(
    'latency_ms rose to 6.1 times what is usual (1,220 ms instead of 200).',
  );
  expect(headline(metric('response_s', 'p95'), 13, 10, ['algebra'])).toBe(
    'The 95th percentile of response_s of algebra rose to 130 % of what is usual (13 s instead of 10).',
  );
  expect(headline(metric('rating', 'p50'), 3, 4)).toBe(
    'The median of rating fell to 75 % of what is usual (3 instead of 4).',
  );
  expect(headline(metric('rating', 'count', 60_000), 3, 12, ['algebra'])).toBe(
    'Values of rating of algebra fell to 25 % of what is usual (3 instead of 12 in a minute).',
  );
});

test('of what is usually nothing or negative no share is told', () => {
  expect(headline(metric('events', 'count'), 7, 0)).toBe(
    'Events rose to 7 (0 is usual in 5 minutes).',
  );
  expect(headline(metric('drift', 'mean'), -0.5, -3)).toBe('drift rose to −0.5 (−3 is usual).');
  expect(headline(metric('drift', 'mean'), -0.5, 0.25)).toBe('drift fell to −0.5 (0.25 is usual).');
});

test('without an expectation or a value it says what there is', () => {
  expect(headline(metric('rating', 'mean'), 3, null)).toBe('rating is 3.');
  expect(headline(metric('events', 'count'), 3, null)).toBe('Events are 3.');
  expect(headline(metric('rating', 'mean'), null, 4)).toBe('rating has no value.');
});

test('a limit is told with what lies beyond it', () => {
  const below = { kind: 'limit', direction: 'below', limit: 0.5 } as const;
  expect(headline(statistic('labels', 'coverage'), 0.41, null, [], below)).toBe(
    'coverage of labels is 0.41, below 0.5.',
  );
  const above = { kind: 'limit', direction: 'above', limit: 0.001 } as const;
  expect(headline(statistic('errors', 'rate'), 0.0042, null, ['de', 'algebra'], above)).toBe(
    'rate of errors of de, algebra is 0.0042, above 0.001.',
  );
  const slow = { kind: 'limit', direction: 'above', limit: 2_000 } as const;
  expect(headline(metric('latency_ms', 'p95'), 2_400, null, [], slow)).toBe(
    'The 95th percentile of latency_ms is 2,400 ms, above 2,000 ms.',
  );
  expect(headline({ kind: 'finding', name: 'skipped_items' }, 4, null, ['algebra'], above)).toBe(
    'skipped_items of algebra is 4, above 0.001.',
  );
});

test('alarms and findings are told by the name of their watch', () => {
  const told = (source: Source, key: string[]) => {
    const watch = watchOf({ name: 'Ratings drift', source, judgement: { kind: 'alarms' } });
    return breachHeadline(watch, key, 'rise', readingOf(0, 3, { expected: 2, pValue: null }));
  };
  expect(told(statistic('rating', 'alarms'), ['sports', 'partition 0'])).toBe(
    'Ratings drift: sports, partition 0.',
  );
  expect(told(statistic('rating', 'alarms'), [])).toBe('Ratings drift.');
  expect(told({ kind: 'finding', name: 'answering' }, ['ada'])).toBe('Ratings drift: ada.');
});

test('a probability is told as what it is of', () => {
  const probability = { kind: 'probability' } as const;
  expect(headline(statistic('answers', 'p'), 0.000_31, null, ['algebra'], probability)).toBe(
    'answers of algebra changed: if nothing had, the probability of what was seen would be 0.00031.',
  );
});

test('silence says since when, with the day when it was another', () => {
  const since = Date.UTC(2026, 2, 2, 14, 5);
  expect(silenceHeadline(since, since + 3_600_000)).toBe('No reading since 14:05 UTC.');
  expect(silenceHeadline(since, since + 86_400_000)).toBe('No reading since 2026-03-02 14:05 UTC.');
});

test('an error is a sentence, however it was written', () => {
  expect(errorHeadline('there is no metric named rating')).toBe(
    'It cannot be judged: There is no metric named rating.',
  );
});
