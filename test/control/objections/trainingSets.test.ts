/** Training sets leave out who objects to training, on a real ClickHouse; taken back, the examples are there again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { ObjectionKind } from '../../../contracts/objection.ts';
import { writeObjections } from '../../../control/objections/objectionRows.ts';
import type { KnownModel } from '../../../control/registry/modelRegistry.ts';
import { selectStored } from '../../../control/retraining/storedExamples.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { insertExamples, storedExample } from '../../support/storedExamples.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

test('a run selects no example of who objects to training', async () => {
  const store = await clickhouse.database('objections_training');
  const rows = ['ada', 'bob', 'ada', 'zoe', 'ada'].map((user, offset) =>
    storedExample({ offset, user, time: offset, features: [offset, 0] }),
  );
  await insertExamples(store, rows);
  const { data: plan } = ModelPlan.parse({});
  const features = ['a', 'b'].map((name) => ({ name, kind: 'numeric', monotone: 0 }) as const);
  const known = {
    pipeline: 'learning',
    model: 'toy',
    featureVersion: '1',
    task: 'binary',
    features,
  };
  const select = selectStored(store, () => known as unknown as KnownModel);
  const selected = async () => {
    const request = { model: 'toy', plan, learnFrom: null, bounds: null };
    const { set, excludedUsers, snapshot } = await select(request, new AbortController().signal);
    const first = set.values.filter((_, i) => i % 2 === 0);
    return { first: [...first], excludedUsers, snapshot };
  };
  const object = (user: string, at: number, ...to: ObjectionKind[]) =>
    writeObjections(store, [{ user, to, at, actor: '', reason: '', record: '' }]);
  const all = await selected();
  expect(all).toMatchObject({ first: [0, 1, 2, 3, 4], excludedUsers: 0 });
  await object('ada', 1, 'training');
  await object('bob', 1, 'personalization', 'experiments');
  expect(await selected()).toMatchObject({ first: [1, 3], excludedUsers: 1 });
  await object('ada', 2);
  expect(await selected()).toEqual(all);
});
