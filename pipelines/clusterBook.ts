/**
 * The pictures of all partitions of a topic, also of those that other processes run: kept by what the topic and the
 * database tell.
 *
 * How long something takes is judged by the steady clock of this process alone: those of the others may differ, and all
 * may jump.
 */
import type { Pipeline } from '../contracts/pipeline.ts';
import type { ProgressNote } from './progressNotes.ts';
import { Rate } from './rate.ts';
import { firstPicture, type PartitionPicture } from './status.ts';

interface Page {
  readonly picture: PartitionPicture;
  readonly rate: Rate;
}

/** So long may events wait before it is worth a word that nobody commits them, ms. */
const unattendedMs = 10_000;

const unattended =
  'nobody commits it: no process with the role data has it, or the one that has it cannot and says why';
const unread =
  'PARTITIONS_CHANGED: the topic was given this partition while the engine ran, and nobody reads it: ' +
  'stop all processes, start them again, and do what they say';

export class ClusterBook {
  readonly #pipelines: readonly Pipeline[];
  readonly #partitions: number;
  readonly #pages = new Map<string, Page>();
  #hasEnds = false;
  /** When the database was last read; undefined before. */
  #notesAt: number | undefined;

  /** @param partitions of the topic, as they were when the engine started */
  constructor(pipelines: readonly Pipeline[], partitions: number) {
    this.#pipelines = pipelines;
    this.#partitions = partitions;
    this.#extend(partitions);
  }

  /** @param notes of all partitions that have committed anything */
  takeNotes(notes: readonly ProgressNote[], now: number): void {
    const byPlace = new Map(notes.map((note) => [placeOf(note), note]));
    for (const [place, { picture, rate }] of this.#pages) {
      const note = byPlace.get(place);
      const before = picture.writtenOffset;
      if (note !== undefined) {
        picture.writtenOffset = Math.max(before, note.writtenOffset);
        picture.committedOffset = Math.max(picture.committedOffset, note.committedOffset);
        picture.committedAt = note.committedAt ?? picture.committedAt;
        picture.commitMs = note.commitMs ?? picture.commitMs;
        picture.tables = note.tables ?? picture.tables;
      }
      const progress = picture.writtenOffset - before;
      // What the first look finds was not committed since then.
      rate.add(this.#notesAt === undefined ? 0 : progress, now);
      judgeWaiting(picture, progress > 0, now);
    }
    this.#notesAt = now;
  }

  /** @param ends by partition; more of them than before when the topic was given partitions */
  takeEnds(ends: readonly number[], now: number): void {
    this.#extend(ends.length);
    for (const { picture } of this.#pages.values()) {
      picture.endOffset = ends[picture.partition] ?? picture.endOffset;
      judgeWaiting(picture, false, now);
    }
    this.#hasEnds = true;
  }

  /** Copies, by pipeline and partition. */
  read(now: number): PartitionPicture[] {
    return [...this.#pages.values()].map(({ picture, rate }) => ({
      ...picture,
      ...this.#stateOf(picture),
      eventsPerSecond: rate.read(now),
    }));
  }

  #extend(partitions: number): void {
    for (const pipeline of this.#pipelines) {
      for (let partition = 0; partition < partitions; partition += 1) {
        const place = placeOf({ pipeline: pipeline.name, partition });
        if (this.#pages.has(place)) continue;
        this.#pages.set(place, { picture: firstPicture(pipeline, partition), rate: new Rate() });
      }
    }
  }

  #stateOf({
    partition,
    waitingSince,
  }: PartitionPicture): Pick<PartitionPicture, 'state' | 'detail'> {
    if (partition >= this.#partitions) return { state: 'failed', detail: unread };
    if (this.#notesAt === undefined || !this.#hasEnds) return { state: 'starting', detail: null };
    // By the last look at the database: while it does not answer, nobody knows.
    if (waitingSince !== null && this.#notesAt - waitingSince >= unattendedMs) {
      return { state: 'stopped', detail: unattended };
    }
    return { state: 'running', detail: null };
  }
}

function placeOf({
  pipeline,
  partition,
}: Pick<PartitionPicture, 'pipeline' | 'partition'>): string {
  return `${pipeline} ${partition}`;
}

function judgeWaiting(picture: PartitionPicture, progressed: boolean, now: number): void {
  const waits = picture.endOffset !== null && picture.endOffset > picture.writtenOffset;
  if (!waits) picture.waitingSince = null;
  else if (progressed) picture.waitingSince = now;
  else picture.waitingSince ??= now;
}
