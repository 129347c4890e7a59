import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectOf, isReading, readStatement } from '../../sinks/clickhouse/embedded/statement.ts';

/** The pieces that the server makes of an INSERT. */
function pieces(text: string): [string, string, string, string] | undefined {
  const { insertion } = readStatement(text);
  if (insertion === undefined) return undefined;
  const { sourceAt, headEnd, format, dataStart } = insertion;
  return [text.slice(0, sourceAt), text.slice(sourceAt, headEnd), format, text.slice(dataStart)];
}

describe('an INSERT', () => {
  test('is cut before SETTINGS, before the format and before its data', () => {
    expect(pieces('INSERT INTO t FORMAT CSV\n1,2\n')).toEqual([
      'INSERT INTO t ',
      '',
      'CSV',
      '1,2\n',
    ]);
    expect(pieces('insert into d.t (a, b) settings x = 1, y = 2 format RowBinary \n\n\0')).toEqual([
      'insert into d.t (a, b) ',
      'settings x = 1, y = 2 ',
      'RowBinary',
      '\n\0',
    ]);
    expect(pieces("INSERT INTO t VALUES (1, 'a;')")).toEqual([
      'INSERT INTO t ',
      '',
      'Values',
      " (1, 'a;')",
    ]);
  });

  test('into a table called format or values is cut behind the name', () => {
    expect(pieces('INSERT INTO format FORMAT TSV\n')?.[0]).toBe('INSERT INTO format ');
    expect(pieces('INSERT INTO TABLE values VALUES (1)')?.[0]).toBe('INSERT INTO TABLE values ');
    expect(pieces('INSERT INTO `FORMAT x` (`VALUES`) FORMAT TSV\n')?.[2]).toBe('TSV');
    expect(pieces("INSERT INTO FUNCTION null('a FORMAT b') FORMAT TSV\n")?.[2]).toBe('TSV');
  });

  test('from a SELECT has no data', () => {
    expect(pieces('INSERT INTO t SELECT 1')).toBeUndefined();
    expect(pieces('INSERT INTO t (a) WITH 1 AS x SELECT x')).toBeUndefined();
  });
});

describe('the format', () => {
  test.each([
    ['SELECT 1', undefined],
    ['SELECT 1 FORMAT JSON', 'JSON'],
    ['SELECT 1 FORMAT JSONEachRow SETTINGS max_threads = 1;', 'JSONEachRow'],
    ["SELECT 'FORMAT CSV' -- FORMAT TSV", undefined],
    ['SELECT (SELECT 1 FORMAT CSV)', undefined],
    ['SELECT 1 /* ; */ FORMAT\n`x`', undefined],
    ['SELECT $tag$ FORMAT CSV; $tag$', undefined],
  ])('of %j is %s', (text, format) => {
    expect(readStatement(text).format).toBe(format);
  });
});

test('a second statement is refused, a closing semicolon is not', () => {
  expect(() => readStatement('SELECT 1; SELECT 2')).toThrow(/Multi-statements are not allowed/);
  expect(() => readStatement('SELECT 1; DROP TABLE t')).toThrow(/Multi-statements/);
  expect(readStatement("SELECT ';' ; -- end;").end).toBe(10);
});

test('the verb tells readers from writers', () => {
  for (const text of ['SELECT 1', '(SELECT 1)', '-- c\nWITH 1 AS a SELECT a', 'EXISTS t']) {
    expect(isReading(readStatement(text))).toBe(true);
  }
  for (const text of ['INSERT INTO t SELECT 1', 'OPTIMIZE TABLE t', 'DROP TABLE t', '']) {
    expect(isReading(readStatement(text))).toBe(false);
  }
});

test('reading ends on any text, and finds data wherever they are, whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      try {
        readStatement(Buffer.from(text).toString('latin1'));
      } catch (error) {
        expect(String(error)).toContain('Multi-statements');
      }
      const data = Buffer.from(text).toString('latin1');
      expect(pieces(`INSERT INTO t FORMAT RowBinary\n${data}`)?.[3]).toBe(data);
    }),
    { seed: 7, numRuns: 500 },
  );
});

describe('what is read afterwards', () => {
  test.each([
    ['SELECT 1', 'none'],
    ['WITH 1 AS x SELECT x', 'none'],
    ['OPTIMIZE TABLE t FINAL', 'none'],
    ['SYSTEM SYNC REPLICA t', 'none'],
    ['INSERT INTO t SELECT 1', 'prompt'],
    ['CREATE TABLE t (x UInt8) ENGINE = MergeTree ORDER BY x', 'prompt'],
    ['ALTER TABLE t DELETE WHERE x = 1', 'lasting'],
    ['DELETE FROM t WHERE x = 1', 'lasting'],
    ['TRUNCATE TABLE t', 'lasting'],
    ['DROP TABLE t', 'lasting'],
    ['BEGIN TRANSACTION', 'lasting'],
  ])('%j changes %s', (text, effect) => {
    expect(effectOf(readStatement(text))).toBe(effect);
  });
});

describe('the table of an INSERT', () => {
  test.each([
    ['INSERT INTO t VALUES (1)', 't'],
    ['INSERT INTO t (a, b) SETTINGS x = 1 FORMAT CSV\n1', 't'],
    ['insert into table `t` format TSV\n', 't'],
    ['INSERT INTO values VALUES (1)', 'values'],
    ['INSERT INTO d.t VALUES (1)', undefined],
    ['INSERT INTO `d`.`t` VALUES (1)', undefined],
    ['INSERT INTO d.`t` VALUES (1)', undefined],
    ['INSERT INTO `d.t` VALUES (1)', undefined],
    ["INSERT INTO FUNCTION remote('x', d.t) VALUES (1)", undefined],
  ])('%j is %s', (text, table) => {
    expect(readStatement(text).insertion?.table).toBe(table);
  });
});
