/** Looks for parameters where the plan gives time for it, and trains with them. */
import type { TrainingRun } from '../../../contracts/trainingRun.ts';
import type { TrainerParameters } from '../../../models/training/trainer.ts';
import { rowsOf, type TrainingSet } from '../../../models/training/trainingSet.ts';
import type { ExampleSet } from '../../examples/exampleSet.ts';
import { copyOf, partsOf } from '../exampleSet.ts';
import type { StoredRun } from '../storedRun.ts';
import { thinned } from '../thinned.ts';
import { trainerNamed } from '../trainingJob.ts';
import { counted, type Step, type StepContext } from './runStep.ts';

type Curve = TrainingRun['curves'][number];

export const trainStep: Step = async (context) => {
  const { parts, stored, signal, tell } = context;
  const { name, timeoutMs } = stored.plan.trainer;
  const examples = await context.examples();
  const parameters = await parametersFor(context, examples);
  const set = trainedRows(stored, examples);
  const rows = set.labels.length;
  const { model, losses, curve } = await parts.runJob(
    { kind: 'train', trainer: name, parameters, set },
    {
      ...{ signal, timeoutMs },
      onProgress: ({ round, rounds, loss }) =>
        tell(`Round ${round} of at most ${rounds}, loss ${loss.toPrecision(4)}.`),
    },
  );
  const artifact = await context.patiently(() => parts.artifacts.put(model));
  return {
    state: 'done',
    sentence: `The trainer "${name}" has learnt from ${counted(rows, 'row')} in ${counted(losses.length, 'round')}.`,
    made: { model: artifact },
    run: { curves: withCurve(context.stored, curve, losses) },
  };
};

/** Those that the plan gives, the seed, and what a search finds: that is stored, since another search may find others. */
async function parametersFor(
  { parts, stored, signal, tell, note }: StepContext,
  examples: ExampleSet,
): Promise<TrainerParameters> {
  const { searchMs, name, timeoutMs, seed } = stored.plan.trainer;
  const given = givenParameters(stored);
  if (stored.made.found !== null) return stored.made.found;
  if (searchMs === 0) return given;
  const { parameters, losses, endedBy } = await parts.runJob(
    {
      ...{ kind: 'search', trainer: name, given, seed, budgetMs: searchMs },
      set: trainedRows(stored, examples),
    },
    {
      ...{ signal, timeoutMs: searchMs + timeoutMs },
      onProgress: ({ round, loss }) =>
        tell(`Search of parameters: try ${round}, loss ${loss.toPrecision(4)}.`),
    },
  );
  const why = endedBy === 'time' ? 'until its time was up' : 'as many as it may make';
  await note(
    { found: { ...parameters } },
    { curves: withCurve(stored, 'search', losses) },
    `The search has made ${counted(losses.length, 'try', 'tries')}, ${why}; the least loss is ${Math.min(...losses).toPrecision(4)}.`,
  );
  return parameters;
}

function givenParameters({ plan: { trainer } }: StoredRun): TrainerParameters {
  const { parameters } = trainerNamed(trainer.name);
  const drawn = Object.hasOwn(parameters, 'seed') ? { seed: trainer.seed } : {};
  return { ...drawn, ...trainer.parameters };
}

/** What the trainer was given, as versions tell it. */
export function usedParameters(stored: StoredRun): TrainerParameters {
  return stored.made.found ?? givenParameters(stored);
}

function trainedRows(stored: StoredRun, { set, rows }: ExampleSet): TrainingSet {
  return copyOf(rowsOf(set, 0, partsFor(stored, set, rows).trained));
}

/** Where the parts of the set end. */
export function partsFor({ plan }: StoredRun, { task }: TrainingSet, rows: number) {
  const isCalibrated = plan.trainer.calibration !== 'none' && task === 'binary';
  return partsOf(rows, plan.gates.holdoutShare, isCalibrated);
}

function withCurve({ run }: StoredRun, name: Curve['name'], losses: Float64Array): RunCurves {
  const others = run.curves.filter((curve) => curve.name !== name);
  return [...others, { name, losses: thinned(losses) }];
}

type RunCurves = TrainingRun['curves'];
