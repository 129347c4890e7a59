/** The example of the page about personalization is what the default pipeline learns by, and what the code takes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { preferenceParameters } from '../../models/preference/preferenceParameters.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { type PreferenceOptions, preferences } from '../../pipelines/preferences/preferences.ts';
import { topicPreference } from '../../pipelines/preferences/topicPreference.ts';

const page = readFileSync(new URL('../../docs/personalization.md', import.meta.url), 'utf8');
const example = JSON.parse(
  /```json preference\n([\s\S]*?)\n```/.exec(page)![1]!,
) as PreferenceOptions;

test('the preference is that of the default pipeline, with the defaults', () => {
  const defaults = Object.fromEntries(
    Object.entries(preferenceParameters).map(([name, parameter]) => [name, parameter.default]),
  );
  expect(example).toEqual({ ...topicPreference, ...defaults, usersMax: 1_000_000 });
});

test('the preference is taken, one with a mistake is not', () => {
  const context = {
    partition: 0,
    partitions: 1,
    tables: createStateTables(new InternDictionary()),
    publish: () => {},
    countDuplicates: () => {},
  };
  expect(() => preferences(context, 'learning', example)).not.toThrow();
  const twice = { ...example, name: 'twice', signals: [{ type: 'rated' }, { type: 'rated' }] };
  expect(() => preferences(context, 'learning', twice)).toThrow(
    'signals: expected types that differ, got rated, rated',
  );
  expect(() => preferences(context, 'learning', { ...example, name: 'x', valuesMax: 0 })).toThrow(
    'valuesMax: expected an integer in [1, 64], got 0',
  );
});
