/** The page about access says what the code does: roles, permissions, routes, numbers. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routePolicy } from '../../api/access/routePolicy.ts';
import { rateLimitDefault } from '../../api/access/serverAccess.ts';
import { permissions, roleNames, rolePermissions } from '../../contracts/access.ts';
import { passwordLengthMax, passwordLengthMin } from '../../contracts/accessApi.ts';
import { readSettings } from '../../contracts/settings.ts';
import { passwordParameters } from '../../control/access/passwords.ts';

const page = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
const plain = page.replaceAll(/\s+/g, ' ');

/** Names in backquotes of the rows of the table whose first column has this title. */
function table(title: string): Map<string, string[]> {
  const begin = page.indexOf(`| ${title} |`);
  const rows = page.slice(begin, page.indexOf('\n\n', begin)).split('\n').slice(2);
  return new Map(
    rows.map((row) => {
      const [, first = '', ...rest] = row.split('|');
      const named = [...rest.join('|').matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
      return [first.trim().replaceAll('`', ''), named];
    }),
  );
}

test('each role has its permissions', () => {
  const told = table('role');
  expect([...told.keys()]).toEqual([...roleNames]);
  for (const role of roleNames) expect(told.get(role)).toEqual([...rolePermissions[role]]);
});

test('each permission is told, and the routes that are named need it', () => {
  const told = table('permission');
  expect([...told.keys()]).toEqual([...permissions]);
  let named = 0;
  for (const [permission, routes] of told) {
    for (const route of routes.filter((each) => !each.includes('…'))) {
      const needed = Object.entries(routePolicy)
        .filter(([name]) => name === route || name.split(' ')[1] === route)
        .map(([, { needs }]) => needs);
      expect([route, needed.includes(permission as never)]).toEqual([route, true]);
      named += 1;
    }
  }
  expect(named).toBeGreaterThan(8);
});

test('what needs nobody is told', () => {
  for (const [name, { needs }] of Object.entries(routePolicy)) {
    const path = name.split(' ')[1]!;
    if (needs === 'nobody')
      expect(page).toContain(path.startsWith('/v1/session/') ? '/v1/session' : path);
  }
});

test('the numbers are those of the code', () => {
  const { sessionHours, sessionIdleMinutes, rateLimit } = readSettings({});
  expect(plain).toContain(`\`MILLRACE_SESSION_HOURS\` (${sessionHours})`);
  expect(plain).toContain(`\`MILLRACE_SESSION_IDLE_MINUTES\` (${sessionIdleMinutes})`);
  expect(plain).toContain(`${rateLimit.toLocaleString('en')} times a second`);
  expect(rateLimit).toBe(rateLimitDefault);
  expect(plain).toContain(`${passwordLengthMin} to ${passwordLengthMax} characters`);
  expect(passwordParameters).toMatchObject({ memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 });
  expect(plain).toContain('argon2id (19 MiB, two passes, one lane)');
});
