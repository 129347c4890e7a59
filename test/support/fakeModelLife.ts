/**
 * Versions of models and their retraining for the pages, without an engine: a model in the middle of a release, one that has
 * nothing but its online learner, and runs in every state. No chance; times lie before the given now.
 */
import type { z } from 'zod';
import { GateReport } from '../../contracts/gateReport.ts';
import {
  ModelLife,
  type ModelLivesAnswer,
  PlanRequest,
  ReleaseMove,
  ReleaseNow,
  ReleaseRequest,
  type RollbackPreview,
  RollbackRequest,
  RunRequest,
  StartedRun,
  TrainingRunDetail,
  TrainingRunsAnswer,
  VersionDetail,
  WithReason,
} from '../../contracts/modelLifeApi.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import { ModelVersion } from '../../contracts/modelVersion.ts';
import { Release, type ReleaseEvidence, type ReleaseStep } from '../../contracts/release.ts';
import { runSteps, TrainingRun } from '../../contracts/trainingRun.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface FakeModelLife {
  readonly now: number;
  readonly lives: Map<string, ModelLife>;
  /** `answer@1.4` */
  readonly details: Map<string, VersionDetail>;
  /** The newest first. */
  runs: TrainingRun[];
  /** The next write is refused with this. */
  refusal: { readonly status: number; readonly detail: string } | undefined;
  /** Of the release under way, since its last step; null: none. */
  evidence: ReleaseEvidence | null;
  /** What was written: `POST /v1/models/answer/rollback {"version":"1.3","reason":"…"}`. */
  readonly written: string[];
}

const hash = (letter: string) => letter.repeat(64);

/** Text that would be markup where it is not escaped. */
export const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

const features = ['item', 'skill', 'course', 'latency_ms', 'attempts', 'streak', 'hour', 'weekday'];

function reportOf(passed: boolean, against: string, at: number, shift: number): GateReport {
  const check = (name: string, value: number, spread: number, bound: number | null) => ({
    ...{ name, value, lower: value - spread, upper: value + spread, bound, count: 62_400 },
    passed: bound === null || value + spread <= bound,
  });
  const plain = (name: string, value: number, bound: number) => ({
    ...{ name, value, lower: null, upper: null, bound, count: null, passed: value <= bound },
  });
  const loss = passed ? -0.006 + shift : 0.004 + shift;
  return GateReport.parse({
    ...{ passed, against, at },
    gates: [
      {
        ...{ gate: 'schema', outcome: 'passed', checks: [] },
        sentence: 'It takes the eight features that are served, and answers with one number.',
      },
      {
        ...{ gate: 'golden', outcome: 'passed' },
        sentence: 'It predicts 256 rows as the trainer did.',
        checks: [plain('largest difference', 2e-7, 1e-5)],
      },
      {
        ...{ gate: 'holdout', outcome: passed ? 'passed' : 'failed' },
        sentence: passed
          ? `Its log loss is ${(-loss).toFixed(4)} below the champion’s.`
          : 'Its log loss is 0.004 above the champion’s; an interval may admit 0.002 at most.',
        checks: [
          check('log loss less the champion’s', loss, 0.0018, 0.002),
          check('Brier score less the champion’s', loss / 2, 0.0009, null),
        ],
      },
      {
        ...{ gate: 'calibration', outcome: 'passed' },
        sentence: 'Its calibration error is 0.012.',
        checks: [plain('calibration error', 0.012, 0.05)],
      },
      {
        ...{ gate: 'slices', outcome: 'passed' },
        sentence: 'It is clearly worse in none of six slices.',
        checks: ['algebra', 'geometry', 'statistics', 'fractions', 'units', 'graphs'].map(
          (course, i) => check(`log loss in course=${course}`, loss + 0.003 * (i - 2), 0.006, 0.02),
        ),
      },
      {
        ...{ gate: 'latency', outcome: 'passed' },
        sentence: 'One row takes 0.21 ms, p99.',
        checks: [plain('p99, ms', 0.21, 5)],
      },
      {
        ...{ gate: 'size', outcome: 'passed' },
        sentence: 'The file has 1.2 MB.',
        checks: [plain('bytes', 1_204_000, 16_777_216)],
      },
      {
        ...{ gate: 'churn', outcome: 'skipped', checks: [] },
        sentence: 'The champion has predicted none of the same rows.',
      },
    ],
  });
}

const trees = { rounds: 214, learningRate: 0.1, leaves: 31, ridge: 1, childRows: 20 };

function versionOf(number: number, now: number, part: Partial<ModelVersion> = {}): ModelVersion {
  const at = now - (6 - number) * 4 * day;
  const letter = 'abcdef'[number] ?? 'f';
  return ModelVersion.parse({
    ...{ model: 'answer', version: `1.${number}`, kind: 'trees', task: 'binary' },
    features: features.slice(0, number === 1 ? 6 : 8).map((name) => ({
      name,
      kind: ['item', 'skill', 'course'].includes(name) ? 'categorical' : 'numeric',
    })),
    artifact: { sha256: hash(letter), bytes: 1_100_000 + number * 40_000 },
    golden: { sha256: hash('9'), bytes: 9_216 },
    data: {
      ...{ snapshot: hash(letter === 'a' ? '1' : letter), from: at - 90 * day, to: at },
      ...{ rows: 248_000 + 21_000 * number, excludedUsers: number === 2 ? 0 : 3 },
    },
    ...{ trainer: 'trees', parameters: { ...trees, rounds: 170 + 15 * number }, seed: 1 },
    calibration: number === 1 ? null : 'platt',
    metrics: {
      ...{ logLoss: 0.548 - 0.006 * number, brier: 0.184 - 0.0025 * number },
      ...{ auc: 0.741 + 0.008 * number, calibrationError: 0.021 - 0.003 * number },
    },
    gates: reportOf(number !== 3, number === 1 ? '1' : `1.${number - 1}`, at, 0.001 * number),
    parent: number === 1 ? '1' : `1.${Math.min(number - 1, 2)}`,
    run: `run-${number}`,
    ...part,
  });
}

function onlineOf(model: string): ModelVersion {
  return ModelVersion.parse({
    ...{ model, version: '1', kind: 'online', task: 'binary' },
    features: features.map((name) => ({ name })),
    ...{ artifact: null, golden: null, data: null, trainer: '', parameters: {}, seed: null },
    ...{ calibration: null, metrics: {}, gates: null, parent: null, run: null },
  });
}

function listed({ version, kind, trainer, metrics, parent, run, data }: ModelVersion) {
  return { version, kind, trainer, metrics, parent, run, data };
}

function cardOf({ version, kind, notes }: ModelVersion): string {
  return [
    `# Version ${version}`,
    '',
    `Predicts **whether an answer is right**. Kind: \`${kind}\`.`,
    '',
    '## Where it must not be used',
    '',
    '- Not for marks: it is told nothing of how an answer came about.',
    `- ${notes === '' ? 'No notes.' : notes}`,
    '',
    '## By course',
    '',
    '| Course | Log loss | Examples |',
    '| --- | --- | --- |',
    '| algebra | 0.512 | 12 400 |',
    '| geometry | 0.547 | 9 800 |',
    '',
  ].join('\n');
}

const step = (
  at: number,
  sentence: string,
  phase: ReleaseStep['phase'],
  share: number,
  evidence: ReleaseStep['evidence'] = null,
  actor = 'the engine',
): ReleaseStep => ({ at, actor, sentence, phase, share, evidence });

function evidence(count: number, mean: number, arms: number | null): ReleaseStep['evidence'] {
  const half = 1.1 / Math.sqrt(count);
  return {
    paired: {
      ...{ count, mean, lower: mean - half * 0.18, upper: mean + half * 0.18 },
      ...{ lnBetter: 4.1, lnWorse: -3 },
    },
    arms:
      arms === null
        ? null
        : {
            ...{ users: Math.round(count / 60), others: Math.round(count / 4) },
            ...{ difference: arms, lower: arms - 0.05, upper: arms + 0.05, lnWorse: -0.4 },
          },
  };
}

function releaseUnderWay(now: number): Release {
  return Release.parse({
    ...{ id: 'release-4', version: '1.4', against: '1.2', phase: 'canary', step: 1, share: 0.25 },
    ...{ since: now - 5 * hour, paused: false, awaits: null },
    steps: [
      step(
        now - 40 * hour,
        'Version 1.4 has passed its gates: it predicts in shadow.',
        'shadow',
        0,
      ),
      step(
        now - 22 * hour,
        'Better than 1.2 over 4 120 labelled predictions: it serves 5 % of the users.',
        'canary',
        0.05,
        evidence(4_120, -0.0068, null),
      ),
      step(
        now - 5 * hour,
        'No harm among 212 users: it serves 25 % of the users.',
        'canary',
        0.25,
        evidence(12_700, -0.0057, 0.012),
      ),
    ],
  });
}

function endedRelease(now: number): Release[] {
  const of = (version: string, against: string, days: number, last: ReleaseStep) =>
    Release.parse({
      ...{ id: `release-${version}`, version, against, phase: last.phase, step: 2 },
      ...{ share: last.share, since: last.at, paused: false, awaits: null },
      steps: [step(now - days * day, 'It predicts in shadow.', 'shadow', 0), last],
    });
  return [
    of('1.2', '1.1', 16, {
      ...step(
        now - 14 * day,
        'Better over 21 400 labelled predictions: it is champion.',
        'promoted',
        1,
      ),
      evidence: evidence(21_400, -0.004, 0.004),
    }),
    of(
      '1.1',
      '1',
      20,
      step(
        now - 18 * day,
        'Better over 18 900 labelled predictions: it is champion.',
        'promoted',
        1,
      ),
    ),
  ];
}

function answerLife(now: number): { life: ModelLife; details: VersionDetail[] } {
  const versions = [
    versionOf(4, now, { notes: script }),
    versionOf(3, now),
    versionOf(2, now),
    versionOf(1, now),
    onlineOf('answer'),
  ];
  const madeAt = ({ version }: ModelVersion) =>
    version === '1' ? now - 30 * day : now - (6 - Number(version.slice(2))) * 4 * day;
  const roles: Record<string, ModelLife['versions'][number]['roles']> = {
    '1.2': ['champion'],
    '1.4': ['challenger'],
  };
  const span = (
    from: number,
    to: number | null,
    shares: Record<string, number>,
    reason: string,
    actor = 'the engine',
  ) => ({
    ...{ from, to, reason, actor },
    shares: Object.entries(shares).map(([version, share]) => ({ version, share })),
  });
  const life = ModelLife.parse({
    ...{ model: 'answer', revision: 23, champion: '1.2', plan: ModelPlan.parse({}) },
    sentence: 'Version 1.2 is champion; 1.4 serves 25 % of the users, and is better so far.',
    versions: versions.map((version) => ({
      ...listed(version),
      madeAt: madeAt(version),
      actor: 'the engine',
      roles: roles[version.version] ?? [],
      gatesPassed: version.gates?.passed ?? null,
      deleted: false,
    })),
    release: releaseUnderWay(now),
    releases: endedRelease(now),
    served: [
      span(now - 30 * day, now - 18 * day, { '1': 1 }, 'The first event'),
      span(now - 18 * day, now - 14 * day, { '1.1': 1 }, 'Better over 18 900 labelled predictions'),
      span(
        now - 14 * day,
        now - 22 * hour,
        { '1.2': 1 },
        'Better over 21 400 labelled predictions',
      ),
      span(now - 22 * hour, now - 5 * hour, { '1.2': 0.95, '1.4': 0.05 }, 'Better in shadow'),
      span(now - 5 * hour, null, { '1.2': 0.75, '1.4': 0.25 }, script, 'María Klein'),
    ],
  });
  const details = versions.map((version) =>
    VersionDetail.parse({
      ...{ version, madeAt: madeAt(version), actor: 'the engine', card: cardOf(version) },
      reason: version.run === null ? '' : 'A run has passed its gates',
    }),
  );
  return { life, details };
}

function youngLife(now: number): { life: ModelLife; details: VersionDetail[] } {
  const version = onlineOf('young');
  const life = ModelLife.parse({
    ...{ model: 'young', revision: 1, champion: '1', plan: ModelPlan.parse({}) },
    sentence: 'The online learner serves all users; nothing has been trained yet.',
    versions: [
      {
        ...listed(version),
        ...{ madeAt: now - 2 * day, actor: 'the engine', roles: ['champion'] },
        ...{ gatesPassed: null, deleted: false },
      },
    ],
    ...{ release: null, releases: [] },
    served: [
      {
        ...{ from: now - 2 * day, to: null, shares: [{ version: '1', share: 1 }] },
        ...{ actor: 'the engine', reason: 'The first event' },
      },
    ],
  });
  const detail = { version, madeAt: now - 2 * day, actor: 'the engine', reason: '', card: '' };
  return { life, details: [VersionDetail.parse(detail)] };
}

const durations: Record<(typeof runSteps)[number], number> = {
  ...{ snapshot: 14_000, train: 96_000, calibrate: 6_000 },
  ...{ export: 4_000, gates: 41_000, register: 900 },
};
const said: Record<(typeof runSteps)[number], string> = {
  snapshot: '312 000 examples of 4 100 users, 3 left out.',
  train: '214 trees; the last 30 were no better.',
  calibrate: 'Platt, over 31 200 examples.',
  export: '1.2 MB; predicts 256 rows the same.',
  gates: 'All passed.',
  register: 'Version 1.4.',
};

/** @param until steps before it are done, and it is in the state; undefined: all are done */
function stepsOf(
  startedAt: number,
  until?: (typeof runSteps)[number],
  state: 'running' | 'failed' = 'running',
  sentence = '',
): TrainingRun['steps'] {
  const last = until === undefined ? runSteps.length : runSteps.indexOf(until);
  let at = startedAt;
  return runSteps.map((name, i) => {
    if (i > last) {
      const later = state === 'failed' ? ('skipped' as const) : ('waiting' as const);
      return { name, state: later, startedAt: null, endedAt: null, sentence: '' };
    }
    const begun = at;
    at += durations[name];
    if (i === last) {
      const endedAt = state === 'failed' ? at : null;
      return { name, state, startedAt: begun, endedAt, sentence };
    }
    return { name, state: 'done', startedAt: begun, endedAt: at, sentence: said[name] };
  });
}

function curvesOf(rounds: number): TrainingRun['curves'] {
  const losses = (floor: number, turn: number) =>
    Array.from({ length: rounds }, (_, i) => {
      const late = Math.max(0, i - turn) / rounds;
      return floor + (0.69 - floor) * Math.exp(-i / 28) + 0.05 * late * late;
    });
  return [
    { name: 'training', losses: losses(0.47, rounds) },
    { name: 'validation', losses: losses(0.519, 140) },
    {
      name: 'search',
      losses: Array.from({ length: 24 }, (_, i) => 0.523 + 0.02 * Math.abs(Math.sin(i * 7)) ** 3),
    },
  ];
}

function fakeRuns(now: number): TrainingRun[] {
  const run = (part: object) =>
    TrainingRun.parse({
      ...{ model: 'answer', snapshot: hash('e'), version: null, curves: [], log: [] },
      ...{ endedAt: null, sentence: '' },
      ...part,
    });
  const running = now - 58_000;
  const full = 162_000;
  return [
    run({
      ...{ id: 'run-7', state: 'running', startedAt: running, curves: curvesOf(120) },
      cause: { kind: 'manual', sentence: `María Klein: ${script}` },
      steps: stepsOf(running, 'train', 'running', '120 of at most 300 trees.'),
      log: [
        { at: running, sentence: 'Reading examples of the last 90 days.' },
        { at: running + 14_000, sentence: said.snapshot },
        { at: running + 50_000, sentence: 'Round 120: 0.5231 of what was kept aside.' },
      ],
    }),
    run({
      ...{ id: 'run-6', state: 'cancelled', startedAt: now - 20 * hour },
      endedAt: now - 20 * hour + 61_000,
      cause: { kind: 'schedule', sentence: 'The champion is 13 days old, 7 are allowed.' },
      steps: stepsOf(now - 20 * hour, 'train', 'failed', 'Cancelled.'),
      sentence: 'Cancelled by María Klein: the examples of that day are wrong.',
    }),
    run({
      ...{ id: 'run-4', state: 'done', startedAt: now - 40 * hour - full, version: '1.4' },
      endedAt: now - 40 * hour,
      cause: {
        ...{ kind: 'drift', sentence: 'Column context.device drifts: PSI 0.34 against 0.2.' },
        figures: { psi: 0.34, limit: 0.2 },
      },
      steps: stepsOf(now - 40 * hour - full),
      curves: curvesOf(214),
      sentence: 'Version 1.4 passed all gates.',
      log: [{ at: now - 40 * hour, sentence: 'Version 1.4.' }],
    }),
    run({
      ...{ id: 'run-5', state: 'failed', startedAt: now - 3 * day, snapshot: null },
      endedAt: now - 3 * day + 14_000,
      cause: {
        ...{ kind: 'volume', sentence: '262 000 new examples, as many as it has learnt from.' },
        figures: { examples: 262_000, share: 1 },
      },
      steps: stepsOf(now - 3 * day, 'snapshot', 'failed', 'The storage does not answer.'),
      sentence: 'Failed: the storage does not answer.',
    }),
    run({
      ...{ id: 'run-3', state: 'refused', startedAt: now - 12 * day, version: '1.3' },
      endedAt: now - 12 * day + full,
      cause: {
        kind: 'performance',
        sentence: 'Log loss 0.561 against 0.540 that were expected.',
        figures: { logLoss: 0.561, expected: 0.54 },
      },
      steps: stepsOf(now - 12 * day).map((each) =>
        each.name === 'gates'
          ? { ...each, state: 'failed' as const, sentence: 'Log loss 0.004 above the champion’s.' }
          : each,
      ),
      curves: curvesOf(180).slice(0, 2),
      sentence: 'Refused: log loss 0.004 above the champion’s.',
    }),
  ];
}

export function fakeModelLife(now: number): FakeModelLife {
  const all = [answerLife(now), youngLife(now)];
  return {
    now,
    lives: new Map(all.map(({ life }) => [life.model, life])),
    details: new Map(
      all.flatMap(({ details }) =>
        details.map((detail) => [`${detail.version.model}@${detail.version.version}`, detail]),
      ),
    ),
    runs: fakeRuns(now),
    refusal: undefined,
    evidence: null,
    written: [],
  };
}

/** What the engine would answer with another status than 200. */
export class Declined extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

export interface LifeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly actor: string;
}

/** @returns undefined for a route that is none of these @throws Declined */
export function answerModelLife(held: FakeModelLife, request: LifeRequest): unknown {
  const { method, path, query, body, actor } = request;
  if (method !== 'GET') {
    held.written.push(`${method} ${path} ${JSON.stringify(body)}`);
    if (held.refusal !== undefined) {
      const { status, detail } = held.refusal;
      throw new Declined(status, detail);
    }
  }
  const [, , collection, name = '', part, version = ''] = path.split('/').map(decodeURIComponent);
  if (collection === 'model-lives') {
    return {
      models: [...held.lives.values()].map(({ model, revision, sentence, champion }) => ({
        ...{ model, revision, sentence, champion },
      })),
    } satisfies ModelLivesAnswer;
  }
  if (collection === 'retraining') return answerRuns(held, request, name, part);
  const life = held.lives.get(name);
  if (life === undefined) throw new Declined(404, `There is no model ${name} that has versions.`);
  if (part === 'life') return ModelLife.parse(life);
  if (part === 'versions') {
    const detail = held.details.get(`${name}@${version}`);
    if (detail === undefined) throw new Declined(404, `${name} has no version ${version}.`);
    if (method === 'GET') return detail;
    WithReason.parse(body);
    return store(held, {
      ...life,
      versions: life.versions.map((each) =>
        each.version === version ? { ...each, deleted: true } : each,
      ),
    });
  }
  if (part === 'rollback-preview') return previewOf(life, query.get('version') ?? '');
  if (part === 'rollback') {
    const { version: to, reason } = RollbackRequest.parse(body);
    return store(held, withChampion(life, to, reason, actor));
  }
  if (part === 'releases') {
    const { version: of, reason } = ReleaseRequest.parse(body);
    const at = Date.now();
    const release = Release.parse({
      ...{ id: `release-${of}-again`, version: of, against: life.champion, phase: 'shadow' },
      ...{ step: -1, share: 0, since: at, paused: false, awaits: null },
      steps: [step(at, `Begun by hand: ${reason}`, 'shadow', 0, null, actor)],
    });
    return store(held, { ...life, release });
  }
  if (part === 'release' && method === 'GET') {
    const { now: at, evidence } = held;
    return ReleaseNow.parse({ release: life.release, at, evidence });
  }
  if (part === 'release') return move(held, life, ReleaseMove.parse(body), actor);
  if (part === 'plan') {
    const { plan, revision } = PlanRequest.parse(body);
    if (revision !== life.revision) {
      throw new Declined(409, `It is at revision ${life.revision} now. Read it again.`);
    }
    return store(held, { ...life, plan });
  }
  return undefined;
}

function store(held: FakeModelLife, life: ModelLife): ModelLife {
  const next = { ...life, revision: life.revision + 1 };
  held.lives.set(life.model, next);
  return ModelLife.parse(next);
}

function previewOf({ champion }: ModelLife, to: string): RollbackPreview {
  return {
    ...{ to, from: champion, users: to === '1' ? null : 4_120 },
    ...{ before: to === '1' ? null : 0.1792, after: to === '1' ? null : 0.1815 },
    sentence:
      to === '1'
        ? `All users, too few to be counted here, are served by version ${to}.`
        : `All users, 4,120 in the last week, are served by version ${to} in the place of ${champion}. Its Brier score was 0.1815.`,
  };
}

function withChampion(life: ModelLife, to: string, reason: string, actor: string): ModelLife {
  const at = Date.now();
  return {
    ...life,
    ...{ champion: to, sentence: `Version ${to} is champion again.`, release: null },
    versions: life.versions.map((each) => ({
      ...each,
      roles: each.version === to ? ['champion' as const] : [],
    })),
    served: [
      ...life.served.map((each) => (each.to === null ? { ...each, to: at } : each)),
      { from: at, to: null, shares: [{ version: to, share: 1 }], actor, reason },
    ],
  };
}

function move(
  held: FakeModelLife,
  life: ModelLife,
  { move: name, reason }: z.output<typeof ReleaseMove>,
  actor: string,
): ModelLife {
  const { release } = life;
  if (release === null) throw new Declined(422, 'No release is under way.');
  const at = Date.now();
  const words = { pause: 'Paused', resume: 'Resumed', abort: 'Aborted', approve: 'Agreed to' };
  const phase = name === 'abort' ? 'aborted' : release.phase;
  const share = name === 'abort' ? 0 : release.share;
  const next: Release = {
    ...release,
    ...{ phase, share, since: at },
    paused: name === 'pause' ? true : name === 'resume' ? false : release.paused,
    awaits: name === 'approve' ? null : release.awaits,
    steps: [...release.steps, step(at, `${words[name]}: ${reason}`, phase, share, null, actor)],
  };
  if (name !== 'abort') return store(held, { ...life, release: next });
  const versions = life.versions.map((each) =>
    each.version === release.version ? { ...each, roles: [] } : each,
  );
  return store(held, { ...life, versions, release: null, releases: [next, ...life.releases] });
}

function answerRuns(
  held: FakeModelLife,
  { method, query, body }: LifeRequest,
  id: string,
  part: string | undefined,
): unknown {
  if (method === 'POST' && id === '') {
    const { model, reason } = RunRequest.parse(body);
    const started: TrainingRun = {
      ...{ id: `run-of-${model}`, model, state: 'running', startedAt: Date.now(), endedAt: null },
      cause: { kind: 'manual', sentence: reason, figures: {} },
      steps: runSteps.map((name) => ({
        ...{ name, state: 'waiting', startedAt: null, endedAt: null, sentence: '' },
      })),
      ...{ snapshot: null, version: null, curves: [], sentence: '', log: [] },
    };
    held.runs = [started, ...held.runs];
    return StartedRun.parse(started);
  }
  if (id === '') {
    const model = query.get('model');
    const sentences: Record<string, string> = {
      answer:
        'None begins by itself before 18:40: the last run was two hours ago, and six are kept between two.',
      young: '1 240 labelled examples are stored; 2 000 are needed for a first run.',
    };
    return TrainingRunsAnswer.parse({
      runs: held.runs
        .filter((run) => model === null || run.model === model)
        .map(({ log: _, curves: __, ...run }) => run),
      outlook: [...held.lives.keys()]
        .filter((each) => model === null || each === model)
        .map((each) => ({ model: each, sentence: sentences[each] ?? '' })),
    });
  }
  const run = held.runs.find((each) => each.id === id);
  if (run === undefined) throw new Declined(404, `There is no training run ${id}.`);
  if (part === 'cancel') {
    const { reason } = WithReason.parse(body);
    const cancelled: TrainingRun = {
      ...run,
      ...{ state: 'cancelled', endedAt: Date.now(), sentence: `Cancelled: ${reason}` },
    };
    held.runs = held.runs.map((each) => (each.id === id ? cancelled : each));
    return { id };
  }
  const { release, releases = [] } = held.lives.get(run.model) ?? {};
  const its = [release, ...releases].find((each) => each != null && each.version === run.version);
  return TrainingRunDetail.parse({ run, release: its ?? null });
}
