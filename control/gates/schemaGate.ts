/** Whether a file is a model that the engine can run, made for the features that the model has here. */
import type { GateResult } from '../../contracts/gateReport.ts';
import { checkOnnx } from '../../models/onnx/checkOnnx.ts';
import { counted } from '../words.ts';
import { differenceOfFeatures, toldFeatures } from './featureNames.ts';
import type { GatedModel } from './gateInput.ts';
import { result } from './gateWords.ts';

/** @throws EngineError MODEL_UNUSABLE with the first thing that is wrong with the file itself */
export function schemaGate(
  { task, features }: Pick<GatedModel, 'task' | 'features'>,
  bytes: Uint8Array,
): GateResult {
  const { metadata, width } = checkOnnx(bytes, { width: features.length });
  const toldTask = metadata['task'];
  if (toldTask !== undefined && toldTask !== task) {
    return result('schema', 'failed', `It is for a ${toldTask} task; the model is ${task}`);
  }
  const told = toldFeatures(metadata['features']);
  if (told === undefined) {
    return result(
      'schema',
      'passed',
      `The file takes ${counted(width, 'feature')}, as the model has, but does not name them: whether they are in the same order, nothing tells`,
    );
  }
  const problem = differenceOfFeatures(told, features);
  if (problem !== undefined) return result('schema', 'failed', problem);
  return result(
    'schema',
    'passed',
    `The file takes the ${counted(width, 'feature')} of the model, by name and in order, and uses allowed operators alone`,
  );
}
