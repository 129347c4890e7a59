/**
 * Answers to SELECTs, given again while nothing is written to the tables that they read.
 *
 * Exact, because one process alone has the directory open: every statement that writes comes by here. An answer is kept when no
 * write to its tables was at work while it was read, and is gone when the next begins. Only what ClickHouse does by itself, merges
 * and the removal of what is too old, may be seen a minute late.
 */
import type { Counts } from './messages.ts';

export interface Answer {
  readonly chunks: readonly Uint8Array[];
  readonly counts: Counts;
}

export interface AnswerMemory {
  /** @param question all that the answer depends on beside the tables @returns undefined where it has to be read */
  recall(question: string): Answer | undefined;
  /** Notes that it begins to be read. @returns what takes the answer, piece by piece */
  reading(question: string, tables: readonly string[]): Reading;
  /** Runs what writes. */
  writing<Value>(effect: Effect, run: () => Promise<Value>): Promise<Value>;
}

export interface Effect {
  /** The one table that it adds rows to; undefined: it may change any. */
  readonly table: string | undefined;
  /** Whether it goes on when the statement has ended, as deletions do. */
  readonly isLasting: boolean;
}

export interface Reading {
  take(chunk: Uint8Array): void;
  /** The answer is whole: it is kept if it is still true. */
  end(counts: Counts): void;
}

export interface MemoryOptions {
  /** Whether rows of tables change by statements alone: false where there are views, dictionaries or tables of other kinds. */
  isPlain(): boolean;
  /** ms, of any beginning */
  readonly clock?: () => number;
  /** Of all answers with their questions. */
  readonly bytesMax?: number;
}

interface Kept {
  readonly answer: Answer;
  readonly tables: readonly string[];
  readonly bytes: number;
  readonly readAt: number;
}

/** Writes to one table: how many have begun, and how many of them have not ended. */
interface Writes {
  begun: number;
  atWork: number;
}

/** ms */
const keptMs = 60_000;
/** For so long after a statement that goes on when it has ended nothing is kept, ms. */
const restMs = 60_000;
/** Of one answer: to read more again is not what costs. */
const answerBytesMax = 1_048_576;
const allBytesMax = 67_108_864;

export function createAnswerMemory({
  isPlain,
  clock = () => performance.now(),
  bytesMax = allBytesMax,
}: MemoryOptions): AnswerMemory {
  /** What was asked for last comes last. */
  const kept = new Map<string, Kept>();
  const questionsOf = new Map<string, Set<string>>();
  const writesTo = new Map<string, Writes>();
  const toAny: Writes = { begun: 0, atWork: 0 };
  let plain = isPlain();
  let restUntil = -Infinity;
  let bytes = 0;

  function forget(question: string): void {
    const known = kept.get(question);
    if (known === undefined) return;
    kept.delete(question);
    bytes -= known.bytes;
    for (const table of known.tables) questionsOf.get(table)?.delete(question);
  }

  function keep(question: string, one: Kept): void {
    forget(question);
    kept.set(question, one);
    bytes += one.bytes;
    for (const table of one.tables) {
      questionsOf.set(table, (questionsOf.get(table) ?? new Set()).add(question));
    }
    for (const oldest of kept.keys()) {
      if (bytes <= bytesMax) return;
      forget(oldest);
    }
  }

  /** Writes that these tables have seen; undefined while one is at work. */
  function standOf(tables: readonly string[]): number | undefined {
    if (!plain || clock() < restUntil) return undefined;
    const writes = [toAny, ...tables.map((table) => writesTo.get(table))];
    if (writes.some((of) => of !== undefined && of.atWork > 0)) return undefined;
    return writes.reduce((sum, of) => sum + (of?.begun ?? 0), 0);
  }

  function begin(table: string | undefined): Writes {
    if (table === undefined) {
      for (const question of [...kept.keys()]) forget(question);
      return toAny;
    }
    for (const question of [...(questionsOf.get(table) ?? [])]) forget(question);
    const writes = writesTo.get(table) ?? { begun: 0, atWork: 0 };
    writesTo.set(table, writes);
    return writes;
  }

  return {
    recall(question) {
      const known = kept.get(question);
      if (known === undefined) return undefined;
      if (clock() - known.readAt >= keptMs) {
        forget(question);
        return undefined;
      }
      kept.delete(question);
      kept.set(question, known);
      return known.answer;
    },

    reading(question, tables) {
      const readAt = clock();
      const before = standOf(tables);
      const chunks: Uint8Array[] = [];
      let size = 0;
      return {
        take(chunk) {
          size += chunk.byteLength;
          if (size <= answerBytesMax) chunks.push(chunk);
          else chunks.length = 0;
        },
        end(counts) {
          const isTrue = before !== undefined && standOf(tables) === before;
          if (!isTrue || size > answerBytesMax) return;
          // Texts take two bytes a letter at most, and what else is noted of an answer some hundreds.
          const bytes = size + 2 * question.length + 500;
          keep(question, { answer: { chunks, counts }, tables, bytes, readAt });
        },
      };
    },

    async writing({ table, isLasting }, run) {
      const writes = begin(table);
      writes.begun += 1;
      writes.atWork += 1;
      try {
        return await run();
      } finally {
        writes.atWork -= 1;
        if (isLasting) restUntil = clock() + restMs;
        if (table === undefined) plain = isPlain();
      }
    },
  };
}
