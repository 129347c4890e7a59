/** Adds the version to the registry; of one run that is always the same version. */
import { EngineError } from '../../../contracts/errors.ts';
import type { NewVersion } from '../../registry/modelRegistry.ts';
import { byOf, type ImportedModel, type StoredRun } from '../storedRun.ts';
import type { Step } from './runStep.ts';
import { usedParameters } from './trainStep.ts';

export const registerStep: Step = async ({ parts, stored, patiently }) => {
  const { run, imported } = stored;
  const version = imported === null ? trainedVersion(stored) : importedVersion(stored, imported);
  const written = await patiently(async () => {
    const answer = await parts.registry.register(version, byOf(stored));
    // Somebody has written at the same moment: it is asked again.
    if (answer.outcome === 'stale') {
      throw new EngineError(
        'SINK_UNAVAILABLE',
        'the registry was written by others at the same time',
      );
    }
    return answer;
  });
  if (written.outcome === 'absent') {
    throw new EngineError('TRAINING_IMPOSSIBLE', `the registry knows no model ${run.model}`);
  }
  if (written.outcome === 'refused') {
    throw new EngineError('TRAINING_IMPOSSIBLE', `the registry refuses it: ${written.sentence}`);
  }
  const { version: name } = written.made;
  return { state: 'done', sentence: `It is version ${name}.`, run: { version: name } };
};

function trainedVersion(stored: StoredRun): NewVersion {
  const { plan, made } = stored;
  const { name, seed, calibration } = plan.trainer;
  return {
    ...judged(stored),
    ...{ kind: name, data: made.data, trainer: name, parameters: { ...usedParameters(stored) } },
    calibration: made.calibration === null || calibration === 'none' ? null : calibration,
    ...{ seed, notes: '' },
  };
}

function importedVersion(
  stored: StoredRun,
  { data, trainer, parameters, notes, remarks }: ImportedModel,
): NewVersion {
  // As the maker has them, then what was taken on trust as far as there is room.
  const told = [notes, ...remarks, ...stored.made.remarks].filter((each) => each !== '');
  return {
    ...judged(stored),
    ...{ kind: 'imported', data, trainer, parameters, calibration: null, seed: null },
    notes: told.join('\n').slice(0, notesMax),
  };
}

const notesMax = 4_096;

function judged({ run, made: { file, golden, metrics, gates } }: StoredRun) {
  return { model: run.model, artifact: file, golden, metrics, gates, run: run.id };
}
