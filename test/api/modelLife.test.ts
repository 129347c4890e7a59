/** `/v1/models/:model/served` and `/release`: who served at an instant, and what is known of a release now. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReleaseNow, ServedAnswer } from '../../contracts/modelLifeApi.ts';
import { createModelRegistry } from '../../control/registry/openModelRegistry.ts';
import { Releasing } from '../../control/releases/releasing.ts';
import { memoryDefinitions } from '../support/memoryDefinitions.ts';
import { declaredAnswer, newVersion } from '../support/modelSamples.ts';
import { modelDeskOf, now, serverOf } from './fakes.ts';

const by = { actor: 'ada', reason: 'to see' };
const minute = 60_000;
let clock = now;
let app: FastifyInstance;

async function get(path: string) {
  const answer = await app.inject(`/v1/models/answer/${path}`);
  return { status: answer.statusCode, body: answer.json() };
}

beforeEach(async () => {
  clock = now;
  const registry = createModelRegistry({
    ...{ store: memoryDefinitions(), say: () => {}, announce: async () => {} },
    ...{ clock: () => clock, pollMs: 1_000_000 },
  });
  const readEvidence = async () => ({ stages: [] });
  const releasing = new Releasing({ registry, readEvidence, clock: () => clock });
  app = serverOf({ models: modelDeskOf({ models: registry, releasing, clock: () => clock }) });
  await registry.declare(declaredAnswer, by);
  clock += minute;
  await registry.register(newVersion('a'), by);
});
afterEach(() => app.close());

async function release(from?: string): Promise<number> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/models/answer/releases',
    payload: { version: '1.1', reason: 'Looked at', ...(from === undefined ? {} : { from }) },
  });
  return answer.statusCode;
}

describe('who served', () => {
  test('is told of now, of then, and not of before the first', async () => {
    clock += minute;
    expect(await release('canary')).toBe(201);
    const then = await get(`served?at=${now + minute}`);
    expect(ServedAnswer.parse(then.body)).toMatchObject({ at: now + minute, champion: '1' });
    expect(then.body.shares).toEqual([{ version: '1', share: 1 }]);
    const { body } = await get('served');
    expect(ServedAnswer.parse(body)).toMatchObject({
      ...{ at: clock, since: clock, champion: '1', reason: 'Looked at' },
      shares: [
        { version: '1', share: 0.95 },
        { version: '1.1', share: 0.05 },
      ],
      release: { version: '1.1', share: 0.05, stage: 'canary-1' },
    });
    expect((await get(`served?at=${now - 1}`)).status).toBe(404);
    expect((await get('served?when=1')).status).toBe(400);
  });
});

describe('a release', () => {
  test('begins in shadow unless it is said otherwise', async () => {
    expect(await release()).toBe(201);
    expect((await get('life')).body.release).toMatchObject({ phase: 'shadow', share: 0 });
  });

  test('begins nowhere else', async () => {
    expect(await release('everywhere')).toBe(400);
  });

  test('without labels has no evidence; without a release there is none to ask of', async () => {
    expect(ReleaseNow.parse((await get('release')).body)).toEqual({
      ...{ release: null, at: clock, evidence: null },
    });
    await release();
    const { body } = await get('release');
    expect(ReleaseNow.parse(body)).toMatchObject({ release: { version: '1.1' }, evidence: null });
    expect((await app.inject('/v1/models/unknown/release')).statusCode).toBe(404);
  });
});
