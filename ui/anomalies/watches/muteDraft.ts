/** A mute window as it is typed, and as a phrase. */
import type { MuteWindow } from '../../../contracts/watch.ts';
import { fieldOfTime, formatMoment, timeOfField } from '../../format/times.ts';
import { calendar, mutes as words } from '../../words/watchSettings.ts';
import { clockText, minuteOf } from './clock.ts';

export interface MuteDraft {
  readonly name: string;
  readonly key: string;
  readonly keyTyped: boolean;
  readonly watches: readonly string[];
  readonly kind: MuteWindow['when']['kind'];
  /** As fields of date and time have them. */
  readonly from: string;
  readonly to: string;
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly fromClock: string;
  readonly toClock: string;
  readonly dayKinds: readonly string[];
}

const dayMs = 86_400_000;
const lastMinute = 1_440;

/** @param now ms since 1970: a window that is used once begins then, unless another beginning is typed */
export function blankMute(now: number): MuteDraft {
  return {
    ...{ name: '', key: '', keyTyped: false, watches: [], kind: 'once' },
    ...{ from: fieldOfTime(now), to: fieldOfTime(now + dayMs) },
    ...{ days: [1, 2, 3, 4, 5], fromClock: '22:00', toClock: '06:00' },
    dayKinds: ['holiday', 'break'],
  };
}

export function muteDraft({ name, key, watches, when }: MuteWindow, now: number): MuteDraft {
  return {
    ...blankMute(now),
    ...{ name, key, keyTyped: true, watches, kind: when.kind },
    ...(when.kind === 'once' ? { from: fieldOfTime(when.from), to: fieldOfTime(when.to) } : {}),
    ...(when.kind === 'weekly'
      ? {
          days: when.days,
          fromClock: clockText(when.fromMinute),
          toClock: clockText(when.toMinute),
        }
      : {}),
    ...(when.kind === 'calendar' ? { dayKinds: when.kinds } : {}),
  };
}

/** @returns undefined while something is missing, or ends before it begins */
export function muteOf(draft: MuteDraft): MuteWindow | undefined {
  const [name, key] = [draft.name.trim(), draft.key.trim()];
  const when = whenOf(draft);
  if (name === '' || key === '' || when === undefined) return undefined;
  return { key, name, watches: [...draft.watches], when };
}

function whenOf(draft: MuteDraft): MuteWindow['when'] | undefined {
  switch (draft.kind) {
    case 'once': {
      const [from, to] = [timeOfField(draft.from), timeOfField(draft.to)];
      if (from === undefined || to === undefined || to <= from) return undefined;
      return { kind: 'once', from, to };
    }
    case 'weekly': {
      const [fromMinute, toMinute] = [minuteOf(draft.fromClock), minuteOf(draft.toClock)];
      if (fromMinute === undefined || toMinute === undefined) return undefined;
      if (draft.days.length === 0) return undefined;
      const days = draft.days.toSorted((a, b) => a - b);
      // Midnight as an end is that of the same day.
      return { kind: 'weekly', days, fromMinute, toMinute: toMinute === 0 ? lastMinute : toMinute };
    }
    case 'calendar':
      return draft.dayKinds.length === 0
        ? undefined
        : { kind: 'calendar', kinds: [...draft.dayKinds] };
  }
}

/** @example whenWords({ kind: 'weekly', days: [6, 7], fromMinute: 0, toMinute: 1_440 }, now); // 'Sat, Sun, 00:00 – 00:00' */
export function whenWords(when: MuteWindow['when'], now: number): string {
  switch (when.kind) {
    case 'once':
      return words.once(formatMoment(when.from, now), formatMoment(when.to, now));
    case 'weekly':
      return words.weekly(
        daysWords(when.days),
        clockText(when.fromMinute),
        clockText(when.toMinute),
      );
    case 'calendar':
      return words.onDays(when.kinds.map((kind) => dayKindName(kind).toLowerCase()).join(', '));
  }
}

/** Days that follow each other as a span: "Mon – Fri". */
export function daysWords(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const name = (day: number) => words.dayNames[day - 1] ?? '';
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1];
  const isSpan = sorted.length > 2 && last - first === sorted.length - 1;
  return isSpan ? `${name(first)} – ${name(last)}` : sorted.map(name).join(', ');
}

function dayKindName(kind: string): string {
  return kind in calendar.kinds ? calendar.kinds[kind as keyof typeof calendar.kinds] : kind;
}
