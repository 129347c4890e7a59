/** Definitions of what is watched: made, changed, removed and put back, and what is refused. */
import { expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { defaultWatches } from '../../../control/watching/defaultWatches.ts';
import { adoptWatches, createWatchBook } from '../../../control/watching/watchBook.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';
import { limitWatch } from '../../support/watched.ts';

/** Definitions in memory; metrics have windows of a minute. */
function bookOf(definitions = memoryDefinitions()) {
  const store: Store = {
    ...definitions,
    query: async <Row>(sql: string, parameters?: Readonly<Record<string, unknown>>) => {
      if (sql.includes('experiment_definitions')) return definitions.query<Row>(sql, parameters);
      return parameters?.['name'] === 'events' ? ([{ windowMs: 60_000 }] as Row[]) : [];
    },
  };
  const book = createWatchBook({ store, say: () => {}, clock: () => 1_000, pollMs: 1_000_000 });
  return { book, definitions };
}

const by = { actor: 'ada', reason: 'a try' };
const route = {
  ...{ key: 'desk', name: 'Desk', to: { kind: 'email', to: ['desk@example.org'] } },
};

test('a definition is made, changed from the revision that was seen, removed and put back', async () => {
  const { book } = bookOf();
  const { routes } = book;
  expect(await routes.put('desk', route, 0, by)).toMatchObject({ outcome: 'created' });
  expect(await routes.put('desk', route, 0, by)).toEqual({ outcome: 'exists' });
  const named = { ...route, name: 'Service desk' };
  expect(await routes.put('desk', named, 1, by)).toMatchObject({
    ...{ outcome: 'changed', defined: { revision: 2, actor: 'ada', reason: 'a try', at: 1_000 } },
  });
  expect(await routes.put('desk', route, 1, by)).toEqual({ outcome: 'stale', revision: 2 });
  expect(await routes.put('else', { ...route, key: 'else' }, 3, by)).toEqual({
    outcome: 'unknown',
  });
  expect(await routes.remove('desk', 1, by)).toEqual({ outcome: 'stale', revision: 2 });
  expect(await routes.remove('desk', 2, by)).toEqual({ outcome: 'removed', revision: 3 });
  expect([routes.all(), routes.get('desk')]).toEqual([[], undefined]);
  const history = routes.history('desk')!;
  expect(history.map(({ revision, definition }) => [revision, definition?.name])).toEqual([
    [3, undefined],
    [2, 'Service desk'],
    [1, 'Desk'],
  ]);
  expect(await routes.put('desk', history[2]!.definition, 0, by)).toMatchObject({
    ...{ outcome: 'created', defined: { revision: 4, definition: { name: 'Desk' } } },
  });
});

test('another process sees the same', async () => {
  const { book, definitions } = bookOf();
  await book.routes.put('desk', route, 0, by);
  const { book: other } = bookOf(definitions);
  expect(other.routes.all()).toEqual([]);
  await other.refresh();
  expect(other.routes.all()).toEqual(book.routes.all());
  expect(other.watches.all()).toEqual([]);
});

test.each([
  [{ routes: ['desk', 'nobody'] }, 'routes.1', /no route nobody/],
  [
    { judgement: { kind: 'limit', direction: 'above', limit: 5, clear: 6 } },
    'judgement.clear',
    /at most the limit, 5/,
  ],
  [
    { judgement: { kind: 'limit', direction: 'below', limit: 5, clear: 4 } },
    'judgement.clear',
    /at least the limit, 5/,
  ],
  [{ judgement: { kind: 'alarms' } }, 'judgement.kind', /counts no alarms/],
  [{ judgement: { kind: 'probability' } }, 'judgement.kind', /no probability/],
  [
    { source: { kind: 'metric', metric: 'events', figure: 'count', widthMs: 90_000 } },
    'source.widthMs',
    /60 s long/,
  ],
  [{ source: { kind: 'metric', metric: 'refused_share', figure: 'p95' } }, 'source.figure', /mean/],
])('a watch that cannot be so is refused: %#', async (change, field, reason) => {
  const { book } = bookOf();
  await book.routes.put('desk', route, 0, by);
  const written = await book.watches.put('many', limitWatch(change), 0, by);
  if (written.outcome !== 'refused') throw new Error(written.outcome);
  const [problem, ...others] = written.problems.filter(({ severity }) => severity === 'problem');
  expect([problem!.field, others]).toEqual([field, []]);
  expect(problem!.sentence).toMatch(reason);
});

test('what is odd is a remark: no route, a metric that is not there yet', async () => {
  const { book } = bookOf();
  const source = { kind: 'metric', metric: 'later', figure: 'count' };
  const written = await book.watches.put('many', limitWatch({ source }), 0, by);
  expect(written).toMatchObject({
    outcome: 'created',
    problems: [
      { severity: 'remark', field: 'routes' },
      { severity: 'remark', field: 'source.metric' },
    ],
  });
});

test.each([
  ['another key', { ...route, key: 'other' }],
  ['no URL', { ...route, to: { kind: 'webhook', url: 'nowhere' } }],
  ['nothing', undefined],
])('what is no definition is malformed: %s', async (_name, definition) => {
  const { book } = bookOf();
  expect(await book.routes.put('desk', definition, 0, by)).toMatchObject({ outcome: 'malformed' });
});

test('days and windows that end before they begin are refused', async () => {
  const { book } = bookOf();
  const days = { key: 'exams', name: 'Exams', kind: 'exams', from: '2026-02-03', to: '2026-02-02' };
  expect(await book.days.put('exams', days, 0, by)).toMatchObject({ outcome: 'refused' });
  const mute = { key: 'once', name: 'Once', when: { kind: 'once', from: 5, to: 5 } };
  expect(await book.mutes.put('once', mute, 0, by)).toMatchObject({ outcome: 'refused' });
});

test('there are 500 watches at most', async () => {
  const { book } = bookOf();
  for (let i = 0; i < 500; i += 1) await book.watches.adopt(limitWatch({ key: `w-${i}` }), by);
  expect(await book.watches.put('one-more', limitWatch({ key: 'one-more' }), 0, by)).toMatchObject({
    ...{ outcome: 'refused', problems: [{ field: 'key' }, { field: 'routes' }] },
  });
});

test('what is watched by default is sound, and is neither overwritten nor brought back', async () => {
  const { book } = bookOf();
  expect(await adoptWatches(book, defaultWatches)).toBe(defaultWatches.length);
  for (const watch of defaultWatches) {
    const { problems } = await book.watches.check(watch);
    expect(problems.filter(({ severity }) => severity === 'problem')).toEqual([]);
  }
  const [first, second] = defaultWatches;
  await book.watches.put(first!.key, { ...first, name: 'Mine' }, 1, by);
  await book.watches.remove(second!.key, 1, by);
  expect(await adoptWatches(book, defaultWatches)).toBe(0);
  expect(book.watches.get(first!.key)!.definition.name).toBe('Mine');
  expect(book.watches.get(second!.key)).toBeUndefined();
});
