/** How far the predictions of each day are from those of a version's first days: see `driftTails`. */
import { binScore } from '../../../stats/scoreBins.ts';
import { columnDrift, driftTails } from '../../drift/columnDrift.ts';
import { type ProfiledColumn, profileOfScores } from '../../drift/profiledColumn.ts';
import { referenceDays } from '../../drift/referenceDays.ts';
import type { PredictionShiftDay } from './modelFacts.ts';

export interface ScoresOfDay {
  /** Start of the day. */
  readonly day: number;
  /** Predictions by score bin. */
  readonly counts: readonly number[];
}

/**
 * @param days  complete ones, ascending
 * @param began when the version began to predict; undefined: not known
 */
export async function shiftOfScores(
  days: readonly ScoresOfDay[],
  began: number | undefined,
): Promise<PredictionShiftDay[]> {
  const stored = days.map(({ day }) => day);
  const { reference, shown } = referenceDays(stored, {}, began);
  const last = reference.at(-1);
  if (last === undefined) return [];
  const judged = shown.filter((day) => day > last);
  const column: ProfiledColumn = {
    ...{ column: 'prediction', role: 'prediction', kind: 'number', parameters: {} },
    days: new Map(days.map(({ day, counts }) => [day, profileOfScores(counts)])),
  };
  const drift = await columnDrift(column, reference, judged);
  const tails = driftTails(column, reference, judged);
  const means = new Map(days.map(({ day, counts }) => [day, meanOf(counts)]));
  return drift.days.flatMap(({ day, distance, noise }, i) =>
    distance === null || noise === null
      ? []
      : [{ day, distance, noise, pValue: tails[i] ?? null, mean: means.get(day)! }],
  );
}

function meanOf(counts: readonly number[]): number {
  let sum = 0;
  let rows = 0;
  for (const [bin, count] of counts.entries()) {
    sum += count * binScore(bin);
    rows += count;
  }
  return sum / rows;
}
