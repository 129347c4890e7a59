/**
 * The Open Bandit data: what the log of one policy says of the other, beside what the other earned in its own log.
 *
 * The log of the uniform policy knows every chance. That of the Thompson policy has only the chance of the item that was
 * shown: enough for the weights of the uniform policy, not for predictions cut to size. As a target, the Thompson policy is
 * its average over the week, the share of each item at each position.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Interval } from '../../stats/interval.ts';
import { ipsTerms } from '../../stats/offPolicy/boundedBelowTerms.ts';
import { policyEstimate } from '../../stats/offPolicy/policyEstimate.ts';
import {
  type EstimateAtOneLook,
  policyEvaluation,
} from '../../stats/offPolicy/policyEvaluation.ts';
import { policyMoments } from '../../stats/offPolicy/policyMoments.ts';
import { blockwisePredictor } from '../../stats/offPolicy/rewardModel.ts';
import { sidedCounts, valueSequence } from '../../stats/offPolicy/valueSequence.ts';
import { weightReport } from '../../stats/offPolicy/weightReport.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { normalTwoSided } from '../../stats/special/normal.ts';
import { fixedHorizon } from '../../stats/testing/fixedHorizon.ts';
import { wilson } from '../../stats/wilson.ts';
import { ridgeRewards } from '../support/ridgeRewards.ts';

const root = import.meta.url.includes('/dist/') ? '../../../' : '../../';
const folder = fileURLToPath(new URL(`${root}../shared/data/obd/`, import.meta.url));
const items = 34;
const positions = 3;

interface Shown {
  readonly item: number;
  /** 0, 1 or 2. */
  readonly position: number;
  readonly click: number;
  readonly chance: number;
}

function read(policy: 'random' | 'bts'): Shown[] {
  const text = gunzipSync(readFileSync(`${folder}${policy}/men.csv.gz`)).toString('utf8');
  const [header, ...lines] = text.trimEnd().split('\n');
  const names = header!.split(',');
  const [item, position, click, chance] = ['item_id', 'position', 'click', 'propensity_score'].map(
    (name) => names.indexOf(name),
  );
  return lines.map((line) => {
    const fields = line.split(',');
    return {
      item: Number(fields[item!]),
      position: Number(fields[position!]) - 1,
      click: Number(fields[click!]),
      chance: Number(fields[chance!]),
    };
  });
}

export interface Judged {
  /** Off-policy, by name. */
  readonly intervals: Readonly<Record<string, Interval & { estimate?: number }>>;
  /** In the policy's own log. */
  readonly onPolicy: Interval & { estimate: number };
  readonly effective: number;
  readonly largestWeight: number;
}

function earned(log: readonly Shown[], alpha: number): Interval & { estimate: number } {
  const clicks = log.reduce((sum, { click }) => sum + click, 0);
  return { ...wilson(clicks, log.length, normalTwoSided(alpha)), estimate: clicks / log.length };
}

function thompsonFromUniform(from: readonly Shown[], own: readonly Shown[], alpha: number): Judged {
  const targets = Array.from({ length: positions }, () => new Float64Array(items));
  for (const { item, position } of own) targets[position]![item]! += 1;
  for (const target of targets) {
    const total = target.reduce((sum, count) => sum + count, 0);
    for (let b = 0; b < items; b += 1) target[b]! /= total;
  }
  const weightMax = items * Math.max(...targets.flatMap((target) => [...target])) + 1e-9;
  const fold = policyEvaluation({
    policies: 1,
    alpha,
    weightMax,
    floors: { lower: 1, upper: weightMax },
  });
  const state = fold.initial();
  const random = randomState(17);
  const logged = new Float64Array(items).fill(1 / items);
  const predictor = blockwisePredictor(ridgeRewards(items, positions, 20), items, 500);
  for (const { item, position, click } of from) {
    const context = new Float64Array(positions);
    context[position] = 1;
    fold.step(state, {
      action: item,
      reward: click,
      logged,
      targets: [targets[position]!],
      predictions: predictor.take(context, item, click),
      draw: uniform(random),
    });
  }
  const { value, weights } = fold.read(state).policies[0]!;
  const { bernstein, sequence, ...looks } = value;
  return {
    intervals: { ...looks, sequence },
    onPolicy: earned(own, alpha),
    effective: weights.effectiveSampleSize,
    largestWeight: weights.largest,
  };
}

function uniformFromThompson(from: readonly Shown[], own: readonly Shown[], alpha: number): Judged {
  const moments = policyMoments();
  const sums = moments.initial();
  const sequence = valueSequence({ alpha, floors: { lower: 0, upper: 0 } });
  const counts = sidedCounts.initial();
  const random = randomState(18);
  for (const { click, chance } of from) {
    const weight = 1 / items / chance;
    moments.step(sums, [{ weight, reward: click, prediction: 0, expectation: 0, unsupported: 0 }]);
    sidedCounts.step(counts, { ...ipsTerms(weight, click), draw: uniform(random) });
  }
  const found = moments.read(sums);
  const look = (estimator: 'ips' | 'snips'): EstimateAtOneLook =>
    fixedHorizon(policyEstimate(found.moments, estimator), { alpha });
  const { effectiveSampleSize, largest } = weightReport(found);
  return {
    intervals: { ips: look('ips'), snips: look('snips'), sequence: sequence.read(counts) },
    onPolicy: earned(own, alpha),
    effective: effectiveSampleSize,
    largestWeight: largest,
  };
}

/** Undefined where the data are absent. */
export function openBandit(alpha: number): Record<'bts' | 'uniform', Judged> | undefined {
  if (!existsSync(`${folder}random/men.csv.gz`)) return undefined;
  const uniformLog = read('random');
  const thompsonLog = read('bts');
  return {
    bts: thompsonFromUniform(uniformLog, thompsonLog, alpha),
    uniform: uniformFromThompson(thompsonLog, uniformLog, alpha),
  };
}
