/** Results as they were written, to the byte, and the definitions by which they were evaluated. */
import { EngineError } from '../../contracts/errors.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { Store } from '../../contracts/store.ts';
import { readDefinitions } from '../definitions/definitionRows.ts';

export interface PastResult {
  /** JSON of an `ExperimentResult`. */
  readonly text: string;
  /** When it was evaluated, ms since 1970. */
  readonly at: number;
  /** Of the definition. */
  readonly revision: number;
}

/**
 * The newest result that the history has of an experiment.
 *
 * @param at   as it was at that time, ms since 1970; absent: now
 * @param back so many results before it
 * @returns undefined when there was none
 */
export async function readPastResult(
  store: Pick<Store, 'query'>,
  experiment: string,
  { at, back = 0 }: { readonly at?: number | undefined; readonly back?: number } = {},
): Promise<PastResult | undefined> {
  const [found] = await store.query<PastResult>(
    `SELECT result AS text, toUnixTimestamp64Milli(evaluated) AS at, revision
     FROM (SELECT result, at AS evaluated, revision, word FROM experiment_results FINAL WHERE experiment = {experiment:String})
     ${at === undefined ? '' : 'WHERE evaluated <= fromUnixTimestamp64Milli({at:Int64})'}
     ORDER BY evaluated DESC, word LIMIT 1 OFFSET {back:UInt32}`,
    { experiment, back, ...(at === undefined ? {} : { at }) },
  );
  return found;
}

/**
 * A revision of a definition.
 *
 * @throws EngineError EXPERIMENT_INVALID when there is none that can be read
 */
export async function readRevision(
  store: Store,
  experiment: string,
  revision: number,
): Promise<ExperimentRecord> {
  const rows = await readDefinitions(store, 'experiment', [experiment]);
  // Of two rows of one revision the first counts.
  const row = rows.find((each) => each.revision === revision);
  const parsed = ExperimentRecord.safeParse(row && JSON.parse(row.definition));
  if (parsed.success) return parsed.data;
  throw new EngineError(
    'EXPERIMENT_INVALID',
    `revision ${revision} of the experiment ${experiment} ${row === undefined ? 'is not in the database' : 'cannot be read'}`,
  );
}
