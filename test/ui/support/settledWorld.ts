/** For tests of pages: accounts of each role, keys, a record and a table of retention, as an engine has them after some weeks. */
import type { BrowserContext } from 'playwright-core';
import type { RoleName } from '../../../contracts/access.ts';
import { roleNames } from '../../../contracts/access.ts';
import type { StoredAuditEntry } from '../../../contracts/auditApi.ts';
import type { AuditDesk } from '../../../control/audit/auditDesk.ts';
import { type AccessWorld, accessWorld, type WorldOptions } from '../../support/accessWorld.ts';
import { chainOf } from '../../support/auditEntries.ts';

const hourMs = 3_600_000;

/** By the clock of this computer, as the browser has it. */
export const wallClock = {
  get now() {
    return Date.now();
  },
};

export async function settledWorld(options: WorldOptions = {}): Promise<AccessWorld> {
  const world = await accessWorld({
    clock: wallClock,
    ...options,
    server: {
      audit: auditOf(chainOf('1764226700000-4211', 130, Date.now() - hourMs)),
      retention: { read: async () => retained(Date.now()) },
      ...options.server,
    },
  });
  if (options.isSettled === false) return world;
  for (const role of roleNames) await world.accountOf(role);
  await world.keyWith(['produce', 'decide']);
  return world;
}

/** @returns the token that the cookie holds */
export async function enterAs(
  world: AccessWorld,
  context: BrowserContext,
  url: string,
  role: RoleName,
): Promise<string> {
  const { cookie = '' } = await world.headersOf(role);
  const value = cookie.slice('millrace='.length);
  await context.addCookies([{ name: 'millrace', value, url }]);
  return value;
}

function auditOf(chain: readonly StoredAuditEntry[]): AuditDesk {
  const newest = chain.toReversed();
  return {
    trail: { record: async () => {} },
    isCursor: () => true,
    async read({ who, kind, subject, limit, after }) {
      const found = newest.filter(
        (entry) =>
          (who === undefined || entry.principal.name === who) &&
          (kind === undefined || entry.kind === kind) &&
          (subject === undefined || entry.subject === subject),
      );
      const from = Number(after ?? 0);
      const next = from + limit < found.length ? String(from + limit) : null;
      return { entries: found.slice(from, from + limit), next };
    },
    async *exported() {
      yield* chain;
    },
    check: async () => ({
      ...{ entries: chain.length, chains: 1, broken: [] },
      heads: `${Date.now()}-${chain.length}-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`,
      sentence: 'The record is whole: each entry follows from the one before.',
    }),
  };
}

function retained(at: number) {
  const run = { beganAt: at - 8 * hourMs, endedAt: at - 8 * hourMs, cutAt: at, removed: 1_204 };
  const kept = (table: string, keptForDays: number, holds: string) => ({
    ...{ table, holds, keptForDays, daysMin: 30, because: 'two years: a course can be compared' },
    ...{ rows: 1_240_377, oldestAt: at - 300 * 24 * hourMs, lastRun: run },
  });
  const lasting = { keptForDays: null, daysMin: null, oldestAt: null, lastRun: null, rows: 12 };
  return {
    at,
    tables: [
      kept('events', 730, 'every accepted event, under its user'),
      kept('predictions', 400, 'predictions with their outcomes'),
      { ...lasting, table: 'audit', holds: 'who did and saw what', because: 'it is the record' },
    ],
    sentence: 'Two tables hold data of people and are kept for a time.',
  };
}
