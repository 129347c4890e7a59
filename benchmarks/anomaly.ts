/**
 * Half-space trees and random cut forest on labelled streams, each row scored before it is taken: area under the ROC curve and
 * average precision, means over three seeds, and rows a second of
 * processor time.
 *
 * `smd` is one server of 38 metrics: its training part is taken first, without labels, and the rest is scored. `shuttle` and `smtp` are
 * outlier sets in the order of their files. Bounds of the half-space trees are learnt.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type HalfSpaceTreesParameters, halfSpaceTrees } from '../models/anomaly/halfSpaceTrees.ts';
import {
  type RandomCutForestParameters,
  randomCutForest,
} from '../models/anomaly/randomCutForest.ts';
import { parametersOf } from '../models/spec.ts';
import { averagePrecision } from '../stats/averagePrecision.ts';
import { normal, randomState } from '../stats/random.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import type { Figures, Size } from './run.ts';

const root = import.meta.url.includes('/dist/') ? '../../' : '../';
const folder = fileURLToPath(new URL(`${root}../shared/data/`, import.meta.url));

type Step = (point: Float64Array) => number;

interface Stream {
  readonly name: string;
  readonly points: readonly Float64Array[];
  /** Of the last points; those before have none. */
  readonly labels: Float64Array;
}

const trees = (given: Partial<HalfSpaceTreesParameters>): Step => {
  const model = halfSpaceTrees.create(
    parametersOf<HalfSpaceTreesParameters>(halfSpaceTrees.parameters, given),
  );
  const state = model.initial();
  return (point) => model.step(state, point);
};

const forest = (given: Partial<RandomCutForestParameters>): Step => {
  const model = randomCutForest.create(
    parametersOf<RandomCutForestParameters>(randomCutForest.parameters, given),
  );
  const state = model.initial();
  return (point) => model.step(state, point);
};

/** Rows of a table with or without a head line. */
function rowsOf(path: string): Float64Array[] {
  const lines = gunzipSync(readFileSync(`${folder}${path}`))
    .toString()
    .trim()
    .split('\n');
  const from = lines[0]!.startsWith('x') ? 1 : 0;
  return lines.slice(from).map((line) => Float64Array.from(line.split(','), Number));
}

/** The streams that are there. */
function streams(): Stream[] {
  const found: Stream[] = [];
  for (const name of ['shuttle', 'smtp']) {
    if (!existsSync(`${folder}odds/${name}.csv.gz`)) continue;
    const rows = rowsOf(`odds/${name}.csv.gz`);
    found.push({
      name,
      points: rows.map((row) => row.subarray(0, -1)),
      labels: Float64Array.from(rows, (row) => row.at(-1)!),
    });
  }
  if (existsSync(`${folder}smd/machine-1-6_train.csv.gz`)) {
    const labels = rowsOf('smd/machine-1-6_test_label.csv.gz').map((row) => row[0]!);
    const points = ['train', 'test'].flatMap((part) => rowsOf(`smd/machine-1-6_${part}.csv.gz`));
    found.push({ name: 'smd', points, labels: Float64Array.from(labels) });
  }
  return found;
}

/** The last rows of a stream, to be quick. */
function ending({ name, points, labels }: Stream, rows: number): Stream {
  return { name, points: points.slice(-rows), labels: labels.slice(-rows) };
}

/** Means over models of other seeds; nothing where one of the classes is empty, as in the end of `smtp`. */
function judge(figures: Figures, name: string, { points, labels }: Stream, steps: Step[]): void {
  if (!labels.includes(1) || !labels.includes(0)) return;
  let auc = 0;
  let precision = 0;
  for (const step of steps) {
    const scores = Float64Array.from(points, step).subarray(-labels.length);
    auc += rankAuc(scores, labels) / steps.length;
    precision += averagePrecision(scores, labels) / steps.length;
  }
  figures[`${name}_auc`] = auc;
  figures[`${name}_ap`] = precision;
}

/** Rows a second of processor time, score and update, after a twentieth of the rows to warm up. */
function rate(figures: Figures, name: string, features: number, rows: number, step: Step): void {
  const random = randomState(7);
  const points = Array.from({ length: 4_999 }, () =>
    Float64Array.from({ length: features }, () => normal(random)),
  );
  const from = rows / 20;
  let cpu = process.cpuUsage();
  for (let i = 0; i < from + rows; i += 1) {
    if (i === from) cpu = process.cpuUsage();
    step(points[i % points.length]!);
  }
  const { user, system } = process.cpuUsage(cpu);
  figures[`${name}_per_cpu_s`] = rows / ((user + system) / 1e6);
}

export async function run({ full }: Size): Promise<Figures> {
  const figures: Figures = {};
  const times = full ? 1 : 0.02;
  rate(figures, 'half_space_10x8', 3, 1e6 * times, trees({ features: 3, trees: 10, depth: 8 }));
  rate(figures, 'half_space_25x15', 3, 4e5 * times, trees({ features: 3 }));
  rate(figures, 'cut_forest_50x256_shingle_8', 1, 1e5 * times, forest({}));
  const found = streams();
  figures['data'] = found.length === 0 ? `absent: ${folder}` : found.map((s) => s.name).join(' ');
  for (const each of found) {
    const stream = full ? each : ending(each, 6_000);
    const features = stream.points[0]!.length;
    const seeds = full ? [1, 2, 3] : [1];
    const small = seeds.map((seed) => trees({ features, trees: 10, depth: 8, seed }));
    judge(figures, `${stream.name}_half_space_10x8`, stream, small);
    const large = seeds.map((seed) => trees({ features, seed }));
    judge(figures, `${stream.name}_half_space_25x15`, stream, large);
    const forests = seeds.map((seed) => forest({ features, shingle: 1, seed }));
    judge(figures, `${stream.name}_cut_forest`, stream, forests);
  }
  return figures;
}
