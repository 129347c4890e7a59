/** Reads what was refused, why, and the latest examples. */
import type { RefusalsAnswer } from '../../contracts/api.ts';
import { type ErrorCode, errors } from '../../contracts/errors.ts';
import { bounded, type Reader } from '../../control/statement.ts';

const counts = bounded(`
  SELECT code, count() AS count
  FROM dead_letters FINAL
  GROUP BY code
  ORDER BY count DESC, code
  LIMIT 200`);

/** No FINAL: a row that was written again is the same row. */
const last = bounded(`
  SELECT code, toValidUTF8(argMax(reason, (received_at, offset))) AS lastReason,
    toUnixTimestamp64Milli(max(received_at)) AS lastAt
  FROM dead_letters
  GROUP BY code
  LIMIT 200`);

/** The bytes of those alone that are shown: all of them would be sorted with theirs. */
const latest = bounded(`
  SELECT partition, offset, toUnixTimestamp64Milli(received_at) AS receivedAt, code,
    toValidUTF8(reason) AS reason, toValidUTF8(substring(bytes, 1, 200)) AS preview
  FROM dead_letters
  WHERE (pipeline, partition, offset) IN (
    SELECT pipeline, partition, offset
    FROM dead_letters
    GROUP BY pipeline, partition, offset
    ORDER BY max(received_at) DESC, pipeline, partition, offset DESC
    LIMIT 50
  )
  ORDER BY received_at DESC, pipeline, partition, offset DESC
  LIMIT 1 BY pipeline, partition, offset
  LIMIT 50`);

interface LastRow {
  code: string;
  lastReason: string;
  lastAt: number;
}

/** Every refusal counts once for each pipeline that refused it. */
export async function readRefusals(reader: Reader): Promise<RefusalsAnswer> {
  const [countRows, lastRows, latestRows] = await Promise.all([
    reader.query<{ code: string; count: number }>(counts),
    reader.query<LastRow>(last),
    reader.query<RefusalsAnswer['latest'][number]>(latest),
  ]);
  const lastByCode = new Map(lastRows.map((row) => [row.code, row]));
  return {
    total: countRows.reduce((total, row) => total + row.count, 0),
    reasons: countRows.map(({ code, count }) => ({
      code,
      means: meaningOf(code),
      count,
      lastReason: lastByCode.get(code)?.lastReason ?? '',
      lastAt: lastByCode.get(code)?.lastAt ?? 0,
    })),
    latest: latestRows,
  };
}

function meaningOf(code: string): string {
  return Object.hasOwn(errors, code)
    ? errors[code as ErrorCode].means
    : 'a reason that this version of the engine does not know';
}
