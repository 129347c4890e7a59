/** The page for operators names every code and metric that there is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requestProblems } from '../../api/problems.ts';
import { errors } from '../../contracts/errors.ts';
import { settingVariables } from '../../contracts/settings.ts';
import { serverOf } from '../api/fakes.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

/** Cells of the table rows, by the code in their first cell. */
const rows = new Map(
  page.split('\n').flatMap((line) => {
    const [, name, ...cells] = line.split('|').map((cell) => cell.trim());
    const code = /^`(\w+)`$/.exec(name ?? '')?.[1];
    return code === undefined ? [] : [[code, cells] as const];
  }),
);

test('each error code has its row: whether to try again, and what to do', () => {
  const told = Object.entries(errors).map(([code, { retry }]) => {
    const [, toldRetry, action = ''] = rows.get(code) ?? [];
    return { code, asInCode: toldRetry === retry, hasAction: action.length > 0 };
  });
  expect(told).toEqual(told.map(({ code }) => ({ code, asInCode: true, hasAction: true })));
});

test('each code of a request has its row with its status', () => {
  const statuses = Object.entries(requestProblems).map(([code, { status }]) => [code, `${status}`]);
  expect(statuses.map(([code]) => [code, rows.get(code!)?.[0]])).toEqual(statuses);
});

test('each metric has its row, and no row has a metric that is not there', async () => {
  const server = serverOf();
  const { body } = await server.inject({ url: '/metrics', headers: { host: 'localhost' } });
  await server.close();
  const exported = [...body.matchAll(/^# TYPE (\w+)/gm)].map((match) => match[1]!);
  const told = [...rows.keys()].filter((name) => /^(millrace|process)_/.test(name));
  expect(exported.length).toBeGreaterThan(10);
  expect(told.sort()).toEqual(exported.sort());
});

test('no code in the tables is unknown', () => {
  const known = { ...errors, ...requestProblems };
  const codes = [...rows.keys()].filter((name) => /^[A-Z]+_[A-Z_]+$|^[A-Z]{5,}$/.test(name));
  const settings = new Set(Object.values(settingVariables));
  expect(codes.filter((code) => !settings.has(code) && !Object.hasOwn(known, code))).toEqual([]);
});
