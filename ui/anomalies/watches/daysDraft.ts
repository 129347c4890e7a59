/** Days of the calendar as they are typed. */
import type { CalendarDays } from '../../../contracts/watch.ts';

export interface DaysDraft {
  readonly name: string;
  readonly key: string;
  readonly keyTyped: boolean;
  readonly kind: CalendarDays['kind'];
  /** 2026-12-21 */
  readonly from: string;
  readonly to: string;
}

export const blankDays: DaysDraft = {
  ...{ name: '', key: '', keyTyped: false, kind: 'holiday', from: '', to: '' },
};

export function daysDraft(days: CalendarDays): DaysDraft {
  return { ...days, keyTyped: true };
}

/** @returns undefined while something is missing, or ends before it begins; one day needs no end */
export function daysOf(draft: DaysDraft): CalendarDays | undefined {
  const { kind, from } = draft;
  const [name, key] = [draft.name.trim(), draft.key.trim()];
  const to = draft.to === '' ? from : draft.to;
  if (name === '' || key === '' || from === '' || to < from) return undefined;
  return { key, name, kind, from, to };
}
