/** The examples of the page about experiments are what the engine takes and answers. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkExperiment } from '../../contracts/checkExperiment.ts';
import { Experiment } from '../../contracts/experiment.ts';
import { DecisionsAnswer } from '../../contracts/experimentApi.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { HashFamily } from '../../contracts/hashFamily.ts';
import { createDoor } from '../../sources/door/door.ts';

const page = readFileSync(new URL('../../docs/experiments.md', import.meta.url), 'utf8');

function example(name: string): unknown {
  const found = new RegExp(`\`\`\`json ${name}\n([\\s\\S]*?)\n\`\`\``).exec(page)?.[1];
  return JSON.parse(found ?? 'null');
}

test('the definitions are sound, together', () => {
  const metric = ExperimentMetric.parse(example('metric'));
  const experiment = Experiment.parse(example('experiment'));
  expect(checkExperiment(experiment, { experiments: [], metrics: [metric] })).toEqual([]);
  const use = example('metric use');
  const adjusted = Experiment.parse({ ...experiment, metrics: [use] });
  expect(adjusted.metrics).toEqual([use]);
  expect(checkExperiment(adjusted, { experiments: [], metrics: [metric] })).toEqual([]);
});

test('the decision is as the engine answers it, the exposure passes the door', () => {
  const answer = example('decisions');
  expect(DecisionsAnswer.parse(answer)).toEqual(answer);
  const body = new TextEncoder().encode(JSON.stringify(example('exposure')));
  const door = createDoor({ partitions: 1 });
  const receivedAt = Date.UTC(2026, 2, 2, 10);
  expect(door.admit(body, 'application/json', receivedAt)).toMatchObject({ accepted: 1 });
});

test('each hash family of another platform is in the table, as the schema takes it', () => {
  const named = [...page.matchAll(/`(\{ "family": [^`]*\})`/g)].map(([, text]) =>
    HashFamily.parse(JSON.parse(text!.replace('…', 'rule'))),
  );
  const families = HashFamily.options.map((option) => option.shape.family.value);
  expect(['millrace', ...named.map(({ family }) => family)]).toEqual(families);
});
