/** How long tables are kept: what can be set, and that every table of the schema is among those that leave or those that stay. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { daysKept, keptTables, readRetention, retainedTables } from '../../contracts/retention.ts';
import { readSettings } from '../../contracts/settings.ts';
import { readMigrations } from '../../sinks/clickhouse/migrate.ts';

const tableOf = (name: string) => retainedTables.find(({ table }) => table === name)!;

test('every table of the schema is kept for a reason, or leaves by a column that it has', async () => {
  const statements = (await readMigrations()).flatMap((migration) => migration.statements);
  const made = statements.flatMap((text) => {
    const [, name] = /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(text) ?? [];
    return name === undefined ? [] : [[name, text] as const];
  });
  const known = [...retainedTables.map(({ table }) => table), ...Object.keys(keptTables)];
  expect(made.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([]);
  for (const { table, time } of retainedTables) {
    const text = new Map(made).get(table)!;
    expect([table, new RegExp(`\\b${time} +DateTime64\\(3, 'UTC'\\)`).test(text)]).toEqual([
      ...[table, true],
    ]);
  }
});

describe('the setting', () => {
  test('is taken by table, and what is absent has its default', () => {
    const { retention = {} } = readSettings({
      MILLRACE_RETENTION: 'events=365d, examples = forever,findings=36d',
    });
    expect(retention).toEqual({ events: 365, examples: null, findings: 36 });
    expect(daysKept(tableOf('events'), retention)).toBe(365);
    expect(daysKept(tableOf('examples'), retention)).toBeNull();
    expect(daysKept(tableOf('policy_decisions'), retention)).toBe(730);
    expect(daysKept(tableOf('dead_letter_replays'), { dead_letters: 14 })).toBe(14);
    expect(readSettings({}).retention).toBeUndefined();
  });

  test.each([
    ['events', 'expected table=days as in events=365d or events=forever, got "events"'],
    ['events=365', 'expected table=days'],
    ['events=-1d', 'expected table=days'],
    ['events=365d;examples=1d', 'expected table=days'],
    ['events=29d', 'events: expected 30d or more. Reports and evaluations of policies'],
    ['events=999999d', 'events: expected 30d or more'],
    ['events=30d,events=31d', 'events: expected once'],
    ['state=30d', 'state: nothing is removed from it. What the pipelines know'],
    ['audit=365d', 'audit: nothing is removed from it. Who did and saw what'],
    ['experiment_outcomes=30d', 'experiment_outcomes: nothing is removed from it. Sums of'],
    ['dead_letter_replays=30d', 'dead_letter_replays: is kept as long as dead_letters'],
    ['constructor=30d', 'constructor: expected one of events, late_events'],
  ])('is refused with a reason: %s', (text, words) => {
    expect(() => readSettings({ MILLRACE_RETENTION: text })).toThrow(words);
    expect(() => readSettings({ MILLRACE_RETENTION: text })).toThrow(
      'retention (MILLRACE_RETENTION): ',
    );
    expect(readRetention(text)).toHaveProperty('problem');
  });
});

test('no default is below what may be set, and letters are not kept shorter than events', () => {
  for (const { days, daysMin } of retainedTables) expect(days).toBeGreaterThanOrEqual(daysMin);
  // An experiment is counted again from both.
  expect(tableOf('dead_letters').days).toBe(tableOf('events').days);
});

test('the page has each table with its days', () => {
  const page = readFileSync(new URL('../../docs/retention.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const told = new Map(rows.map(([, table, days, least]) => [table, [days, least]]));
  for (const { table, as, days, daysMin } of retainedTables) {
    const expected = as === undefined ? [`${days}`, `${daysMin}`] : [`as ${as}`, ''];
    expect([table, told.get(table)]).toEqual([table, expected]);
  }
  for (const table of Object.keys(keptTables))
    expect([table, told.has(table)]).toEqual([table, true]);
});
