/**
 * What a change means for an experiment: in place, a new stage, or refused because its evidence would no longer be valid.
 *
 * While units are assigned, only that may change which neither moves a unit to another variant nor chooses, after a look at
 * the data, what is compared. Weights and traffic may: each exposure carries the probability of its own stage.
 */
import { type DefinitionState, isLive } from './definitionState.ts';
import { type Experiment, type Stage, saltOf } from './experiment.ts';
import { drawsOnce } from './hashFamily.ts';
import { same } from './same.ts';

export type ExperimentChange =
  /** What to store: `after`, with its stages in order. */
  | { readonly outcome: 'in place' | 'new stage'; readonly experiment: Experiment }
  | { readonly outcome: 'refused'; readonly sentences: readonly string[] };

const nextStates: Record<DefinitionState, readonly DefinitionState[]> = {
  draft: ['running', 'archived'],
  running: ['paused', 'stopped'],
  paused: ['running', 'stopped'],
  stopped: ['archived'],
  archived: [],
};

/** What may change at any time, because no number depends on it. */
const words = ['name', 'hypothesis', 'annotations'] as const;

/**
 * Judges a change; `checkExperiment` judges whether the result is sound in itself.
 *
 * @param after  as wanted; its stages may be left empty, they are the engine's
 * @param now    when a new stage would begin, ms
 */
export function checkChange(before: Experiment, after: Experiment, now: number): ExperimentChange {
  const sentences = [...refusedAlways(before, after)];
  if (isLive(before)) sentences.push(...refusedLive(before, after));
  if (before.state === 'stopped' || before.state === 'archived') {
    sentences.push(...refusedAfterwards(before, after));
  }
  if (sentences.length > 0) return { outcome: 'refused', sentences };
  const starts = before.state === 'draft' && after.state === 'running';
  if (starts || (isLive(before) && isNewStage(before, after))) {
    return {
      outcome: 'new stage',
      experiment: { ...after, stages: nextStages(before, after, now), hold: holdOf(before, after) },
    };
  }
  const experiment = { ...after, stages: before.stages, hold: holdOf(before, after) };
  return { outcome: 'in place', experiment };
}

/** Comes with a pause and goes when the experiment runs again. */
function holdOf(before: Experiment, after: Experiment): Experiment['hold'] {
  if (after.state === 'running') return null;
  return before.state === 'running' && after.state === 'paused' ? after.hold : before.hold;
}

function nextStages(before: Experiment, after: Experiment, now: number): Stage[] {
  const last = before.stages.at(-1);
  return [
    ...before.stages,
    {
      number: (last?.number ?? 0) + 1,
      startAt: last === undefined ? now : Math.max(now, last.startAt + 1),
      traffic: after.traffic,
      weights: after.variants.map(({ weight }) => weight),
    },
  ];
}

function isNewStage(before: Experiment, after: Experiment): boolean {
  const weights = ({ variants }: Experiment) => variants.map(({ key, weight }) => [key, weight]);
  return (
    before.traffic !== after.traffic ||
    !same(weights(before), weights(after)) ||
    !same(before.layer, after.layer) ||
    !same(before.targeting, after.targeting)
  );
}

function refusedAlways(before: Experiment, after: Experiment): string[] {
  const sentences: string[] = [];
  if (before.key !== after.key) {
    sentences.push(
      `The key "${before.key}" names the experiment in its exposures and cannot change. Make a copy with the key "${after.key}".`,
    );
  }
  if (after.stages.length > 0 && !same(before.stages, after.stages)) {
    sentences.push(
      'Stages are the record of what was in force and cannot be written. Leave them out; change the weights or the traffic.',
    );
  }
  if (before.state !== after.state && !nextStates[before.state].includes(after.state)) {
    const allowed = nextStates[before.state].join(' or ');
    sentences.push(
      `An experiment that is ${before.state} cannot become ${after.state}. ` +
        (allowed === ''
          ? 'Make a copy.'
          : `It can become ${allowed}; to run it again, make a copy.`),
    );
  }
  const { decision } = after;
  if (decision !== null && !same(before.decision, decision)) {
    if (after.state !== 'stopped') {
      sentences.push('A decision ends an experiment. Set the state to stopped in the same change.');
    }
    if (decision.variant !== null && !after.variants.some(({ key }) => key === decision.variant)) {
      sentences.push(
        `The decision names the variant "${decision.variant}", which there is not. Name one of the variants.`,
      );
    }
  }
  return sentences;
}

function refusedLive(before: Experiment, after: Experiment): string[] {
  const sentences: string[] = [];
  const refuse = (changed: boolean, sentence: string) => {
    if (changed) sentences.push(sentence);
  };
  const instead = 'Stop the experiment and make a copy with the change.';
  refuse(
    saltOf(before) !== saltOf(after),
    `Another salt would draw all variants anew: units would change theirs in the middle. ${instead}`,
  );
  refuse(
    before.unit !== after.unit,
    `Assigning by ${after.unit} instead of ${before.unit} would draw all variants anew, and the units counted so far would no ` +
      `longer be the units. ${instead}`,
  );
  refuse(
    !same(before.hash, after.hash),
    `Another hash would draw all variants anew: units would change theirs in the middle. ${instead}`,
  );
  sentences.push(...refusedVariants(before, after, instead));
  refuse(
    before.control !== after.control,
    `The control is what everything so far was compared with; another would be chosen with the data in view. ${instead}`,
  );
  refuse(...shrunkenLayer(before, after));
  refuse(
    !same(before.holdouts, after.holdouts),
    `Another holdout would take in units that were kept out, or send away units that are in. ${instead}`,
  );
  refuse(
    before.sticky !== after.sticky,
    `Units keep their first variant, or do not, from the start: a change would move some that have been exposed. ${instead}`,
  );
  refuse(
    !same(before.metrics, after.metrics),
    'The metrics and their roles were chosen before the data; a choice with the data in view would not keep the error level. ' +
      `${instead}`,
  );
  refuse(
    before.plannedClusters !== after.plannedClusters,
    'The planned number of clusters fixes the test before the data; another with the data in view would not keep the error ' +
      `level. ${instead}`,
  );
  refuse(
    before.gatherDays !== after.gatherDays,
    `Another time to gather would change the clusters that have been compared. ${instead}`,
  );
  refuse(
    before.alpha !== after.alpha,
    `The error level was promised before the data; a choice with the data in view would not keep it. ${instead}`,
  );
  sentences.push(...idleWeights(before, after));
  return sentences;
}

function refusedVariants(before: Experiment, after: Experiment, instead: string): string[] {
  const keys = after.variants.map(({ key }) => key);
  for (const { key } of before.variants) {
    if (!keys.includes(key)) {
      return [
        `The variant "${key}" has units; without it their outcomes would be lost. Give it the weight 0 instead, so that nobody ` +
          'new gets it.',
      ];
    }
  }
  if (before.variants.some(({ key }, i) => keys[i] !== key)) {
    return [
      'The order of the variants decides who gets which: another order would move units. Leave it; put new variants last.',
    ];
  }
  const altered = before.variants.find(
    ({ payload }, i) => !same(payload, after.variants[i]?.payload),
  );
  if (altered === undefined) return [];
  return [
    `The payload of the variant "${altered.key}" is what its units get: with another, the outcomes so far would be of another ` +
      `treatment. ${instead}`,
  ];
}

function shrunkenLayer(
  { layer: before }: Experiment,
  { layer: after }: Experiment,
): [boolean, string] {
  if (before === undefined || after === undefined || before.name !== after.name) {
    return [
      before !== after,
      'Another layer admits other units and sends away those that are in. Stop the experiment and make a copy in the other layer.',
    ];
  }
  return [
    after.from > before.from || after.to < before.to,
    `The slice ${before.from}–${before.to} of the layer "${before.name}" has units in all its parts: a smaller one would send ` +
      'some away. Lower the traffic instead; the slice may only grow.',
  ];
}

function idleWeights(before: Experiment, after: Experiment): string[] {
  const weights = after.variants.map(({ weight }) => weight);
  const current = before.variants.map(({ weight }) => weight);
  if (same(weights, current)) return [];
  if (drawsOnce(before.hash) && before.stages.some(({ traffic }) => traffic < 1)) {
    return [
      `${before.hash.family} draws who enters and what they get from one number: whom a larger traffic newly takes in ` +
        'would not get the variants with the new weights. Keep the weights while the traffic grows; or stop and make a copy.',
    ];
  }
  // A sticky unit keeps the weights of the stage that took it in: new ones reach only whom the traffic newly takes in.
  const admitted = Math.max(0, ...before.stages.map(({ traffic }) => traffic));
  if (!before.sticky || after.traffic > admitted) return [];
  const share = `${Number((admitted * 100).toFixed(4))} %`;
  const instead =
    admitted < 1
      ? `Raise the traffic above ${share} in the same change, which gives them to those who enter newly; or stop and make a copy.`
      : 'Stop the experiment and make a copy with the change.';
  return [
    `The experiment is sticky and has admitted ${share} of its units, each with the weights of that time: new weights ` +
      `would reach nobody. ${instead}`,
  ];
}

function refusedAfterwards(before: Experiment, after: Experiment): string[] {
  const design = (experiment: Experiment) => {
    const { state, decision, stages, hold, ...rest } = experiment;
    return Object.fromEntries(
      Object.entries(rest).filter(([field]) => !(words as readonly string[]).includes(field)),
    );
  };
  const sentences: string[] = [];
  if (!same(design(before), design(after))) {
    sentences.push(
      `An experiment that is ${before.state} is a record of what was done: only its ${words.join(', ')} can change. Make a copy.`,
    );
  }
  if (before.decision !== null && !same(before.decision, after.decision)) {
    sentences.push(
      'The decision has been taken and recorded. Add an annotation, or make a copy of the experiment.',
    );
  }
  return sentences;
}
