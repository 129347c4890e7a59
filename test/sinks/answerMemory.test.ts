import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnswerMemory,
  createAnswerMemory,
  type Effect,
} from '../../sinks/clickhouse/embedded/answerMemory.ts';

const counts = { rowsRead: 1, bytesRead: 1, elapsedMs: 1 };
const bytesOf = (text: string) => Buffer.from(text);

function memoryAt(bytesMax?: number) {
  const time = { now: 0 };
  const kinds = { plain: true };
  const memory = createAnswerMemory({
    isPlain: () => kinds.plain,
    clock: () => time.now,
    ...(bytesMax === undefined ? {} : { bytesMax }),
  });
  return { memory, time, kinds };
}

function answer(
  memory: AnswerMemory,
  question: string,
  tables: readonly string[],
  text = question,
) {
  const reading = memory.reading(question, tables);
  reading.take(bytesOf(text));
  reading.end(counts);
}

const told = (memory: AnswerMemory, question: string) => {
  const known = memory.recall(question);
  return known && Buffer.concat(known.chunks).toString();
};

const to = (table: string): Effect => ({ table, isLasting: false });
const toAny: Effect = { table: undefined, isLasting: false };
const deletion: Effect = { table: undefined, isLasting: true };

/** A write that ends when it is told to. */
function writing(memory: AnswerMemory, effect: Effect) {
  let end = () => {};
  const done = memory.writing(effect, () => new Promise<void>((resolve) => (end = resolve)));
  return async () => {
    end();
    await done;
  };
}

describe('an answer', () => {
  test('is given again, whole, until one of its tables is written', async () => {
    const { memory } = memoryAt();
    const reading = memory.reading('q', ['a', 'b']);
    for (const part of ['one', 'two']) reading.take(bytesOf(part));
    expect(memory.recall('q')).toBeUndefined();
    reading.end(counts);
    expect(told(memory, 'q')).toBe('onetwo');
    expect(memory.recall('q')!.counts).toBe(counts);
    await memory.writing(to('c'), async () => {});
    expect(told(memory, 'q')).toBe('onetwo');
    expect(memory.recall('another')).toBeUndefined();
    await memory.writing(to('b'), async () => {});
    expect(memory.recall('q')).toBeUndefined();
  });

  test('is gone as soon as a write begins, also one that fails', async () => {
    const { memory } = memoryAt();
    answer(memory, 'q', ['a']);
    const end = writing(memory, to('a'));
    expect(memory.recall('q')).toBeUndefined();
    await end();
    answer(memory, 'q', ['a']);
    await expect(memory.writing(to('a'), () => Promise.reject(new Error('disk')))).rejects.toThrow(
      'disk',
    );
    expect(memory.recall('q')).toBeUndefined();
    answer(memory, 'q', ['a']);
    expect(told(memory, 'q')).toBe('q');
  });

  test('is not kept when a write was at work while it was read', async () => {
    const { memory } = memoryAt();
    const before = writing(memory, to('a'));
    const during = memory.reading('during', ['a']);
    const ended = memory.reading('ended', ['a']);
    ended.end(counts);
    await before();
    during.end(counts);
    const around = memory.reading('around', ['a']);
    await writing(memory, to('a'))();
    around.end(counts);
    const begun = memory.reading('begun', ['a']);
    const other = writing(memory, to('b'));
    const unfinished = writing(memory, to('a'));
    begun.end(counts);
    await unfinished();
    await other();
    for (const question of ['during', 'ended', 'around', 'begun']) {
      expect(memory.recall(question), question).toBeUndefined();
    }
  });

  test('of no table stays until anything may have changed', async () => {
    const { memory } = memoryAt();
    answer(memory, 'q', []);
    await memory.writing(to('a'), async () => {});
    expect(told(memory, 'q')).toBe('q');
    await memory.writing(toAny, async () => {});
    expect(memory.recall('q')).toBeUndefined();
  });

  test('is a minute old at most', () => {
    const { memory, time } = memoryAt();
    answer(memory, 'q', ['a']);
    time.now = 59_999;
    expect(told(memory, 'q')).toBe('q');
    time.now = 60_000;
    expect(memory.recall('q')).toBeUndefined();
  });

  test('of more than a megabyte is not kept', () => {
    const { memory } = memoryAt();
    const reading = memory.reading('q', ['a']);
    reading.take(new Uint8Array(1_048_576));
    reading.take(new Uint8Array(1));
    reading.take(new Uint8Array(10));
    reading.end(counts);
    expect(memory.recall('q')).toBeUndefined();
  });
});

test('after a statement that goes on when it has ended nothing is kept for a minute', async () => {
  const { memory, time } = memoryAt();
  const [first, second] = [writing(memory, deletion), writing(memory, deletion)];
  await first();
  time.now = 70_000;
  answer(memory, 'q', ['a']);
  expect(memory.recall('q')).toBeUndefined(); // the second is at work
  await second();
  time.now = 129_999;
  answer(memory, 'q', ['a']);
  expect(memory.recall('q')).toBeUndefined();
  time.now = 130_000;
  answer(memory, 'q', ['a']);
  expect(told(memory, 'q')).toBe('q');
});

test('where tables change otherwise than by statements nothing is kept', async () => {
  const { memory, time, kinds } = memoryAt();
  kinds.plain = false;
  await memory.writing(toAny, async () => {}); // CREATE VIEW
  answer(memory, 'q', ['a']);
  expect(memory.recall('q')).toBeUndefined();
  kinds.plain = true;
  await memory.writing(deletion, async () => {}); // DROP VIEW
  time.now = 60_000;
  answer(memory, 'q', ['a']);
  expect(told(memory, 'q')).toBe('q');
});

test('what was asked for longest ago goes first when there is no more room', () => {
  const { memory } = memoryAt(3_500);
  for (const question of ['1', '2', '3']) answer(memory, question, ['a'], 'x'.repeat(500));
  expect(memory.recall('1')).toBeDefined();
  answer(memory, '4', ['a'], 'x'.repeat(500));
  const kept = ['1', '2', '3', '4'].filter((question) => memory.recall(question) !== undefined);
  expect(kept).toEqual(['1', '3', '4']);
});

type Step =
  | { readonly kind: 'begin'; readonly table: string }
  | { readonly kind: 'apply' }
  | { readonly kind: 'finish' }
  | { readonly kind: 'end' }
  | { readonly kind: 'ask'; readonly tables: readonly string[] };

const table = fc.constantFrom('a', 'b');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('begin' as const), table }),
    fc.constantFrom<Step>({ kind: 'apply' }, { kind: 'finish' }, { kind: 'end' }),
    fc.record({ kind: fc.constant('ask' as const), tables: fc.uniqueArray(table) }),
  ),
  { maxLength: 60 },
);

test('whatever writes and reads overlap, what is recalled is what would be read', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all: readonly Step[]) => {
      const { memory } = memoryAt();
      const rows = new Map([
        ['a', 0],
        ['b', 0],
      ]);
      const seen = (tables: readonly string[]) => tables.map((each) => rows.get(each)).join();
      /** Writes at work: each takes effect at some time between its begin and its end. */
      const open: { table: string; applied: boolean; finish: () => Promise<void> }[] = [];
      /** Readings at work, with what they have seen. */
      const readings: { end: () => void }[] = [];
      const apply = (write: (typeof open)[number]) => {
        if (!write.applied) rows.set(write.table, rows.get(write.table)! + 1);
        write.applied = true;
      };
      for (const step of all) {
        switch (step.kind) {
          case 'begin': {
            const finish = writing(memory, to(step.table));
            open.push({ table: step.table, applied: false, finish });
            break;
          }
          case 'apply': {
            const write = open.find(({ applied }) => !applied);
            if (write !== undefined) apply(write);
            break;
          }
          case 'finish': {
            const write = open.shift();
            if (write === undefined) break;
            apply(write);
            await write.finish();
            break;
          }
          case 'end':
            readings.shift()?.end();
            break;
          case 'ask': {
            const question = step.tables.join();
            const known = told(memory, question);
            const text = seen(step.tables);
            if (known !== undefined) expect(known).toBe(text);
            const reading = memory.reading(question, step.tables);
            readings.push({
              end: () => {
                reading.take(bytesOf(text));
                reading.end(counts);
              },
            });
          }
        }
      }
      for (const write of open) await write.finish();
    }),
    { numRuns: 2_000 },
  );
});
