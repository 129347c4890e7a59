/**
 * A thread of the embedded ClickHouse that runs one statement at a time, each in a fresh session (0.2 ms), so that
 * settings, parameters and temporary tables never reach a later statement.
 *
 * A thread, because chdb analyses a streamed query synchronously: a scalar subquery would hold up the whole server.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Session } from 'chdb';
import { sessionArguments } from './configuration.ts';
import type { Counts, FromWorker, Job, ToWorker } from './messages.ts';

/** Chunks under way to the main thread before it has to ask for more. */
const windowMax = 3;

const port = parentPort;
if (port === null) throw new TypeError('worker: expected to run as a thread');
const directory = workerData as string;

let credit = windowMax;
let cancelled = false;
let wake: (() => void) | undefined;

function send(message: FromWorker): void {
  port!.postMessage(message);
}

async function sendChunk(bytes: Uint8Array): Promise<void> {
  while (credit === 0 && !cancelled) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  credit -= 1;
  if (!cancelled) send({ kind: 'chunk', bytes });
}

async function runWhole(session: Session, { sql, format }: Job): Promise<Counts> {
  const result = await session.queryAsync(sql, { format });
  const bytes = result.bytes();
  if (bytes.length > 0) await sendChunk(bytes);
  const { rowsRead, bytesRead, elapsed } = result;
  return { rowsRead, bytesRead, elapsedMs: elapsed * 1000 };
}

async function runStreamed(session: Session, { sql, format }: Job): Promise<Counts> {
  const startedAt = performance.now();
  let rowsRead = 0;
  let bytesRead = 0;
  for await (const chunk of session.queryStream(sql, { format })) {
    rowsRead += chunk.numRows;
    bytesRead += chunk.numBytes;
    if (chunk.numBytes > 0) await sendChunk(chunk.raw());
    if (cancelled) break;
  }
  return { rowsRead, bytesRead, elapsedMs: performance.now() - startedAt };
}

function open(): Session {
  return new Session(directory, { connectionArgs: [...sessionArguments] });
}

/** Opened ahead, while nobody waits. */
let next: Session | undefined = open();

async function run(job: Job): Promise<Counts> {
  const session = next ?? open();
  next = undefined;
  try {
    if (job.database !== '') session.query(`USE ${job.database}`);
    session.query(`SET ${job.assignments}`);
    if (job.streamed) return await runStreamed(session, job);
    return await runWhole(session, job);
  } finally {
    session.close();
  }
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'run') {
    credit = windowMax;
    cancelled = false;
    run(message.job)
      .then(
        (counts) => send({ kind: 'end', counts }),
        (error: unknown) =>
          send({ kind: 'error', message: error instanceof Error ? error.message : String(error) }),
      )
      .then(() => {
        next = open();
      });
    return;
  }
  if (message.kind === 'more') credit += 1;
  else cancelled = true;
  wake?.();
  wake = undefined;
});
