/** Evidence after every single unit, as nobody could look more often. */
import type { BetPortfolio } from '../../stats/sequential/betPortfolio.ts';
import {
  type DesignCountsOptions,
  designCell,
  designCounts,
  designRows,
  type ScoredUnit,
} from '../../stats/sequential/designCounts.ts';
import { designEvidence, designWealth } from '../../stats/sequential/designMixture.ts';
import { type PredictedGroup, predictGroups } from '../../stats/sequential/predictGroups.ts';

/**
 * ln factors of one unit by cell, for all groups with the same bets: centres and deviations are rounded, so a few hundred
 * serve all runs of a scenario.
 */
export class FactorTables {
  readonly #portfolio: BetPortfolio;
  readonly #tables = new Map<string, (Float64Array | undefined)[]>();

  constructor(portfolio: BetPortfolio) {
    this.#portfolio = portfolio;
  }

  /** ln factors of every bet for a unit in this cell of the group. */
  at(group: PredictedGroup, index: number): Float64Array {
    const key = `${group.low} ${group.high} ${group.centre} ${group.deviation} ${group.counts.length}`;
    let table = this.#tables.get(key);
    if (table === undefined) {
      table = new Array<Float64Array | undefined>(group.counts.length);
      this.#tables.set(key, table);
    }
    let factors = table[index];
    if (factors === undefined) {
      const counts = new Float64Array(group.counts.length);
      counts[index] = 1;
      factors = designWealth([{ ...group, counts }], this.#portfolio);
      table[index] = factors;
    }
    return factors;
  }
}

/** One experiment, watched after each unit; the evidence is that of `designEvidence` on its counts. */
export class Watcher {
  readonly #tables: FactorTables;
  readonly #portfolio: BetPortfolio;
  readonly #options: DesignCountsOptions;
  readonly #counts;
  readonly #state;
  readonly #predicted = new Map<string, PredictedGroup>();
  /** ln wealth of every bet. */
  readonly wealth: Float64Array;

  constructor(portfolio: BetPortfolio, tables: FactorTables, options: DesignCountsOptions) {
    this.#portfolio = portfolio;
    this.#tables = tables;
    this.#options = options;
    this.#counts = designCounts(options);
    this.#state = this.#counts.initial();
    this.wealth = new Float64Array(2 * portfolio.effects.length);
  }

  /** @returns whether the evidence against "no effect" is at least ln(1 / alpha) now */
  take(unit: ScoredUnit, threshold: number): boolean {
    const cell = designCell(unit, this.#options);
    const key = `${unit.period} ${cell.low} ${cell.high}`;
    let group = this.#predicted.get(key);
    if (group === undefined) {
      group = this.#predict(unit.period, cell.low, cell.high);
      this.#predicted.set(key, group);
    }
    const factors = this.#tables.at(group, cell.index);
    const { wealth } = this;
    let largest = -Infinity;
    for (let j = 0; j < wealth.length; j += 1) {
      const sum = wealth[j]! + factors[j]!;
      wealth[j] = sum;
      if (sum > largest) largest = sum;
    }
    this.#counts.step(this.#state, unit);
    // No average of e-values is above the largest of them.
    if (largest < threshold) return false;
    return designEvidence(wealth, this.#portfolio).either >= threshold;
  }

  /** What is predicted for a group depends on the counts of earlier periods alone. */
  #predict(period: number, low: number, high: number): PredictedGroup {
    const empty = { period, low, high, counts: new Float64Array(designRows * this.#options.bins) };
    const earlier = this.#counts.read(this.#state).filter((group) => group.period < period);
    return predictGroups([...earlier, empty]).at(-1)!;
  }
}
