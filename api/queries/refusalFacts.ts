/** Reads the refusals that health is judged by: lately, and in the day before. */

import { bounded, type Reader } from '../../control/statement.ts';
import type { RefusalFacts } from '../healthMonitor.ts';

const recentMs = 900_000;
const dayMs = 86_400_000;

const shares = bounded(`
  SELECT
    sumIf(events, committed_at >= fromUnixTimestamp64Milli({recent:Int64}, 'UTC')) AS recentEvents,
    sumIf(refused, committed_at >= fromUnixTimestamp64Milli({recent:Int64}, 'UTC')) AS recentRefused,
    sum(events) - recentEvents AS beforeEvents,
    sum(refused) - recentRefused AS beforeRefused
  FROM epochs
  WHERE committed_at >= fromUnixTimestamp64Milli({day:Int64}, 'UTC')`);

interface SharesRow {
  recentEvents: number;
  recentRefused: number;
  beforeEvents: number;
  beforeRefused: number;
}

const code = bounded(`
  SELECT code
  FROM dead_letters
  WHERE received_at >= fromUnixTimestamp64Milli({recent:Int64}, 'UTC')
  GROUP BY code
  ORDER BY count() DESC, code
  LIMIT 1`);

/** @param now the engine's clock, ms */
export async function readRefusalFacts(reader: Reader, now: number): Promise<RefusalFacts> {
  const times = { recent: now - recentMs, day: now - dayMs };
  const [[share], codes] = await Promise.all([
    reader.query<SharesRow>(shares, times),
    reader.query<{ code: string }>(code, times),
  ]);
  return {
    refusals: {
      recent: { events: share?.recentEvents ?? 0, refused: share?.recentRefused ?? 0 },
      before: { events: share?.beforeEvents ?? 0, refused: share?.beforeRefused ?? 0 },
    },
    refusalCode: codes[0]?.code ?? null,
  };
}
