/** What a partition knows of definitions: the newest revision, after a restart too. */
import { expect, test } from 'vitest';
import type { ObjectTable } from '../../contracts/stateTable.ts';
import { DefinitionTable, type StoredDefinition } from '../../pipelines/definitionTable.ts';

interface Rule {
  readonly revision: number;
  readonly key: string;
}

function open(entries = new Map<string, StoredDefinition>()) {
  const prepared: number[] = [];
  const table = {
    get: (key: string) => entries.get(key),
    set: (key: string, value: StoredDefinition) => void entries.set(key, value),
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
