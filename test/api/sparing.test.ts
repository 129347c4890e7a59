import { expect, test } from 'vitest';
import { sparing } from '../../api/sparing.ts';
import { queriesOf } from './fakes.ts';

/** @param tookMs how long each answer takes to find */
function questions(tookMs: number) {
  const state = { now: 0, asked: 0 };
  const models = async () => {
    state.asked += 1;
    state.now += tookMs;
    return { models: [] };
  };
  const shared = sparing(queriesOf({ models }), () => state.now);
  const askedAfter = async (restMs: number): Promise<number> => {
    state.now += restMs;
    await shared.models();
    return state.asked;
  };
  return { askedAfter };
}

test('an answer is given again for ten times as long as it took', async () => {
  const { askedAfter } = questions(100);
  expect(await askedAfter(0)).toBe(1);
  expect(await askedAfter(990)).toBe(1);
  expect(await askedAfter(20)).toBe(2);
});

test('but for three seconds at most: nobody is shown an older one', async () => {
  const { askedAfter } = questions(2_000);
  expect(await askedAfter(0)).toBe(1);
  expect(await askedAfter(2_990)).toBe(1);
  expect(await askedAfter(20)).toBe(2);
});

test('one that is quick is found anew each time', async () => {
  const { askedAfter } = questions(5);
  expect(await askedAfter(0)).toBe(1);
  expect(await askedAfter(0)).toBe(2);
});

test('of drift each question is shared with those who ask the same', async () => {
  const state = { now: 0, asked: [] as unknown[] };
  const answer = await queriesOf().drift({});
  const shared = sparing(
    queriesOf({
      drift: async (query) => {
        state.asked.push(query);
        state.now += 400;
        return answer;
      },
    }),
    () => state.now,
  );
  await Promise.all([shared.drift({}), shared.drift({}), shared.drift({ from: 1 })]);
  await shared.drift({ from: 1 });
  expect(state.asked).toEqual([{}, { from: 1 }]);
  for (let from = 2; from < 20; from += 1) await shared.drift({ from });
  await shared.drift({ from: 19 });
  expect(state.asked).toHaveLength(20);
});
