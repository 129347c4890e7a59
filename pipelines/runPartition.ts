/**
 * The life of one pipeline in one partition: recover, read, push, cut, commit; and again after a failure.
 *
 * While an epoch is committed the next one is computed. Outputs are written one epoch at a time; a checkpoint whose outputs are
 * written is waited for by the next checkpoint and not by outputs, as long as these are few. So a slow sink slows reading and
 * nothing piles up. Records that make the pipeline's code fail are found and refused (`setAside.ts`): they never stop the
 * partition.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, LogReader } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Pipeline, PipelineSurroundings } from '../contracts/pipeline.ts';
import type { Store } from '../contracts/store.ts';
import { type CommitHooks, commitEpoch, persist } from './commit.ts';
import { EpochReport } from './epochReport.ts';
import type { Epoch, Instance } from './instance.ts';
import { readBehindMarker } from './markedRecord.ts';
import { type RecallPlace, recall } from './recall.ts';
import { type Recovered, recoverInstance } from './recovery.ts';
import { setAside } from './setAside.ts';
import type { PartitionReport } from './status.ts';

export interface EpochLimits {
  /** Time between cuts while there are events and fewer than `epochEvents` wait behind them, ms. */
  readonly epochMs: number;
  /** Least time between two checkpoints, ms. */
  readonly checkpointMs: number;
  readonly epochEvents: number;
}

/** Bytes of output after which an epoch is cut whatever its age. */
const outputBytesMax = 64 * 1024 * 1024;
/** Records behind a chunk that are looked through with it, when one of its users has to be brought back. */
const recalledMax = 2_000;
/** Pause before an empty log is looked at again, ms. */
const pollMs = 5;
/** Pauses after a failure of a partition, ms. */
const restartMs = [100, 500, 2_000, 5_000];

export interface PartitionTask {
  readonly pipeline: Pipeline;
  readonly partition: number;
  readonly reader: LogReader;
  readonly store: Store;
  readonly limits: EpochLimits;
  readonly signal: AbortSignal;
  readonly hooks?: CommitHooks;
  readonly surroundings?: PipelineSurroundings;
  /** Told at each change and after each commit. */
  report(report: PartitionReport): void;
}

/** A chunk that broke the pipeline's code. */
class PoisonError extends Error {
  readonly chunk: Chunk;

  constructor(chunk: Chunk, cause: unknown) {
    super('the pipeline failed', { cause });
    this.chunk = chunk;
  }
}

function sentence(error: unknown): string {
  if (error instanceof EngineError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Runs until the signal aborts; everything read is committed before it returns. */
export async function runPartition(task: PartitionTask): Promise<void> {
  for (let failures = 0; !task.signal.aborted; ) {
    try {
      await runUntilFailure(task, () => {
        failures = 0;
      }).catch(async (error: unknown) => {
        if (task.signal.aborted || !(error instanceof PoisonError)) throw error;
        if (!(await setPoisonAside(task, error.chunk))) throw error.cause;
      });
    } catch (error) {
      if (task.signal.aborted) return;
      const waitMs = restartMs[Math.min(failures, restartMs.length - 1)]!;
      failures += 1;
      task.report({ state: 'failed', detail: sentence(error) });
      await sleep(waitMs, undefined, { signal: task.signal }).catch(() => undefined);
    }
  }
}

/** Hooks that also tell the status of the partition. */
function tellingHooks(task: PartitionTask): CommitHooks {
  return {
    ...task.hooks,
    onRetry(error, waitMs) {
      task.hooks?.onRetry?.(error, waitMs);
      task.report({ state: 'waiting', detail: sentence(error) });
    },
  };
}

function recover(
  task: PartitionTask,
  poison: ReadonlyMap<number, string> = new Map(),
): Promise<Recovered> {
  const { store, pipeline, partition, reader, signal, surroundings } = task;
  const hooks = tellingHooks(task);
  return recoverInstance(store, pipeline, partition, reader, poison, signal, hooks, surroundings);
}

/** @param run code of the pipeline, on a chunk */
function guarded<Result>(chunk: Chunk, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new PoisonError(chunk, error);
  }
}

/** Markers that the store may show while this worker has the partition. */
type Markers = Pick<RecallPlace, 'settled' | 'underWay'>;

/**
 * Brings back what the chunk may ask for; nothing else is pushed or cut meanwhile.
 *
 * @param next the chunk behind another, if the log has it: what they ask for is read together
 * @returns the chunk and those behind it that may be pushed now
 */
async function bringBack(
  task: PartitionTask,
  instance: Instance,
  chunk: Chunk,
  markers: Markers,
  next: (last: Chunk) => Chunk | undefined = () => undefined,
): Promise<readonly Chunk[]> {
  const chunks = [chunk];
  if (guarded(chunk, () => instance.wanted(chunks)).length === 0) return chunks;
  let records = chunk.length;
  for (let last = next(chunk); last !== undefined && records < recalledMax; last = next(last)) {
    chunks.push(last);
    records += last.length;
  }
  const wanted = guarded(chunk, () => instance.wanted(chunks));
  const { store, partition, signal } = task;
  const place = { store, partition, pipeline: task.pipeline.name, ...markers };
  await persist(() => recall(wanted, place), signal, tellingHooks(task));
  return chunks;
}

async function runUntilFailure(task: PartitionTask, onCommitted: () => void): Promise<void> {
  const { reader, partition, limits, signal } = task;
  task.report({ state: 'starting', detail: null });
  const { instance, marker } = await recover(task);
  const epochs = new EpochReport(task.pipeline.name, partition);
  /** Outputs of the last cut. */
  let writing: Promise<void> | undefined;
  /** The last checkpoint, from its cut to its marker. */
  let checkpointing: Promise<void> | undefined;
  try {
    const marked =
      marker === undefined ? undefined : await readBehindMarker(marker, reader, partition, signal);
    task.report({
      state: 'running',
      detail: null,
      writtenOffset: instance.position,
      committedOffset: instance.position,
    });
    let failure: unknown;
    let cutAt = performance.now();
    let checkpointAt = cutAt;
    let checkpointed = instance.position;
    /** End of the last marker that is in the store for good. */
    let settled = instance.position;
    let isFirst = true;
    // While more than a whole epoch waits, small epochs make nothing known sooner: such an epoch ends by its size or with a
    // checkpoint. Not the first, which shows that the partition goes on.
    const behind = () =>
      !isFirst && reader.end(partition) - instance.position >= limits.epochEvents;
    const cut = (checkpoint: boolean) => {
      cutAt = performance.now();
      isFirst = false;
      if (checkpoint) {
        checkpointAt = cutAt;
        checkpointed = instance.position;
      }
      let onWritten = () => {};
      const written = new Promise<void>((resolve) => {
        onWritten = resolve;
      });
      const end = instance.position;
      const committing = commitAndReport(task, epochs, instance.cut(checkpoint), onWritten).then(
        () => {
          onCommitted();
          if (!checkpoint) return;
          settled = end;
          instance.settled();
        },
        (error: unknown) => {
          failure ??= error;
        },
      );
      writing = (checkpoint ? Promise.race([written, committing]) : committing).then(() => {
        writing = undefined;
      });
      if (!checkpoint) return;
      checkpointing = committing.then(() => {
        checkpointing = undefined;
      });
    };
    const behindOf = ({ firstOffset, length }: Chunk) =>
      reader.read(partition, firstOffset + length);
    const push = async (first: Chunk) => {
      const markers = { settled, underWay: checkpointed };
      for (const chunk of await bringBack(task, instance, first, markers, behindOf)) {
        guarded(chunk, () => instance.push(chunk));
      }
    };
    if (marked !== undefined) await push(marked);
    for (;;) {
      if (failure !== undefined) throw failure;
      const now = performance.now();
      const full = instance.events >= limits.epochEvents || instance.outputBytes >= outputBytesMax;
      const late =
        checkpointing === undefined &&
        instance.position > checkpointed &&
        now - checkpointAt >= limits.checkpointMs;
      const due =
        full || late || (instance.records > 0 && now - cutAt >= limits.epochMs && !behind());
      // A marker vouches for the outputs before it, and they are written when it is cut. Those behind it need not wait until
      // it is there; but a recovery would compute them again, so they are bounded.
      const mayWrite =
        writing === undefined &&
        (checkpointing === undefined || instance.position - checkpointed < limits.epochEvents);
      const underWay = writing ?? checkpointing;
      if (underWay !== undefined && (signal.aborted || (full && !mayWrite))) {
        await underWay;
        continue;
      }
      if (signal.aborted) {
        if (instance.position === checkpointed) return;
        cut(true);
        continue;
      }
      if (due && mayWrite) {
        cut(late);
        continue;
      }
      const chunk = reader.read(partition, instance.position);
      if (chunk === undefined) {
        // A partition that has fallen silent still owes the notes on its last epochs.
        void epochs.send(task.store, performance.now());
        await (reader.arrival?.(partition, pollMs) ?? sleep(pollMs));
      } else {
        await push(chunk);
        // Between two chunks the event loop gets its turn: answers of the sink, messages, timers.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  } finally {
    instance.close();
    await Promise.all([writing, checkpointing]);
    await epochs.send(task.store, Infinity);
  }
}

async function commitAndReport(
  task: PartitionTask,
  epochs: EpochReport,
  epoch: Epoch,
  onWritten?: () => void,
): Promise<void> {
  const { store, partition, reader, signal } = task;
  const started = performance.now();
  let lagEvents = 0;
  const hooks: CommitHooks = {
    ...tellingHooks(task),
    onWritten() {
      task.hooks?.onWritten?.();
      onWritten?.();
      lagEvents = Math.max(0, reader.end(partition) - epoch.endOffset);
      // A checkpoint takes a while from here on, and nobody who reads outputs needs to wait for it.
      if (epoch.state === undefined) return;
      task.report({ state: 'running', detail: null, writtenOffset: epoch.endOffset });
    },
  };
  // What is under way at a stop is still written: only its retries end with the signal.
  await commitEpoch(store, epoch, signal, hooks);
  const commitMs = performance.now() - started;
  const committedAt = Date.now();
  task.report({
    state: 'running',
    detail: null,
    // Of a checkpoint it was told before: by now more may be written.
    ...(epoch.state === undefined
      ? { writtenOffset: epoch.endOffset }
      : { committedOffset: epoch.endOffset }),
    events: epoch.events,
    committedAt,
    commitMs,
    receivedAt: epoch.receivedAt,
    tables: epoch.tables,
  });
  epochs.add(epoch, { committedAt, commitMs, lagEvents });
  // Not waited for: the next epoch need not.
  void epochs.send(store, performance.now());
}

/** @returns false when the chunk does not fail by its records */
async function setPoisonAside(task: PartitionTask, chunk: Chunk): Promise<boolean> {
  const { pipeline, partition, reader, signal } = task;
  const epochs = new EpochReport(pipeline.name, partition);
  let settled = 0;
  try {
    return await setAside(chunk, {
      reader,
      signal,
      async recover(poison) {
        const { instance } = await recover(task, poison);
        settled = instance.position;
        return instance;
      },
      async commit(epoch) {
        await commitAndReport(task, epochs, epoch);
        settled = epoch.endOffset;
      },
      async bringBack(instance, part) {
        await bringBack(task, instance, part, { settled, underWay: settled });
      },
      reasonOf: (error) => `the pipeline ${pipeline.name} failed: ${sentence(error)}`,
    });
  } finally {
    await epochs.send(task.store, Infinity);
  }
}
