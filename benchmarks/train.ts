/**
 * Gradient-boosted trees on 200,000 rows of 32 features, beside LightGBM on one thread: seconds of processor time and AUC on fresh
 * rows; then the ONNX file of what was trained against the trainer's own predictions.
 *
 * `seconds` counts binning and training; both are the better of two runs, made in turn. `misrouted` counts rows on the boundary of
 * every split, just above it and without a value, and fresh rows, that the runtime sends to another leaf of any tree.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportModel } from '../models/onnx/exportModel.ts';
import { maxDifference } from '../models/scoring/parity.ts';
import { openSession } from '../models/scoring/session.ts';
import { predictRow } from '../models/training/trainedModel.ts';
import type { TrainingSet } from '../models/training/trainingSet.ts';
import { type TrainedTrees, trainTrees } from '../models/trees/trainTrees.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import { boundaryRows, misrouted } from '../test/support/treesRouting.ts';
import type { Figures, Size } from './run.ts';
import { pythonPeer } from './support/pythonPeer.ts';
import { drawRows, width } from './train/rows.ts';

const root = import.meta.url.includes('/dist/') ? '../../' : '../';
const script = fileURLToPath(new URL(`${root}benchmarks/train/peer.py`, import.meta.url));
const leaves = 31;
const learningRate = 0.1;
const ridge = 1;
const childRows = 20;

interface Peer {
  readonly seconds: number;
  readonly wall: number;
  readonly auc: number;
  readonly version: string;
}

function predictions(trained: TrainedTrees, { values, labels }: TrainingSet): Float64Array {
  const predict = predictRow(trained);
  return Float64Array.from(labels, (_, row) => predict(values, row * width));
}

function bytesOf({ values }: TrainingSet): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export async function run({ full }: Size): Promise<Figures> {
  const rows = full ? 200_000 : 2_000;
  const freshRows = full ? 100_000 : 1_000;
  const rounds = full ? 100 : 10;
  const train = drawRows(rows, 1);
  const fresh = drawRows(freshRows, 2);
  const options = { rounds, leaves, learningRate, ridge, childRows, validationShare: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'millrace-train-'));
  const { python, absence } = full
    ? pythonPeer(['lightgbm', 'numpy'])
    : { python: '', absence: 'not in a small run' };
  let trained: TrainedTrees | undefined;
  let own = { seconds: Infinity, wall: Infinity };
  let peer: Peer | undefined;
  try {
    for (const [name, set] of Object.entries({ train, test: fresh })) {
      writeFileSync(join(folder, `${name}.values`), bytesOf(set));
      writeFileSync(join(folder, `${name}.labels`), new Uint8Array(set.labels.buffer));
    }
    for (let turn = 0; turn < (full ? 2 : 1); turn += 1) {
      const cpu = process.cpuUsage();
      const began = performance.now();
      trained = trainTrees(train, options);
      const wall = (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (user + system) / 1e6;
      if (seconds < own.seconds) own = { seconds, wall };
      if (python === '') continue;
      const values = [rows, freshRows, width, rounds, leaves, learningRate, ridge, childRows];
      const env = { ...process.env, OMP_NUM_THREADS: '1' };
      const answer = execFileSync(python, [script, folder, ...values.map(String)], { env });
      const found = JSON.parse(answer.toString()) as Peer;
      if (peer === undefined || found.seconds < peer.seconds) peer = found;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const expected = predictions(trained!, fresh);
  const auc = rankAuc(expected, fresh.labels);
  const file = exportModel(trained!, { features: train.features });
  const session = await openSession(file, { allowsMissing: true });
  const difference = await maxDifference(session, predictRow(trained!), fresh.values);
  await session.release();
  const { trees } = trained!;
  const boundaries = boundaryRows(trees, fresh.values.subarray(0, width));
  return {
    rows,
    features: width,
    trees: trees.roots.length,
    seconds: own.seconds,
    wall_seconds: own.wall,
    auc,
    ...(peer === undefined
      ? { peer: `absent: ${absence}` }
      : {
          peer: `LightGBM ${peer.version}`,
          peer_seconds: peer.seconds,
          peer_wall_seconds: peer.wall,
          peer_auc: peer.auc,
          seconds_ratio: own.seconds / peer.seconds,
          auc_difference: Math.abs(auc - peer.auc),
        }),
    onnx_bytes: file.length,
    onnx_rows: freshRows,
    onnx_max_difference: difference,
    boundary_rows: boundaries.length / width,
    misrouted: (await misrouted(trees, fresh.values)) + (await misrouted(trees, boundaries)),
    sha256: createHash('sha256').update(file).digest('hex').slice(0, 16),
  };
}
