/** A sound experiment and metric, to be bent by each test. */
import { Experiment, type ExperimentInput, type Stage } from '../../contracts/experiment.ts';
import { ExperimentMetric, type ExperimentMetricInput } from '../../contracts/experimentMetric.ts';

export const dayMs = 86_400_000;
export const startAt = Date.UTC(2026, 0, 5);

export function makeMetric(input: Partial<ExperimentMetricInput> = {}): ExperimentMetric {
  return ExperimentMetric.parse({
    key: 'solved',
    name: 'Solved',
    kind: 'binary',
    filter: { field: 'type', is: 'answered' },
    measure: { of: 'existence' },
    windowMs: dayMs,
    ...input,
  });
}

/** Equal weights, traffic 1, a draft without stages. */
export function makeExperiment(input: Partial<ExperimentInput> = {}): Experiment {
  return Experiment.parse({
    key: 'hints',
    name: 'Hints',
    variants: [
      { key: 'without', name: 'Without hints', weight: 0.5 },
      { key: 'with', name: 'With hints', weight: 0.5 },
    ],
    control: 'without',
    metrics: [{ metric: 'solved', role: 'primary' }],
    minimumEffect: 0.02,
    ...input,
  });
}

/** The same, running, with these stages one day apart; the last one's weights and traffic are the experiment's. */
export function makeRunning(
  input: Partial<ExperimentInput> = {},
  stages: readonly Pick<Stage, 'traffic' | 'weights'>[] = [{ traffic: 1, weights: [0.5, 0.5] }],
): Experiment {
  const { traffic, weights } = stages.at(-1)!;
  const names = input.variants ?? makeExperiment().variants;
  return makeExperiment({
    state: 'running',
    ...input,
    traffic,
    variants: weights.map((weight, i) => ({
      ...(names[i] ?? { key: `v${i}`, name: `Variant ${i}` }),
      weight,
    })),
    stages: stages.map((stage, i) => ({ number: i + 1, startAt: startAt + i * dayMs, ...stage })),
  });
}
