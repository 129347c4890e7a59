/**
 * Answers of 1,705 students through the whole engine: door, event log, workers, embedded ClickHouse; one pass, each
 * prediction made before its answer is learnt.
 *
 * The AUC is exact, from the ranks of the stored predictions of all partitions together.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEngine } from '../cli/engine.ts';
import { asLines } from '../cli/lines.ts';
import { sendUntilTaken } from '../cli/send.ts';
import { readSettings } from '../contracts/settings.ts';
import { replayFile } from '../sources/replay/replayFile.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import type { Figures } from './run.ts';
import { residentMb } from './support/memory.ts';
import { settled } from './support/settled.ts';
import { withDirectory } from './support/temporary.ts';

const root = import.meta.url.includes('/dist/') ? '../../' : '../';
const file = fileURLToPath(
  new URL(`${root}../shared/data/assistments2017.csv.gz`, import.meta.url),
);

export async function run({ full }: { full: boolean }): Promise<Figures> {
  if (!existsSync(file)) throw new Error(`${file} is absent: nothing was measured`);
  const partitions = process.env['MILLRACE_PARTITIONS'];
  const rowsMax = full ? Infinity : 20_000;
  return withDirectory(async (directory) => {
    const settings = readSettings(
      {},
      { data: directory, pseudonyms: 'off', ...(partitions === undefined ? {} : { partitions }) },
    );
    const engine = await startEngine({ settings, say: () => {}, serve: false });
    try {
      const started = performance.now();
      let sent = 0;
      const { signal } = new AbortController();
      for await (const batch of replayFile({ path: file, format: 'assistments', signal })) {
        const lines = asLines(batch);
        await sendUntilTaken(() => engine.ingest(lines, 'application/x-ndjson'), signal);
        sent += batch.length;
        if (sent >= rowsMax) break;
      }
      await settled(engine, 600_000);
      const seconds = (performance.now() - started) / 1000;
      const rssMb = residentMb([process.pid, engine.clickhousePid()!]);
      const predictions = await engine.store.query<{ p: number; y: number }>(
        `SELECT probability AS p, label AS y FROM predictions FINAL WHERE pipeline = 'learning'`,
      );
      const probabilities = Float64Array.from(predictions, ({ p }) => p);
      const labels = Uint8Array.from(predictions, ({ y }) => y);
      let logLoss = 0;
      for (let i = 0; i < labels.length; i += 1) {
        logLoss -= Math.log(labels[i] === 1 ? probabilities[i]! : 1 - probabilities[i]!);
      }
      return {
        rows: predictions.length,
        sent,
        auc: rankAuc(probabilities, labels),
        log_loss: logLoss / labels.length,
        events_per_s: sent / seconds,
        seconds,
        partitions: engine.log!.partitions,
        rss_mb: rssMb,
      };
    } finally {
      await engine.stop();
    }
  });
}
