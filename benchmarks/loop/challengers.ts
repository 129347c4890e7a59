/** Models of known worth beside a champion: as good as it, or harmful, each in a way of its own. */
import { createHash } from 'node:crypto';
import type { ServedVersion } from '../../contracts/modelRecord.ts';
import type { Calibration } from '../../models/calibration/calibration.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { trainers } from '../../models/training/registry.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { rowsOf } from '../../models/training/trainingSet.ts';
import { below, randomState } from '../../stats/random.ts';
import type { KnownAnswers } from './answerLog.ts';

export const challengerKinds = ['equal', 'shuffled', 'stale', 'flipped', 'overconfident'] as const;
export type ChallengerKind = (typeof challengerKinds)[number];
export const harmfulKinds = challengerKinds.filter((kind) => kind !== 'equal');

/** Share of the answers that a stale model has seen: the first ones. */
const staleShare = 0.05;
/** By which an overconfident model multiplies its log-odds. */
const confidence = 3;

export interface MadeVersion {
  readonly served: ServedVersion;
  readonly file: Uint8Array;
}

/** Trees of a seed: with shares of rows and features, so that another seed makes another model of the same worth. */
function trained(
  version: string,
  set: TrainingSet,
  seed: number,
  calibration?: Calibration,
): MadeVersion {
  const parameters = { rowShare: 0.8, featureShare: 0.8, seed };
  const model = trainers.get('trees')!.train(set, parameters);
  const { features } = set;
  const file = exportModel(
    model,
    calibration === undefined ? { features } : { features, calibration },
  );
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { served: { version, sha256, width: features.length }, file };
}

export function trainChampion({ set }: KnownAnswers, seed: number): MadeVersion {
  return trained('1.1', set, seed);
}

/** @param seed another than the champion's */
export function trainChallenger(
  kind: ChallengerKind,
  known: KnownAnswers,
  seed: number,
): MadeVersion {
  const { set } = known;
  const version = '1.2';
  switch (kind) {
    case 'equal':
      return trained(version, set, seed);
    case 'shuffled':
      return trained(version, { ...set, labels: shuffledIn(known, seed) }, seed);
    case 'stale':
      return trained(version, rowsOf(set, 0, Math.floor(set.labels.length * staleShare)), seed);
    case 'flipped':
      return trained(version, { ...set, labels: set.labels.map((label) => 1 - label) }, seed);
    case 'overconfident':
      return trained(version, set, seed, { kind: 'platt', slope: confidence, offset: 0 });
  }
}

/** The labels of every second skill among themselves, at random. */
function shuffledIn({ set, skills }: KnownAnswers, seed: number): Float64Array {
  const random = randomState(seed);
  const names = [...new Set(skills)].sort();
  const chosen = new Set(names.filter((_, i) => i % 2 === 0));
  const rows = skills.flatMap((skill, row) => (chosen.has(skill) ? [row] : []));
  const labels = set.labels.slice();
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = below(random, i + 1);
    const held = labels[rows[i]!]!;
    labels[rows[i]!] = labels[rows[j]!]!;
    labels[rows[j]!] = held;
  }
  return labels;
}
