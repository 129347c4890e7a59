/** What is wrong with an experiment, in sentences that say why and what to do instead. */
import { areDisjoint, checkHoldouts, checkLayer, checkNamespace } from './checkExclusion.ts';
import { checkMetricUse } from './checkMetricUse.ts';
import { confinedTo } from './condition.ts';
import type { DefinitionProblem, Tell } from './definitionProblem.ts';
import { isLive } from './definitionState.ts';
import { type Experiment, saltOf, weightTolerance } from './experiment.ts';
import { capOf, type ExperimentMetric } from './experimentMetric.ts';
import { drawsOnce, variantBuckets } from './hashFamily.ts';

/** What there is beside the candidate. */
export interface ExperimentSurroundings {
  /** All experiments; one with the candidate's key is the candidate itself, and left out. */
  readonly experiments: readonly Experiment[];
  readonly metrics: readonly ExperimentMetric[];
  /** Types of events that have been seen; absent when that is not known. */
  readonly eventTypes?: ReadonlySet<string>;
}

/** Below this probability the exact test gains evidence slowly. */
const weightFloor = 0.05;

/** All problems and remarks, in the order of the experiment's fields; empty when there is nothing to say. */
export function checkExperiment(
  candidate: Experiment,
  surroundings: ExperimentSurroundings,
): DefinitionProblem[] {
  const found: DefinitionProblem[] = [];
  const tell: Tell = (field, sentence, severity = 'problem') => {
    found.push({ severity, field, sentence });
  };
  const live = surroundings.experiments.filter(
    (other) => other.key !== candidate.key && isLive(other),
  );
  checkSalt(candidate, live, tell);
  checkVariants(candidate, tell);
  checkControl(candidate, tell);
  if (candidate.traffic === 0) {
    tell('traffic', 'The traffic is 0: nobody enters until it is raised.', 'remark');
  }
  if (candidate.hash.family === 'unleash' && drawsOnce(candidate.hash) && candidate.traffic < 1) {
    tell(
      'traffic',
      'Unleash before version 5 draws who enters and what they get from one number: below a traffic of 1 the shares of the ' +
        'variants differ from the weights, and one may be 0. Exposures log the true ones; with the traffic 1 they are the weights.',
      'remark',
    );
  }
  checkLayer(candidate, live, tell);
  checkNamespace(candidate, live, tell);
  checkHoldouts(candidate, live, tell);
  checkMetrics(candidate, surroundings, tell);
  checkMetricUse(candidate, surroundings.metrics, tell);
  checkBaselines(candidate, surroundings, tell);
  checkClusterPlan(candidate, tell);
  checkStages(candidate, tell);
  return found;
}

function checkSalt(candidate: Experiment, live: readonly Experiment[], tell: Tell): void {
  const twin = live.find(
    (other) =>
      saltOf(other) === saltOf(candidate) &&
      other.unit === candidate.unit &&
      other.hash.family === candidate.hash.family &&
      !areDisjoint(other, candidate),
  );
  if (twin === undefined) return;
  tell(
    'salt',
    `The experiment "${twin.key}" has the salt "${saltOf(twin)}" as well: the same units would be together in both, and ` +
      'neither effect could be told from the other. Give this one a salt of its own.',
  );
}

function checkVariants(candidate: Experiment, tell: Tell): void {
  const { variants } = candidate;
  if (variants.length < 2) {
    const count = variants.length === 0 ? 'no variant' : 'one variant';
    tell(
      'variants',
      `There is ${count}: an experiment compares at least two. Add one, such as what users have today.`,
    );
    return;
  }
  const keys = variants.map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) {
    tell('variants', `Two variants have the key "${twice}". Give each a key of its own.`);
  }
  const sum = variants.reduce((total, { weight }) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= weightTolerance)) {
    tell(
      'variants',
      `The weights add up to ${Number(sum.toFixed(10))}, not to 1: they are the probabilities of the variants for a unit that ` +
        'enters. To let in only some of the units, set the traffic.',
    );
  }
  const buckets = variantBuckets(candidate.hash);
  for (const { key, weight } of variants) {
    if (weight > 0 && weight * buckets < 1) {
      tell(
        'variants',
        `The variant "${key}" has the weight ${weight}, less than one of the ${buckets} buckets of ${candidate.hash.family}: ` +
          `no unit would get it. Give it at least ${1 / buckets}.`,
      );
    } else if (weight > 0 && weight < weightFloor) {
      tell(
        'variants',
        `The variant "${key}" has the weight ${weight}: below ${weightFloor} evidence gathers slowly.`,
        'remark',
      );
    }
  }
}

function checkControl({ control, variants }: Experiment, tell: Tell): void {
  if (variants.length === 0) return;
  const found = variants.find(({ key }) => key === control);
  if (found === undefined) {
    const keys = variants.map(({ key }) => `"${key}"`).join(', ');
    tell('control', `The control "${control}" is not among the variants. Choose one of ${keys}.`);
  } else if (found.weight === 0) {
    tell(
      'control',
      `The control "${control}" has the weight 0: there would be nothing to compare with. Give it a weight.`,
    );
  }
}

function checkMetrics(
  candidate: Experiment,
  { metrics, eventTypes }: ExperimentSurroundings,
  tell: Tell,
): void {
  const keys = candidate.metrics.map(({ metric }) => metric);
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) {
    tell('metrics', `The metric "${twice}" is named twice. Give it one role.`);
  }
  if (!candidate.metrics.some(({ role }) => role === 'primary')) {
    tell(
      'metrics',
      'No metric is primary: the verdict is about one that was chosen before the start. Give one the role primary.',
    );
  }
  for (const key of new Set(keys)) {
    const metric = metrics.find((each) => each.key === key);
    if (metric === undefined) {
      tell('metrics', `There is no metric "${key}". Create it first, or correct the key.`);
      continue;
    }
    const filters = [metric.filter, ...(metric.denominator ? [metric.denominator.filter] : [])];
    for (const filter of filters) {
      const types = confinedTo(filter, 'type');
      if (types === undefined) {
        tell(
          'metrics',
          `The metric "${key}" has no filter on the type of events: it would count whatever happens, exposures too. Add a ` +
            'condition such as { "field": "type", "is": "answered" }.',
        );
      } else if (
        eventTypes !== undefined &&
        ![...types].some((type) => eventTypes.has(`${type}`))
      ) {
        const wanted = [...types].map((type) => `"${type}"`).join(', ');
        tell(
          'metrics',
          `No event feeds the metric "${key}": none of the type ${wanted} has come. Correct the filter, or send such an ` +
            'event first.',
        );
      }
    }
  }
}

function checkBaselines(
  { metrics: used, unit }: Experiment,
  { metrics }: ExperimentSurroundings,
  tell: Tell,
): void {
  for (const { metric: key, baseline } of used) {
    const metric = metrics.find((each) => each.key === key);
    if (baseline === undefined || metric === undefined) continue;
    const [least, largest] = capOf(metric) ?? [-Infinity, Infinity];
    const { mean, deviation } = baseline;
    if (metric.kind === 'ratio' || metric.kind === 'quantile' || unit !== 'user') {
      const why = unit === 'user' ? 'is compared by rank' : 'is compared by whole clusters';
      tell(
        'metrics',
        `The metric "${key}" ${why}: its baseline has no effect on the test. It can be left out.`,
        'remark',
      );
    } else if (!(mean > least && mean < largest)) {
      tell(
        'metrics',
        `The baseline of the metric "${key}" is a mean of ${mean}, which units between ${least} and ${largest} do not have. ` +
          'Correct it, or leave it out.',
      );
    } else if (deviation !== undefined && metric.kind !== 'binary') {
      const most = Math.sqrt((mean - least) * (largest - mean));
      if (deviation > most) {
        tell(
          'metrics',
          `The baseline of the metric "${key}" has the deviation ${deviation}; with the mean ${mean}, units between ${least} ` +
            `and ${largest} have at most ${Number(most.toPrecision(4))}. Correct it, or leave it out.`,
        );
      }
    }
  }
}

function checkClusterPlan({ unit, plannedClusters, gatherDays }: Experiment, tell: Tell): void {
  if (unit === 'user') {
    const given = { plannedClusters, gatherDays };
    for (const field of ['plannedClusters', 'gatherDays'] as const) {
      if (given[field] === undefined) continue;
      tell(
        field,
        'Users are assigned one by one: this counts only where clusters are assigned. Leave it out.',
        'remark',
      );
    }
  } else if (plannedClusters === undefined) {
    tell(
      'plannedClusters',
      `It is not said how many clusters (${unit}) are expected in all: the test is made for 40. Say it, if it will be fewer than ` +
        '20 or more than 80; it cannot be changed after the start.',
      'remark',
    );
  }
}

function checkStages({ state, stages, variants, traffic }: Experiment, tell: Tell): void {
  stages.forEach((stage, i) => {
    const previous = stages[i - 1];
    if (stage.number !== i + 1 || (previous !== undefined && stage.startAt <= previous.startAt)) {
      tell(
        'stages',
        `The stage at place ${i + 1} has the number ${stage.number} or begins before its predecessor. Stages are numbered 1, 2, ` +
          '3 … in the order of their times; leave them as the engine gave them.',
      );
    }
    const sum = stage.weights.reduce((total, weight) => total + weight, 0);
    if (stage.weights.length > variants.length || !(Math.abs(sum - 1) <= weightTolerance)) {
      tell(
        'stages',
        `The weights of stage ${stage.number} do not fit the variants or do not add up to 1. Leave the stages as the engine gave ` +
          'them.',
      );
    }
  });
  if (state !== 'running' && state !== 'paused') return;
  const current = stages.at(-1);
  const fits =
    current !== undefined &&
    current.traffic === traffic &&
    variants.every(({ weight }, i) => weight === (current.weights[i] ?? 0));
  if (!fits) {
    tell(
      'stages',
      'The last stage does not have the weights and the traffic of the experiment: exposures would log another probability than ' +
        'the one they were made with. Begin a new stage.',
    );
  }
}
