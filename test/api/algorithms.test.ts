/** What a form is told of algorithms and learners: as their schemas have it. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeAlgorithms, describeParameters } from '../../api/decisions/describeAlgorithms.ts';
import { AlgorithmsAnswer } from '../../contracts/policyApi.ts';
import { algorithms as registered } from '../../models/policies/registry.ts';
import { rewardLearners } from '../../models/rewards/registry.ts';
import { serverOf } from './fakes.ts';

test('each of the registries is described, over HTTP as well', async () => {
  const response = await serverOf().inject({
    url: '/v1/policies/algorithms',
    headers: { host: 'localhost' },
  });
  expect(response.statusCode).toBe(200);
  const { algorithms, learners } = AlgorithmsAnswer.parse(response.json());
  expect(algorithms.map(({ name }) => name)).toEqual([...registered.keys()]);
  expect(learners.map(({ name }) => name)).toEqual(Object.keys(rewardLearners));
  const known = new Set(learners.map(({ name }) => name));
  for (const { learners: usable } of algorithms) {
    expect(usable.filter((name) => !known.has(name))).toEqual([]);
  }
});

test('every parameter has words, and a default that its schema takes', () => {
  const { algorithms, learners } = describeAlgorithms();
  const schemas = new Map([
    ...[...registered.values()].map(({ name, parameters }) => [name, parameters] as const),
    ...Object.entries(rewardLearners).map(([name, each]) => [name, each.parameters] as const),
  ]);
  for (const { name, parameters } of [...algorithms, ...learners]) {
    const schema = schemas.get(name)!;
    expect(parameters.map((each) => each.name)).toEqual(Object.keys(schema.shape));
    const usual = parameters.filter((each) => each.default !== null);
    const given = Object.fromEntries(usual.map((each) => [each.name, each.default]));
    expect(schema.partial().safeParse(given).success, name).toBe(true);
    for (const { description } of parameters) expect(description).toMatch(/\w{3}/);
  }
});

test('bounds are told as they are, a choice by its words, and what is neither as JSON', () => {
  const described = describeParameters(
    z.strictObject({
      alpha: z.number().gt(0).max(9).default(1).describe('greed'),
      draws: z.number().int().min(2).default(8),
      half: z.number().int().min(1_000).nullable().default(null),
      noise: z.enum(['unit', 'estimated']).default('unit'),
      weights: z.record(z.string(), z.number()),
    }),
  );
  const none = { default: null, required: false, nullable: false, above: false, choices: [] };
  expect(described).toMatchObject([
    {
      ...none,
      name: 'alpha',
      description: 'greed',
      kind: 'number',
      default: 1,
      least: 0,
      largest: 9,
      above: true,
    },
    { ...none, name: 'draws', kind: 'integer', default: 8, least: 2 },
    { ...none, name: 'half', kind: 'integer', least: 1_000, nullable: true },
    { ...none, name: 'noise', kind: 'choice', default: 'unit', choices: ['unit', 'estimated'] },
    { ...none, name: 'weights', kind: 'json', required: true, least: null },
  ]);
});
