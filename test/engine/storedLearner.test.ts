/** A prediction outside the stream is the one that the stream makes next: the same rows, read from the store, by the same code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulatedAnswers } from '../../benchmarks/support/answers.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import { partitionOf } from '../../contracts/hash.ts';
import { type AskedRow, StoredLearner } from '../../control/predicting/storedLearner.ts';
import { learners } from '../../models/registry.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';

const partitions = 2;
const data = temporaryDirectory();
let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine(data, { partitions });
});

afterAll(async () => {
  await engine?.stop();
  removeDirectory(data);
});

function placeOf(user: string): number {
  const bytes = bytesOf(new TextEncoder().encode(user));
  return partitionOf(bytes, 0, bytes.bytes.length, partitions);
}

test('predicts what the stream predicts next, of known and unknown users, items and skills', async () => {
  const answers = simulatedAnswers(6_000, 11);
  const learner = new StoredLearner({
    store: engine.engine.store,
    pipeline: 'learning',
    model: 'answer',
    learner: learners['answer']!,
    partitionOf: placeOf,
  });
  const eventOf = (answer: (typeof answers)[number], id: string) => ({
    id,
    type: 'answered',
    time: new Date(answer.time).toISOString(),
    user: answer.user,
    ...(answer.item === undefined ? {} : { item: answer.item }),
    value: answer.correct,
    context: answer.skill === undefined ? {} : { skill: answer.skill },
  });
  await learner.look();
  await engine.send(answers.map((answer, i) => eventOf(answer, `a-${i}`)));
  await engine.settle();
  await sleep(400);
  await learner.look();

  const time = answers.at(-1)!.time + 60_000;
  // One user each: what a first answer teaches must not be known to a second.
  const asked = [
    { user: 'user-1', item: 'item-3', skill: 'skill-3' },
    { user: 'user-2', item: 'item-4', skill: 'skill-9' },
    { user: 'user-3', item: 'item-new' },
    { user: 'user-new', item: 'item-11', skill: 'skill-1' },
    { user: 'user-nobody' },
  ].map((each, i) => ({ ...each, time: time + i, correct: 1 }));
  const rows = asked.map(({ user, item, skill, time: at }: (typeof asked)[number]): AskedRow => {
    const strings = new Map([['user', user]]);
    if (item !== undefined) strings.set('item', item);
    if (skill !== undefined) strings.set('context.skill', skill);
    return { user, time: at, strings, numbers: new Map() };
  });
  const { probabilities, width, examples } = await learner.predict(rows);
  expect(examples).toHaveLength(width * rows.length);
  const made: number[] = [];
  for (const [i, each] of asked.entries()) {
    // Alone: weights change with every answer of the partition.
    const [{ p } = { p: NaN }] = await predictionsAfter(eventOf(each, `b-${i}`));
    made.push(p);
    await sleep(300);
    await learner.look();
    const next = rows[i + 1];
    if (next === undefined) continue;
    const again = await learner.predict([next]);
    probabilities[i + 1] = again.probabilities[0]!;
  }
  expect([...probabilities]).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

async function predictionsAfter(event: { readonly time: string }): Promise<{ p: number }[]> {
  await engine.send([event]);
  await engine.settle();
  return engine.engine.store.query<{ p: number }>(
    `SELECT probability AS p FROM predictions FINAL WHERE toUnixTimestamp64Milli(time) = {time:Int64}`,
    { time: Date.parse(event.time) },
  );
}
