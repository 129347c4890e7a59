/** The life of a version in the default pipeline, through ClickHouse: what is stored of it, stops or not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import type { StatisticRow } from '../../../contracts/statistic.ts';
import {
  type ClosableVersionScorer,
  createVersionScorer,
} from '../../../models/scoring/versionScorer.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { pairedLosses } from '../../../stats/streaming/pairedLosses.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import {
  answerRows,
  artifactIn,
  type TestVersions,
  trainVersions,
  withRecords,
} from '../../support/servedAnswers.ts';

const compiled = new URL('../../../dist/models/scoring/scorerThread.js', import.meta.url);
let clickhouse: TestClickHouse;
let scorer: ClosableVersionScorer;
let versions: TestVersions;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  versions = trainVersions(answerRows(1_500, 2));
  scorer = createVersionScorer(artifactIn(versions.files), {}, compiled);
});
afterAll(async () => {
  await scorer.close();
  await clickhouse.close();
});

const rows = answerRows(500);

function log(): string[] {
  const { trees } = versions;
  const release = (share: number, stage: string) => ({ id: 'r1', version: trees, share, stage });
  return withRecords(rows, {
    50: { revision: 1, release: release(0, 'shadow') },
    200: { revision: 2, release: release(0.5, 'canary-1') },
    400: { revision: 3, champion: trees },
  }).map((row) => JSON.stringify({ ...row, time: new Date(row.time).toISOString() }));
}

async function runUntil(store: ClickHouseStore, chunk: number, until: number): Promise<void> {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log(), { chunk, receivedAt: rows.at(-1)!.time, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 70, checkpointMs: 20 },
    signal: stop.signal,
    surroundings: { scorer },
    report({ committedOffset = 0 }) {
      if (committedOffset >= until) stop.abort();
    },
  });
}

test('what a version did is stored the same with stops and without, and can be recomputed', async () => {
  const whole = await clickhouse.database('whole');
  await runUntil(whole, 503, 503);
  const stopped = await clickhouse.database('stopped');
  for (const until of [120, 203, 330, 503]) await runUntil(stopped, 37, until);
  expect(describeDifferences(await readContents(stopped), await readContents(whole))).toEqual([]);

  const quality = await whole.query<{ version: string; n: number }>(
    'SELECT model_version AS version, toInt32(sum(count)) AS n FROM model_quality FINAL GROUP BY model_version ORDER BY model_version',
  );
  const predictions = await whole.query<{ version: string; n: number }>(
    'SELECT model_version AS version, toInt32(count()) AS n FROM predictions FINAL GROUP BY version ORDER BY version',
  );
  expect(predictions).toEqual(quality);
  expect(predictions.map(({ version }) => version)).toEqual(['1', '1.1']);
  expect(predictions.reduce((sum, { n }) => sum + n, 0)).toBe(500);
  const champion = await whole.query<{ version: string }>(
    'SELECT DISTINCT model_version AS version FROM predictions FINAL WHERE offset >= 403',
  );
  expect(champion).toEqual([{ version: '1.1' }]);

  const statistics = await whole.query<{
    name: string;
    key: string[];
    rows: number;
    figures: Record<string, number>;
  }>(
    `SELECT name, key, toInt32(taken) AS rows, figures FROM statistics FINAL
     WHERE name LIKE 'release_%' ORDER BY name, key`,
  );
  const served = await whole.query<{ n: number }>(
    "SELECT toInt32(count()) AS n FROM predictions FINAL WHERE model_version = '1.1' AND offset < 403",
  );
  const users = new Set(rows.slice(200, 400).map(({ user }) => user)).size;
  expect(statistics.map(({ name, key, rows }) => [name, key.join(' '), rows])).toEqual([
    ['release_arms', 'answer 1.1 1 r1:canary-1', users],
    ['release_paired', 'answer 1.1 1 r1:canary-1', served[0]!.n],
    ['release_paired', 'answer 1.1 1 r1:shadow', 150],
  ]);
  expect(served[0]!.n).toBeGreaterThan(20);
  // The same figures from the stored losses of who served: of the champion, which served all of them.
  const [, , shadow] = statistics;
  const champions = await whole.query<StatisticRow>(
    'SELECT probability AS prediction, probability AS against, toFloat64(label) AS label FROM predictions FINAL ' +
      'WHERE offset > 50 AND offset < 201',
  );
  const fold = pairedLosses.begin();
  const state = fold.initial();
  for (const row of champions) fold.step(state, row);
  const { figures } = shadow!;
  expect(fold.read(state)['brierAgainst']).toBe(figures['brierAgainst']);
  expect(figures['mean']).toBeCloseTo(figures['brier']! - figures['brierAgainst']!, 7);
});
