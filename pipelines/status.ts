/** What a worker tells about its partitions, and the picture that the main thread keeps of them. */
import type { Pipeline } from '../contracts/pipeline.ts';
import { Rate } from './rate.ts';

export type PartitionState = 'starting' | 'running' | 'waiting' | 'failed' | 'stopped';

/** A change; what is absent stays as it was. */
export interface PartitionReport {
  readonly state: PartitionState;
  /** Why it waits or failed. */
  readonly detail: string | null;
  /** Everything before is written and can be read. */
  readonly writtenOffset?: number;
  /** Everything before is part of the state that a recovery starts from. */
  readonly committedOffset?: number;
  /** Offset that the log's next record will get, where the worker is the one who knows. */
  readonly endOffset?: number;
  /** Events of the epoch that was just written. */
  readonly events?: number;
  /** ms since 1970, by the clock of the worker. */
  readonly committedAt?: number;
  readonly commitMs?: number;
  /** When the log took the epoch's oldest record, ms since 1970. */
  readonly receivedAt?: number;
  readonly tables?: readonly { name: string; keys: number }[];
}

export interface PartitionPicture {
  readonly pipeline: string;
  readonly version: number;
  readonly summary: string;
  readonly partition: number;
  state: PartitionState;
  detail: string | null;
  writtenOffset: number;
  committedOffset: number;
  eventsPerSecond: number;
  commitMs: number | null;
  committedAt: number | null;
  /** Null where the embedded log knows. */
  endOffset: number | null;
  /** Since when events have waited without any being committed; null when none waits, or where the embedded log knows. */
  waitingSince: number | null;
  tables: readonly { name: string; keys: number }[];
}

/** Of a partition of which nothing is known yet. */
export function firstPicture(
  { name, version, summary }: Pick<Pipeline, 'name' | 'version' | 'summary'>,
  partition: number,
): PartitionPicture {
  return {
    pipeline: name,
    version,
    summary,
    partition,
    state: 'starting',
    detail: null,
    writtenOffset: 0,
    committedOffset: 0,
    eventsPerSecond: 0,
    commitMs: null,
    committedAt: null,
    endOffset: null,
    waitingSince: null,
    tables: [],
  };
}

/** ms, of a clock that never jumps: how long something takes must not depend on the time of day being set. */
export function steadyMs(): number {
  return performance.now();
}

/** The same moment in ms since 1970, by the clock of this process as it is now. */
export function wallTime(steady: number | null): number | null {
  return steady === null ? null : Date.now() - (steadyMs() - steady);
}

interface Page {
  readonly picture: PartitionPicture;
  readonly rate: Rate;
  /** Whose partition it is, where that changes. */
  readonly owner: object | undefined;
}

/** The pictures of all partitions of a process, kept by what their workers report. Its times are those of {@link steadyMs}. */
export class PictureBook {
  readonly #pages = new Map<string, Page>();

  open(pipeline: Pipeline, partition: number, owner?: object): void {
    const picture = firstPicture(pipeline, partition);
    this.#pages.set(`${pipeline.name} ${partition}`, { picture, rate: new Rate(), owner });
  }

  /** Forgets the partition, unless it has another owner by now. */
  close(pipeline: string, partition: number, owner: object): void {
    const key = `${pipeline} ${partition}`;
    if (this.#pages.get(key)?.owner === owner) this.#pages.delete(key);
  }

  closeAll(owner: object): void {
    for (const [key, page] of this.#pages) if (page.owner === owner) this.#pages.delete(key);
  }

  /** Copies, by pipeline and partition. */
  read(now: number): PartitionPicture[] {
    return [...this.#pages.values()]
      .map(({ picture, rate }) => ({ ...picture, eventsPerSecond: rate.read(now) }))
      .sort((a, b) =>
        a.pipeline === b.pipeline ? a.partition - b.partition : a.pipeline < b.pipeline ? -1 : 1,
      );
  }

  /** Of all pipelines. */
  set(partitions: readonly number[], state: PartitionState, detail: string | null): void {
    for (const { picture } of this.#pages.values()) {
      if (!partitions.includes(picture.partition)) continue;
      picture.state = state;
      picture.detail = detail;
    }
  }

  take(
    {
      pipeline,
      partition,
      report,
    }: { pipeline: string; partition: number; report: PartitionReport },
    now: number,
  ): void {
    const page = this.#pages.get(`${pipeline} ${partition}`);
    if (page === undefined) return;
    const { picture, rate } = page;
    picture.state = report.state;
    picture.detail = report.detail;
    picture.writtenOffset = report.writtenOffset ?? picture.writtenOffset;
    picture.committedOffset = report.committedOffset ?? picture.committedOffset;
    picture.commitMs = report.commitMs ?? picture.commitMs;
    picture.committedAt = report.committedAt ?? picture.committedAt;
    picture.endOffset = report.endOffset ?? picture.endOffset;
    picture.tables = report.tables ?? picture.tables;
    if (report.events !== undefined) rate.add(report.events, now);
    const waits = picture.endOffset !== null && picture.endOffset > picture.writtenOffset;
    if (!waits) picture.waitingSince = null;
    else if (report.committedAt !== undefined) picture.waitingSince = now;
    else picture.waitingSince ??= now;
  }
}
