/** The experiments of the synthetic campus: defined once, kept over a restart, ended when another campus begins. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineCampusExperiments, nextEdition } from '../../cli/campusExperiments.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import { now, registryOf } from '../api/fakes.ts';

let registry: ExperimentRegistry;
beforeEach(() => {
  registry = registryOf();
});
afterEach(() => registry.close());

const campusOf = (edition?: number) =>
  createCampus({ seed: 1, students: 50, start: now - 86_400_000, ...(edition && { edition }) });
const states = () =>
  registry
    .experiments()
    .map(({ record: { experiment } }) => `${experiment.key} ${experiment.state}`);

test('are defined as running, sound, and with the planted stages', async () => {
  const campus = campusOf();
  expect(nextEdition(registry)).toBe(1);
  const said = await defineCampusExperiments(registry, campus);
  expect(said).toEqual([
    'It takes part in experiments: “Worked hints”, “Badges for streaks”, “A page without distractions”.',
  ]);
  expect(states()).toEqual(['focus-mode running', 'streak-badges running', 'worked-hints running']);
  const { experiment, metrics } = registry.inForce('worked-hints')!;
  expect(experiment.stages).toEqual([
    { number: 1, startAt: campus.start, traffic: 1, weights: [0.8, 0.2] },
    { number: 2, startAt: campus.start + 12 * 3_600_000, traffic: 1, weights: [0.5, 0.5] },
  ]);
  expect(metrics.map(({ key }) => key)).toEqual([
    'worked-hints-outcome',
    'right-answers',
    'answers-given',
  ]);
});

test('stay when the campus goes on, whatever an administrator has done with them', async () => {
  await defineCampusExperiments(registry, campusOf());
  await registry.move('focus-mode', { move: 'stop' }, { actor: 'ada', reason: '' });
  expect(await defineCampusExperiments(registry, campusOf())).toEqual([]);
  expect(states()).toEqual(['focus-mode stopped', 'streak-badges running', 'worked-hints running']);
});

test('end when another campus begins, which has its own', async () => {
  await defineCampusExperiments(registry, campusOf());
  expect(nextEdition(registry)).toBe(2);
  await defineCampusExperiments(registry, campusOf(2));
  expect(states()).toEqual([
    'focus-mode stopped',
    'focus-mode-2 running',
    'streak-badges stopped',
    'streak-badges-2 running',
    'worked-hints stopped',
    'worked-hints-2 running',
  ]);
  expect(registry.inForce('focus-mode-2')!.experiment.name).toBe('A page without distractions');
  expect(nextEdition(registry)).toBe(3);
});
