/** Times in which nobody is told: summer time, nights, holidays, and what is told behind them. */
import { describe, expect, test } from 'vitest';
import type { CalendarDays, MuteWindow } from '../../../contracts/watch.ts';
import { fixedOffset, zoneOffset } from '../../../control/alerts/localTime.ts';
import { type Almanac, covers, mutedBy, passMute, unmute } from '../../../control/alerts/muted.ts';
import { alertOf, hour, minute } from './samples.ts';

const berlin = zoneOffset('Europe/Berlin');
const windowOf = (when: MuteWindow['when'], key = 'quiet', watches: string[] = []): MuteWindow => ({
  ...{ key, name: 'Quiet', watches, when },
});
const break2026: CalendarDays = {
  ...{ key: 'easter', name: 'Easter', kind: 'break', from: '2026-03-30', to: '2026-04-10' },
};
const weekly = (days: number[], fromMinute: number, toMinute: number) =>
  windowOf({ kind: 'weekly', days, fromMinute, toMinute });

/** Local times of Berlin at which a window begins or ends to cover, minute by minute from an instant on. */
function edges(window: MuteWindow, from: number, spanMs: number): string[] {
  const found: string[] = [];
  const isIn = (time: number) => covers(window, time, { days: [break2026], offset: berlin });
  for (let time = from; time < from + spanMs; time += minute) {
    if (isIn(time) !== isIn(time - minute)) found.push(new Date(time).toISOString().slice(8, 16));
  }
  return found;
}

describe('zones', () => {
  test.each([
    ['Europe/Berlin', Date.UTC(2026, 0, 1), 1],
    ['Europe/Berlin', Date.UTC(2026, 6, 1), 2],
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 1) - 1, 1],
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 1), 2],
    ['America/St_Johns', Date.UTC(2026, 0, 1), -3.5],
    ['Asia/Kathmandu', Date.UTC(2026, 0, 1, 12, 0, 0, 789), 5.75],
    ['UTC', 0, 0],
  ])('%s at %i is %d hours from UTC', (zone, time, hours) => {
    expect(zoneOffset(zone)(time)).toBe(hours * hour);
  });

  test('an unknown one is refused', () => {
    expect(() => zoneOffset('Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('a mute window', () => {
  test('of one time covers its start and not its end', () => {
    const once = windowOf({ kind: 'once', from: 10, to: 20 });
    const almanac = { days: [], offset: fixedOffset(0) };
    expect([9, 10, 19, 20].map((time) => covers(once, time, almanac))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  // 2026-03-02 is a Monday; Berlin is an hour ahead.
  test('of a week covers its days by local time', () => {
    const monday = weekly([1], 8 * 60, 12 * 60);
    expect(edges(monday, Date.UTC(2026, 2, 1), 8 * 24 * hour)).toEqual(['02T07:00', '02T11:00']);
    const sunday = weekly([7], 0, 1_440);
    expect(edges(sunday, Date.UTC(2026, 1, 27), 8 * 24 * hour)).toEqual(['28T23:00', '01T23:00']);
  });

  test('over midnight belongs to the day on which it begins', () => {
    const night = weekly([7], 22 * 60, 6 * 60);
    expect(edges(night, Date.UTC(2026, 1, 27), 8 * 24 * hour)).toEqual(['01T21:00', '02T05:00']);
    const wholeDay = weekly([1], 60, 60);
    expect(edges(wholeDay, Date.UTC(2026, 1, 27), 8 * 24 * hour)).toEqual(['02T00:00', '03T00:00']);
  });

  // At 2026-03-29 01:00 UTC clocks go from 02:00 to 03:00, at 2026-10-25 01:00 UTC from 03:00 to 02:00.
  test('goes by the clocks on the wall when summer time begins and ends', () => {
    const night = weekly([6], 22 * 60, 6 * 60);
    expect(edges(night, Date.UTC(2026, 2, 28), 48 * hour)).toEqual(['28T21:00', '29T04:00']);
    expect(edges(night, Date.UTC(2026, 9, 24), 48 * hour)).toEqual(['24T20:00', '25T05:00']);
    // An hour that there is not, and one that there is twice.
    const lost = weekly([7], 2 * 60, 3 * 60);
    expect(edges(lost, Date.UTC(2026, 2, 28), 48 * hour)).toEqual([]);
    expect(edges(lost, Date.UTC(2026, 9, 24), 48 * hour)).toEqual(['25T00:00', '25T02:00']);
  });

  test('of the calendar covers whole local days, the last included', () => {
    const breaks = windowOf({ kind: 'calendar', kinds: ['break', 'holiday'] });
    expect(edges(breaks, Date.UTC(2026, 2, 28), 20 * 24 * hour)).toEqual(['29T22:00', '10T22:00']);
    const exams = windowOf({ kind: 'calendar', kinds: ['exams'] });
    expect(edges(exams, Date.UTC(2026, 2, 28), 20 * 24 * hour)).toEqual([]);
  });
});

const open: Almanac = { windows: [], days: [], offset: fixedOffset(0) };
const shut: Almanac = { ...open, windows: [windowOf({ kind: 'once', from: 0, to: hour })] };
const heard = () => true;
const unheard = () => false;

describe('what is told', () => {
  test('is kept by windows of its watch, and of several by the first in the alphabet', () => {
    const both = [
      windowOf({ kind: 'once', from: 0, to: 9 }, 'b-all'),
      windowOf({ kind: 'once', from: 0, to: 9 }, 'a-one', ['events']),
    ];
    const almanac = { ...open, windows: both };
    expect(mutedBy('events', 5, almanac)).toBe('a-one');
    expect(mutedBy('others', 5, almanac)).toBe('b-all');
    expect(mutedBy('events', 9, almanac)).toBeNull();
  });

  test('outside of windows it is told, inside it is marked', () => {
    const alert = alertOf();
    const news = { what: 'firing', alert } as const;
    expect(passMute(news, 5, open, unheard)).toEqual({ alert, told: news });
    const muted = { ...alert, mutedBy: 'quiet' };
    expect(passMute(news, 5, shut, unheard)).toEqual({ alert: muted, told: null });
  });

  test('the end of what was never told is told neither inside nor outside', () => {
    const alert = alertOf({
      state: 'resolved',
      resolvedAt: 5,
      ending: 'recovered',
      mutedBy: 'quiet',
    });
    const news = { what: 'resolved', alert } as const;
    expect(passMute(news, 5, shut, unheard)).toEqual({ alert, told: null });
    expect(passMute(news, hour, open, unheard)).toEqual({ alert, told: null });
    expect(unmute(alert, hour, shut, unheard, 9_000)?.told).toBeNull();
  });

  test('when the window is over what still fires is told', () => {
    const alert = alertOf({ mutedBy: 'quiet' });
    expect(unmute(alert, hour - 1, shut, unheard, 9_000)).toBeNull();
    const next = { ...alert, mutedBy: null, revision: 2, changedAt: 9_000 };
    expect(unmute(alert, hour, shut, unheard, 9_000)).toEqual({
      ...{ alert: next, told: { what: 'firing', alert: next } },
    });
    expect(unmute(next, hour, shut, unheard, 9_000)).toBeNull();
  });

  test('what was told before the window and ended in it is told to be over behind it', () => {
    const alert = alertOf({ state: 'resolved', resolvedAt: 5, ending: 'recovered' });
    const passed = passMute({ what: 'resolved', alert }, 5, shut, heard);
    expect(passed).toMatchObject({ alert: { mutedBy: 'quiet' }, told: null });
    expect(unmute(passed.alert, hour, shut, heard, 9_000)?.told?.what).toBe('resolved');
  });

  test('what was told already, and what only waits, is not told behind the window', () => {
    const alert = alertOf({ mutedBy: 'quiet' });
    expect(unmute(alert, hour, shut, heard, 9_000)?.told).toBeNull();
    const pending = alertOf({ mutedBy: 'quiet', state: 'pending', firedAt: null });
    expect(unmute(pending, hour, shut, unheard, 9_000)?.told).toBeNull();
  });
});
