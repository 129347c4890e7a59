/** Adds the version to the registry; of one run that is always the same version. */
import { EngineError } from '../../../contracts/errors.ts';
import { byOf } from '../storedRun.ts';
import type { Step } from './runStep.ts';
import { usedParameters } from './trainStep.ts';

export const registerStep: Step = async ({ parts, stored, patiently }) => {
  const { run, plan, made } = stored;
  const { name, seed, calibration } = plan.trainer;
  const written = await patiently(async () => {
    const answer = await parts.registry.register(
      {
        ...{ model: run.model, kind: name, artifact: made.file, golden: made.golden },
        ...{ data: made.data, trainer: name, parameters: { ...usedParameters(stored) }, seed },
        calibration: made.calibration === null || calibration === 'none' ? null : calibration,
        ...{ metrics: made.metrics, gates: made.gates, run: run.id, notes: '' },
      },
      byOf(stored),
    );
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
  const { version } = written.made;
  return { state: 'done', sentence: `It is version ${version}.`, run: { version } };
};
