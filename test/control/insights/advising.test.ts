/** Looks at the store: what is found, what fails, and that a process may end at any step of its storing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InsightPromise } from '../../../contracts/insight.ts';
import type { Store } from '../../../contracts/store.ts';
import { answerCard } from '../../../control/insights/cardActs.ts';
import {
  readCard,
  readCardHistory,
  readCards,
  readKindCounts,
  writeCards,
} from '../../../control/insights/cardRows.ts';
import { readEventTime } from '../../../control/insights/gather/activity.ts';
import type { InsightKind } from '../../../control/insights/insightKind.ts';
import { readTested, readTests } from '../../../control/insights/testRows.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { advise, day, kindOf, plain, start, subject, writeEvent } from '../../support/insights.ts';
import { emptyTables, writeMinutes } from '../../support/watched.ts';

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('advising');
}, 60_000);
afterAll(() => clickhouse.close());
const tables = ['events', 'metrics', 'insights', 'insight_tests'];
beforeEach(() => emptyTables(store, tables));

let now = start;
const clock = () => now;
const go = async (to: number) => {
  now = to;
  await writeEvent(store, to);
};

test('nothing is looked at before there is data; event time is bounded by the clock', async () => {
  now = start;
  const { advising, board } = advise(store, [kindOf('fell', () => [])], clock);
  await advising.look();
  expect(board.looked).toMatchObject({ at: null, tests: 0, kinds: 1, falseShare: 0.05 });
  await writeEvent(store, start + day);
  expect(await readEventTime(store, 0, start)).toBe(start);
  expect(await readEventTime(store, 0, start + 2 * day)).toBe(start + day);
  await advising.look();
  expect(board.looked).toMatchObject({ at: start, tests: 0 });
});

test('what is tested is tested once, also by who comes next; its card is updated in place', async () => {
  const fell = kindOf('fell', ({ eventTime }) => [
    { judgedAt: Math.floor(eventTime / day) * day, pValue: 1e-9 },
    { subject: subject('hint'), judgedAt: Math.floor(eventTime / day) * day, pValue: 0.5 },
  ]);
  await go(start);
  const first = advise(store, [fell], clock);
  for (let i = 0; i < 3; i += 1) await first.advising.look();
  const [card] = await readCards(store);
  expect(card).toMatchObject({ state: 'live', revision: 1, finding: { pValue: 1e-9 } });
  expect(await readTested(store)).toMatchObject({ tests: 2 });
  await go(start + 1_000);
  const next = advise(store, [fell], clock);
  await next.advising.look();
  expect(await readCards(store)).toEqual([card]);
  expect(next.board.looked).toMatchObject({ tests: 2, failing: [] });
  await go(start + day);
  await next.advising.look();
  expect(await readCards(store)).toMatchObject([{ id: card!.id, revision: 2 }]);
  expect(await readTested(store)).toMatchObject({ tests: 4 });
  expect((await readCardHistory(store, card!.id)).map(({ sentence }) => sentence)).toEqual([
    'Found. The model answer errs more.',
  ]);
});

test('a rule that fails is told, and neither stops the others nor ends what it has found', async () => {
  let fails = false;
  const fell = kindOf('fell', ({ now: at }) => {
    if (fails) throw new Error('nothing to divide by');
    return [{ judgedAt: at, pValue: null }];
  });
  const stale = kindOf('stale', ({ now: at }) => [
    { judgedAt: at, pValue: null, subject: subject('hint') },
  ]);
  const broken: InsightKind[] = [
    kindOf('no-figure', ({ now: at }) => [
      { judgedAt: at, pValue: null, told: { reach: { share: Number.NaN, users: null } } },
    ]),
    kindOf('no-time', () => [{ judgedAt: Number.NaN, pValue: null }]),
    kindOf('no-p', ({ now: at }) => [{ judgedAt: at, pValue: -1 }]),
  ];
  await go(start);
  const { advising, board, said } = advise(store, [fell, ...broken, stale], clock);
  await advising.look();
  fails = true;
  await go(start + day);
  await advising.look();
  const cards = await readCards(store);
  expect(cards.map(({ state, finding: { kind } }) => [kind, state]).sort()).toEqual([
    ['fell', 'live'],
    ['stale', 'live'],
  ]);
  expect(board.looked!.failing.map(({ kind }) => kind)).toEqual([
    ...['fell', 'no-time', 'no-p', 'no-figure'],
  ]);
  // Each once, not at each look.
  expect(said).toHaveLength(4);
  expect(said).toContain('The rule fell cannot be asked: Nothing to divide by.');
});

test('what people say is taken from the store, and counted by kind', async () => {
  const fell = kindOf('fell', ({ now: at }) => [{ judgedAt: at, pValue: null }]);
  await go(start);
  const { advising } = advise(store, [fell], clock);
  await advising.look();
  const [made] = await readCards(store);
  const act = { actor: 'ada', answer: 'useful' as const, note: 'thanks' };
  const voted = answerCard(made!, act, now);
  if ('problem' in voted) throw new Error(voted.problem);
  await writeCards(store, [
    { card: voted, actor: 'ada', sentence: 'ada finds it useful.', note: 'thanks' },
  ]);
  await go(start + 2 * 3_600_000);
  await advising.look();
  const after = await readCard(store, made!.id);
  expect(after).toMatchObject({ revision: 3, answers: [{ actor: 'ada' }] });
  expect(after!.parts.usefulness).toBeCloseTo(0.5 + 5 / 9, 12);
  expect((await readKindCounts(store)).get('fell')).toEqual({
    ...{ shown: 1, useful: 1, notUseful: 0, accepted: 0, kept: 0 },
  });
});

test('an accepted card is judged when its horizon has passed, by what was measured', async () => {
  let isFound = true;
  const promise: InsightPromise = {
    measure: { kind: 'metric', pipeline: 'learning', metric: 'score', segment: null },
    ...{ unit: 'number' as const, better: -1 as const, low: null, high: -1 },
    ...{ horizonMs: 3 * day, sentence: '' },
  };
  const fell = kindOf('fell', ({ now: at }) =>
    isFound ? [{ judgedAt: at, pValue: null, told: { promise } }] : [],
  );
  await go(start);
  const world = advise(store, [fell], clock, { changes: async () => [start + day] });
  await world.advising.look();
  const [made] = await readCards(store);
  const accepted = {
    ...{ actor: 'ada', at: start, eventTime: start, reason: '', kind: 'fell', label: 'Do it' },
    promise,
  };
  const card = { ...made!, state: 'accepted' as const, accepted, revision: 2, changedAt: now };
  await writeCards(store, [{ card, actor: 'ada', sentence: 'ada does it.', note: '' }]);
  for (let i = -3; i < 3; i += 1) {
    const value = (i < 0 ? 10 : 8) + 0.1 * (i % 2);
    await writeMinutes(store, 'score', [{ at: start + i * day + 1_000, count: 10, value }]);
  }
  isFound = false;
  await go(start + 3 * day - 1);
  await world.advising.look();
  expect(await readCard(store, made!.id)).toMatchObject({ revision: 2, outcome: null });
  await go(start + 3 * day);
  // Another process comes, and judges.
  await advise(store, [fell], clock, { changes: async () => [start + day] }).advising.look();
  const judged = await readCard(store, made!.id);
  expect(judged).toMatchObject({ state: 'accepted', revision: 3, outcome: { verdict: 'kept' } });
  expect(judged!.outcome!.sentence).toMatch(
    /^Accepted 3 Mar: score −1.9 .*1 other change meanwhile\.$/,
  );
  await world.advising.look();
  expect(await readCard(store, made!.id)).toMatchObject({ revision: 3 });
  expect((await readKindCounts(store)).get('fell')).toMatchObject({ accepted: 1, kept: 1 });
});

class Killed extends Error {}

/** A store whose process ends at the n-th insert, before or behind it. */
function mortal(step: number, isDone: boolean) {
  let steps = 0;
  let isDead = false;
  const insert: Store['insert'] = async (table, rows) => {
    if (isDead) throw new Killed('it is dead');
    const isLast = steps === step;
    steps += 1;
    if (!isLast || isDone) await store.insert(table, rows);
    if (!isLast) return;
    isDead = true;
    throw new Killed(`at step ${step}`);
  };
  const failing: Store = {
    ...store,
    query: (sql, parameters, signal) => store.query(sql, parameters, signal),
    insert,
  };
  return { failing, count: () => steps };
}

describe('a process that ends', () => {
  /** Found, joined, not found any more; each day a test of two subjects, and a fact on some. */
  const kinds = [
    kindOf('fell', ({ eventTime }) => {
      const d = Math.round((eventTime - start) / day);
      return [
        { judgedAt: eventTime, pValue: d < 3 ? 1e-9 : 0.5 },
        { judgedAt: eventTime, pValue: d === 1 ? 1e-9 : 0.2, subject: subject('hint') },
      ];
    }),
    kindOf('stale', ({ eventTime }) =>
      eventTime >= start + 2 * day ? [{ judgedAt: eventTime, pValue: null }] : [],
    ),
  ];

  async function live(step = Number.POSITIVE_INFINITY, isDone = false) {
    await emptyTables(store, tables);
    let place = mortal(step, isDone);
    let at = advise(place.failing, kinds, clock);
    let deaths = 0;
    for (let d = 0; d < 5; d += 1) {
      await go(start + d * day);
      try {
        await at.advising.look();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        deaths += 1;
        place = mortal(Number.POSITIVE_INFINITY, false);
        at = advise(place.failing, kinds, clock);
        await at.advising.look();
      }
    }
    const { book } = await readTests(store);
    return {
      ...{ steps: place.count(), deaths },
      outcome: {
        cards: (await readCards(store)).map(plain).sort((a, b) => (a.id < b.id ? -1 : 1)),
        found: book.found(),
        state: book.state,
      },
    };
  }

  test('at any step counts no test twice and loses no card', async () => {
    const { steps, outcome } = await live();
    expect(outcome.state.tests).toBe(10);
    expect(outcome.cards.map(({ of, state }) => [of, state]).sort()).toEqual([
      ['answer', 'live'],
      ['hint', 'over'],
    ]);
    // Where its fact joins, the leading one is over.
    expect(outcome.cards.find(({ of }) => of === 'answer')).toMatchObject({ kind: 'stale' });
    expect(steps).toBeGreaterThan(8);
    // Behind a step is before the next.
    const faults = Array.from({ length: steps }, (_, step) => ({ step, isDone: false }));
    for (const { step, isDone } of [...faults, { step: steps - 1, isDone: true }]) {
      const killed = await live(step, isDone);
      expect({ step, isDone, ...killed.outcome, deaths: killed.deaths }).toEqual({
        ...{ step, isDone, ...outcome, deaths: 1 },
      });
    }
  }, 120_000);
});
