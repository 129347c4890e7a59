/** `npm run bench -- NAME [--json]`: runs one benchmark and prints its figures with machine, Node version and commit. */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { commit } from './support/commit.ts';

export type Figures = Record<string, number | string>;
export interface Size {
  /** The size for the record; otherwise a smoke run, as in the tests. */
  readonly full: boolean;
  /** Still more runs, where a benchmark has them: asked for by `--full`. */
  readonly most: boolean;
}
export type Run = (size: Size) => Promise<Figures>;

const benchmarks: Record<string, { summary: string; load: () => Promise<{ run: Run }> }> = {
  decode: {
    summary: 'the shape-predicting decoder against JSON.parse',
    load: () => import('./decode.ts'),
  },
  learner: {
    summary: 'the answer model alone, predict before learn',
    load: () => import('./learner.ts'),
  },
  learners: {
    summary: 'learners of rewards and policies: updates and choices a second, alone on one core',
    load: () => import('./learners.ts'),
  },
  assistments: {
    summary: '941,502 answers of ASSISTments 2017 through the whole engine',
    load: () => import('./assistments.ts'),
  },
  pipeline: {
    summary: 'events from memory to exactly-once commits in the embedded ClickHouse',
    load: () => import('./pipeline.ts'),
  },
  crash: {
    summary: 'kill -9 at random and at each step of a commit, against an uninterrupted run',
    load: () => import('./crash.ts'),
  },
  lifecrash: {
    summary:
      'kill -9 at each step of a training run and of a release, against an engine left alone',
    load: () => import('./lifecrash.ts'),
  },
  kafka: {
    summary:
      'the engine on a real Kafka broker: speed, cost of exactly once, kills, rebalances, zombies',
    load: () => import('./kafka.ts'),
  },
  planner: {
    summary: 'planned power against experiments simulated unit by unit',
    load: () => import('./planner.ts'),
  },
  experiments: {
    summary:
      'experiments without an effect, watched after every unit: false decisions; and the cost of it',
    load: () => import('./experiments.ts'),
  },
  bandits: {
    summary:
      'policies at work: how far from chance to full information, and back after a drift of taste',
    load: () => import('./bandits.ts'),
  },
  decide: {
    summary: 'decisions of a policy over HTTP, and from feedback to the changed decision',
    load: () => import('./decide.ts'),
  },
  ope: {
    summary:
      'off-policy evaluation with a known truth: coverage at all times, bias, Open Bandit data',
    load: () => import('./ope.ts'),
  },
  halt: {
    summary:
      'a thousand live experiments at 20,000 events/s: from the event to the evidence of all, and to the whole answers of every tenth',
    load: () => import('./halt.ts'),
  },
  srm: {
    summary:
      'the sequential sample-ratio test: false alarms to a million exposures, and how soon it sees a mismatch',
    load: () => import('./srm.ts'),
  },
  drift: {
    summary:
      'drift detectors: delays, misses and false alarms on planted drifts and on stationary streams; updates a second',
    load: () => import('./drift.ts'),
  },
  driftCampus: {
    summary:
      'drift on the campus as the default pipeline watches it: planted ones found, delays, false alarms',
    load: () => import('./driftCampus.ts'),
  },
  driftDays: {
    summary: 'days against reference days: how many without drift exceed their limit, and with one',
    load: () => import('./driftDays.ts'),
  },
  behaviour: {
    summary:
      'keys that behave unlike the others, on the campus: bots found, how soon, and what is found without any',
    load: () => import('./behaviour.ts'),
  },
  preferences: {
    summary: 'what users like: against biases, factors and the truth; memory of a million users',
    load: () => import('./preferences.ts'),
  },
  anomaly: {
    summary: 'half-space trees and random cut forest on labelled streams, and their speed',
    load: () => import('./anomaly.ts'),
  },
  watch: {
    summary:
      'a month of the campus: planted anomalies and drifts that are alerted to, and false alarms',
    load: () => import('./watch.ts'),
  },
  insights: {
    summary:
      'recommendations on the campus: planted problems at the top of the inbox, and what is shown of a quiet one',
    load: () => import('./insights.ts'),
  },
  nab: {
    summary: 'the series detector on the Numenta Anomaly Benchmark, by its own rules',
    load: () => import('./nab.ts'),
  },
  train: {
    summary: 'gradient-boosted trees beside LightGBM on one thread, and their ONNX file',
    load: () => import('./train.ts'),
  },
  ensemble: {
    summary:
      'a batch model retrained on the past, the online learner, and both combined: later answers',
    load: () => import('./ensemble.ts'),
  },
  score: {
    summary: 'predictions by ONNX Runtime: rows a second, one row at a time, event loop',
    load: () => import('./score.ts'),
  },
  release: {
    summary:
      'releases of versions of known worth: wrong promotions, rows to promotion, exposures to a harmful one',
    load: () => import('./release.ts'),
  },
  loop: {
    summary:
      'a concept drift from its detection to a new champion, hands off; harmful and equal challengers; rollback',
    load: () => import('./loop.ts'),
  },
  ui: {
    summary:
      'the dashboard in a browser over a month of a million users: size, first page, every question, access, live',
    load: () => import('./ui.ts'),
  },
  memory: {
    summary: 'state of a million users, and the idle engine',
    load: () => import('./memory.ts'),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    small: { type: 'boolean' },
    full: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const [name] = positionals;
const benchmark = name === undefined ? undefined : benchmarks[name];
if (benchmark === undefined || values.help === true) {
  console.log('Usage: npm run bench -- NAME [--json] [--small | --full]\n');
  for (const [each, { summary }] of Object.entries(benchmarks)) {
    console.log(`  ${each.padEnd(12)} ${summary}`);
  }
  process.exit(name === undefined || values.help === true ? 0 : 1);
}

const cpu = cpus();
console.log(
  `${name}: ${benchmark.summary}\n${cpu.length} × ${cpu[0]?.model ?? 'processor'}, ` +
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}, commit ${commit()}`,
);
const { run } = await benchmark.load();
const figures = await run({ full: values.small !== true, most: values.full === true });
for (const [figure, value] of Object.entries(figures)) {
  console.log(
    `  ${figure.padEnd(28)} ${typeof value === 'number' ? Number(value.toPrecision(6)) : value}`,
  );
}
const last = values.json === true ? `${JSON.stringify(figures)}\n` : '';
// A pipe takes what is written when it can: an exit before that would cut the figures off.
await new Promise<void>((resolve) => process.stdout.write(last, () => resolve()));
process.exit(0);
