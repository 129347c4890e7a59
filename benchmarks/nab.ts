/**
 * The series detector on the Numenta Anomaly Benchmark, by its own rules: one configuration, its scores for all series of the data
 * folder, a threshold that is best over all of them for each profile (as the benchmark does), and the refractory of the defaults.
 *
 * `held_out_standard_mean` is what a user may expect: threshold and refractory are chosen on one half of the series and scored on
 * the other, over random halves.
 */
import { type SeriesDetectorParameters, seriesDetector } from '../models/anomaly/seriesDetector.ts';
import { parametersOf } from '../models/spec.ts';
import { below, type RandomState, randomState } from '../stats/random.ts';
import {
  normalizedScore,
  type Profile,
  rawScore,
  type ScoredRows,
  scoreRows,
} from './nab/scoring.ts';
import { type NabSeries, nabFolder, nabProfiles, nabSeries } from './nab/series.ts';
import type { Figures, Size } from './run.ts';

const profileNames = {
  standard: 'standard',
  low_fp: 'reward_low_FP_rate',
  low_fn: 'reward_low_FN_rate',
} as const;
const thresholds = Float64Array.from({ length: 60 }, (_, i) => 1.5 * 10 ** (i / 59));
const refractories = [0, 25, 50, 100, 150, 200, 300];

interface Scored {
  readonly rows: ScoredRows;
  readonly scores: Float64Array;
}

/** Raw scores by refractory, threshold and series. */
type Table = readonly (readonly (readonly number[])[])[];

function alarmsOf({ rows, scores }: Scored, threshold: number, refractory: number): number[] {
  const alarms: number[] = [];
  for (let row = rows.probation; row < scores.length; row += 1) {
    if (scores[row]! < threshold) continue;
    alarms.push(row);
    row += refractory;
  }
  return alarms;
}

function tableOf(series: readonly Scored[], profile: Profile): Table {
  return refractories.map((refractory) =>
    Array.from(thresholds, (threshold) =>
      series.map((each) => rawScore(each.rows, alarmsOf(each, threshold, refractory), profile)),
    ),
  );
}

const sumOf = (raw: readonly number[], which: readonly number[]): number =>
  which.reduce((sum, i) => sum + raw[i]!, 0);

/** Where the sum over some series is greatest. */
function bestOf(table: Table, which: readonly number[]): { refractory: number; threshold: number } {
  let best = { refractory: 0, threshold: 0 };
  let most = -Infinity;
  for (const [refractory, byThreshold] of table.entries()) {
    for (const [threshold, raw] of byThreshold.entries()) {
      const sum = sumOf(raw, which);
      if (sum <= most) continue;
      most = sum;
      best = { refractory, threshold };
    }
  }
  return best;
}

function shuffled(count: number, random: RandomState): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = below(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Scores of the halves on which nothing was chosen; both halves of a split are scored once. */
function heldOut(series: readonly Scored[], table: Table, profile: Profile, splits: number) {
  const random = randomState(1);
  const means: number[] = [];
  for (let split = 0; split < splits; split += 1) {
    const order = shuffled(series.length, random);
    const middle = order.length >> 1;
    const halves = [order.slice(0, middle), order.slice(middle)] as const;
    const scores = [0, 1].map((chosenOn) => {
      const { refractory, threshold } = bestOf(table, halves[chosenOn]!);
      const other = halves[1 - chosenOn]!;
      const windows = other.reduce((sum, i) => sum + series[i]!.rows.windows, 0);
      return normalizedScore(sumOf(table[refractory]![threshold]!, other), windows, profile);
    });
    means.push((scores[0]! + scores[1]!) / 2);
  }
  const mean = means.reduce((sum, each) => sum + each, 0) / splits;
  const squares = means.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (splits - 1)) };
}

function scoresOf(series: readonly NabSeries[]): Scored[] {
  const spec = seriesDetector();
  const detector = spec.create(parametersOf<SeriesDetectorParameters>(spec.parameters));
  return series.map(({ times, values, windows }) => {
    const state = detector.initial();
    return {
      rows: scoreRows(values.length, windows),
      scores: values.map((x, i) => detector.step(state, times[i]!, x).score),
    };
  });
}

export async function run({ full }: Size): Promise<Figures> {
  const found = nabSeries();
  if (found === undefined) return { data: `absent: ${nabFolder}` };
  const series = full ? found : found.filter((_, i) => i % 3 === 1);
  const cpu = process.cpuUsage();
  const scored = scoresOf(series);
  const { user, system } = process.cpuUsage(cpu);
  const rows = scored.reduce((sum, { scores }) => sum + scores.length, 0);
  const windows = scored.reduce((sum, each) => sum + each.rows.windows, 0);
  const everyone = scored.map((_, i) => i);
  const profiles = nabProfiles();
  const spec = seriesDetector();
  const own = refractories.indexOf(spec.parameters.refractory.default);
  const figures: Record<string, number> = {};
  for (const [name, inFile] of Object.entries(profileNames)) {
    const profile = profiles[inFile]!;
    const table = tableOf(scored, profile);
    const { threshold } = bestOf([table[own]!], everyone);
    const raw = table[own]![threshold]!;
    figures[name] = normalizedScore(sumOf(raw, everyone), windows, profile);
    figures[`${name}_threshold`] = thresholds[threshold]!;
    if (name !== 'standard') continue;
    const splits = full ? 20 : 3;
    const { mean, deviation } = heldOut(scored, table, profile, splits);
    figures['held_out_standard_mean'] = mean;
    figures['held_out_standard_deviation'] = deviation;
    // As a user gets it: threshold and refractory of the defaults.
    const alarms = scored.map((each) =>
      alarmsOf(each, spec.parameters.threshold.default, spec.parameters.refractory.default),
    );
    const sum = scored.reduce((all, each, i) => all + rawScore(each.rows, alarms[i]!, profile), 0);
    figures['standard_by_default'] = normalizedScore(sum, windows, profile);
    figures['alarms_by_default'] = alarms.flat().length;
  }
  return {
    data: 'read',
    ...figures,
    series: series.length,
    windows,
    rows,
    rows_per_cpu_s: rows / ((user + system) / 1e6),
  };
}
