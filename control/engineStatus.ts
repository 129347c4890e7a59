/** What the running workers say of themselves, and what it adds up to. */
import type { PartitionStatus } from '../contracts/api.ts';

export interface PartitionFacts extends Omit<PartitionStatus, 'lagEvents'> {
  readonly pipeline: string;
  readonly version: number;
  /** What the pipeline does, in a sentence. */
  readonly summary: string;
  /** Since when events have waited without any being committed, ms since 1970; null when none waits. */
  readonly waitingSince: number | null;
  /** State tables with the keys that they hold. */
  readonly tables: readonly { readonly name: string; readonly keys: number }[];
}

/** The engine as seen from its own process: answers at once, from memory. */
export interface EngineStatus {
  /** One entry for each partition of each pipeline. */
  partitions(): readonly PartitionFacts[];
  /** Why the event log takes no more, in a sentence; null when it does. */
  logProblem?(): string | null;
}

export interface Progress {
  /** Of the pipeline that is fastest: each event passes through every pipeline, and is one event. */
  readonly eventsPerSecond: number;
  /** Of the pipeline that is furthest behind. */
  readonly lagEvents: number;
  /** Sum of the committed offsets of all pipelines. */
  readonly committed: number;
}

export function lagOf({ committedOffset, endOffset }: PartitionFacts): number {
  return Math.max(0, endOffset - committedOffset);
}

export function byPipeline(partitions: readonly PartitionFacts[]): Map<string, PartitionFacts[]> {
  const grouped = new Map<string, PartitionFacts[]>();
  for (const facts of partitions) {
    const group = grouped.get(facts.pipeline);
    if (group === undefined) grouped.set(facts.pipeline, [facts]);
    else group.push(facts);
  }
  return grouped;
}

export function progressOf(partitions: readonly PartitionFacts[]): Progress {
  let eventsPerSecond = 0;
  let lagEvents = 0;
  let committed = 0;
  for (const group of byPipeline(partitions).values()) {
    eventsPerSecond = Math.max(
      eventsPerSecond,
      total(group, (facts) => facts.eventsPerSecond),
    );
    lagEvents = Math.max(lagEvents, total(group, lagOf));
    committed += total(group, (facts) => facts.committedOffset);
  }
  return { eventsPerSecond, lagEvents, committed };
}

function total(
  group: readonly PartitionFacts[],
  figure: (facts: PartitionFacts) => number,
): number {
  return group.reduce((sum, facts) => sum + figure(facts), 0);
}
