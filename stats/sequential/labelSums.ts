/** `labelWealth` for many experiments, evaluated again and again: gains by cell are kept, and sums of what has not changed. */
import type { BetPortfolio } from './betPortfolio.ts';
import { BetTables } from './betTables.ts';
import { labelWealth } from './labelBetting.ts';
import type { PredictedGroup } from './predictGroups.ts';
import { type SumsMemo, sumGroups } from './sumGroups.ts';

/** ln factor of every bet at a cell. */
const tables = new BetTables();

/** The wealth of a single unit in the cell. */
function cellTable(group: PredictedGroup, cell: number, portfolio: BetPortfolio): Float64Array {
  const counts = new Float64Array(group.counts.length);
  counts[cell] = 1;
  return labelWealth([{ ...group, counts }], portfolio);
}

function addGroup(sums: Float64Array, group: PredictedGroup, portfolio: BetPortfolio): void {
  const { counts } = group;
  const table = tables.of(portfolio, group);
  for (let cell = 0; cell < counts.length; cell += 1) {
    const count = counts[cell]!;
    if (count === 0) continue;
    let ofCell = table[cell];
    if (ofCell === undefined) {
      ofCell = cellTable(group, cell, portfolio);
      table[cell] = ofCell;
    }
    for (let j = 0; j < sums.length; j += 1) sums[j]! += count * ofCell[j]!;
  }
}

/**
 * ln wealth of every bet, as `labelWealth`, up to the last bits.
 *
 * @param memo of the last call for the same experiment, to begin where nothing has changed; see `sumGroups`
 */
export function labelSums(
  groups: readonly PredictedGroup[],
  portfolio: BetPortfolio,
  memo?: SumsMemo,
): Float64Array {
  const add = (sums: Float64Array, group: PredictedGroup) => addGroup(sums, group, portfolio);
  return sumGroups(groups, 2 * portfolio.effects.length, add, memo);
}
