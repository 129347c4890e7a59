import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourcesOf } from '../../sinks/clickhouse/embedded/sources.ts';
import { askClickHouse, startTrial, type Trial } from './temporary.ts';

const changing = new Set(['now', 'rand', 'dictget', 'joinget']);

function named(text: string): string[] | undefined {
  const sources = sourcesOf(text, changing);
  return sources && [...sources].sort();
}

/** Forms in which a table may be named, or something that looks like one. */
const told: readonly (readonly [string, string])[] = [
  ['SELECT 1', ''],
  ['SELECT x FROM a', 'a'],
  ['SELECT x FROM a AS t FINAL WHERE x > 1 ORDER BY x, y LIMIT 1 BY x', 'a'],
  ['SELECT x, (SELECT max(y) FROM b) AS m, y FROM a', 'a b'],
  ['SELECT x FROM a WHERE x IN (SELECT y FROM b) AND y IN (1, 2)', 'a b'],
  ['SELECT x FROM a WHERE x IN (0)', 'a'],
  ["SELECT x FROM a WHERE toString(x) IN ('b')", 'a'],
  ['SELECT x FROM (SELECT x, y FROM a) AS t JOIN b AS u ON t.x = u.x', 'a b'],
  ['SELECT x FROM a LEFT JOIN (SELECT x AS w FROM c) AS u ON x = w', 'a c'],
  ['SELECT x, z FROM a ARRAY JOIN [1, 2] AS z, [3, 4] AS w WHERE z > 1', 'a'],
  ['SELECT x, z FROM a LEFT ARRAY JOIN [1, 2] AS z, [3, 4] AS w JOIN b USING x', 'a b'],
  ['WITH t AS (SELECT x FROM a) SELECT t.x, b.y FROM t JOIN b ON t.x = b.x', 'a b t'],
  ['WITH (SELECT max(x) FROM a) AS m, 2 AS n SELECT m, n', 'a'],
  ['SELECT x FROM a UNION ALL SELECT y FROM b INTERSECT SELECT x FROM c', 'a b c'],
  ['SELECT x FROM a WHERE x = {from:UInt8} OR x = {in:UInt8}', 'a'],
  ["SELECT 'FROM b' AS s, x -- FROM c\nFROM /* FROM b */ a", 'a'],
  ["SELECT extract(toString(x), '1') AS \"from\", trim(BOTH '1' FROM s) FROM a", 'a s'],
  ['SELECT x FROM `a` WHERE `x` > 0', 'a'],
  [
    'SELECT count() FROM a PREWHERE x > 0 GROUP BY x, y HAVING count() > 1 SETTINGS max_threads = 1',
    'a',
  ],
];

const untold = [
  'SELECT now() FROM a',
  'SELECT x FROM a WHERE x > rand ()',
  'SELECT x, current_timestamp FROM a',
  'SELECT x FROM a, b',
  'SELECT x FROM a AS t, (SELECT y FROM b) AS u',
  'SELECT x FROM (SELECT x FROM a) AS t, b',
  'SELECT t.x FROM a AS t CROSS JOIN b AS u, c AS v',
  'SELECT x FROM a WHERE x IN b',
  'SELECT x FROM a WHERE x NOT IN (b)',
  'SELECT x FROM a WHERE x GLOBAL IN `b`',
  'SELECT x FROM trial.a',
  'SELECT x FROM `trial`.a',
  'SELECT x FROM trial.`a`',
  'SELECT number FROM numbers(3)',
  "SELECT * FROM merge('a|b')",
  'SELECT value FROM system.metrics',
  "SELECT x FROM a INTO OUTFILE '/tmp/x'",
  'SELECT x FROM "a b"',
];

describe('what a SELECT reads', () => {
  test.each(told)('%j', (text, tables) => {
    expect(named(text)?.join(' ')).toBe(tables);
  });

  test.each(untold)('is not told of %j', (text) => {
    expect(named(text)).toBeUndefined();
  });

  test('a statement that ends anywhere is taken as it is', () => {
    for (const [text] of told) {
      for (let end = 0; end < text.length; end += 1) named(text.slice(0, end));
    }
  });
});

describe('ClickHouse', () => {
  let trial: Trial;

  beforeAll(async () => {
    trial = await startTrial();
    for (const table of ['a', 'b', 'c']) {
      await ask(
        `CREATE TABLE ${table} (x UInt8, y UInt8, z UInt8, s String) ENGINE = ReplacingMergeTree ORDER BY x`,
      );
    }
  });

  afterAll(() => trial.end());

  async function ask(body: string): Promise<string> {
    const path = '/?param_from=1&param_in=1';
    const response = await askClickHouse(trial.clickhouse, { path, body });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return answer;
  }

  test.each(told)('reads no other table for %j', async (text, tables) => {
    const tree = await ask(`EXPLAIN QUERY TREE run_passes = 1 ${text}`);
    const read = [...tree.matchAll(/table_name: default\.(\w+)/g)].map(([, name]) => name);
    expect(tables.split(' ')).toEqual(expect.arrayContaining([...new Set(read)]));
    expect(await ask(text)).toBeDefined();
  });
});
