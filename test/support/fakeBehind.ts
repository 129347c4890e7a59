/** Events behind whatever number is asked for: two pages of them, of which one is no longer kept. */
import type { BehindAnswer, BehindEvent, Counted } from '../../contracts/eventsBehind.ts';

const total = 75;

function countedOf(query: URLSearchParams, i: number): Counted {
  switch (query.get('of')) {
    case 'experiment':
      return query.get('metric') === null
        ? { as: 'exposure', stage: 1, crossedAt: null }
        : { as: 'outcome', part: 'measure', figure: 1, exposedAt: 0, scoredAt: 1 };
    case 'policy':
      return {
        ...{ as: 'decision', action: query.get('action') ?? 'video', way: 'policy' },
        ...{ probability: 0.5, reward: i % 2, rewardedAt: 1, closed: true },
      };
    case 'column':
      if (query.get('upTo') !== null) return { as: 'value', figure: Number(query.get('upTo')) };
      return { as: 'row', text: query.get('value') || null };
    case 'model':
      return { as: 'prediction', version: '1.4', probability: 0.7, label: i % 2 };
    default:
      return { as: 'value', figure: i % 2 };
  }
}

export function fakeBehind(query: URLSearchParams): BehindAnswer {
  const to = Number(query.get('to') ?? Date.UTC(2026, 0, 15));
  const from = Number(query.get('from') ?? to - 3_600_000);
  const first = Number(query.get('after') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const last = Math.min(first + limit, total);
  const events = Array.from({ length: last - first }, (_, j): BehindEvent => {
    const i = first + j;
    const time = to - 1 - i * 1_000;
    const event = { id: `e${i}`, type: 'answered', time, user: `student-${i % 7}`, value: i % 2 };
    return {
      ...{ partition: 0, offset: 10_000 - i, time, receivedAt: time + 40, type: event.type },
      ...{ user: event.user, item: 'fractions-3', value: event.value },
      raw: JSON.stringify({ ...event, context: { note: '<script>alert(1)</script>' } }),
      counted: countedOf(query, i),
    };
  });
  const sums = { counted: total + 1, kept: total, late: 2 };
  return {
    ...{ pipeline: 'learning', from, to, events, next: last < total ? String(last) : null },
    ...(first === 0 ? sums : { counted: null, kept: null, late: null }),
  };
}
