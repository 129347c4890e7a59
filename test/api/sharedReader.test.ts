import { afterEach, expect, test, vi } from 'vitest';
import { createQueries } from '../../api/queries/queries.ts';
import { sharedReader } from '../../api/queries/sharedReader.ts';
import { createSlots } from '../../api/queries/slots.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Reader } from '../../control/statement.ts';

interface Statement {
  readonly sql: string;
  readonly signal: AbortSignal;
  answer(rows: unknown[]): void;
}

/** A ClickHouse that answers when it is told to, and ends a statement when its signal says so. */
function readerOf(): { reader: Reader; statements: Statement[] } {
  const statements: Statement[] = [];
  const reader: Reader = {
    query: <Row>(sql: string, _parameters: unknown, signal = new AbortController().signal) =>
      new Promise<Row[]>((resolve, reject) => {
        statements.push({ sql, signal, answer: (rows) => resolve(rows as Row[]) });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  return { reader, statements };
}

afterEach(() => vi.useRealTimers());

test('equal statements with equal parameters that run at the same time are one', async () => {
  const { reader, statements } = readerOf();
  const shared = sharedReader(reader, createSlots(9, 9));
  const same = [shared.query('a', { n: 1 }), shared.query('a', { n: 1 })];
  const others = [shared.query('a', { n: 2 }), shared.query('b', { n: 1 })];
  expect(statements).toHaveLength(3);
  statements[0]!.answer([7]);
  expect(await Promise.all(same)).toEqual([[7], [7]]);
  const later = shared.query('a', { n: 1 });
  expect(statements).toHaveLength(4);
  for (const { answer } of statements) answer([8]);
  expect(await Promise.all([...others, later])).toEqual([[8], [8], [8]]);
});

test('a statement ends when the last who asked has gone, and not before', async () => {
  const { reader, statements } = readerOf();
  const shared = sharedReader(reader, createSlots(1, 1));
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [
    shared.query('a', {}, first.signal),
    shared.query('a', {}, second.signal),
  ] as const;
  first.abort();
  await expect(asked[0]).rejects.toMatchObject({ name: 'AbortError' });
  expect(statements[0]!.signal.aborted).toBe(false);
  second.abort();
  await expect(asked[1]).rejects.toMatchObject({ name: 'AbortError' });
  expect(statements[0]!.signal.aborted).toBe(true);
  // The slot is free, and who comes now does not get the ended statement.
  const next = shared.query('a');
  await expect.poll(() => statements.length).toBe(2);
  statements[1]!.answer([1]);
  expect(await next).toEqual([1]);
});

test('a statement that is not answered is given up and frees its slot', async () => {
  vi.useFakeTimers();
  const { reader, statements } = readerOf();
  const shared = sharedReader(reader, createSlots(1, 1));
  const hung = shared.query('a');
  const failed = expect(hung).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
  const next = shared.query('b');
  await vi.advanceTimersByTimeAsync(15_000);
  await failed;
  expect(statements.map(({ sql }) => sql)).toEqual(['a', 'b']);
  statements[1]!.answer([]);
  expect(await next).toEqual([]);
});

test('however many ask, few statements run, too many are refused, and health waits for none of them', async () => {
  const { reader, statements } = readerOf();
  const queries = createQueries(reader);
  const departures = Array.from({ length: 100 }, () => new AbortController());
  const answers = departures.map(({ signal }, n) =>
    queries.epochs(`pipeline-${n}`, {}, signal).then(
      () => 'answered',
      (error) => (error instanceof EngineError ? error.code : error.name),
    ),
  );
  expect(statements).toHaveLength(3);
  const health = queries.health.models();
  expect(statements).toHaveLength(4);
  statements[3]!.answer([]);
  expect(await health).toEqual({ models: [] });
  for (const departure of departures) departure.abort();
  const outcomes = await Promise.all(answers);
  expect(outcomes.filter((outcome) => outcome === 'OVERLOADED')).toHaveLength(100 - 3 - 64);
  expect(outcomes.filter((outcome) => outcome === 'AbortError')).toHaveLength(3 + 64);
  expect(statements).toHaveLength(4);
});
