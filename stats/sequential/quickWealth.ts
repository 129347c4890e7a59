/**
 * Wealth of many experiments, computed again and again: gains by cell are kept, and sums of what has not changed.
 *
 * The ln wealth of a bet is Σ count × ln factor over the cells; what a single unit gains in a cell is asked of the test itself,
 * once for all experiments whose groups have the same beliefs.
 */
import type { BetPortfolio } from './betPortfolio.ts';
import { BetTables } from './betTables.ts';
import type { PredictedGroup } from './predictGroups.ts';
import { type SumsMemo, sumGroups } from './sumGroups.ts';

/** ln wealth of every bet, a sum over units: `designWealth`, `labelWealth`. */
export type Wealth = (groups: readonly PredictedGroup[], portfolio: BetPortfolio) => Float64Array;

/**
 * @param memo of the last call for the same comparison, to begin where nothing has changed; see `sumGroups`
 * @param into takes the wealth, two numbers an effect; a new array by default
 */
export type QuickWealth = (
  groups: readonly PredictedGroup[],
  portfolio: BetPortfolio,
  memo?: SumsMemo,
  into?: Float64Array,
) => Float64Array;

/**
 * The same wealth, up to the last bits; to the bit where the test adds its cells in their order.
 *
 * @example
 * quickWealth(labelWealth)(groups, portfolio); // as labelWealth(groups, portfolio)
 */
export function quickWealth(wealth: Wealth): QuickWealth {
  const tables = new BetTables();

  function gains(group: PredictedGroup, cell: number, portfolio: BetPortfolio): Float64Array {
    const counts = new Float64Array(group.counts.length);
    counts[cell] = 1;
    return wealth([{ ...group, counts }], portfolio);
  }

  function addGroup(sums: Float64Array, group: PredictedGroup, portfolio: BetPortfolio): void {
    const { counts } = group;
    const table = tables.of(portfolio, group);
    for (let cell = 0; cell < counts.length; cell += 1) {
      const count = counts[cell]!;
      if (count === 0) continue;
      let ofCell = table[cell];
      if (ofCell === undefined) {
        ofCell = gains(group, cell, portfolio);
        table[cell] = ofCell;
      }
      for (let j = 0; j < sums.length; j += 1) sums[j]! += count * ofCell[j]!;
    }
  }

  return (groups, portfolio, memo, into = new Float64Array(2 * portfolio.effects.length)) => {
    const add = (sums: Float64Array, group: PredictedGroup) => addGroup(sums, group, portfolio);
    return sumGroups(groups, into, add, memo);
  };
}
