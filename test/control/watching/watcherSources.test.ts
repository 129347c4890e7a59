/** Statistics and findings as sources, what people do meanwhile, and who is told when: on a real ClickHouse. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../contracts/store.ts';
import { Watch } from '../../../contracts/watch.ts';
import { acknowledge } from '../../../control/alerts/answer.ts';
import { readAlertHistory, writeAlerts } from '../../../control/watching/alertRows.ts';
import { explain } from '../../../control/watching/explain.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  definitionsOf,
  emptyTables,
  hour,
  limitWatch,
  minute,
  noon,
  steady,
  watch,
  writeDrift,
  writeFinding,
  writeMinutes,
} from '../../support/watched.ts';

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('watcher');
});
afterAll(() => clickhouse.close());
beforeEach(() => emptyTables(store));

const base = { lane: 'prediction', clearMs: 0, refractoryMs: 0, noDataMs: null };

describe('a statistic of all time', () => {
  const drift = Watch.parse({
    ...{ ...base, key: 'drift', name: 'Drift', judgement: { kind: 'alarms' } },
    source: { kind: 'statistic', name: 'drift', figure: 'alarms' },
  });

  test('alerts at each further alarm, by key and partition, also of those while nobody watched', async () => {
    let now = noon;
    await writeDrift(store, { key: ['algebra'], alarms: 3, receivedAt: now - minute });
    let at = watch(store, { watches: [drift] }, () => now);
    await at.look();
    expect(await at.alerts()).toEqual([]);
    now += 2 * minute;
    await writeDrift(store, { key: ['algebra'], alarms: 4, receivedAt: now - minute });
    await writeDrift(store, { key: ['algebra'], alarms: 0, receivedAt: now, partition: 1 });
    await at.look();
    expect(await at.alerts()).toMatchObject([
      { key: ['algebra', 'partition 0'], state: 'firing', worst: { value: 4, expected: 3 } },
    ]);
    now += 2 * minute;
    await writeDrift(store, { key: ['algebra'], alarms: 4, receivedAt: now });
    await at.look();
    expect(await at.alerts()).toMatchObject([{ state: 'resolved' }]);
    // Nobody watches.
    now += hour;
    await writeDrift(store, { key: ['algebra'], alarms: 1, receivedAt: now, partition: 1 });
    at = watch(store, { watches: [drift] }, () => now);
    await at.look();
    expect((await at.alerts())[0]).toMatchObject({
      ...{ key: ['algebra', 'partition 1'], state: 'firing', since: now },
    });
  });

  test('that has no such figure says so', async () => {
    const odd = Watch.parse({ ...drift, source: { ...drift.source, figure: 'mood' } });
    await writeDrift(store, { key: ['algebra'], alarms: 3, receivedAt: noon });
    const at = watch(store, { watches: [odd] }, () => noon + hour);
    await at.look();
    expect(at.board.get('drift')!.problem).toMatch(/no figure mood; it has count, level, alarms/);
  });
});

test('a statistic by window is read when a later window has begun, or event time has passed', async () => {
  const many = Watch.parse({
    ...{ ...base, key: 'many', name: 'Many' },
    judgement: { kind: 'limit', direction: 'above', limit: 2 },
    source: { kind: 'statistic', name: 'drift', figure: 'alarms' },
  });
  let now = noon;
  const ms = 5 * minute;
  const write = (i: number, alarms: number) =>
    writeDrift(store, {
      ...{ key: ['algebra'], alarms, receivedAt: now },
      window: { start: noon + i * ms, ms },
    });
  await write(0, 9);
  const at = watch(store, { watches: [many] }, () => now);
  await at.look();
  await write(1, 1);
  await at.look();
  const seen = async () => (await at.alerts()).map(({ state, since }) => [state, since - noon]);
  expect(await seen()).toEqual([['firing', 0]]);
  // From now on the pipeline has metrics, which tell the time.
  now = noon + 11 * minute;
  await writeMinutes(store, 'events', steady(noon, now, 1));
  await at.look();
  expect(await seen()).toEqual([['resolved', 0]]);
  await write(2, 5);
  await at.look();
  expect(await seen()).toHaveLength(1);
});

describe('findings', () => {
  const strange = Watch.parse({
    ...{ ...base, key: 'strange', name: 'Strange', judgement: { kind: 'alarms' } },
    source: { kind: 'finding', name: 'answering' },
  });

  test('alert each once, though they come late and out of turn, and are over when nothing is found any more', async () => {
    let now = noon;
    await writeMinutes(store, 'events', steady(noon - 10 * minute, noon, 5));
    await writeFinding(store, 'old', noon - 20 * minute);
    let at = watch(store, { watches: [strange] }, () => now);
    await at.look();
    expect(await at.alerts()).toEqual([]);
    const advance = async (minutes: number) => {
      await writeMinutes(store, 'events', steady(now, now + minutes * minute, 5));
      now += minutes * minute;
    };
    await advance(10);
    await writeFinding(store, 'ada', noon);
    await at.look();
    await writeFinding(store, 'bob', noon - 10 * minute); // of a slower partition
    await at.look();
    const keysOf = async () =>
      (await at.alerts()).map(({ key, state, since }) => [key[0], state, (since - noon) / minute]);
    expect((await keysOf()).sort()).toEqual([
      ['ada', 'firing', -10],
      ['bob', 'firing', -20],
    ]);
    at = watch(store, { watches: [strange] }, () => now);
    await at.look();
    await advance(20);
    await at.look();
    expect((await keysOf()).sort()).toEqual([
      ['ada', 'resolved', -10],
      ['bob', 'resolved', -20],
    ]);
  });

  test('are explained by what the data plane attributes to each figure', async () => {
    const sources = {
      ...{ reader: store, experiments: () => [], policies: () => [], offset: () => 0 },
      ...{ models: () => [], runs: () => [] },
      definitions: { ...definitionsOf({ watches: [] }), watches: noWatches },
    };
    let now = noon;
    const at = watch(store, { watches: [strange] }, () => now, {
      explain: (alert, of) => explain(sources, alert, of),
    });
    await at.look();
    await writeMinutes(store, 'events', steady(noon, noon + 10 * minute, 5));
    await writeFinding(store, 'ada', noon);
    now += 10 * minute;
    await at.look();
    expect((await at.alerts())[0]!.explanation!.contributions).toEqual([
      { name: 'events', value: 90, expected: 9, share: 0.8 },
      { name: 'pause', value: 0, expected: 0, share: 0.2 },
    ]);
  });
});

const noWatches = { all: () => [], get: () => undefined, history: () => undefined };

test('a whole is explained by its segments, by what happened near it, and by those before', async () => {
  const days = [
    { key: 'may', name: 'May Day', kind: 'holiday', from: '2036-03-04', to: '2036-03-04' },
  ];
  const definitions = definitionsOf({ watches: [], days });
  const sources = {
    ...{ reader: store, policies: () => [], runs: () => [], offset: () => 0 },
    models: () => [{ model: 'answer', versions: [], releases: [], served: championsAt(noon) }],
    experiments: () => [
      {
        ...{ key: 'hints', name: 'Hints' },
        changes: [
          { at: noon - hour, change: 'Started' },
          { at: noon - 100 * hour, change: 'Created' },
        ],
      },
    ],
    definitions: { ...definitions, watches: noWatches },
  };
  let now = noon;
  const at = watch(store, { watches: [limitWatch()] }, () => now, {
    explain: (alert, of) => explain(sources, alert, of),
  });
  await writeMinutes(store, 'events', [
    ...steady(noon - hour, noon, 4, 'viewed'),
    ...steady(noon - hour, noon, 4, 'rated'),
  ]);
  await at.look();
  for (const [i, viewed] of [4, 24, 4, 14].entries()) {
    await writeMinutes(store, 'events', [
      ...steady(now, now + 5 * minute, viewed, 'viewed'),
      ...steady(now, now + 5 * minute, 4 - (i % 2), 'rated'),
      { at: now + 5 * minute, count: 0, segment: 'viewed', partition: 1 },
    ]);
    now += 5 * minute;
    await at.look();
  }
  now += minute;
  await at.look();
  const [second, first] = await at.alerts();
  const { contributions, nearby } = first!.explanation!;
  expect(contributions).toEqual([
    { name: 'viewed', value: 120, expected: 20, share: 100 / 95 },
    { name: 'rated', value: 15, expected: 20, share: -5 / 95 },
  ]);
  expect(nearby).toEqual([
    expect.objectContaining({ kind: 'calendar', subject: 'may' }),
    expect.objectContaining({ kind: 'experiment', sentence: 'The experiment “Hints”: started.' }),
    {
      ...{ at: noon - 2 * hour, until: null, kind: 'deployment', subject: 'answer' },
      sentence: 'Version 1.1 of answer became champion again: Better.',
    },
  ]);
  expect(second!.explanation!.similar).toMatchObject([{ id: first!.id, ending: 'recovered' }]);
});

describe('people', () => {
  const given = {
    watches: [limitWatch({ routes: ['staff', 'night'], severity: 'low' })],
    routes: [
      { key: 'staff', name: 'Staff', to: { kind: 'email', to: ['staff@example.org'] } },
      { key: 'night', name: 'Night', least: 'high', to: { kind: 'email', to: ['n@example.org'] } },
    ],
    mutes: [] as unknown[],
  };

  async function fired(change: Partial<typeof given> = {}) {
    let now = noon;
    const at = watch(store, { ...given, ...change }, () => now);
    await at.look();
    const step = async (count: number) => {
      await writeMinutes(store, 'events', [
        ...steady(now, now + 5 * minute, count),
        { at: now + 5 * minute, count: 0, partition: 1 },
      ]);
      now += 5 * minute;
      await at.look();
      now += minute;
      await at.look();
      now -= minute;
    };
    await step(20);
    return { at, step, now: () => now };
  }

  test('are told by the routes of its severity, and hear the end by those', async () => {
    const { at, step } = await fired();
    await step(1);
    const { id } = (await at.alerts())[0]!;
    expect(at.told).toEqual([`firing ${id} staff`, `resolved ${id} staff`]);
  });

  test('hear of an incident once, by its head; those that do not hear of the head, by what they asked for', async () => {
    let now = noon;
    const source = { kind: 'metric', metric: 'rated', figure: 'count' };
    const both = {
      watches: [
        limitWatch({ routes: ['staff'] }),
        limitWatch({ key: 'rated', lane: 'outcome', source, routes: ['staff', 'night'] }),
      ],
      routes: given.routes.map((route) => ({ ...route, least: 'low' })),
    };
    const at = watch(store, both, () => now);
    await at.look();
    const rows = steady(noon, noon + 7 * minute, 20);
    await writeMinutes(store, 'events', rows);
    await writeMinutes(store, 'rated', rows);
    now += 7 * minute;
    await at.look();
    const plain = at.told.map((each) => each.replace(/-\w+/, ''));
    expect(plain.sort()).toEqual(['firing many staff', 'firing rated night']);
  });

  test('who name a route only when it fires are told then', async () => {
    const changing = { ...given, watches: [limitWatch({ routes: [] })] };
    const { at, step } = await fired(changing);
    expect(at.told).toEqual([]);
    changing.watches.splice(0, 1, limitWatch({ routes: ['staff'] }));
    await step(20);
    expect(at.told).toEqual([expect.stringMatching(/^firing many-\w+ staff$/)]);
  });

  test('are not told in a mute window, and when it is over only of what still fires', async () => {
    const when = { kind: 'once', from: noon, to: noon + 14 * minute };
    const mutes = [{ key: 'quiet', name: 'Quiet', when }];
    const { at, step } = await fired({ mutes });
    expect(await at.alerts()).toMatchObject([{ state: 'firing', mutedBy: 'quiet' }]);
    expect(at.told).toEqual([]);
    await step(20);
    await step(20);
    expect(await at.alerts()).toMatchObject([{ state: 'firing', mutedBy: null }]);
    expect(at.told).toEqual([expect.stringMatching(/^firing many-\w+ staff$/)]);
  });

  test('who answer at the moment at which it changes are not overwritten', async () => {
    const { at, step, now } = await fired();
    const [alert] = await at.alerts();
    const taken = acknowledge(alert!, 'ada', 'mine', now());
    if (taken.outcome !== 'answered') throw new Error(taken.outcome);
    // From the revision before the one that the next reading makes.
    await step(30);
    await writeAlerts(store, [
      { alert: taken.alert, actor: 'ada', sentence: 'ada takes care of it.', reason: 'mine' },
    ]);
    await step(1);
    expect(await at.alerts()).toMatchObject([
      { state: 'resolved', owner: 'ada', note: 'mine', worst: { value: 150 } },
    ]);
    const history = await readAlertHistory(store, alert!.id);
    expect(history.map(({ actor }) => actor)).toEqual(['engine', 'ada', 'engine']);
  });

  test('who remove a watch end its alerts', async () => {
    const changing = { ...given, watches: [...given.watches] };
    let now = noon;
    const at = watch(store, changing, () => now);
    await at.look();
    await writeMinutes(store, 'events', steady(noon, noon + 7 * minute, 20));
    now += 7 * minute;
    await at.look();
    changing.watches = [];
    await at.look();
    expect(await at.alerts()).toMatchObject([{ state: 'resolved', ending: 'closed' }]);
    expect(at.told.map((each) => each.split(' ')[0])).toEqual(['firing', 'resolved']);
  });
});

/** The online learner, and two hours before a time another; two days before that nobody asks for. */
function championsAt(noon: number) {
  return [-50, -49, -48, -2].map((hours, i) => {
    const version = i % 2 === 0 ? '1' : '1.1';
    const champion = { version, sha256: i % 2 === 0 ? null : 'a'.repeat(64), width: 3 };
    const serving = { champion, release: null, shadows: [] };
    return { serving, at: noon + hours * hour, by: { actor: 'ada', reason: 'better' } };
  });
}
