/** Writes the model as ONNX, golden rows beside it, and asks it of the latest rows. */
import { canonicalJson } from '../../../contracts/canonicalJson.ts';
import { rowsOf } from '../../../models/training/trainingSet.ts';
import { copyOf } from '../exampleSet.ts';
import { counted, type Step } from './runStep.ts';
import { partsFor, usedParameters } from './trainStep.ts';

export const exportStep: Step = async ({ parts, stored, signal, examples, patiently }) => {
  const { run, plan, made } = stored;
  const { artifacts } = parts;
  const { set, rows } = await examples();
  const model = await patiently(() => artifacts.get(made.model!.sha256));
  const { calibration: fitted } = made;
  const calibration = fitted && (await patiently(() => artifacts.get(fitted.sha256)));
  // Nothing that differs between two runs on the same snapshot: equal models are equal files.
  const metadata = {
    model: run.model,
    snapshot: made.data!.snapshot,
    trainer: plan.trainer.name,
    seed: String(plan.trainer.seed),
    parameters: canonicalJson(usedParameters(stored)),
  };
  const held = copyOf(rowsOf(set, partsFor(stored, set, rows).learnt, rows));
  const count = held.labels.length;
  const { file, golden, metrics } = await parts.runJob(
    { kind: 'export', model, calibration, metadata, set: held },
    { signal, timeoutMs: plan.trainer.timeoutMs },
  );
  const stores = {
    file: await patiently(() => artifacts.put(file)),
    golden: await patiently(() => artifacts.put(golden)),
  };
  const kept = Math.ceil(file.length / 1_024).toLocaleString('en');
  return {
    state: 'done',
    sentence: `${kept} KiB of ONNX; asked of the latest ${counted(count, 'row')}, which it has not seen.`,
    made: { ...stores, metrics: { ...metrics } },
  };
};
