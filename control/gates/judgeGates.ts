/**
 * What a version is asked before it may be released, gate by gate.
 *
 * Nothing that a file does throws: a gate that cannot be asked because of it fails, with the reason, and those after it that need the
 * file are skipped. It runs in a thread that is thrown away.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GateName, GateReport, GateResult } from '../../contracts/gateReport.ts';
import { calibrationGate } from './calibrationGate.ts';
import { churnGate } from './churnGate.ts';
import type { Comparison } from './comparison.ts';
import { askFile, type GatedFile, gatedFile } from './gatedFile.ts';
import type { GateInput, Holdout } from './gateInput.ts';
import { reasonOf, result } from './gateWords.ts';
import { goldenGate, withoutGolden } from './goldenGate.ts';
import { holdoutGate } from './holdoutGate.ts';
import { latencyGate } from './latencyGate.ts';
import { schemaGate } from './schemaGate.ts';
import { scoreRows } from './scoreRows.ts';
import { servedPredictions } from './servedPredictions.ts';
import { sizeGate } from './sizeGate.ts';
import { slicesGate } from './slicesGate.ts';

/** @throws RangeError when the columns of the holdout are of different lengths, or not the model's */
export async function judgeGates(input: GateInput): Promise<GateReport> {
  const { model, plan, candidate, champion, holdout } = input;
  checkHoldout(input);
  const { schema, file } = await openFile(input);
  const width = model.features.length;
  try {
    const golden = await askGolden(input, file);
    const { churn, ...compared } = await compare(input, file);
    const gates = [
      ...[schema, golden, compared.holdout, compared.calibration, compared.slices],
      await askFile('latency', file, () =>
        latencyGate(file.score, holdout.set.values, width, plan),
      ),
      ...[sizeGate(candidate.bytes, plan), churn],
    ];
    return {
      passed: gates.every(({ outcome }) => outcome !== 'failed'),
      against: champion?.version ?? model.featureVersion,
      at: input.clock(),
      gates,
    };
  } finally {
    await file.close();
  }
}

function checkHoldout({ model, holdout }: GateInput): void {
  const { set, online, served, users, times, slices } = holdout;
  const rows = set.labels.length;
  const lengths = { online, served, users, times, ...Object.fromEntries(slices) };
  for (const [name, { length }] of Object.entries(lengths)) {
    if (length !== rows) throw new RangeError(`${name}: expected ${rows} rows, got ${length}`);
  }
  if (set.values.length !== rows * model.features.length) {
    const wanted = `${rows} × ${model.features.length} numbers`;
    throw new RangeError(`values: expected ${wanted}, got ${set.values.length}`);
  }
}

/** The runtime has its say on the file too. */
async function openFile({ model, candidate, openSession }: GateInput) {
  try {
    const schema = schemaGate(model, candidate.bytes);
    if (schema.outcome === 'failed') return { schema, file: gatedFile(undefined) };
    const options = { width: model.features.length, allowsMissing: true };
    return { schema, file: gatedFile(await openSession(candidate.bytes, options)) };
  } catch (error) {
    return { schema: result('schema', 'failed', reasonOf(error)), file: gatedFile(undefined) };
  }
}

function askGolden({ model, candidate }: GateInput, file: GatedFile): Promise<GateResult> {
  const { golden } = candidate;
  return askFile('golden', file, async () => {
    if (golden === null || golden.predictions.length === 0) return withoutGolden();
    const { length } = model.features;
    return goldenGate(
      golden,
      await scoreRows(file.score, golden.rows, length, model.task),
      model.task,
    );
  });
}

/** What is asked of the predictions of the holdout. */
async function compare(input: GateInput, file: GatedFile) {
  const { model, plan, holdout, groups } = input;
  const made: { own?: Float64Array; served?: Float64Array; compared?: Comparison } = {};
  const first = await askFile('holdout', file, async () => {
    const own = await scoreRows(file.score, holdout.set.values, model.features.length, model.task);
    const served = servedPredictions(own, holdout);
    Object.assign(made, { own, served });
    const champion = await championOf(input);
    if (typeof champion === 'string') return result('holdout', 'failed', champion);
    made.compared = comparisonOf(input, served, champion);
    return holdoutGate(made.compared, plan);
  });
  const { own, served, compared } = made;
  // All of this is computed at once: others get their turn in between.
  await nextTurn();
  const lacks =
    own === undefined
      ? 'there are no predictions of the examples'
      : 'the champion has no predictions to compare with';
  const skipped = (gate: GateName) => result(gate, 'skipped', `Not asked: ${lacks}`);
  const calibration =
    own === undefined || served === undefined
      ? skipped('calibration')
      : calibrationGate({ ...rowsOf(holdout), own, candidate: served }, plan);
  await nextTurn();
  const slices = compared === undefined ? skipped('slices') : slicesGate(compared, groups, plan);
  const churn = compared === undefined ? skipped('churn') : churnGate(compared, plan);
  return { holdout: first, calibration, slices, churn };
}

/** What the champion would have served; a sentence when that is not to be had. */
async function championOf(input: GateInput): Promise<Float64Array | string> {
  const { model, champion, holdout } = input;
  if (champion === null) return holdout.online;
  try {
    const { values } = holdout.set;
    const own = await scoreRows(champion.score, values, model.features.length, model.task);
    return servedPredictions(own, holdout);
  } catch (error) {
    return `Champion ${champion.version} cannot be compared with: ${reasonOf(error)}`;
  }
}

function rowsOf({ set, users }: Holdout) {
  return { task: set.task, labels: set.labels, weights: set.weights, users };
}

function comparisonOf(
  { model, champion: known, holdout }: GateInput,
  candidate: Float64Array,
  champion: Float64Array,
): Comparison {
  const against =
    known === null ? `the online learner (${model.featureVersion})` : `champion ${known.version}`;
  return { ...rowsOf(holdout), slices: holdout.slices, candidate, champion, against };
}
