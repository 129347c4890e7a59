/** Which days a drift is measured from, and which days are judged. */
import { driftDaysMax, referenceDaysDefault } from '../../contracts/driftApi.ts';
import { referenceDaysMin } from '../../stats/drift/dayToDay.ts';

export interface DriftRange {
  /** Starts of days, half-open, ms since 1970; absent: of the newest 30 days, and the first days of the model's version. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly referenceFrom?: number | undefined;
  readonly referenceTo?: number | undefined;
}

export interface DriftDays {
  readonly reference: readonly number[];
  readonly isGiven: boolean;
  readonly shown: readonly number[];
}

const daysDefault = 30;

/**
 * By default the first seven days since the model's present version began to predict; fewer while fewer are stored, so that at
 * least one is left to be judged; the first of all when that version has not had enough days.
 *
 * @param stored complete days, ascending
 * @param began  when the model's version began, ms since 1970
 */
export function referenceDays(
  stored: readonly number[],
  range: DriftRange,
  began: number | undefined,
): DriftDays {
  const { from, to = Infinity, referenceFrom, referenceTo } = range;
  const within = stored.filter((day) => day < to && (from === undefined || day >= from));
  const shown = within.slice(from === undefined ? -daysDefault : -driftDaysMax);
  if (referenceFrom !== undefined || referenceTo !== undefined) {
    const [first, end] = [referenceFrom ?? 0, referenceTo ?? Infinity];
    const given = stored.filter((day) => day >= first && day < end).slice(0, driftDaysMax);
    return { reference: given, isGiven: true, shown };
  }
  const own = began === undefined ? [] : stored.filter((day) => day >= began);
  const since = own.length > referenceDaysMin ? own : stored;
  const count = Math.min(referenceDaysDefault, since.length - 1);
  const reference = count < referenceDaysMin ? [] : since.slice(0, count);
  return { reference, isGiven: false, shown };
}
