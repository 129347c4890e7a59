/**
 * What the bets of a portfolio gain at each cell of a group, kept: beliefs are coarse, so that many experiments share them.
 */
import type { BetPortfolio } from './betPortfolio.ts';
import type { PredictedGroup } from './predictGroups.ts';

/** Numbers of one cell, computed when they are first needed; at the cell's place among the counts. */
export type BetTable = (Float64Array | undefined)[];

/** Tables by what a group's bets depend on. */
export class BetTables {
  readonly #tables = new WeakMap<BetPortfolio, Map<number, unknown>>();
  readonly #tablesMax: number;
  #tablesHeld = 0;

  /** @param tablesMax beyond it all are forgotten, and computed again as they are needed */
  constructor(tablesMax = 2_000) {
    this.#tablesMax = tablesMax;
  }

  of(portfolio: BetPortfolio, group: PredictedGroup): BetTable {
    const { low, high, centre, deviation, counts } = group;
    let level = this.#tables.get(portfolio);
    if (level === undefined || this.#tablesHeld > this.#tablesMax) {
      level = new Map();
      this.#tables.set(portfolio, level);
      this.#tablesHeld = 0;
    }
    level = within(level, low);
    level = within(level, high);
    level = within(level, centre);
    level = within(level, deviation);
    let table = level.get(counts.length) as BetTable | undefined;
    if (table === undefined) {
      table = new Array<Float64Array | undefined>(counts.length).fill(undefined);
      level.set(counts.length, table);
      this.#tablesHeld += 1;
    }
    return table;
  }
}

function within(level: Map<number, unknown>, key: number): Map<number, unknown> {
  let next = level.get(key) as Map<number, unknown> | undefined;
  if (next === undefined) {
    next = new Map();
    level.set(key, next);
  }
  return next;
}
