/**
 * Clusters as the test takes them: each once, whole, at a fixed age.
 *
 * A cluster is opened on the day of its first member. Who comes within the `gatherDays` after it belongs to it; who comes later
 * does not, so that its figure never moves once it is in. It is in when all members that may belong to it are scored in all
 * partitions. Taken in earlier, its mean would wander between the looks, and a test that is watched would be given new chances
 * with every member: with members coming for ever it errs at any level.
 *
 * A partition that is more than `patienceDays` behind the most advanced is not waited for.
 */
import { outcomeSums } from '../../models/measure/outcomeScale.ts';
import { type ClusterCell, tallySum, tallyUnits } from './experimentCounts.ts';

/** Days after the first one on which members may come, where the experiment says nothing. */
export const gatherDaysDefault = 7;
const patienceDays = 2;

export interface GatheredCluster {
  readonly stage: number;
  readonly cluster: string;
  /** Members. */
  readonly units: number;
  /** Σn, Σd, Σn², Σd², Σnd of the members in steps, exact. */
  readonly sums: readonly bigint[];
}

/** Days of which everybody is scored, in all partitions that are waited for; 0 without any. */
export function completeDays(byPartition: readonly number[]): number {
  const most = Math.max(0, ...byPartition);
  return Math.min(most, ...byPartition.filter((days) => days >= most - patienceDays));
}

/**
 * @param cells      of one metric and variant, in any order
 * @param days       of which everybody is scored, see {@link completeDays}
 * @param gatherDays after a cluster's first day on which members belong to it
 * @returns the clusters that are complete, ascending by stage and name: the last bits of what is computed depend on the order
 */
export function gatherClusters(
  cells: readonly ClusterCell[],
  days: number,
  gatherDays: number = gatherDaysDefault,
): GatheredCluster[] {
  const byCluster = new Map<string, ClusterCell[]>();
  for (const cell of cells) {
    const key = `${cell.stage} ${cell.cluster}`;
    const own = byCluster.get(key);
    if (own === undefined) byCluster.set(key, [cell]);
    else own.push(cell);
  }
  const gathered: GatheredCluster[] = [];
  for (const own of byCluster.values()) {
    const last = Math.min(...own.map(({ day }) => day)) + gatherDays;
    if (last >= days) continue;
    const tallies = own.filter(({ day }) => day <= last).flatMap((cell) => cell.tallies);
    const { stage, cluster } = own[0]!;
    const sums = Array.from({ length: outcomeSums }, (_, at) =>
      tallies.reduce((sum, tally) => sum + tallySum(tally, at), 0n),
    );
    gathered.push({ stage, cluster, units: tallyUnits(tallies), sums });
  }
  return gathered.sort((a, b) => a.stage - b.stage || (a.cluster < b.cluster ? -1 : 1));
}
