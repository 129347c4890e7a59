/** Definitions on their way into the log: one in each partition, the same bytes each time, again and again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { definitionEvent } from '../../../contracts/experimentRecord.ts';
import { createAnnouncer } from '../../../control/definitions/announcer.ts';
import { keepAnnounced } from '../../../control/definitions/keepAnnounced.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createDecoder } from '../../../sources/decode/shapeDecoder.ts';
import type { Slice } from '../../../sources/door/slices.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

const now = Date.UTC(2026, 0, 15);
const announcementOf = (key: string) => ({
  record: { revision: 3, experiment: makeRunning({ key }), metrics: [makeMetric()] },
  at: now - 1_000,
});

test('each partition gets each definition as an event of its own', async () => {
  const appended: Slice[][] = [];
  const announce = createAnnouncer({
    eventOf: definitionEvent,
    append: async (slices, receivedAt) => {
      expect(receivedAt).toBe(now);
      appended.push([...slices]);
    },
    partitions: 3,
    withKeys: true,
    clock: () => now,
  });
  const keys = Array.from({ length: 18 }, (_, i) => `e${i}`);
  await announce(keys.map(announcementOf));
  await announce([]);
  expect(
    appended.map((slices) => slices.map(({ partition, length }) => [partition, length])),
  ).toEqual([
    [
      [0, 16],
      [1, 16],
      [2, 16],
    ],
    [
      [0, 2],
      [1, 2],
      [2, 2],
    ],
  ]);
  const columns = { strings: ['id', 'context.definition'], numbers: [] };
  for (const slice of appended.flat()) {
    expect(slice.keys!.map((key) => String(Buffer.from(key!)))).toEqual(
      Array.from({ length: slice.length }, () => 'millrace'),
    );
    const batch = createDecoder(columns, new InternDictionary()).decode({
      firstOffset: 0,
      receivedAt: now,
      ...slice,
    });
    expect([batch.length, batch.refusals]).toEqual([slice.length, []]);
    expect([...batch.numbers.get('time')!].every((time) => time === now - 1_000)).toBe(true);
  }
});

test('is tried again after a failure, and not after the end', async () => {
  let times = 0;
  const said: string[] = [];
  const registry = {
    async announceAgain() {
      times += 1;
      if (times === 1) throw new Error('no broker');
    },
  };
  const announcing = keepAnnounced(registry, 'experiments', (sentence) => said.push(sentence), 5);
  while (times < 3) await sleep(5);
  announcing.stop();
  const ended = times;
  await sleep(30);
  expect(times).toBe(ended);
  expect(said).toEqual([
    expect.stringContaining('not written into the log again: Error: no broker'),
  ]);
});
