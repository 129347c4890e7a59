/**
 * How soon a rollback takes effect while events flow: from the request to its answer, when the record is in the log; to the moment at
 * which the first answer that the former version served can be queried, in the next epoch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';
import type { PlayedCampus } from './playCampus.ts';

export interface Rollback {
  /** To the answer: from then on every event is served by the former version. */
  readonly logMs: number;
  /** To the first row of it in `predictions`. */
  readonly rowMs: number;
}

const model = 'answer';
const flowLength = 20;
const flowMs = 10;
const waitMaxMs = 30_000;

/** Makes a version champion, as by hand. */
export async function serveAtOnce(engine: Engine, version: string): Promise<void> {
  const response = await fetch(`${engine.url}/v1/models/${model}/rollback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version, reason: 'A rollback is measured.' }),
  });
  if (!response.ok) throw new Error(`rollback: ${response.status} ${await response.text()}`);
}

/** Events flow meanwhile. @param version another than the one that serves */
export async function measureRollback(
  engine: Engine,
  campus: PlayedCampus,
  version: string,
): Promise<Rollback> {
  let isOver = false;
  const flowing = (async () => {
    while (!isOver) {
      await campus.send(Number.POSITIVE_INFINITY, flowLength);
      await sleep(flowMs);
    }
  })();
  try {
    // Some epochs of the flow.
    await sleep(1_000);
    const before = await newestOffset(engine);
    const begun = performance.now();
    await serveAtOnce(engine, version);
    const logMs = performance.now() - begun;
    while (!(await hasServed(engine, version, before))) {
      if (performance.now() - begun > waitMaxMs) throw new Error('a rollback takes no effect');
      await sleep(5);
    }
    return { logMs, rowMs: performance.now() - begun };
  } finally {
    isOver = true;
    await flowing;
  }
}

async function newestOffset({ store }: Engine): Promise<number> {
  const [row] = await store.query<{ newest: number }>(
    'SELECT toFloat64(max(offset)) AS newest FROM predictions WHERE model = {model:String}',
    { model },
  );
  return row?.newest ?? 0;
}

async function hasServed({ store }: Engine, version: string, after: number): Promise<boolean> {
  const rows = await store.query<{ offset: number }>(
    `SELECT toFloat64(offset) AS offset FROM predictions
     WHERE pipeline = 'learning' AND model = {model:String} AND offset > {after:UInt64} AND model_version = {version:String}
     LIMIT 1`,
    { model, after, version },
  );
  return rows.length > 0;
}
