/**
 * Drift detectors: how soon they see planted drifts of an error rate, what they miss, and how often they cry without reason; the
 * calibrated mode on autoregressions; the distances of distributions against their own critical values.
 *
 * An alarm within 2,500 values after the beginning of a rise finds it (1,250 for recurring ones, which fall again then); alarms before
 * the first are false. Stationary streams are 100,000 values long, and 5,000 where it says so. Seeds are apart from those with which
 * the calibrated mode was set.
 */
import { adwin } from '../stats/drift/adwin.ts';
import { binAt, binCounts, binEdges } from '../stats/drift/bins.ts';
import { ddm } from '../stats/drift/ddm.ts';
import type { DriftDetector, DriftMarks } from '../stats/drift/detector.ts';
import { eddm } from '../stats/drift/eddm.ts';
import { hddmA } from '../stats/drift/hddmA.ts';
import { hddmW } from '../stats/drift/hddmW.ts';
import { jensenShannon } from '../stats/drift/jensenShannon.ts';
import { kswin } from '../stats/drift/kswin.ts';
import { pageHinkley } from '../stats/drift/pageHinkley.ts';
import { populationStability } from '../stats/drift/populationStability.ts';
import { calibratedAdwin, prewhitened } from '../stats/drift/prewhitened.ts';
import { quantileSketch } from '../stats/quantileSketch.ts';
import { normal, randomState } from '../stats/random.ts';
import {
  autoregression,
  bernoulli,
  type Draw,
  driftKinds,
  planted,
  plantedAt,
  plantedLength,
  risesOf,
  turn,
} from './drift/streams.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';

type Detector = DriftDetector<DriftMarks>;
const of = <State extends DriftMarks>(detector: DriftDetector<State>) =>
  detector as unknown as Detector;

const plainAdwin = of(adwin());
const calibrated = of(prewhitened(adwin(calibratedAdwin)));
const detectors: Readonly<Record<string, Detector>> = {
  adwin: plainAdwin,
  adwin_calibrated: calibrated,
  page_hinkley: of(pageHinkley()),
  page_hinkley_calibrated: of(prewhitened(pageHinkley({ tolerance: 0.1 }))),
  kswin: of(kswin()),
  kswin_calibrated: of(prewhitened(kswin())),
  ddm: of(ddm()),
  eddm: of(eddm()),
  hddm_a: of(hddmA()),
  hddm_w: of(hddmW()),
};
const isSlow = (name: string) => name.startsWith('kswin');

const rates = [0.5, 0.2, 0.05, 0.01];
const persistences = [0, 0.5, 0.8, 0.95];

/** Counts at which the detector says drift. */
function alarmsOf(detector: Detector, draw: Draw, length: number): number[] {
  const state = detector.initial();
  const alarms: number[] = [];
  for (let i = 0; i < length; i += 1) if (detector.step(state, draw()) === 2) alarms.push(i);
  return alarms;
}

/** False alarms per 10⁶ values over streams of one length, each begun anew. */
function falseAlarms(
  detector: Detector,
  { streams, length }: { readonly streams: number; readonly length: number },
  begin: (stream: number) => Draw,
): number {
  let alarms = 0;
  for (let i = 0; i < streams; i += 1) alarms += alarmsOf(detector, begin(i), length).length;
  return (1e6 * alarms) / (streams * length);
}

function plantedFigures(figures: Record<string, number>, full: boolean): void {
  for (const [name, detector] of Object.entries(detectors)) {
    const runs = !full ? 2 : isSlow(name) ? 25 : 100;
    let falseBefore = 0;
    for (const kind of driftKinds) {
      const within = kind === 'recurring' ? turn : 2_500;
      const delays: number[] = [];
      let missed = 0;
      for (let run = 0; run < runs; run += 1) {
        const draw = planted(randomState(250_000 + run), kind);
        const alarms = alarmsOf(detector, draw, plantedLength);
        falseBefore += alarms.filter((at) => at < plantedAt).length;
        for (const rise of risesOf(kind)) {
          const found = alarms.find((at) => at >= rise && at < rise + within);
          if (found === undefined) missed += 1;
          else delays.push(found - rise + 1);
        }
      }
      const rises = runs * risesOf(kind).length;
      // Where nothing was found, the whole time in which it could have been.
      figures[`${name}_${kind}_delay`] = delays.length > 0 ? quantile(delays, 0.5) : within;
      figures[`${name}_${kind}_missed`] = missed / rises;
    }
    const events = driftKinds.length * runs * plantedAt;
    figures[`${name}_false_per_100k`] = (1e5 * falseBefore) / events;
  }
}

function stationaryFigures(figures: Record<string, number>, full: boolean): void {
  for (const [name, detector] of Object.entries(detectors)) {
    const isAdwin = name.startsWith('adwin');
    const streams = !full ? 1 : isAdwin ? 100 : isSlow(name) ? 1 : 5;
    const size = { streams, length: full ? 100_000 : 20_000 };
    const seen = rates.map((rate, i) => {
      const draw = (stream: number) => bernoulli(randomState(260_000 + 1_000 * i + stream), rate);
      return falseAlarms(detector, size, draw);
    });
    if (isAdwin) {
      for (const [i, rate] of rates.entries()) {
        figures[`${name}_bernoulli_${rate}_false_per_1e6`] = seen[i]!;
      }
    }
    figures[`${name}_bernoulli_false_per_1e6`] = seen.reduce((a, b) => a + b, 0) / rates.length;
  }
  for (const [name, detector] of Object.entries(detectors)) {
    if (detector.problem(-1) !== undefined) continue;
    for (const [i, persistence] of persistences.entries()) {
      const isPromised = detector === calibrated;
      const streams = !full ? 1 : isPromised ? 100 : isSlow(name) ? 1 : 10;
      const begin = (stream: number) =>
        autoregression(randomState(270_000 + 1_000 * i + stream), persistence);
      const size = { streams, length: full ? 100_000 : 20_000 };
      figures[`${name}_ar_${persistence}_false_per_1e6`] = falseAlarms(detector, size, begin);
      if (!isPromised) continue;
      const short = { streams: full ? 1_000 : 4, length: 5_000 };
      figures[`${name}_ar_${persistence}_short_false_per_1e6`] = falseAlarms(
        detector,
        short,
        begin,
      );
    }
  }
  // What the calibrated mode does not assume: long tails, and more than one lag.
  const size = { streams: full ? 20 : 1, length: full ? 100_000 : 20_000 };
  figures['adwin_calibrated_log_normal_false_per_1e6'] = falseAlarms(calibrated, size, (stream) => {
    const random = randomState(280_000 + stream);
    return () => Math.exp(normal(random));
  });
  for (const name of ['adwin', 'adwin_calibrated']) {
    figures[`${name}_noisy_ar_0.95_false_per_1e6`] = falseAlarms(
      detectors[name]!,
      size,
      (stream) => {
        const random = randomState(281_000 + stream);
        const draw = autoregression(random, 0.95);
        return () => Math.SQRT1_2 * (draw() + normal(random));
      },
    );
  }
}

/** Steps of one standard deviation of the series: share found within 500 values. */
function stepFigures(figures: Record<string, number>, full: boolean): void {
  const runs = full ? 2_000 : 10;
  for (const prefix of [1_000, 2_000, 5_000]) {
    for (const [i, persistence] of persistences.entries()) {
      let found = 0;
      const delays: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const draw = autoregression(randomState(290_000 + 10_000 * i + run), persistence);
        let at = 0;
        const stepped = () => draw() + (at++ < prefix ? 0 : 1);
        const alarm = alarmsOf(calibrated, stepped, prefix + 500).find((each) => each >= prefix);
        if (alarm === undefined) continue;
        found += 1;
        delays.push(alarm - prefix + 1);
      }
      const name = `adwin_calibrated_step_after_${prefix}_ar_${persistence}`;
      figures[`${name}_found`] = found / runs;
      if (prefix === 5_000) figures[`${name}_delay`] = quantile(delays, 0.5) || 500;
    }
  }
}

/** How often histograms of one distribution exceed their critical values, and the usual limit of .1. */
function distanceFigures(figures: Record<string, number>, full: boolean): void {
  const runs = full ? 2_000 : 20;
  const random = randomState(295_000);
  const sizes = { reference: 5_000, current: 500 };
  const exceeding = { psi: 0, js: 0, usual: 0, shifted: 0 };
  for (let run = 0; run < runs; run += 1) {
    const sketch = quantileSketch.initial();
    for (let i = 0; i < sizes.reference; i += 1) quantileSketch.step(sketch, normal(random));
    const edges = binEdges(sketch);
    const reference = binCounts(edges, sketch);
    const current = new Array<number>(reference.length).fill(0);
    const shifted = [...current];
    for (let i = 0; i < sizes.current; i += 1) {
      const x = normal(random);
      current[binAt(edges, x)]! += 1;
      shifted[binAt(edges, x + 0.25)]! += 1;
    }
    const psi = populationStability({ reference, current }, 0.01);
    const js = jensenShannon({ reference, current }, 0.01);
    const moved = populationStability({ reference, current: shifted }, 0.01);
    if (psi.distance > psi.critical) exceeding.psi += 1;
    if (js.distance > js.critical) exceeding.js += 1;
    if (moved.distance > moved.critical) exceeding.shifted += 1;
    if (moved.distance > 0.1) exceeding.usual += 1;
  }
  figures['psi_false_rate_at_0.01'] = exceeding.psi / runs;
  figures['jensen_shannon_false_rate_at_0.01'] = exceeding.js / runs;
  figures['psi_shift_of_a_quarter_found'] = exceeding.shifted / runs;
  figures['psi_shift_of_a_quarter_found_by_0.1'] = exceeding.usual / runs;
}

/** Updates per second of processor time. */
function speedFigures(figures: Record<string, number>, full: boolean): void {
  const count = full ? 10_000_000 : 100_000;
  const random = randomState(299_000);
  const values = Float64Array.from({ length: 1 << 16 }, bernoulli(random, 0.2));
  for (const [name, detector] of [
    ['adwin', plainAdwin],
    ['adwin_calibrated', calibrated],
  ] as const) {
    const state = detector.initial();
    for (let i = 0; i < count / 10; i += 1) detector.step(state, values[i & 65_535]!);
    const before = process.cpuUsage();
    for (let i = 0; i < count; i += 1) detector.step(state, values[i & 65_535]!);
    const { user, system } = process.cpuUsage(before);
    figures[`${name}_updates_per_cpu_s`] = (1e6 * count) / Math.max(1, user + system);
  }
}

export async function run({ full }: Size): Promise<Figures> {
  const figures: Record<string, number> = {};
  speedFigures(figures, full);
  stationaryFigures(figures, full);
  stepFigures(figures, full);
  plantedFigures(figures, full);
  distanceFigures(figures, full);
  return figures;
}
