/** What a process shows of partitions that others run: from notes, ends and owners, by its own clock. */
import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { ClusterBook } from '../../pipelines/clusterBook.ts';
import type { ProgressNote } from '../../pipelines/progressNotes.ts';

const pipeline = { name: 'count', version: 3, summary: 'Counts.' } as Pipeline;

function note(facts: Partial<ProgressNote> = {}): ProgressNote {
  return {
    pipeline: 'count',
    partition: 0,
    writtenOffset: 100,
    committedOffset: 90,
    committedAt: 5,
    commitMs: 7,
    tables: [{ name: 'users', keys: 4 }],
    ...facts,
  };
}

/** One that knows everything: two partitions, nothing waiting. */
function settled(): ClusterBook {
  const book = new ClusterBook([pipeline], 2);
  book.takeEnds([100, 0], 0);
  book.takeNotes([note()], 0);
  return book;
}

describe('a cluster book', () => {
  test('shows every partition of the topic, also one that has never committed', () => {
    expect(settled().read(0)).toEqual([
      {
        pipeline: 'count',
        version: 3,
        summary: 'Counts.',
        partition: 0,
        state: 'running',
        detail: null,
        writtenOffset: 100,
        committedOffset: 90,
        eventsPerSecond: 0,
        commitMs: 7,
        committedAt: 5,
        endOffset: 100,
        waitingSince: null,
        tables: [{ name: 'users', keys: 4 }],
      },
      expect.objectContaining({ partition: 1, state: 'running', writtenOffset: 0, endOffset: 0 }),
    ]);
  });

  test('says starting until it has heard from both, topic and database', () => {
    const book = new ClusterBook([pipeline], 1);
    const state = () => book.read(0)[0]!.state;
    expect(state()).toBe('starting');
    book.takeEnds([100], 0);
    expect(state()).toBe('starting');
    book.takeNotes([], 0);
    expect(state()).toBe('running');
  });

  test('what waits, waits since it came or since the last progress, by the clock of the reader', () => {
    const book = settled();
    const waitingSince = () => book.read(0)[0]!.waitingSince;
    book.takeEnds([130, 0], 1_000);
    expect(waitingSince()).toBe(1_000);
    book.takeEnds([140, 0], 2_000);
    book.takeNotes([note()], 2_500);
    expect(waitingSince()).toBe(1_000);
    book.takeNotes([note({ writtenOffset: 120 })], 3_000);
    expect(waitingSince()).toBe(3_000);
    book.takeNotes([note({ writtenOffset: 140 })], 4_000);
    expect(waitingSince()).toBeNull();
  });

  test('a partition of which nobody commits what waits is told after ten seconds, until somebody does', () => {
    const book = settled();
    const told = () => book.read(60_000).map(({ state }) => state);
    book.takeEnds([130, 0], 1_000);
    book.takeNotes([note()], 10_999);
    expect(told()).toEqual(['running', 'running']);
    book.takeNotes([note()], 11_000);
    expect(told()).toEqual(['stopped', 'running']);
    expect(book.read(60_000)[0]!.detail).toMatch(
      /^nobody commits it: no process with the role data/,
    );
    book.takeNotes([note({ writtenOffset: 110 })], 12_000);
    expect(told()).toEqual(['running', 'running']);
  });

  test('while the database does not answer, nobody is said to be absent', () => {
    const book = settled();
    book.takeEnds([130, 0], 1_000);
    book.takeEnds([140, 0], 60_000);
    expect(book.read(60_000)[0]).toMatchObject({ state: 'running', waitingSince: 1_000 });
  });

  test('a partition that the topic was given meanwhile has failed, with what can be done', () => {
    const book = settled();
    book.takeEnds([100, 0, 7], 1_000);
    expect(book.read(1_000)[2]).toMatchObject({
      partition: 2,
      state: 'failed',
      endOffset: 7,
      detail: expect.stringMatching(/^PARTITIONS_CHANGED: .* start them again/),
    });
  });

  test('the rate comes from the progress between two looks, not from what was there before', () => {
    const book = settled();
    for (let second = 1; second <= 30; second += 1) {
      // Notes come every two seconds.
      const written = 100 + 50 * 2 * Math.floor(second / 2);
      book.takeNotes([note({ writtenOffset: written })], second * 1_000);
    }
    expect(book.read(30_000)[0]!.eventsPerSecond).toBeGreaterThan(40);
    expect(book.read(30_000)[0]!.eventsPerSecond).toBeLessThan(60);
    for (let second = 31; second <= 60; second += 1) {
      book.takeNotes([note({ writtenOffset: 1_600 })], second * 1_000);
    }
    expect(book.read(60_000)[0]!.eventsPerSecond).toBeLessThan(0.1);
  });

  test('what is not told any more stays as it was', () => {
    const book = settled();
    book.takeNotes([note({ committedAt: null, commitMs: null, tables: undefined })], 1_000);
    book.takeNotes([], 2_000);
    expect(book.read(2_000)[0]).toMatchObject({
      writtenOffset: 100,
      committedAt: 5,
      commitMs: 7,
      tables: [{ name: 'users', keys: 4 }],
    });
  });
});
