/**
 * The versions of a model that a log which is run twice says are in release, as records of the log itself; and their files.
 *
 * Three small models, each served, compared and put back in turn. They predict at will: what is asked is whether they do so once.
 */
import { join } from 'node:path';
import type { Engine } from '../../cli/engine.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelRecord, ServedVersion } from '../../contracts/modelRecord.ts';
import type { Announce } from '../../control/definitions/announcer.ts';
import { exampleNames } from '../../models/answer/exampleFeatures.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { trainers } from '../../models/training/registry.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { openFileArtifacts } from '../../sinks/artifacts/fileArtifacts.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';

const model = 'answer';
const rows = 400;

/** Features that look as if they mattered. */
function drawSet(seed: number): TrainingSet {
  const random = randomState(seed);
  const width = exampleNames.length;
  const values = Float32Array.from({ length: rows * width }, () => normal(random));
  const labels = Float64Array.from({ length: rows }, (_, row) => {
    const score = values[row * width + seed]! + values[row * width + seed + 1]!;
    return uniform(random) < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const features = exampleNames.map((name) => ({ name, kind: 'numeric' as const }));
  return { task: 'binary', features, values, labels };
}

const makers = [
  ['trees', { rounds: 20, leaves: 7, validationShare: 0 }],
  ['linear', {}],
  ['trees', { rounds: 5, leaves: 15, validationShare: 0 }],
] as const;

/** The same bytes each time. @param data directory of an engine, where the files are put */
export async function storeTrialVersions(data: string): Promise<ServedVersion[]> {
  const artifacts = await openFileArtifacts(join(data, 'artifacts'));
  const versions: ServedVersion[] = [];
  for (const [i, [trainer, parameters]] of makers.entries()) {
    const set = drawSet(i + 1);
    const file = exportModel(trainers.get(trainer)!.train(set, parameters), set);
    const { sha256 } = await artifacts.put(file);
    versions.push({ version: `1.${i + 1}`, sha256, width: set.features.length });
  }
  return versions;
}

/**
 * Writes who serves into every partition of a log.
 *
 * @param turn 1: a champion, a canary of half of the users and a shadow; 2: the canary has become champion; 3: the former champion is
 * back, and the shadow in its canary
 * @param at   ms since 1970
 */
export async function announceVersions(
  announce: Announce<ModelRecord>,
  [first, second, third]: readonly ServedVersion[],
  turn: 1 | 2 | 3,
  at: number,
): Promise<void> {
  const released = (id: string, version: ServedVersion, stage: string) => {
    return { id, version, share: 0.5, stage };
  };
  const serving = {
    1: { champion: first!, release: released('trial-1', second!, 'canary-1'), shadows: [third!] },
    2: { champion: second!, release: null, shadows: [first!, third!] },
    3: { champion: first!, release: released('trial-2', third!, 'canary-2'), shadows: [second!] },
  }[turn];
  // The engine's own registry has said 1.
  const record: ModelRecord = { revision: turn + 1, model, ...serving };
  await announce([{ record, at }]);
}

const quiet = ModelPlan.parse({ triggers: { kinds: [] } });

/** No run begins by itself, so that a log says all that happens. */
export async function withoutTriggers({ models }: Pick<Engine, 'models'>): Promise<void> {
  const known = models!.model(model)!;
  if (known.plan.triggers.kinds.length === 0) return;
  const by = { actor: 'benchmark', reason: 'the log says who serves' };
  await models!.plan(model, quiet, known.head.revision, by);
}
