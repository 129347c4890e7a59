/**
 * What a split is worth, and the best one of a feature.
 *
 * Worth is by how much it lowers twice the loss to second order, G² / (H + λ) of both children less that of the node. Within
 * monotone bounds a child's value is clamped, and what it lowers is computed with the clamped one.
 *
 * Source: Chen & Guestrin 2016, eq. 6 and 7; Fisher 1958 (the best subset of codes is a run of those sorted by their mean).
 */
import type { FeatureBins } from './featureBins.ts';
import { histogramStride } from './histogram.ts';

export interface Split {
  gain: number;
  /** Place of the feature among the binned ones. */
  readonly place: number;
  /** Last numeric bin that goes to `yes`; −1 for a set. */
  readonly bin: number;
  readonly missingYes: boolean;
  /** Categorical bins that go to `yes`. */
  readonly members: readonly number[];
  readonly yesGradient: number;
  readonly yesCurvature: number;
}

export interface SplitRules {
  readonly ridge: number;
  readonly childWeight: number;
  readonly childRows: number;
  readonly gain: number;
}

/** What is known of a node before it is split. */
export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
  /** Bounds of the value of every leaf below, from monotone features above. */
  readonly low: number;
  readonly high: number;
}

/** Added to λ for sets of codes, and to H in their order: many codes with few rows each would else fit noise. */
const codeRidge = 10;
/** Most codes in a set. */
const membersMax = 32;

/** The value that lowers the loss most, within bounds. */
export function nodeValue(gradient: number, curvature: number, ridge: number, node: NodeSums) {
  return Math.min(node.high, Math.max(node.low, -gradient / (curvature + ridge)));
}

function worth(gradient: number, curvature: number, ridge: number, node: NodeSums): number {
  if (node.low === -Infinity && node.high === Infinity) {
    return (gradient * gradient) / (curvature + ridge);
  }
  const value = nodeValue(gradient, curvature, ridge, node);
  return -(2 * gradient * value + (curvature + ridge) * value * value);
}

/** The least H of a child: rows are told from H, as if all of the node's had as much. */
function leastCurvature(node: NodeSums, rules: SplitRules): number {
  return Math.max(rules.childWeight, (rules.childRows * node.curvature) / node.rows);
}

/**
 * @param better what must be exceeded
 * @returns the best split of a numeric feature, or undefined when none is better
 */
export function numericSplit(
  histogram: Float64Array,
  place: number,
  feature: FeatureBins,
  monotone: number,
  node: NodeSums,
  rules: SplitRules,
  better: number,
): Split | undefined {
  const base = place * histogramStride;
  const { ridge } = rules;
  const least = leastCurvature(node, rules) * (1 - 1e-9);
  const parent = worth(node.gradient, node.curvature, ridge, node);
  const isFree = node.low === -Infinity && node.high === Infinity && monotone === 0;
  const { missing, bounds } = feature;
  const missingCurvature = missing < 0 ? 0 : histogram[base + 2 * missing + 1]!;
  const hasMissing = missingCurvature > least * 1e-12;
  let best = better + parent;
  let bin = -1;
  let isMissingYes = false;
  let bestGradient = 0;
  let bestCurvature = 0;
  // Missing values to `no` first; then to `yes`, where there are any.
  for (let pass = 0; pass < (hasMissing ? 2 : 1); pass += 1) {
    let gradient = pass === 0 ? 0 : histogram[base + 2 * missing]!;
    let curvature = pass === 0 ? 0 : missingCurvature;
    // All values against the missing ones is a split too.
    const last = hasMissing && pass === 0 ? bounds.length : bounds.length - 1;
    for (let i = 0; i <= last; i += 1) {
      const added = histogram[base + 2 * i + 1]!;
      gradient += histogram[base + 2 * i]!;
      curvature += added;
      if (curvature < least || added === 0) continue;
      const restCurvature = node.curvature - curvature;
      if (restCurvature < least) break;
      const restGradient = node.gradient - gradient;
      let total: number;
      if (isFree) {
        total =
          (gradient * gradient) / (curvature + ridge) +
          (restGradient * restGradient) / (restCurvature + ridge);
      } else {
        const yes = nodeValue(gradient, curvature, ridge, node);
        const no = nodeValue(restGradient, restCurvature, ridge, node);
        if (monotone * (no - yes) < 0) continue;
        total =
          worth(gradient, curvature, ridge, node) + worth(restGradient, restCurvature, ridge, node);
      }
      if (!(total > best)) continue;
      best = total;
      bin = i;
      isMissingYes = pass === 1;
      bestGradient = gradient;
      bestCurvature = curvature;
    }
  }
  if (bin < 0) return undefined;
  return {
    gain: best - parent,
    place,
    bin,
    // None was seen here: they go where most rows go.
    missingYes: hasMissing ? isMissingYes : bestCurvature * 2 >= node.curvature,
    members: [],
    yesGradient: bestGradient,
    yesCurvature: bestCurvature,
  };
}

/** The best set of codes, as {@link numericSplit}; codes that are rare or new, and missing ones, go to `no`. */
export function categoricalSplit(
  histogram: Float64Array,
  place: number,
  feature: FeatureBins,
  node: NodeSums,
  rules: SplitRules,
  better: number,
): Split | undefined {
  const base = place * histogramStride;
  const ridge = rules.ridge + codeRidge;
  const least = leastCurvature(node, rules) * (1 - 1e-9);
  const parent = worth(node.gradient, node.curvature, ridge, node);
  const present: number[] = [];
  for (let bin = 1; bin < feature.count; bin += 1) {
    if (histogram[base + 2 * bin + 1]! > least * 1e-9) present.push(bin);
  }
  const mean = (bin: number) =>
    histogram[base + 2 * bin]! / (histogram[base + 2 * bin + 1]! + codeRidge);
  present.sort((a, b) => mean(a) - mean(b) || a - b);
  let best = better + parent;
  let found: Pick<Split, 'members' | 'yesGradient' | 'yesCurvature'> | undefined;
  for (const order of [present, present.toReversed()]) {
    let gradient = 0;
    let curvature = 0;
    for (let i = 0; i < Math.min(order.length, membersMax); i += 1) {
      gradient += histogram[base + 2 * order[i]!]!;
      curvature += histogram[base + 2 * order[i]! + 1]!;
      if (curvature < least) continue;
      if (node.curvature - curvature < least) break;
      const total =
        worth(gradient, curvature, ridge, node) +
        worth(node.gradient - gradient, node.curvature - curvature, ridge, node);
      if (!(total > best)) continue;
      best = total;
      found = {
        members: order.slice(0, i + 1),
        yesGradient: gradient,
        yesCurvature: curvature,
      };
    }
  }
  if (found === undefined) return undefined;
  return { ...found, gain: best - parent, place, bin: -1, missingYes: false };
}
