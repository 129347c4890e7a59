/** A log with experiments in it, for tests: a definition, exposures, and what the units did. */
import { Experiment, type ExperimentInput } from '../../contracts/experiment.ts';
import { ExperimentMetric, type ExperimentMetricInput } from '../../contracts/experimentMetric.ts';
import { definitionEvent } from '../../contracts/experimentRecord.ts';

export const minute = 60_000;
export const start = Date.parse('2026-03-02T08:00:00Z');
/** When the log took its records, ms since 1970. */
export const receivedAt = start + 12 * 60 * minute;

export const answeredRight: ExperimentMetricInput = {
  key: 'right',
  name: 'Answered right',
  kind: 'binary',
  filter: {
    all: [
      { field: 'type', is: 'answered' },
      { field: 'value', is: 1 },
    ],
  },
  measure: { of: 'existence' },
  windowMs: 30 * minute,
};

export const minutesSpent: ExperimentMetricInput = {
  key: 'minutes',
  name: 'Minutes spent',
  kind: 'continuous',
  filter: { field: 'type', is: 'worked' },
  measure: { of: 'value', field: 'context.minutes' },
  cap: [0, 10],
  windowMs: 60 * minute,
};

export const rightShare: ExperimentMetricInput = {
  key: 'share',
  name: 'Share of right answers',
  kind: 'ratio',
  filter: {
    all: [
      { field: 'type', is: 'answered' },
      { field: 'value', is: 1 },
    ],
  },
  measure: { of: 'count' },
  denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  cap: [0, 100],
  windowMs: 30 * minute,
};

/** A running experiment of two variants over three metrics, in its first stage since `start`. */
export function hints(changes: Partial<ExperimentInput> = {}): Experiment {
  return Experiment.parse({
    key: 'hints',
    name: 'Hints after a wrong answer',
    variants: [
      { key: 'without', name: 'Without', weight: 0.5 },
      { key: 'with', name: 'With', weight: 0.5 },
    ],
    control: 'without',
    metrics: [
      { metric: 'right', role: 'primary' },
      { metric: 'minutes', role: 'secondary' },
      { metric: 'share', role: 'secondary' },
    ],
    segments: ['grade'],
    minimumEffect: 0.02,
    state: 'running',
    stages: [{ number: 1, startAt: start, traffic: 1, weights: [0.5, 0.5] }],
    ...changes,
  });
}

export function definitionLine(experiment: Experiment, revision = 1, at = start): string {
  const metrics = [answeredRight, minutesSpent, rightShare].map((each) =>
    ExperimentMetric.parse(each),
  );
  return definitionEvent({ revision, experiment, metrics }, at);
}

let ids = 0;

export function eventLine(type: string, user: string, at: number, rest: object = {}): string {
  ids += 1;
  return JSON.stringify({ id: `x-${ids}`, type, time: start + at, user, ...rest });
}

export function exposureLine(
  user: string,
  at: number,
  variant: string,
  context: object = {},
): string {
  const given = { experiment: 'hints', variant, probability: 0.5, stage: 1, ...context };
  return eventLine('exposure', user, at, { context: given });
}

/** Moves the watermark: an event of somebody who takes part in nothing. */
export function passing(at: number): string {
  return eventLine('viewed', 'nobody', at, { item: 'clock' });
}
