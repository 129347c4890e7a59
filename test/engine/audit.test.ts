/** The audit log of a running engine: what is done and seen is in it, over restarts and kills, and the command line checks it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuditAnswer, AuditCheck } from '../../contracts/auditApi.ts';
import { RetentionAnswer } from '../../contracts/retentionApi.ts';
import { run } from '../cli/run.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';

const slow = 120_000;
const data = temporaryDirectory();
let engine: TestEngine;
let earlier: TestEngine;

const policy = {
  ...{ key: 'bench', name: 'Measured', algorithm: { name: 'linucb' } },
  actions: [
    { key: 'a', name: 'A' },
    { key: 'b', name: 'B' },
  ],
};

const recordOf = (of: TestEngine, query = '') => of.get(`/v1/audit?${query}`, AuditAnswer);

beforeAll(async () => {
  earlier = await startTestEngine(data);
  const headers = { ...json, 'millrace-actor': 'Ada' };
  const body = JSON.stringify({ policy, reason: 'to be tried' });
  const made = await fetch(`${earlier.url}/v1/policies`, { method: 'POST', headers, body });
  expect(made.status).toBe(201);
  await fetch(`${earlier.url}/v1/users/u1`);
  await earlier.stop();
  engine = await startTestEngine(data);
}, slow);
afterAll(async () => {
  await engine?.stop();
  removeDirectory(data);
});

test(
  'what was done and seen is there after a restart, and the next chain names the one before',
  async () => {
    const { entries } = await recordOf(engine);
    const told = entries.map(({ number, act, subject, status, principal }) => {
      return [number, principal.name, act, subject, status];
    });
    expect(told).toEqual([
      [3, 'administrator', 'GET /v1/users/:user', 'u1', 200],
      [2, 'Ada', 'POST /v1/policies', 'bench', 201],
      [1, 'Ada', 'POST /v1/policies', 'bench', 0],
      [0, 'engine', 'begin', '', 0],
    ]);
    const { entries: present } = await recordOf(engine, 'who=engine');
    expect(JSON.parse(present[0]!.reason)).toEqual([[entries[0]!.chain, 3, entries[0]!.hash]]);
  },
  slow,
);

test('events and decisions leave no trace', async () => {
  const before = await engine.get('/v1/audit/check', AuditCheck);
  await engine.send([{ id: 'e1', type: 'viewed', user: 'u1', item: 'i', time: Date.now() }]);
  await engine.get('/v1/retention', RetentionAnswer);
  const after = await engine.get('/v1/audit/check', AuditCheck);
  expect([after.entries, after.broken]).toEqual([before.entries, []]);
});

describe('the command line', () => {
  test(
    'lists it and checks it, from the engine and from a file',
    async () => {
      const listed = await run('audit', 'list', '--url', engine.url, '--who', 'Ada');
      expect(listed.stdout).toMatch(
        /Ada {2}POST \/v1\/policies {2}bench {2}201 {2}\(to be tried\)/,
      );
      expect(listed.stdout).toMatch(/Ada {2}POST \/v1\/policies {2}bench {2}began/);
      const checked = await run('audit', 'verify', '--url', engine.url);
      expect(checked).toMatchObject({ status: 0 });
      expect(checked.stdout).toMatch(
        /^\d+ entries in 2 chains: each follows from the one before\.\n/,
      );
      expect(checked.stdout).toMatch(/\nHeads now: \d+-\d+-[\da-f]{64}\n$/);
      const file = join(data, 'audit.ndjson');
      const lines = await (await fetch(`${engine.url}/v1/audit/export`)).text();
      writeFileSync(file, lines);
      expect(await run('audit', 'verify', file)).toMatchObject({ status: 0 });
      writeFileSync(file, lines.replace('to be tried', 'to be tired'));
      const broken = await run('audit', 'verify', file);
      expect(broken.status).toBe(1);
      expect(broken.stdout).toMatch(/ BAD {2}chain [\w-]+, entry 1: Entry 1 was changed/);
      writeFileSync(file, '{"no":"entry"}\n');
      const unread = await run('audit', 'verify', file);
      expect([unread.status, unread.stderr]).toEqual([1, expect.stringContaining('no entry of')]);
      const absent = await run('audit', 'verify', join(data, 'absent'));
      expect([absent.status, absent.stderr]).toEqual([1, expect.stringContaining('absent')]);
    },
    slow,
  );

  test(
    'finds what was changed in the database, and a tail that was cut off by noted heads',
    async () => {
      // As of now, not of a minute ago: noted by hand.
      const { entries } = await recordOf(engine, 'limit=1000');
      const { createChainCheck } = await import('../../control/audit/chainCheck.ts');
      const check = createChainCheck({ instant: entries[0]!.at });
      for (const entry of entries.toReversed()) check.take(entry);
      const { heads } = check.read();
      const good = await run('audit', 'verify', '--url', engine.url, '--heads', heads);
      expect([good.status, good.stdout]).toEqual([
        ...[0, expect.stringContaining('The noted heads are among them.')],
      ]);
      const last = entries[0]!;
      await engine.engine.store.command(
        `ALTER TABLE audit DELETE WHERE chain = {chain:String} AND number >= {number:UInt64}
         SETTINGS mutations_sync = 1`,
        { chain: last.chain, number: last.number },
      );
      const cut = await run('audit', 'verify', '--url', engine.url, '--heads', heads);
      expect(cut.status).toBe(1);
      expect(cut.stdout).toMatch(/The noted heads are not as they were/);
      const { broken } = await engine.get('/v1/audit/check', AuditCheck);
      expect(broken).toMatchObject([{ chain: last.chain, number: last.number }]);
    },
    slow,
  );
});
