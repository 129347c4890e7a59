/** A model with versions, releases and gates as a registry would have them. */
import type { GateReport } from '../../contracts/gateReport.ts';
import type { ModelEvent } from '../../contracts/modelEvent.ts';
import type { ServedVersion } from '../../contracts/modelRecord.ts';
import type { ModelFeature, ModelVersion } from '../../contracts/modelVersion.ts';
import type { Release } from '../../contracts/release.ts';
import type { DefinitionRow } from '../../control/definitions/definitionRows.ts';
import type { Declared, NewVersion } from '../../control/registry/modelRegistry.ts';

const minute = 60_000;
export const modelStart = Date.UTC(2026, 2, 1, 9);

export const modelFeatures: ModelFeature[] = [
  { name: 'user success', kind: 'numeric', monotone: 1 },
  { name: 'item difficulty', kind: 'numeric', monotone: -1 },
  { name: 'course', kind: 'categorical', monotone: 0 },
];

export const declaredAnswer: Declared = {
  model: 'answer',
  pipeline: 'learning',
  task: 'binary',
  version: '1',
  features: modelFeatures,
};

export function hashOf(letter: string): string {
  return letter.repeat(64);
}

export const passedGates: GateReport = {
  passed: true,
  against: '1',
  at: modelStart,
  gates: [
    { gate: 'schema', outcome: 'passed', sentence: 'reads the three features', checks: [] },
    {
      gate: 'holdout',
      outcome: 'passed',
      sentence: 'Log loss 0.011 below the champion’s.',
      checks: [check("log loss less the champion's", -0.011, [-0.014, -0.008], 0.002, 12_400)],
    },
    {
      gate: 'calibration',
      outcome: 'passed',
      sentence: 'Expected calibration error 0.012.',
      checks: [check('expected calibration error', 0.012, [null, null], 0.05, 12_400)],
    },
    {
      gate: 'slices',
      outcome: 'passed',
      sentence: 'No group is worse.',
      checks: [
        check('log loss in course=algebra', -0.02, [-0.03, -0.01], 0.02, 4_100),
        check('log loss in course=a|b<c>', 0.004, [-0.006, 0.014], 0.02, 310),
      ],
    },
    { gate: 'churn', outcome: 'skipped', sentence: 'there is no champion with a file', checks: [] },
  ],
};

function check(
  name: string,
  value: number,
  [lower, upper]: [number | null, number | null],
  bound: number,
  count: number,
): GateReport['gates'][number]['checks'][number] {
  return { name, value, lower, upper, bound, count, passed: true };
}

export function newVersion(letter: string, given: Partial<NewVersion> = {}): NewVersion {
  return {
    model: 'answer',
    kind: 'trees',
    artifact: { sha256: hashOf(letter), bytes: 18_400 },
    golden: { sha256: hashOf('0'), bytes: 900 },
    data: {
      snapshot: hashOf('d'),
      from: Date.UTC(2025, 11, 1),
      to: Date.UTC(2026, 1, 28, 22, 30),
      rows: 62_000,
      excludedUsers: 3,
    },
    trainer: 'trees',
    parameters: { rounds: 120, learningRate: 0.1 },
    seed: 7,
    calibration: 'platt',
    metrics: { logLoss: 0.51234, auc: 0.7864 },
    gates: passedGates,
    run: null,
    notes: '',
    ...given,
  };
}

/** As the registry would register it. */
export function modelVersion(name: string, letter: string, parent = '1'): ModelVersion {
  const rest = { version: name, parent, task: 'binary', features: modelFeatures } as const;
  return { ...newVersion(letter), ...rest };
}

/** @param letter of the file's hash; undefined for the online learner */
export function serves(version: string, letter?: string): ServedVersion {
  return { version, sha256: letter === undefined ? null : hashOf(letter), width: 3 };
}

export function releaseOf(version: string, given: Partial<Release> = {}): Release {
  return {
    id: `release-${version}`,
    version,
    against: '1',
    phase: 'shadow',
    step: -1,
    share: 0,
    since: modelStart,
    paused: false,
    awaits: null,
    steps: [],
    ...given,
  };
}

/** A row of the table, a minute after the one before it. */
export function modelRow(
  revision: number,
  event: ModelEvent | Record<string, unknown>,
  given: Partial<DefinitionRow> = {},
): DefinitionRow {
  return {
    kind: 'model',
    key: 'answer',
    revision,
    writeId: `${revision}`,
    at: modelStart + (revision - 1) * minute,
    actor: 'ada',
    reason: `step ${revision}`,
    definition: JSON.stringify(event),
    ...given,
  };
}

/** Two versions; the first was released in two steps and is champion, the second is in its canary. */
export function sampleHistory(): DefinitionRow[] {
  const shadow = releaseOf('1.1', {
    steps: [step(2, 'shadow', 0, 'begun, since all gates were passed')],
  });
  const canary = {
    ...shadow,
    phase: 'canary' as const,
    step: 0,
    share: 0.25,
    steps: [...shadow.steps, step(3, 'canary', 0.25, 'Brier score 0.004 better')],
  };
  const promoted = {
    ...canary,
    phase: 'promoted' as const,
    share: 0,
    steps: [...canary.steps, step(4, 'promoted', 0, 'Better at all times')],
  };
  const second = releaseOf('1.2', { against: '1.1', phase: 'canary', step: 0, share: 0.05 });
  const challenger = (share: number, stage: string) => {
    return { id: 'release-1.1', version: serves('1.1', 'a'), share, stage };
  };
  const online = serves('1');
  const events: ModelEvent[] = [
    { kind: 'declared', ...declaredAnswer, features: modelFeatures },
    { kind: 'registered', version: modelVersion('1.1', 'a') },
    {
      kind: 'released',
      release: shadow,
      serving: { champion: online, release: challenger(0, 'shadow'), shadows: [] },
    },
    {
      kind: 'released',
      release: canary,
      serving: { champion: online, release: challenger(0.25, 'canary-1'), shadows: [] },
    },
    {
      kind: 'released',
      release: promoted,
      serving: { champion: serves('1.1', 'a'), release: null, shadows: [] },
    },
    { kind: 'registered', version: { ...modelVersion('1.2', 'b', '1.1'), notes: 'with *care*' } },
    {
      kind: 'released',
      release: second,
      serving: {
        champion: serves('1.1', 'a'),
        release: { id: 'release-1.2', version: serves('1.2', 'b'), share: 0.05, stage: 'canary-1' },
        shadows: [online],
      },
    },
  ];
  return events.map((event, i) => modelRow(i + 1, event));
}

function step(at: number, phase: Release['phase'], share: number, sentence: string) {
  return { at: modelStart + at * minute, actor: 'engine', sentence, phase, share, evidence: null };
}
