/**
 * Learns how each user likes each value of an attribute, from signals on one scale: predict, then learn, row by row.
 *
 * An outcome is first freed of what is usual for its signal, so that ratings and completions add up; by how much the rest is
 * drawn to the population is read off the stream itself (`population.ts`), not chosen: an attribute on which users differ is
 * believed sooner than one on which they do not.
 */
import { rowAt } from '../linear/fadingRow.ts';
import { parametersOf } from '../spec.ts';
import { type Affinity, emptyAffinity, type Level, readAffinity, readLevel } from './affinity.ts';
import {
  experienceOf,
  experienceWidth,
  type Population,
  type PopulationSums,
  plainWidth,
  populationSums,
  readSpread,
  type Spread,
  signalPrior,
  usualOf,
  wholeAt,
} from './population.ts';
import { type PreferenceParameters, preferenceParameters } from './preferenceParameters.ts';
import { entryAt, headAt, type UserRows, userRows } from './userRow.ts';

/** A kind of outcome. */
export interface Signal {
  /** Outcome that counts as usual before any is known. */
  readonly usual: number;
  /** How much one outcome says next to others: the inverse of its noise variance, up to a factor. > 0 */
  readonly weight: number;
}

export interface PreferenceModel {
  readonly parameters: PreferenceParameters;
  readonly users: UserRows;
  readonly sums: PopulationSums;
  /**
   * What is expected of the user at `time`; touches nothing.
   *
   * @param at    where the user's row begins, −1 for a user who is not known
   * @param value number of the value, −1 for one that was never seen
   * @param into  overwritten
   */
  affinity(
    population: Population,
    rows: Float64Array,
    at: number,
    value: number,
    time: number,
    into: Affinity,
  ): void;
  /** Usual outcome of a signal at `time`. */
  usual(population: Population, signal: number, time: number): number;
  /** Variances at `time`. @param into overwritten */
  spread(population: Population, time: number, into: Spread): void;
  /**
   * Takes one outcome of a user, in the order of the log.
   *
   * @param value   number of the value; a new one is the number of those known
   * @param outcome in [−1, 1]
   * @returns what was expected just before it, on the scale of the outcome
   */
  learn(
    population: Population,
    rows: Float64Array,
    at: number,
    value: number,
    signal: number,
    outcome: number,
    time: number,
  ): number;
}

/** Weight of what a user said before at which a product counts half. */
const pairWeight = 4;

/** @throws RangeError when a parameter is out of range or a signal's weight is not above 0 */
export function preferenceModel(
  signals: readonly Signal[],
  options: Partial<PreferenceParameters> = {},
): PreferenceModel {
  signals.forEach(({ weight }, i) => {
    if (!(weight > 0 && weight < Infinity)) {
      throw new RangeError(`signals[${i}].weight: expected > 0, got ${weight}`);
    }
  });
  const parameters = parametersOf<PreferenceParameters>(preferenceParameters, options);
  const users = userRows(parameters);
  const { clock } = users;
  const sums = populationSums(clock);
  const spread: Spread = { level: 0, own: 0, noise: 0, total: 0 };
  const level: Level = { mean: 0, variance: 0 };
  const affinity = emptyAffinity();
  /** Of the time asked for: the landmark it is in, and the weight there. */
  let landmark = 0;
  let unit = 1;

  function look(time: number): void {
    landmark = clock.landmark(time);
    unit = clock.weight(time, landmark);
  }
  /** By what a row of sums is multiplied to be that of the time looked at. */
  function scaleOf(row: Float64Array): number {
    const own = row[rowAt.landmark]!;
    return own === landmark ? 1 / unit : clock.shift(own, landmark) / unit;
  }

  /** Usual deviation of a value of `current` at the time looked at. */
  let current: Population | undefined;
  function usualNow(value: number): number {
    const row = current!.values[value];
    return row === undefined ? 0 : usualOf(row, scaleOf(row));
  }

  function usualOutcome({ signals: rows }: Population, signal: number): number {
    const row = rows[signal]!;
    const scale = scaleOf(row);
    const { usual } = signals[signal]!;
    return (
      (row[rowAt.rewards]! * scale + signalPrior * usual) /
      (row[rowAt.weight]! * scale + signalPrior)
    );
  }

  /** Fills `spread`, `level` and `into` for the time looked at. */
  function expect(
    population: Population,
    rows: Float64Array,
    at: number,
    value: number,
    time: number,
    into: Affinity,
  ): void {
    readSpread(population.whole, scaleOf(population.whole), spread);
    const scale = at < 0 ? 1 : users.scale(rows, at, time);
    readLevel(users, rows, at, scale, population, scaleOf, spread, level);
    const entry = at < 0 || value < 0 ? -1 : users.find(rows, at, value);
    const row = population.values[value];
    readAffinity(
      rows,
      entry,
      scale,
      row,
      row === undefined ? 1 : scaleOf(row),
      spread,
      level,
      into,
    );
  }

  /** Adds a plain observation to a row of sums; returns the weight that it got. */
  function take(row: Float64Array, isWhole: boolean, r: number, w: number, time: number): number {
    (isWhole ? sums.whole : sums.plain).advance(row, 0, time);
    const faded = w * clock.weight(time, row[rowAt.landmark]!);
    row[rowAt.count]! += 1;
    row[rowAt.weight]! += faded;
    row[rowAt.rewards]! += faded * r;
    row[rowAt.squares]! += faded * r * r;
    return faded;
  }

  /** Products of a deviation with what the user said before, in the same value and in others. */
  function takePairs(
    population: Population,
    rows: Float64Array,
    at: number,
    value: number,
    deviation: number,
    faded: number,
    scale: number,
  ): void {
    const { whole, values } = population;
    let sameWeight = 0;
    let sameSum = 0;
    let otherWeight = 0;
    let otherSum = 0;
    const end = at + users.width;
    for (let entry = at + headAt.width; entry < end; entry += entryAt.width) {
      const weight = rows[entry + entryAt.weight]! * scale;
      if (!(weight > 0)) continue;
      const row = values[rows[entry]! - 1]!;
      const sum = rows[entry + entryAt.sum]! * scale - weight * usualOf(row, scaleOf(row));
      if (rows[entry] === value + 1) {
        sameWeight = weight;
        sameSum = sum;
      } else {
        otherWeight += weight;
        otherSum += sum;
      }
    }
    if (sameWeight > 0) {
      const share = faded / (sameWeight + pairWeight);
      whole[wholeAt.sameProducts]! += share * deviation * sameSum;
      whole[wholeAt.samePairs]! += share * sameWeight;
    }
    if (otherWeight > 0) {
      const share = faded / (otherWeight + pairWeight);
      whole[wholeAt.otherProducts]! += share * deviation * otherSum;
      whole[wholeAt.otherPairs]! += share * otherWeight;
    }
  }

  return {
    ...{ parameters, users, sums },

    affinity(population, rows, at, value, time, into) {
      look(time);
      expect(population, rows, at, value, time, into);
    },

    usual(population, signal, time) {
      look(time);
      return usualOutcome(population, signal);
    },

    spread(population, time, into) {
      look(time);
      readSpread(population.whole, scaleOf(population.whole), into);
    },

    learn(population, rows, at, value, signal, outcome, time) {
      look(time);
      const { weight } = signals[signal]!;
      const usual = usualOutcome(population, signal);
      expect(population, rows, at, value, time, affinity);
      const centred = outcome - usual;
      const deviation = centred - affinity.population;
      const { whole, values } = population;
      if (values[value] === undefined) values[value] = new Float64Array(plainWidth);
      const faded = take(whole, true, deviation, weight, time);
      whole[wholeAt.outcomes]! += faded / weight;
      // Of the same outcomes, so that both sums tell what knowing the user is worth.
      const bucket = wholeAt.experience + experienceOf(rows[at + headAt.events]!) * experienceWidth;
      whole[bucket]! += faded;
      whole[bucket + 1]! += faded * (centred - affinity.mean) ** 2;
      whole[bucket + 2]! += faded * deviation * deviation;
      takePairs(population, rows, at, value, deviation, faded, users.scale(rows, at, time));
      take(population.signals[signal]!, false, outcome, weight, time);
      take(values[value]!, false, centred, weight, time);
      current = population;
      users.add(rows, at, value, weight, weight * centred, time, usualNow);
      rows[at + headAt.events]! += 1;
      return usual + affinity.mean;
    },
  };
}
