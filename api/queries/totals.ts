/**
 * Reads what each pipeline set aside since the beginning of the data.
 *
 * Refused and late events are counted where they lie, each once however often an epoch was written; duplicates leave no
 * row of their own and come from the notes on epochs, which are kept for 30 days.
 */
import { bounded, type Reader } from '../../control/statement.ts';

export interface Totals {
  readonly refused: number;
  readonly late: number;
  readonly duplicates: number;
}

const totals = bounded(`
  SELECT pipeline, sum(refused) AS refused, sum(late) AS late, sum(duplicates) AS duplicates
  FROM (
    SELECT pipeline, count() AS refused, 0 AS late, 0 AS duplicates
    FROM dead_letters FINAL GROUP BY pipeline
    UNION ALL
    SELECT pipeline, 0 AS refused, count() AS late, 0 AS duplicates
    FROM late_events FINAL GROUP BY pipeline
    UNION ALL
    SELECT pipeline, 0 AS refused, 0 AS late, sum(epochs.duplicates) AS duplicates
    FROM epochs GROUP BY pipeline
  )
  GROUP BY pipeline
  LIMIT 1000`);

export async function readTotals(reader: Reader): Promise<Map<string, Totals>> {
  const rows = await reader.query<Totals & { pipeline: string }>(totals);
  return new Map(
    rows.map(({ pipeline, refused, late, duplicates }) => [
      pipeline,
      { refused, late, duplicates },
    ]),
  );
}
