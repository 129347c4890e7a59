/** Where bodies of inserts wait, and that ClickHouse is told of just that place. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAnswerMemory } from '../../sinks/clickhouse/embedded/answerMemory.ts';
import { openIncoming } from '../../sinks/clickhouse/embedded/incoming.ts';
import type { Pool } from '../../sinks/clickhouse/embedded/pool.ts';
import { createClickHouseServer } from '../../sinks/clickhouse/embedded/server.ts';
import { remove, temporaryDirectory } from './temporary.ts';

let place: string;

beforeEach(() => {
  place = temporaryDirectory();
});

afterEach(() => remove(place));

/** Without memory, with a directory for temporary files that is there. */
function open(directory: string): string {
  const temporary = join(place, 'temporary');
  mkdirSync(temporary, { recursive: true });
  return openIncoming(directory, { memory: '/nowhere', temporary });
}

test('bodies wait in the data directory, which is emptied first', () => {
  const directory = join(place, "it's [mine]");
  const incoming = open(directory);
  expect(incoming).toBe(join(directory, 'incoming'));
  expect(statSync(incoming).mode & 0o777).toBe(0o700);
  writeFileSync(join(incoming, 'body-1'), '');
  open(directory);
  expect(existsSync(join(incoming, 'body-1'))).toBe(false);
});

test.each(['a{b,c}', 'st*r', 'wh?t'])('bodies wait elsewhere when the directory is %s', (name) => {
  const incoming = open(join(place, name));
  expect(incoming.startsWith(join(place, 'temporary', 'millrace-'))).toBe(true);
  expect(open(join(place, name))).toBe(incoming);
  expect(open(join(place, `${name}2`))).not.toBe(incoming);
});

test('a place that others can read is not taken', () => {
  const incoming = open(join(place, 'st*r'));
  remove(incoming);
  mkdirSync(incoming, { mode: 0o755 });
  expect(() => open(join(place, 'st*r'))).toThrow('expected a path without');
});

test('ClickHouse reads the body from its path, whatever stands in it', async () => {
  const incoming = join(place, "it's \\ here");
  mkdirSync(incoming);
  const statements: string[] = [];
  const pool: Pool = {
    run: async (_lane, { sql }) => {
      statements.push(sql);
      return { rowsRead: 0, bytesRead: 0, elapsedMs: 0 };
    },
  };
  const server = createClickHouseServer({
    pool,
    memory: createAnswerMemory({ isPlain: () => true }),
    changing: new Set(),
    incoming,
    username: 'u',
    password: 'p',
    version: '0',
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const query = encodeURIComponent('INSERT INTO t FORMAT RowBinary');
  const answer = await fetch(`http://127.0.0.1:${port}/?query=${query}&user=u&password=p`, {
    method: 'POST',
    body: 'x',
  });
  expect(answer.status).toBe(200);
  server.close();
  server.closeAllConnections();
  const path = `${place}/it\\'s \\\\ here`;
  expect(statements).toEqual([expect.stringContaining(`FROM INFILE '${path}/body-`)]);
});
