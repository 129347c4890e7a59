/** Answers of a small class, two models that were trained on what an online learner knew of them, and the records that serve these. */
import { createHash } from 'node:crypto';
import { of } from 'rxjs';
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { EngineError } from '../../contracts/errors.ts';
import { type ModelRecord, modelType, type ServedVersion } from '../../contracts/modelRecord.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { learners } from '../../models/registry.ts';
import { trainers } from '../../models/training/registry.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { predictThenLearn } from '../../operators/predictThenLearn.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { collect } from '../operators/collect.ts';
import { batchOf, type PlainRow } from './batches.ts';

export const answerLearner = learners['answer']!;
const start = Date.parse('2026-03-02T08:00:00Z');

export function answerRows(count: number, seed = 1, users = 30): PlainRow[] {
  const random = randomState(seed);
  const abilities = Array.from({ length: users }, () => normal(random));
  return Array.from({ length: count }, (_, i) => {
    const user = Math.floor(users * uniform(random));
    const item = Math.floor(20 * uniform(random));
    const right = uniform(random) < 1 / (1 + Math.exp(-2 * abilities[user]! - (item % 5) + 2));
    return {
      ...{ id: `a${i}`, type: 'answered', user: `student-${user}`, time: start + i * 20_000 },
      ...{ item: `item-${item}`, value: right ? 1 : 0 },
      context: { skill: `skill-${item % 4}`, course: 'algebra' },
    };
  });
}

/** What the learner knew of each answer, and what came. */
export function examplesOf(rows: readonly PlainRow[]): TrainingSet {
  const dictionary = new InternDictionary();
  const learner = answerLearner.create(createStateTables(dictionary));
  const batch = batchOf(rows, { dictionary, columns: answerLearner.columns });
  const [made] = collect(of(batch).pipe(predictThenLearn(learner, { label: 'value' })));
  const { examples, labels, length } = made!;
  return {
    task: 'binary',
    features: learner.examples!.names.map((name) => ({ name, kind: 'numeric' as const })),
    values: examples!.values.subarray(0, length * examples!.width),
    labels: Float64Array.from(labels.subarray(0, length)),
  };
}

export interface TestVersions {
  /** As ONNX, by hash. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly trees: ServedVersion;
  readonly linear: ServedVersion;
}

export const online: ServedVersion = { version: '1', sha256: null, width: 0 };

/** 1.1 are trees, 1.2 is linear. */
export function trainVersions(rows: readonly PlainRow[]): TestVersions {
  const set = examplesOf(rows);
  const files = new Map<string, Uint8Array>();
  const train = (name: string, version: string, parameters: Record<string, number>) => {
    const model = trainers.get(name)!.train(set, parameters);
    const file = exportModel(model, { features: set.features });
    const sha256 = createHash('sha256').update(file).digest('hex');
    files.set(sha256, file);
    return { version, sha256, width: set.features.length };
  };
  return {
    trees: train('trees', '1.1', { rounds: 20, leaves: 7, validationShare: 0 }),
    linear: train('linear', '1.2', {}),
    files,
  };
}

/** As a file store reads. */
export function artifactIn(files: ReadonlyMap<string, Uint8Array>) {
  return (sha256: string): Uint8Array => {
    const file = files.get(sha256);
    if (file === undefined) throw new EngineError('ARTIFACT_UNAVAILABLE', `there is no ${sha256}`);
    const found = createHash('sha256').update(file).digest('hex');
    if (found !== sha256) throw new EngineError('ARTIFACT_CORRUPT', `its hash is ${found}`);
    return file;
  };
}

/** The record's row, at the time of another. */
export function recordRow(record: Partial<ModelRecord>, time: number): PlainRow {
  const whole = { model: 'answer', champion: online, release: null, shadows: [], ...record };
  return {
    ...{ id: `model:answer@${record.revision}`, type: modelType, time, user: definitionUser },
    context: { definition: JSON.stringify(whole) },
  };
}

/** The rows, with records before some of them. */
export function withRecords(
  rows: readonly PlainRow[],
  records: Readonly<Record<number, Partial<ModelRecord>>>,
): PlainRow[] {
  return rows.flatMap((row, i) => {
    const record = records[i];
    return record === undefined ? [row] : [recordRow(record, row.time), row];
  });
}
