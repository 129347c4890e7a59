/**
 * Whether a version treats a protected group worse than others, more so than the champion does: in the share of ones that it misses, and
 * in how it ranks (ABROCA). Each group is compared with everybody else of its column.
 *
 * How far an increase may be off by chance is told by drawing users anew, whole, for both models at once (cluster bootstrap): both are
 * made of the same examples.
 *
 * Source: Hardt, Price & Srebro 2016 (rates); Gardner, Brooks & Baker 2019 (ABROCA); Field & Welsh 2007 (bootstrap of clusters).
 */
import { abroca } from '../../stats/monitoring/abroca.ts';
import { confusionAt } from '../../stats/monitoring/classificationQuality.ts';
import { type LabelledScoresState, labelledScores } from '../../stats/monitoring/labelledScores.ts';
import { below, randomState } from '../../stats/random.ts';
import { scoreBin } from '../../stats/scoreBins.ts';
import type { Comparison } from './comparison.ts';

export interface GroupGap {
  /** "gender=f" */
  readonly name: string;
  readonly figure: 'gap of false negative rates' | 'ABROCA';
  /** Of few examples, users, ones or zeros nothing is said. */
  readonly isJudged: boolean;
  /** The gap of the version less that of the champion; above 0 it is less fair. */
  readonly increase: number;
  /** Standard deviation of it, by users. */
  readonly deviation: number;
  /** Largest increase. */
  readonly bound: number;
  /** Examples of the group. */
  readonly count: number;
}

/** Largest increase of either figure that its interval must not exclude. */
export const groupGapMax = 0.05;

const threshold = 0.5;
/** Ones, and zeros, on either side. */
const classRowsMin = 20;
/** Users on either side. */
const usersMin = 10;
const draws = 99;
/** Weights are counted in parts of this over all: counts by bin are whole numbers. */
const weightParts = 2 ** 28;

/** Of one column, place by place. */
interface Column {
  readonly values: readonly string[];
  /** By row, place among `values`; −1 where it is not known. */
  readonly places: Int32Array;
  readonly users: Int32Array;
  readonly userCount: number;
  /** Whole numbers. */
  readonly weights: Uint32Array;
  readonly labels: Float64Array;
  /** By row. */
  readonly bins: readonly [candidate: Uint16Array, champion: Uint16Array];
}

/** Of each value of a column that is known, both figures. */
export function groupGaps(
  name: string,
  comparison: Comparison,
  rowsMin: number,
): readonly GroupGap[] {
  const ofRows = comparison.slices.get(name);
  if (ofRows === undefined) return [];
  const column = columnOf(ofRows, comparison);
  const judged = column.values.map((_, place) => isJudged(column, place, rowsMin));
  const once = new Uint32Array(column.userCount).fill(1);
  const found = increasesOf(column, once, judged);
  const drawn = judged.includes(true) ? drawnIncreases(column, judged) : [];
  return column.values.flatMap((value, place) =>
    (['gap of false negative rates', 'ABROCA'] as const).map((figure, which) => ({
      ...{ name: `${name}=${value}`, figure, bound: groupGapMax },
      isJudged: judged[place]!,
      increase: found[place]![which]!,
      deviation: deviationOf(drawn.map((increases) => increases[place]![which]!)),
      count: ofRows.reduce((count, each) => (each === value ? count + 1 : count), 0),
    })),
  );
}

function columnOf(ofRows: readonly string[], comparison: Comparison): Column {
  const { labels, weights, candidate, champion } = comparison;
  const values = [...new Set(ofRows)].filter((value) => value !== '').sort();
  const placeOf = new Map(values.map((value, place) => [value, place]));
  const userOf = new Map<number, number>();
  const users = comparison.users.map((user) => {
    const place = userOf.get(user) ?? userOf.size;
    userOf.set(user, place);
    return place;
  });
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? 1;
  const scaled = (row: number) =>
    weights === undefined ? 1 : Math.round((weights[row]! / total) * weightParts);
  const binsOf = (predictions: Float64Array) => Uint16Array.from(predictions, scoreBin);
  return {
    values,
    places: Int32Array.from(ofRows, (value) => placeOf.get(value) ?? -1),
    users,
    userCount: userOf.size,
    weights: Uint32Array.from(labels, (_, row) => scaled(row)),
    labels,
    bins: [binsOf(candidate), binsOf(champion)],
  };
}

function isJudged({ places, users, labels }: Column, place: number, rowsMin: number): boolean {
  const sides = [true, false].map((isOwn) => {
    const rows = Array.from(places.keys()).filter(
      (row) => places[row]! >= 0 && (places[row] === place) === isOwn,
    );
    const ones = rows.filter((row) => labels[row] === 1).length;
    return {
      rows: rows.length,
      least: Math.min(ones, rows.length - ones),
      users: new Set(rows.map((row) => users[row])).size,
    };
  });
  return sides.every(
    ({ rows, least, users: count }) =>
      rows >= rowsMin && least >= classRowsMin && count >= usersMin,
  );
}

/** @param times how often each user was drawn */
function increasesOf(column: Column, times: Uint32Array, judged: readonly boolean[]) {
  const [candidate, champion] = column.bins.map((bins) => {
    const scores = scoresOf(column, bins, times);
    const all = labelledScores.initial();
    for (const each of scores) labelledScores.merge(all, each);
    return (place: number) => sidesOf(scores, all, place);
  });
  return column.values.map((_, place): readonly [number, number] => {
    if (!judged[place]) return [NaN, NaN];
    const own = candidate!(place);
    const other = champion!(place);
    return [missGap(own) - missGap(other), abroca(...own) - abroca(...other)];
  });
}

function drawnIncreases(column: Column, judged: readonly boolean[]) {
  const random = randomState(1);
  return Array.from({ length: draws }, () => {
    const times = new Uint32Array(column.userCount);
    for (let user = 0; user < times.length; user += 1) times[below(random, times.length)]! += 1;
    return increasesOf(column, times, judged);
  });
}

function scoresOf(
  { values, places, users, weights, labels }: Column,
  bins: Uint16Array,
  times: Uint32Array,
): LabelledScoresState[] {
  const scores = values.map(labelledScores.initial);
  for (let row = 0; row < bins.length; row += 1) {
    if (places[row]! < 0) continue;
    const { positives, negatives } = scores[places[row]!]!;
    const counts = labels[row] === 1 ? positives : negatives;
    counts[bins[row]!]! += weights[row]! * times[users[row]!]!;
  }
  return scores;
}

/** A group, and everybody else: what is left of all. */
function sidesOf(
  scores: readonly LabelledScoresState[],
  all: LabelledScoresState,
  place: number,
): [LabelledScoresState, LabelledScoresState] {
  const own = scores[place]!;
  const others = {
    positives: all.positives.map((count, bin) => count - own.positives[bin]!),
    negatives: all.negatives.map((count, bin) => count - own.negatives[bin]!),
  };
  return [own, others];
}

function missGap(sides: readonly [LabelledScoresState, LabelledScoresState]): number {
  const [own, others] = sides.map((scores) => {
    const { truePositives, falseNegatives } = confusionAt(scores, threshold);
    return falseNegatives / (truePositives + falseNegatives);
  });
  return Math.abs(own! - others!);
}

/** Of the draws in which both sides had ones and zeros. */
function deviationOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (known.length - 1));
}
