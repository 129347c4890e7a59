/** Models in the engine: declared when it starts, told to each partition once, and with files that outlive a restart. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { declaredModels } from '../../cli/declareModels.ts';
import { modelType } from '../../contracts/modelRecord.ts';
import { learners } from '../../models/registry.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { newVersion } from '../support/modelSamples.ts';

const data = temporaryDirectory();
afterAll(() => removeDirectory(data));

const bytes = new TextEncoder().encode('a model');
const by = { actor: 'ada', reason: 'to try' };

/** Partition and name of each record of a model that a pipeline has taken, and when it was made. */
async function told({ engine, settle }: TestEngine) {
  await settle();
  return engine.store.query<{ partition: number; id: string; at: number }>(
    `SELECT partition, id, toUnixTimestamp64Milli(time) AS at FROM events FINAL
     WHERE type = {type:String} ORDER BY at, partition`,
    { type: modelType },
  );
}

test('what is declared is what the learner says of itself', () => {
  const [{ model, version, features }] = declaredModels() as [ReturnType<typeof declaredModels>[0]];
  const learner = learners['answer']!.create(createStateTables(new InternDictionary()));
  expect([model, version]).toEqual([learner.name, learner.version]);
  expect(features.map(({ name }) => name)).toEqual(learner.examples!.names);
});

test('an engine declares its models, and another start changes nothing', async () => {
  let at = await startTestEngine(data);
  const { sha256, ...file } = await at.engine.artifacts!.put(bytes);
  expect(existsSync(join(data, 'artifacts'))).toBe(true);
  const models = at.engine.models!;
  const known = models.model('answer')!;
  expect(known).toMatchObject({ pipeline: 'learning', featureVersion: '1', versions: [{}] });
  expect(known.served[0]!.by.actor).toBe('engine');
  expect(models.inForce('answer')!.champion.version).toBe('1');
  const artifact = { sha256, ...file };
  expect(await told(at)).toEqual([]); // a new engine waits for its first events
  await models.register(newVersion('a', { artifact }), by);
  await models.rollback('answer', '1.1', by);
  const rows = await told(at);
  expect(rows.map(({ partition, id }) => `${partition} ${id}`)).toEqual([
    '0 model:answer@3',
    '1 model:answer@3',
  ]);
  await at.stop();

  at = await startTestEngine(data);
  try {
    const again = at.engine.models!;
    expect(again.model('answer')!.head.revision).toBe(3);
    expect(again.inForce('answer')).toMatchObject({ revision: 3, champion: { sha256 } });
    expect([...(await at.engine.artifacts!.get(sha256))]).toEqual([...bytes]);
    expect(await told(at)).toEqual(rows);
    const event = { id: 'x', type: modelType, user: 'millrace', time: Date.now() };
    const answer = await at.post(JSON.stringify(event), json);
    expect(await answer.text()).toContain('release versions in the dashboard');
  } finally {
    await at.stop();
  }
}, 120_000);
