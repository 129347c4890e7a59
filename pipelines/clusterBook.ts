/**
 * The pictures of all partitions of a topic, also of those that other processes run: kept by what the topic, its groups
 * and the database tell.
 *
 * How long something takes is judged by the clock of this process alone: those of the others may differ.
 */
import type { Pipeline } from '../contracts/pipeline.ts';
import type { ProgressNote } from './progressNotes.ts';
import { Rate } from './rate.ts';
import type { PartitionPicture, PartitionState } from './status.ts';

interface Page {
  readonly pipeline: string;
  readonly picture: PartitionPicture;
  readonly rate: Rate;
  /** The group has been seen to give it to a process. */
  wasOwned: boolean;
  /** Since when no process has it; null when one has, or when that is not known. */
  ownerlessSince: number | null;
}

/** The group may take so long to give a partition to another process before that is worth a word, ms. */
const ownerlessMaxMs = 10_000;

export class ClusterBook {
  readonly #pages: readonly Page[];
  #hasNotes = false;
  #hasEnds = false;

  /** @param partitions of the topic */
  constructor(pipelines: readonly Pipeline[], partitions: number) {
    this.#pages = pipelines.flatMap(({ name, version, summary }) =>
      Array.from({ length: partitions }, (_, partition) => ({
        pipeline: name,
        picture: {
          pipeline: name,
          version,
          summary,
          partition,
          state: 'starting' as PartitionState,
          detail: null,
          writtenOffset: 0,
          committedOffset: 0,
          eventsPerSecond: 0,
          commitMs: null,
          committedAt: null,
          endOffset: null,
          waitingSince: null,
          tables: [],
        },
        rate: new Rate(),
        wasOwned: false,
        ownerlessSince: null,
      })),
    );
  }

  /** @param notes of all partitions that have committed anything */
  takeNotes(notes: readonly ProgressNote[], now: number): void {
    const byPlace = new Map(notes.map((note) => [`${note.pipeline} ${note.partition}`, note]));
    for (const { pipeline, picture, rate } of this.#pages) {
      const note = byPlace.get(`${pipeline} ${picture.partition}`);
      const written = Math.max(picture.writtenOffset, note?.writtenOffset ?? 0);
      const progress = written - picture.writtenOffset;
      // What was there before the first look was not committed since.
      if (this.#hasNotes) rate.add(progress, now);
      else rate.add(0, now);
      if (note !== undefined) {
        picture.writtenOffset = written;
        picture.committedOffset = Math.max(picture.committedOffset, note.committedOffset);
        picture.committedAt = note.committedAt ?? picture.committedAt;
        picture.commitMs = note.commitMs ?? picture.commitMs;
        picture.tables = note.tables ?? picture.tables;
      }
      judgeWaiting(picture, progress > 0, now);
    }
    this.#hasNotes = true;
  }

  /** @param ends by partition */
  takeEnds(ends: readonly number[], now: number): void {
    for (const { picture } of this.#pages) {
      picture.endOffset = ends[picture.partition] ?? picture.endOffset;
      judgeWaiting(picture, false, now);
    }
    this.#hasEnds = true;
  }

  /** @param owned partitions that a process has, of the pipeline's group */
  takeOwners(pipeline: string, owned: ReadonlySet<number>, now: number): void {
    for (const page of this.#pages) {
      if (page.pipeline !== pipeline) continue;
      if (owned.has(page.picture.partition)) {
        page.wasOwned = true;
        page.ownerlessSince = null;
      } else page.ownerlessSince ??= now;
    }
  }

  /** Copies, by pipeline and partition. */
  read(now: number): PartitionPicture[] {
    return this.#pages.map((page) => ({
      ...page.picture,
      ...this.#stateOf(page, now),
      eventsPerSecond: page.rate.read(now),
    }));
  }

  #stateOf(
    { ownerlessSince, wasOwned }: Page,
    now: number,
  ): Pick<PartitionPicture, 'state' | 'detail'> {
    if (ownerlessSince !== null && now - ownerlessSince >= ownerlessMaxMs) {
      return { state: 'stopped', detail: 'no process with the role data has it' };
    }
    const isKnown = this.#hasNotes && this.#hasEnds && (ownerlessSince === null || wasOwned);
    return { state: isKnown ? 'running' : 'starting', detail: null };
  }
}

function judgeWaiting(picture: PartitionPicture, progressed: boolean, now: number): void {
  const waits = picture.endOffset !== null && picture.endOffset > picture.writtenOffset;
  if (!waits) picture.waitingSince = null;
  else if (progressed) picture.waitingSince = now;
  else picture.waitingSince ??= now;
}
