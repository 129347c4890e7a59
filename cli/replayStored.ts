/** A stored result against the same result computed again from the records that it was counted from. */
import { EngineError } from '../contracts/errors.ts';
import type { ExperimentResult } from '../contracts/experimentResult.ts';
import type { Store } from '../contracts/store.ts';
import {
  type PastResult,
  readPastResult,
  readRevision,
} from '../control/experiments/pastResults.ts';
import { learning } from '../pipelines/learning.ts';
import type { PastLog } from './pastLog.ts';
import { neededOffsets, offsetsOfResult, replayResult } from './replayResult.ts';
import { type Difference, resultDifferences } from './resultDifferences.ts';

export interface ReplayOfStored {
  readonly experiment: string;
  /** When the result was evaluated, ms since 1970. */
  readonly at: number;
  readonly revision: number;
  readonly verdict: string;
  readonly source: PastLog['source'];
  /** Parts into which each partition was divided. */
  readonly parts: number;
  /** Offsets that were gone through. */
  readonly records: number;
  /** Whether the two are the same, byte for byte. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  /**
   * Whether the result says how far each kind of counts went. Of one that does not, a difference may mean that it was evaluated
   * while an epoch was being written.
   */
  readonly noted: boolean;
}

export interface ReplayStoredOptions {
  readonly store: Store;
  readonly experiment: string;
  /** The newest result at that time, ms since 1970; absent: now. */
  readonly at?: number | undefined;
  /** So many results before it. */
  readonly back?: number;
  readonly parts?: number;
  /** @param needed the last offset that is needed, by partition */
  open(needed: ReadonlyMap<number, number>): Promise<PastLog>;
  onProgress?(done: number, needed: number): void;
}

/**
 * @returns undefined when the experiment had no result then
 * @throws EngineError LOG_UNAVAILABLE when the records are not all there, EXPERIMENT_INVALID when result or definition cannot be read
 */
export async function replayStored(
  options: ReplayStoredOptions,
): Promise<ReplayOfStored | undefined> {
  const { store, experiment, at, back = 0, parts = 1, open, onProgress } = options;
  const past = await readPastResult(store, experiment, { at, back });
  if (past === undefined) return undefined;
  const stored = parse(experiment, past);
  const record = await readRevision(store, experiment, past.revision);
  const offsets = offsetsOfResult(stored);
  const needed = neededOffsets(offsets);
  const log = await open(needed);
  const recomputed = await replayResult(log, record, offsets, past.at, {
    parts,
    poison: await readPoison(store),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const noted = stored.countOffsets !== undefined;
  const text = textOf(recomputed, noted);
  return {
    ...{ experiment, at: past.at, revision: past.revision, verdict: recomputed.verdict.word },
    ...{ source: log.source, parts, noted },
    records: [...needed.values()].reduce((sum, each) => sum + each, 0),
    same: text === past.text,
    differences: resultDifferences(stored, JSON.parse(text)),
  };
}

function parse(experiment: string, { text }: PastResult): ExperimentResult {
  try {
    return JSON.parse(text) as ExperimentResult;
  } catch (error) {
    const told = `the stored result of the experiment ${experiment} is no JSON`;
    throw new EngineError('EXPERIMENT_INVALID', told, { cause: error });
  }
}

/** @param noted as results are written now; otherwise as they were before they said how far each kind of counts went */
function textOf(result: ExperimentResult, noted: boolean): string {
  if (noted) return JSON.stringify(result);
  const { countOffsets: _, ...before } = result;
  return JSON.stringify(before);
}

/** What the pipeline's code could not take was refused; its counting takes it for refused as well. */
async function readPoison(store: Pick<Store, 'query'>): Promise<Map<number, Map<number, string>>> {
  const rows = await store.query<{ partition: number; offset: number; reason: string }>(
    `SELECT partition, offset, reason FROM dead_letters FINAL
     WHERE pipeline = {pipeline:String} AND code = 'EVENT_POISONOUS'`,
    { pipeline: learning.name },
  );
  const poison = new Map<number, Map<number, string>>();
  for (const { partition, offset, reason } of rows) {
    const known = poison.get(partition) ?? new Map<number, string>();
    poison.set(partition, known.set(offset, reason));
  }
  return poison;
}
