/** Fits what makes a probability of a score to rows that the trainer has not seen. */
import { EngineError } from '../../../contracts/errors.ts';
import { rowsOf } from '../../../models/training/trainingSet.ts';
import { copyOf } from '../exampleSet.ts';
import { counted, type Step } from './runStep.ts';
import { partsFor } from './trainStep.ts';

export const calibrateStep: Step = async ({ parts, stored, signal, examples, patiently }) => {
  const { calibration, timeoutMs } = stored.plan.trainer;
  const { set, rows } = await examples();
  if (calibration === 'none' || set.task !== 'binary') {
    return { state: 'skipped', sentence: 'Scores are taken as they are.' };
  }
  const { trained, learnt } = partsFor(stored, set, rows);
  const model = await patiently(() => parts.artifacts.get(stored.made.model!.sha256));
  const later = copyOf(rowsOf(set, trained, learnt));
  const count = later.labels.length;
  try {
    const fitted = await parts.runJob(
      { kind: 'calibrate', calibration, model, set: later },
      { signal, timeoutMs },
    );
    const artifact = await patiently(() => parts.artifacts.put(fitted));
    const sentence = `Calibrated by "${calibration}" on ${counted(count, 'row')} that the trainer has not seen.`;
    return { state: 'done', sentence, made: { calibration: artifact } };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'TRAINING_IMPOSSIBLE') throw error;
    // Few rows may lack a class; the gates say whether scores will do as they are.
    return { state: 'skipped', sentence: `Scores are taken as they are: ${error.message}.` };
  }
};
