import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LiveTick } from '../../contracts/api.ts';
import { liveHub } from '../../ui/live/liveHub.ts';
import type { LiveListener, LiveMark } from '../../ui/live/liveLine.ts';
import {
  advanceLive,
  advanceTick,
  initialLive,
  isStale,
  type LiveEvent,
  retryDelayMs,
} from '../../ui/live/liveState.ts';
import { advanceGate, initialGate, lookAgainAt } from '../../ui/live/refreshGate.ts';
import { sseParser } from '../../ui/live/sseParser.ts';

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

test('a snapshot is taken when it is whole, and a difference goes over what is known', () => {
  expect(advanceTick(undefined, JSON.stringify(tick))).toEqual(tick);
  const delta = { time: 2, lagEvents: 5 };
  expect(advanceTick(tick, JSON.stringify(delta))).toEqual({ ...tick, ...delta });
  for (const text of ['', '{', 'null', '7', '{}', JSON.stringify({ ...tick, health: null })]) {
    expect(advanceTick(undefined, text)).toBeUndefined();
  }
  expect(advanceTick(undefined, JSON.stringify(delta))).toBeUndefined();
});

test('who is signed out hears nothing more', () => {
  const out = after({ kind: 'ticked', at: 5, tick }, { kind: 'signedOut', at: 6 });
  for (const kind of ['failed', 'hidden', 'shown', 'paused', 'resumed'] as const) {
    expect(advanceLive(out, { kind, at: 7 }).phase).toBe('signedOut');
  }
});

test('whom the line is not for waits for nothing until somebody signs in anew', () => {
  const refused = after({ kind: 'refused', at: 5 });
  for (const kind of ['failed', 'hidden', 'shown', 'paused', 'resumed', 'refused'] as const) {
    expect(advanceLive(refused, { kind, at: 7 }).phase).toBe('refused');
  }
  expect(isStale(refused)).toBe(false);
  expect(advanceLive(refused, { kind: 'signedIn', at: 7 }).phase).toBe('connecting');
});

test('messages are the same in whatever pieces they come', () => {
  const text =
    'retry: 2000\n\nid: e-1\nevent: snapshot\ndata: {"a":1}\n\n: beat\n\ndata: x\ndata: y\n\n';
  const whole = sseParser()(text);
  expect(whole).toEqual([
    { event: 'snapshot', data: '{"a":1}', id: 'e-1' },
    { event: 'message', data: 'x\ny', id: 'e-1' },
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (size) => {
      const parse = sseParser();
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(pieces.flatMap(parse)).toEqual(whole);
    }),
  );
});

describe('one line for many', () => {
  /** A hub on lines that do nothing by themselves. */
  function hubOf() {
    const lines: { listener: LiveListener; from: LiveMark | undefined; isOpen: boolean }[] = [];
    const hub = liveHub((listener, { from } = {}) => {
      const line = { listener, from, isOpen: true };
      lines.push(line);
      return () => {
        line.isOpen = false;
      };
    });
    return { hub, lines };
  }

  function listenerOf() {
    const heard: string[] = [];
    const listener: LiveListener = {
      ticked: ({ id }) => void heard.push(id),
      failed: () => void heard.push('failed'),
      signedOut: () => void heard.push('signed out'),
      refused: () => void heard.push('refused'),
    };
    return { heard, listener };
  }

  test('is opened once, tells newcomers what is known, and closes with the last', () => {
    const { hub, lines } = hubOf();
    const [first, second] = [listenerOf(), listenerOf()];
    const leaveFirst = hub.join(first.listener);
    lines[0]!.listener.ticked({ id: 'e-1', tick });
    const leaveSecond = hub.join(second.listener);
    lines[0]!.listener.ticked({ id: 'e-2', tick });
    expect([first.heard, second.heard]).toEqual([
      ['e-1', 'e-2'],
      ['e-1', 'e-2'],
    ]);
    leaveFirst();
    leaveFirst();
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([true]);
    leaveSecond();
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([false]);
    // Shown again: from where it was.
    hub.join(first.listener);
    expect(lines[1]).toMatchObject({ from: { id: 'e-2' }, isOpen: true });
    expect(first.heard).toEqual(['e-1', 'e-2']);
  });

  test('tells newcomers that it is down, and is over when nobody is signed in', () => {
    const { hub, lines } = hubOf();
    const [first, second] = [listenerOf(), listenerOf()];
    hub.join(first.listener);
    lines[0]!.listener.failed();
    hub.join(second.listener);
    expect(second.heard).toEqual(['failed']);
    lines[0]!.listener.signedOut();
    expect([first.heard.at(-1), second.heard.at(-1)]).toEqual(['signed out', 'signed out']);
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([false]);
    hub.join(first.listener);
    lines[1]!.listener.refused();
    expect([first.heard.at(-1), second.heard.at(-1)]).toEqual(['refused', 'refused']);
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });
});

/** Instants of ticks a second apart at which the gate lets a refresh through. */
function refreshes(committed: readonly number[]): number[] {
  let state = initialGate;
  return committed.flatMap((offset, second) => {
    const next = advanceGate(state, second * 1_000, { committed: offset });
    state = next.state;
    return next.refresh ? [second] : [];
  });
}

test('new data is asked for when something was committed, and not twice within two seconds', () => {
  expect(refreshes([10, 11, 11])).toEqual([2]); // the early change is not lost
  expect(refreshes([10, 11, 12, 13, 14, 15])).toEqual([2, 4]);
});

test('nothing is asked for at the first tick, but once more where what it tells of had not settled', () => {
  expect(refreshes(Array.from({ length: 30 }, () => 7))).toEqual([6]);
  const settled = advanceGate(initialGate, 0, { committed: 7, ageMs: 60_000 });
  expect(settled.refresh).toBe(false);
  expect(lookAgainAt(settled.state)).toBeUndefined();
});

test('what was committed is told of with each tick that brings some', () => {
  let state = initialGate;
  const moves = [7, 7, 8, 9, 9].map((committed, i) => {
    const next = advanceGate(state, i * 250, { committed });
    state = next.state;
    return next.moved;
  });
  expect(moves).toEqual([false, false, true, true, false]);
});

test('data is asked for once more when it has settled, and then no more', () => {
  const still = Array.from({ length: 30 }, () => 12);
  expect(refreshes([10, 11, ...still])).toEqual([2, 8]);
  expect(refreshes([10, 10, 10, 10, 11, ...still])).toEqual([4, 6, 11]);
});

test('an alert that changes without a commit has the alerts asked for, once', () => {
  const tick = (state: typeof initialGate, at: number, changedAt?: number) =>
    advanceGate(state, at, { committed: 7, alertsChangedAt: changedAt });
  const first = tick(initialGate, 0, 100);
  expect(first).toMatchObject({ refresh: false, alerts: false });
  const settled = tick(first.state, 7_000, 100);
  expect(settled).toMatchObject({ refresh: true, alerts: false });
  const changed = tick(settled.state, 20_000, 200);
  expect(changed).toMatchObject({ refresh: false, alerts: true });
  expect(tick(changed.state, 21_000, 200).alerts).toBe(false);
  expect(changed.insights).toBe(false);
});

test('so has a recommendation, and it has no alert asked for', () => {
  const tick = (state: typeof initialGate, at: number, changedAt?: number) =>
    advanceGate(state, at, { committed: 7, alertsChangedAt: 100, insightsChangedAt: changedAt });
  const first = tick(initialGate, 0, 1);
  expect(first.insights).toBe(false);
  const settled = tick(first.state, 7_000, 1);
  const changed = tick(settled.state, 20_000, 2);
  expect(changed).toMatchObject({ refresh: false, alerts: false, insights: true });
  expect(tick(changed.state, 21_000, 2).insights).toBe(false);
});

test('who comes back asks once for what was committed meanwhile, and not at all if nothing was', () => {
  const first = advanceGate(initialGate, 0, { committed: 7 });
  const settled = advanceGate(first.state, 7_000, { committed: 7 });
  const unchanged = advanceGate(settled.state, 600_000, { committed: 7, ageMs: 593_000 });
  expect(unchanged.refresh).toBe(false);
  // The commit is five minutes old: it has settled.
  const changed = advanceGate(settled.state, 600_000, { committed: 9, ageMs: 300_000 });
  expect(changed.refresh).toBe(true);
  for (let at = 601_000; at < 620_000; at += 1_000) {
    expect(advanceGate(changed.state, at, { committed: 9 }).refresh, String(at)).toBe(false);
  }
  // It is fresh: some of it will be readable later.
  const young = advanceGate(settled.state, 600_000, { committed: 9, ageMs: 1_000 });
  expect(advanceGate(young.state, 605_500, { committed: 9 }).refresh).toBe(true);
});

test('what came too early or has not settled is looked at again, also when nothing more is heard', () => {
  const first = advanceGate(initialGate, 0, { committed: 7 }).state;
  const early = advanceGate(first, 500, { committed: 8 }).state;
  expect(lookAgainAt(early)).toBe(2_000);
  const due = advanceGate(early, 2_000, { committed: 8 });
  expect(due.refresh).toBe(true);
  expect(lookAgainAt(due.state)).toBe(6_500);
  const settled = advanceGate(due.state, 6_500, { committed: 8 });
  expect(settled.refresh).toBe(true);
  expect(lookAgainAt(settled.state)).toBeUndefined();
});
