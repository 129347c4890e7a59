/** Whether an experiment keeps apart from others as it should: layers, namespaces, holdouts. */

import type { Tell } from './definitionProblem.ts';
import { type Experiment, layerBuckets } from './experiment.ts';

/** Slices of one layer must not overlap, and its experiments must assign the same unit. */
export function checkLayer(candidate: Experiment, live: readonly Experiment[], tell: Tell): void {
  const { layer } = candidate;
  if (layer === undefined) return;
  const neighbours = live.filter((other) => other.layer?.name === layer.name);
  for (const other of neighbours) {
    const slice = other.layer!;
    if (other.unit !== candidate.unit) {
      tell(
        'layer',
        `In the layer "${layer.name}" the experiment "${other.key}" assigns by ${other.unit}, this one by ` +
          `${candidate.unit}: the same person could be in both. Take another layer, or the same unit.`,
      );
    } else if (slice.from < layer.to && layer.from < slice.to) {
      tell(
        'layer',
        `The slice ${layer.from}–${layer.to} of the layer "${layer.name}" overlaps ${slice.from}–${slice.to} of the ` +
          `experiment "${other.key}": some units would be in both. ${advice(neighbours)}`,
      );
    }
  }
}

/** The widest slice of the layer that nobody has. */
function advice(neighbours: readonly Experiment[]): string {
  const slices = neighbours.map(({ layer }) => layer!).sort((a, b) => a.from - b.from);
  let best = { from: 0, to: 0 };
  let from = 0;
  for (const { from: start, to } of [...slices, { from: layerBuckets, to: layerBuckets }]) {
    if (start - from > best.to - best.from) best = { from, to: start };
    from = Math.max(from, to);
  }
  return best.to > best.from
    ? `Free is ${best.from}–${best.to}.`
    : 'The layer is full: take another, or wait until an experiment of it has stopped.';
}

/** The same for the namespaces of GrowthBook. */
export function checkNamespace(
  candidate: Experiment,
  live: readonly Experiment[],
  tell: Tell,
): void {
  const own = namespaceOf(candidate);
  if (own === undefined) return;
  if (own.from >= own.to) {
    tell(
      'hash',
      `The share ${own.from}–${own.to} of the namespace "${own.name}" is empty. Make its end larger than its start.`,
    );
  }
  for (const other of live) {
    const theirs = namespaceOf(other);
    if (theirs?.name !== own.name || theirs.from >= own.to || own.from >= theirs.to) continue;
    tell(
      'hash',
      `The share ${own.from}–${own.to} of the namespace "${own.name}" overlaps ${theirs.from}–${theirs.to} of the ` +
        `experiment "${other.key}": some units would be in both. Take a share that is free.`,
    );
  }
}

function namespaceOf({ hash }: Experiment) {
  return hash.family === 'growthbook' ? hash.namespace : undefined;
}

/** Whether layers keep the two from having a unit in common. */
export function areDisjoint(a: Experiment, b: Experiment): boolean {
  if (a.layer === undefined || b.layer === undefined || a.layer.name !== b.layer.name) return false;
  return a.unit === b.unit && (a.layer.to <= b.layer.from || b.layer.to <= a.layer.from);
}

/** A holdout must be the same units in all experiments that name it. */
export function checkHoldouts(
  candidate: Experiment,
  live: readonly Experiment[],
  tell: Tell,
): void {
  const { holdouts, unit } = candidate;
  const names = holdouts.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) tell('holdouts', `The holdout "${twice}" is named twice. Remove one.`);
  for (const { name, share } of holdouts) {
    for (const other of live) {
      const theirs = other.holdouts.find((holdout) => holdout.name === name);
      if (theirs === undefined) continue;
      if (theirs.share !== share) {
        tell(
          'holdouts',
          `The holdout "${name}" keeps out ${share} of the units here, ${theirs.share} in the experiment "${other.key}": the ` +
            `units held out must be the same in all. Write ${theirs.share}.`,
        );
      } else if (other.unit !== unit) {
        tell(
          'holdouts',
          `The holdout "${name}" is drawn by ${other.unit} in the experiment "${other.key}", here by ${unit}: a person held out ` +
            'of one would be in the other. Take another holdout, or the same unit.',
        );
      }
    }
  }
}
