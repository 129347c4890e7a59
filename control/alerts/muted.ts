/** Times in which nobody is told, and what is told when they are over. */
import type { Alert } from '../../contracts/alert.ts';
import type { CalendarDays, MuteWindow } from '../../contracts/watch.ts';
import type { Told } from './alertLife.ts';
import { localTime, type ZoneOffset } from './localTime.ts';

/** What mute windows are read by. */
export interface Almanac {
  readonly windows: readonly MuteWindow[];
  readonly days: readonly CalendarDays[];
  readonly offset: ZoneOffset;
}

/**
 * Whether a window covers an instant; an end is not covered. Weekly windows and days of the calendar go by the clocks on the
 * wall: from 22:00 to 06:00 is an hour less in the night in which summer time begins, and a time that the clocks show twice
 * is covered twice.
 *
 * @param time ms since 1970
 */
export function covers(
  { when }: MuteWindow,
  time: number,
  { days, offset }: Omit<Almanac, 'windows'>,
): boolean {
  switch (when.kind) {
    case 'once':
      return time >= when.from && time < when.to;
    case 'weekly': {
      const { weekday, minute } = localTime(time, offset);
      const { fromMinute, toMinute } = when;
      const isToday = when.days.includes(weekday);
      if (toMinute > fromMinute) return isToday && minute >= fromMinute && minute < toMinute;
      // It belongs to the day on which it begins.
      const wasYesterday = when.days.includes(weekday === 1 ? 7 : weekday - 1);
      return (isToday && minute >= fromMinute) || (wasYesterday && minute < toMinute);
    }
    case 'calendar': {
      const { day } = localTime(time, offset);
      return days.some(
        ({ kind, from, to }) => when.kinds.includes(kind) && day >= from && day <= to,
      );
    }
  }
}

/** @returns the key of the window that mutes a watch at an instant, of several the first in the alphabet; null: none does */
export function mutedBy(watch: string, time: number, almanac: Almanac): string | null {
  const keys = almanac.windows
    .filter(({ watches }) => watches.length === 0 || watches.includes(watch))
    .filter((window) => covers(window, time, almanac))
    .map(({ key }) => key);
  return keys.sort()[0] ?? null;
}

/** What came of a piece of news: the alert as it is now, and whether somebody is told. */
export interface Passed {
  readonly alert: Alert;
  readonly told: Told | null;
}

/**
 * What is told of a step now. The end of what was never told is not told, in a window or behind it; the end of what was
 * told, in a window, is told when it is over.
 *
 * @param time    now, by which windows are read
 * @param wasTold whether the beginning of this alert was told
 * @returns the alert with `mutedBy` set when a window keeps it; its revision is that of the step, not stored yet
 */
export function passMute(
  news: Told,
  time: number,
  almanac: Almanac,
  wasTold: (id: string) => boolean,
): Passed {
  const { what, alert } = news;
  if (what === 'resolved' && !wasTold(alert.id)) return { alert, told: null };
  const window = mutedBy(alert.watch, time, almanac);
  const next = alert.mutedBy === window ? alert : { ...alert, mutedBy: window };
  return { alert: next, told: window === null ? { what, alert: next } : null };
}

/**
 * What is told of an alert that a window kept, once none does: that it fires, if it still does and that was not told; that it
 * is over, if its beginning was told.
 *
 * @param alert with `mutedBy` set, resolved or not
 * @param now   by the clock
 * @returns the next revision, told or not; null: a window still keeps it
 */
export function unmute(
  alert: Alert,
  time: number,
  almanac: Almanac,
  wasTold: (id: string) => boolean,
  now: number,
): Passed | null {
  if (alert.mutedBy === null || mutedBy(alert.watch, time, almanac) !== null) return null;
  const next = { ...alert, mutedBy: null, revision: alert.revision + 1, changedAt: now };
  const what = alert.state === 'resolved' ? 'resolved' : 'firing';
  // Its end is told to who heard of its beginning, its beginning to who did not.
  const isNews = alert.firedAt !== null && wasTold(alert.id) === (what === 'resolved');
  return { alert: next, told: isNews ? { what, alert: next } : null };
}
