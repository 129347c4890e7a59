/** What a partition knows of definitions: the newest revision, after a restart too. */
import { expect, test } from 'vitest';
import { EngineError } from '../../contracts/errors.ts';
import type { ObjectTable } from '../../contracts/stateTable.ts';
import { DefinitionTable, type StoredDefinition } from '../../pipelines/definitionTable.ts';

interface Rule {
  readonly revision: number;
  readonly key: string;
}

/** @param unfit a key that this version cannot prepare */
function open(entries = new Map<string, StoredDefinition>(), unfit?: string) {
  const prepared: number[] = [];
  const table = {
    get: (key: string) => entries.get(key),
    set: (key: string, value: StoredDefinition) => void entries.set(key, value),
    delete: (key: string) => void entries.delete(key),
    entries: () => entries.entries(),
  } as Partial<ObjectTable<StoredDefinition>> as ObjectTable<StoredDefinition>;
  const definitions = new DefinitionTable<Rule, Rule>(table, {
    form: 'now',
    read(json) {
      if (json === undefined) throw new TypeError('definition: expected a rule');
      return json as Rule;
    },
    keyOf: ({ key }) => key,
    prepare(rule) {
      if (rule.key === unfit) throw new EngineError('POLICY_INVALID', 'of another version');
      prepared.push(rule.revision);
      return rule;
    },
  });
  return { definitions, entries, prepared };
}

test('takes what is newer, keeps its text, and prepares it once', () => {
  const { definitions, entries, prepared } = open();
  for (const revision of [2, 1, 2, 3]) {
    definitions.take(JSON.stringify({ revision, key: 'rule' }));
  }
  expect(definitions.get('rule')).toEqual({ revision: 3, key: 'rule' });
  expect(definitions.get('rule')).toBe(definitions.get('rule'));
  expect(definitions.get('other')).toBeUndefined();
  expect(prepared).toEqual([2, 3]);
  expect([...entries]).toEqual([
    ['rule', { definition: '{"revision":3,"key":"rule"}', form: 'now' }],
  ]);
  const restored = open(entries);
  expect(restored.definitions.get('rule')).toEqual({ revision: 3, key: 'rule' });
  restored.definitions.take('{"revision":3,"key":"rule"}');
  expect(restored.prepared).toEqual([3]);
});

test.each([['no JSON'], [7], [undefined]])('refuses %j and keeps what it knows', (text) => {
  const { definitions, entries } = open();
  definitions.take('{"revision":1,"key":"rule"}');
  expect(() => definitions.take(text)).toThrow(TypeError);
  expect(entries.size).toBe(1);
});

test('one that cannot be prepared is refused each time, and harms no other', () => {
  const { definitions, entries } = open(new Map(), 'new');
  const line = '{"revision":1,"key":"new"}';
  expect(() => definitions.take(line)).toThrow('of another version');
  expect(() => definitions.take(line)).toThrow('of another version');
  expect(entries.size).toBe(0);
});

test('a stored one that this version cannot prepare is unknown after a restart, and refused when it comes again', () => {
  const lines = ['new', 'rule'].map((key) => JSON.stringify({ revision: 1, key }));
  const { definitions, entries } = open();
  for (const line of lines) definitions.take(line);
  const restored = open(entries, 'new').definitions;
  expect(restored.get('rule')).toEqual({ revision: 1, key: 'rule' });
  expect(restored.size).toBe(1);
  expect(() => restored.take(lines[0])).toThrow('of another version');
});
