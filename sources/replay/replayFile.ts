/**
 * Reads a file of events batch by batch, plain or gzip, as fast as it is taken or at a set pace.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../../contracts/errors.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { replayFormat } from './formats.ts';
import { LineReader } from './lineReader.ts';
import { fileError, openFile } from './openFile.ts';
import { RecordWriter } from './recordWriter.ts';
import type { ReplayFormat } from './replayFormat.ts';

export interface ReplayOptions {
  readonly path: string;
  /** A name of `replayFormats`. */
  readonly format: string;
  /**
   * Time of the first event where the format has no clock, ms since 1970; 2017-01-01T00:00:00Z by
   * default.
   */
  readonly startTime?: number;
  /** Pace; without it as fast as the batches are taken. */
  readonly eventsPerSecond?: number;
  /** Events at the beginning that are left out, because they were taken before: they take no time of the pace. */
  readonly skipRows?: number;
  /** Most records in a batch; 4096 by default. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/** The bytes are the caller's: they are not used again. */
export interface RecordBatch {
  /** The events, one behind the other. */
  readonly bytes: Uint8Array;
  /** End of each event in `bytes`. */
  readonly ends: Int32Array;
  /** Events, > 0. */
  readonly length: number;
  /** Share of the file read so far, 0 … 1, of its bytes as they are on disk. */
  readonly progress: number;
  /** Events read so far, these and those left out included. */
  readonly rows: number;
}

const startTimeDefault = Date.UTC(2017, 0, 1);
const batchBytes = 1024 * 1024;
/** At a pace, a batch covers at most so much time, ms. */
const paceStepMs = 100;
/** A reader that fell further behind its pace does not make up for it, ms. */
const lagMax = 1000;

/**
 * The events of a file. A line longer than an event may be is cut one byte beyond the limit, so
 * that it is refused like any other event.
 *
 * @throws EngineError FILE_UNREADABLE when the file is absent, is not in its format (naming the
 *   line) or ends early
 * @throws an AbortError, or the reason of `signal`, when that is aborted
 */
export async function* replayFile(options: ReplayOptions): AsyncGenerator<RecordBatch> {
  const { path, startTime = startTimeDefault, batchSize = 4096, eventsPerSecond, signal } = options;
  const { skipRows = 0 } = options;
  const format = replayFormat(options.format);
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize: expected an integer ≥ 1, got ${batchSize}`);
  }
  if (eventsPerSecond !== undefined && !(eventsPerSecond > 0)) {
    throw new RangeError(`eventsPerSecond: expected > 0, got ${eventsPerSecond}`);
  }
  const pace = eventsPerSecond ?? Infinity;
  const recordsMax = Math.max(1, Math.min(batchSize, Math.floor((pace * paceStepMs) / 1000)));
  const wait = pacer(pace, signal);
  const parser = format.open({ startTime });
  let rows = 0;
  for await (const { target, progress } of parse(path, parser, recordsMax, signal)) {
    const skipped = Math.min(target.length, Math.max(0, skipRows - rows));
    rows += target.length;
    const length = target.length - skipped;
    if (length === 0) continue;
    await wait(length);
    signal?.throwIfAborted();
    yield { ...recordsBehind(skipped, target), length, progress, rows };
  }
}

function recordsBehind(skipped: number, { bytes, size, ends, length }: RecordWriter) {
  if (skipped === 0) return { bytes: bytes.subarray(0, size), ends: ends.subarray(0, length) };
  const start = ends[skipped - 1]!;
  return {
    bytes: bytes.subarray(start, size),
    ends: ends.subarray(skipped, length).map((end) => end - start),
  };
}

async function* parse(
  path: string,
  parser: ReturnType<ReplayFormat['open']>,
  recordsMax: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ target: RecordWriter; progress: number }> {
  const lines = new LineReader(eventBytesMax + 1);
  let target = new RecordWriter(recordsMax, 4096);
  const take = () =>
    parser.take(lines.bytes, lines.start, lines.end, lines.line, lines.longer, target);
  const file = await openFile(path);
  try {
    for await (const piece of file.pieces) {
      signal?.throwIfAborted();
      lines.feed(piece);
      while (lines.next()) {
        take();
        if (target.length < recordsMax && target.size < batchBytes) continue;
        yield { target, progress: file.progress() };
        target = new RecordWriter(recordsMax, target.size + 1024);
      }
    }
    if (lines.last()) take();
    parser.finish?.();
    if (target.length > 0) yield { target, progress: 1 };
  } catch (error) {
    if (error instanceof EngineError) {
      throw new EngineError(error.code, `${path}: ${error.message}`, { cause: error });
    }
    throw fileError(path, error, `, after line ${lines.line}`);
  } finally {
    await file.close();
  }
}

/** Waits until the next events are due; call it before they are given out. */
function pacer(pace: number, signal: AbortSignal | undefined): (count: number) => Promise<void> {
  let due = performance.now();
  return async (count) => {
    if (pace === Infinity) return;
    const now = performance.now();
    due = Math.max(due, now - lagMax);
    if (due > now) await delay(due - now, undefined, signal === undefined ? {} : { signal });
    due += (count * 1000) / pace;
  };
}
