import { expect, test } from 'vitest';
import type { LiveTick } from '../../contracts/api.ts';
import {
  advanceLive,
  initialLive,
  type LiveEvent,
  parseTick,
  retryDelayMs,
} from '../../ui/live/liveState.ts';
import { advanceGate, initialGate } from '../../ui/live/refreshGate.ts';

const tick: LiveTick = {
  time: 1,
  eventsPerSecond: 2,
  lagEvents: 0,
  committed: 3,
  health: { state: 'good', sentence: 'All is well.', checks: [] },
};

function after(...events: LiveEvent[]) {
  return events.reduce(advanceLive, initialLive(0));
}

test('a tick makes it live, a failure marks it lost and keeps the last data', () => {
  expect(after({ kind: 'ticked', at: 5, tick })).toMatchObject({ phase: 'live', heardAt: 5 });
  const lost = after({ kind: 'ticked', at: 5, tick }, { kind: 'failed', at: 9 });
  expect(lost).toMatchObject({ phase: 'lost', heardAt: 5, tick, failures: 1 });
});

test('a paused page takes nothing until it is resumed, hidden or not', () => {
  const paused = after({ kind: 'ticked', at: 5, tick }, { kind: 'paused', at: 6 });
  for (const kind of ['failed', 'hidden', 'shown'] as const) {
    expect(advanceLive(paused, { kind, at: 7 }).phase).toBe('paused');
  }
  expect(advanceLive(paused, { kind: 'ticked', at: 7, tick }).phase).toBe('paused');
  expect(advanceLive(paused, { kind: 'resumed', at: 8 }).phase).toBe('connecting');
});

test('a hidden page connects anew when it is shown', () => {
  const hidden = after({ kind: 'ticked', at: 5, tick }, { kind: 'hidden', at: 6 });
  expect(hidden.phase).toBe('hidden');
  expect(advanceLive(hidden, { kind: 'shown', at: 900 })).toMatchObject({
    phase: 'connecting',
    heardAt: 900,
    tick,
  });
});

test('attempts grow apart up to ten seconds', () => {
  expect([1, 2, 3, 4, 5, 50].map(retryDelayMs)).toEqual([1e3, 2e3, 4e3, 8e3, 1e4, 1e4]);
});

test('only a whole tick is taken', () => {
  expect(parseTick(JSON.stringify(tick))).toEqual(tick);
  for (const text of ['', '{', 'null', '7', '{}', JSON.stringify({ ...tick, health: null })]) {
    expect(parseTick(text)).toBeUndefined();
  }
});

/** Instants of ticks a second apart at which the gate lets a refresh through. */
function refreshes(committed: readonly number[]): number[] {
  let state = initialGate;
  return committed.flatMap((offset, second) => {
    const next = advanceGate(state, offset, second * 1_000);
    state = next.state;
    return next.refresh ? [second] : [];
  });
}

test('new data is asked for when something was committed, and not twice within two seconds', () => {
  expect(refreshes([10, 11, 11])).toEqual([0, 2]); // the early change is not lost
  expect(refreshes([10, 11, 12, 13, 14, 15])).toEqual([0, 2, 4]);
});

test('data is asked for once more when it has settled, and then no more', () => {
  const still = Array.from({ length: 30 }, () => 12);
  expect(refreshes([10, 11, ...still])).toEqual([0, 2, 8]);
  expect(refreshes([10, 10, 10, 10, 11, ...still])).toEqual([0, 4, 6, 11]);
});

test('an alert that changes without a commit has the alerts asked for, once', () => {
  const tick = (state: typeof initialGate, at: number, changedAt?: number) =>
    advanceGate(state, 7, at, changedAt);
  const first = tick(initialGate, 0, 100);
  expect(first).toMatchObject({ refresh: true, alerts: false });
  const settled = tick(first.state, 7_000, 100);
  expect(settled).toMatchObject({ refresh: true, alerts: false });
  const changed = tick(settled.state, 20_000, 200);
  expect(changed).toMatchObject({ refresh: false, alerts: true });
  expect(tick(changed.state, 21_000, 200).alerts).toBe(false);
  expect(changed.insights).toBe(false);
});

test('so has a recommendation, and it has no alert asked for', () => {
  const tick = (state: typeof initialGate, at: number, changedAt?: number) =>
    advanceGate(state, 7, at, 100, changedAt);
  const first = tick(initialGate, 0, 1);
  expect(first.insights).toBe(false);
  const settled = tick(first.state, 7_000, 1);
  const changed = tick(settled.state, 20_000, 2);
  expect(changed).toMatchObject({ refresh: false, alerts: false, insights: true });
  expect(tick(changed.state, 21_000, 2).insights).toBe(false);
});
