import { expect, test } from 'vitest';
import { tellRetries } from '../../cli/tellRetries.ts';
import { EngineError } from '../../contracts/errors.ts';

const full = new EngineError('LOG_FULL', 'the disk is full');

function trial() {
  const said: string[] = [];
  let time = 0;
  const attempt = tellRetries(
    (sentence) => said.push(sentence),
    () => time,
  );
  return {
    said,
    async at(ms: number, error?: Error) {
      time = ms;
      const send = async () => {
        if (error !== undefined) throw error;
        return 'taken';
      };
      return attempt(send).catch((reason: unknown) => reason);
    },
  };
}

test('a short wait passes without a word', async () => {
  const { said, at } = trial();
  expect(await at(0, full)).toBe(full);
  expect(await at(1_900, full)).toBe(full);
  expect(await at(3_000)).toBe('taken');
  expect(await at(4_000, full)).toBe(full);
  expect(said).toEqual([]);
});

test('a long wait is told once, with its reason, and so is its end', async () => {
  const { said, at } = trial();
  for (const ms of [0, 1_000, 2_000, 3_000]) await at(ms, full);
  await at(4_000);
  await at(5_000);
  expect(said).toEqual([
    'Tried again until it is taken or stopped: the disk is full',
    'Taken again: it goes on.',
  ]);
  for (const ms of [6_000, 8_000]) await at(ms, full);
  expect(said).toHaveLength(3);
});

test('an error that waiting does not mend is passed on without a word', async () => {
  const { said, at } = trial();
  const wrong = new EngineError('CONFIGURATION_INVALID', 'wrong');
  for (const ms of [0, 5_000]) expect(await at(ms, wrong)).toBe(wrong);
  expect(said).toEqual([]);
});
