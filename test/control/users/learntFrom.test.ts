/** Who had learnt from a person, on a real ClickHouse: the versions whose training sets had examples of theirs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import type { Store } from '../../../contracts/store.ts';
import { writeObjections } from '../../../control/objections/objectionRows.ts';
import type { KnownModel, KnownVersion } from '../../../control/registry/modelRegistry.ts';
import { eraseEverything } from '../../../control/users/eraseEverything.ts';
import { readLearntFrom } from '../../../control/users/learntFrom.ts';
import { writeTime } from '../../../operators/rowFields.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { newVersion } from '../../support/modelSamples.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

/** Examples of `answer` by the days on which they were. */
async function examples(store: Store, user: string, features: string, days: readonly number[]) {
  const writer = new ByteWriter();
  for (const [i, at] of days.entries()) {
    for (const text of ['learning', 'answer', features]) writer.text(text);
    writer.uint16(0);
    writer.int64(1_000 * user.charCodeAt(0) + i);
    writeTime(writer, start + at * day);
    writer.text(user);
    writer.varint(0);
    for (const number of [1, 1, 0.5, 0.5]) writer.float64(number);
    writer.text('1');
    writer.varint(0);
  }
  await store.insert('examples', writer.take());
}

function version(name: string, from: number, to: number, madeAt = to, removed = false) {
  const bare = newVersion('a');
  const data = { ...bare.data!, from: start + from * day, to: start + to * day };
  const version = { ...bare, data, version: name } as unknown as KnownVersion['version'];
  return { version, madeAt: start + madeAt * day, by: { actor: '', reason: '' }, removed };
}

const models = [
  {
    model: 'answer',
    versions: [
      { ...version('1', 0, 0), version: { ...version('1', 0, 0).version, data: null } },
      version('1.1', 0, 2),
      version('1.2', 3, 4),
      version('1.3', 5, 6),
      version('1.4', 0, 9, 9, true),
      version('2.1', 0, 9),
    ],
  },
  { model: 'other', versions: [version('1.1', 0, 9)] },
] as unknown as KnownModel[];

test('a version has learnt from the examples between the first and the last of its set, of its own features', async () => {
  const store = await clickhouse.database('learnt_from');
  await examples(store, 'ada', '1', [0, 1, 2, 6]);
  await examples(store, 'bob', '1', [3]);
  await examples(store, 'zoe', '2', [3]);
  const of = (user: string) => readLearntFrom(store, user, models);
  expect(await of('ada')).toEqual([
    { what: 'model answer 1.1', events: 3 },
    { what: 'model answer 1.3', events: 1 },
  ]);
  expect(await of('bob')).toEqual([{ what: 'model answer 1.2', events: 1 }]);
  expect(await of('zoe')).toEqual([{ what: 'model answer 2.1', events: 1 }]);
  expect(await of('eve')).toEqual([]);
  // Whoever had objected before a version was made was left out of it.
  await writeObjections(store, [
    {
      ...{ user: 'ada', to: ['training'], at: start + 4 * day },
      actor: '',
      reason: '',
      record: '',
    },
    { ...{ user: 'bob', to: ['experiments'], at: start }, actor: '', reason: '', record: '' },
  ]);
  expect(await of('ada')).toEqual([{ what: 'model answer 1.1', events: 3 }]);
  expect(await of('bob')).toEqual([{ what: 'model answer 1.2', events: 1 }]);
  // Read before they are removed.
  const receipt = await eraseEverything('bob', {
    ...{ store, models: () => models, partitions: 1, patienceMs: 0, append: async () => {} },
  });
  expect(receipt.learntFrom).toEqual([{ what: 'model answer 1.2', events: 1 }]);
  expect(await of('bob')).toEqual([]);
});
