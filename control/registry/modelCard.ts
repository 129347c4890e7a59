/**
 * The card of a version, in Markdown: what it is, what it has learnt from, what was found of it, who released it, and its limits.
 *
 * Nothing is said but what the registry knows; what it does not know is said to be unknown.
 *
 * Source: Mitchell et al. 2019, "Model cards for model reporting" (its sections, as far as they are known here).
 */
import type { GateCheck, GateReport } from '../../contracts/gateReport.ts';
import type { ModelFeature, ModelVersion, VersionKind } from '../../contracts/modelVersion.ts';
import { counted, figure, percent, sentence } from '../words.ts';
import type { KnownModel, KnownVersion } from './modelRegistry.ts';
import { sharesOf } from './servedAt.ts';

const kindWords: Readonly<Record<VersionKind, string>> = {
  online: 'the online learner by itself, which learns from every label',
  linear: 'a linear model',
  trees: 'gradient-boosted trees',
  network: 'a neural network',
  machine: 'a factorization machine',
  imported: 'a model from elsewhere',
};

const taskWords = {
  binary: 'the probability that the outcome is 1',
  regression: 'a number',
} as const;

export function modelCard(model: KnownModel, known: KnownVersion): string {
  const { version } = known;
  const parts = [
    `# ${model.model} ${version.version}`,
    whatItIs(model, known),
    `## Data\n\n${data(version)}`,
    `## Metrics\n\n${metrics(version)}`,
    `## Gates\n\n${gates(version.gates)}`,
    `## Groups\n\n${groups(version.gates)}`,
    `## Calibration\n\n${calibration(version)}`,
    `## Lineage\n\n${lineage(known)}`,
    `## Release\n\n${releases(model, version)}`,
    `## Limits\n\n${limits(version)}`,
    ...(version.notes === '' ? [] : [`## Notes of its maker\n\n${quoted(version.notes)}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function whatItIs({ pipeline }: KnownModel, { version, removed }: KnownVersion): string {
  const { kind, task, features, trainer, parameters, seed } = version;
  const lines = [
    `It is ${kindWords[kind]}. It predicts ${taskWords[task]}, in the pipeline ${plain(pipeline)}.`,
    ...(removed ? ['It is deleted: its file may be gone.'] : []),
    `It was made by: ${plain(trainer) || unknown}.`,
    ...(kind === 'online' ? [] : [`Seed: ${seed ?? unknown}.`]),
    Object.keys(parameters).length === 0
      ? `Parameters: ${kind === 'online' ? 'those of the learner' : unknown}.`
      : table(
          ['parameter', 'value'],
          Object.entries(parameters).map(([name, value]) => [name, String(value)]),
        ),
    features.length === 0
      ? 'Features: none are declared.'
      : `It reads ${counted(features.length, 'feature')}:\n\n${featureTable(features)}`,
  ];
  return lines.join('\n\n');
}

function featureTable(features: readonly ModelFeature[]): string {
  const direction = { '-1': 'only falls with it', '0': 'any', '1': 'only rises with it' } as const;
  return table(
    ['feature', 'kind', 'prediction'],
    features.map(({ name, kind, monotone }) => [name, kind, direction[`${monotone}`]]),
  );
}

function data({ data: trainedOn, kind }: ModelVersion): string {
  if (kind === 'online') {
    return 'It learns from each label of the stream, after it has predicted; it has no fixed set of examples.';
  }
  if (trainedOn === null) return 'Unknown: whoever made it did not say what it has learnt from.';
  const { rows, from, to, excludedUsers, snapshot } = trainedOn;
  return [
    `${counted(rows, 'example')} from ${instant(from)} to ${instant(to)}.`,
    `${counted(excludedUsers, 'user')} left out, who were erased or have objected.`,
    `Hash of the examples: \`${snapshot}\`.`,
  ].join(' ');
}

function metrics({ metrics: found }: ModelVersion): string {
  const rows = Object.entries(found).map(([name, value]) => [name, number(value)]);
  if (rows.length === 0) return 'Unknown: none were recorded when it was registered.';
  return `Of the latest examples, which it had not seen:\n\n${table(['metric', 'value'], rows)}`;
}

function gates(report: GateReport | null): string {
  if (report === null) return 'It passed through no gate.';
  const { passed, against, at } = report;
  const compared =
    against === null ? 'It was compared with no other version' : `It was compared with ${against}`;
  return [
    `${passed ? 'None failed' : 'It failed'}, on ${instant(at)}. ${compared}.`,
    table(
      ['gate', 'outcome', 'found'],
      report.gates.map(({ gate, outcome, sentence: found }) => [gate, outcome, sentence(found)]),
    ),
  ].join('\n\n');
}

function checksOf(report: GateReport | null, gate: GateReport['gates'][number]['gate']) {
  return report?.gates.filter((each) => each.gate === gate).flatMap(({ checks }) => checks) ?? [];
}

function groups(report: GateReport | null): string {
  const checks = checksOf(report, 'slices');
  if (checks.length === 0) return 'Unknown: no group was judged apart.';
  return checkTable(checks);
}

function calibration({ calibration: by, gates: report, kind }: ModelVersion): string {
  const first =
    by !== null
      ? `Its scores are calibrated by the method ${by}.`
      : kind === 'online'
        ? 'The online learner is not calibrated apart.'
        : 'Its scores are taken as they are.';
  const checks = checksOf(report, 'calibration');
  if (checks.length === 0) return `${first} How well its scores agree with outcomes is unknown.`;
  return `${first}\n\n${checkTable(checks)}`;
}

function checkTable(checks: readonly GateCheck[]): string {
  const or = (value: number | null) => (value === null ? unknown : number(value));
  return table(
    ['check', 'value', 'interval', 'bound', 'examples', 'passed'],
    checks.map(({ name, value, lower, upper, bound, count, passed }) => [
      name,
      or(value),
      lower === null && upper === null ? unknown : `${or(lower)} to ${or(upper)}`,
      bound === null ? 'none' : number(bound),
      count === null ? unknown : count.toLocaleString('en'),
      passed ? 'yes' : 'no',
    ]),
  );
}

function lineage({ version, madeAt, by }: KnownVersion): string {
  const { parent, run, artifact, golden } = version;
  const file = ({ sha256, bytes }: { sha256: string; bytes: number }) =>
    `\`${sha256}\`, ${counted(bytes, 'byte')}`;
  return [
    `- Registered on ${instant(madeAt)} by ${plain(by.actor)}: ${sentence(plain(by.reason) || 'no reason was given')}`,
    `- Champion at that time: ${parent ?? 'none'}`,
    `- Retraining run: ${run === null ? 'none' : plain(run)}`,
    `- File: ${artifact === null ? 'none' : file(artifact)}`,
    `- Rows whose predictions are known: ${golden === null ? 'none' : file(golden)}`,
  ].join('\n');
}

function releases(model: KnownModel, { version }: ModelVersion): string {
  const steps = model.releases
    .filter((release) => release.version === version)
    .flatMap(({ steps: of }) => of)
    .map(
      ({ at, actor, sentence: what }) =>
        `- ${instant(at)}, ${plain(actor)}: ${sentence(plain(what))}`,
    );
  const changes = model.served.flatMap(({ serving, at, by }, i) => {
    const past = model.served[i - 1];
    const before = past === undefined ? 0 : shareOf(past.serving, version);
    const share = shareOf(serving, version);
    if (share === before) return [];
    const what = share === 0 ? 'it serves nobody any more' : `it serves ${percent(share)} of users`;
    const why = plain(by.reason) || 'no reason was given';
    return [`- ${instant(at)}: ${what}, by ${plain(by.actor)}: ${sentence(why)}`];
  });
  return [
    steps.length === 0
      ? 'No release of it was begun.'
      : `Steps of its releases:\n\n${steps.join('\n')}`,
    changes.length === 0 ? 'It has served nobody.' : `Whom it has served:\n\n${changes.join('\n')}`,
  ].join('\n\n');
}

function shareOf(serving: KnownModel['serving'], version: string): number {
  return sharesOf(serving).find((each) => each.version === version)?.share ?? 0;
}

function limits({ data: trainedOn, gates: report, metrics: found, kind }: ModelVersion): string {
  const failed = report?.gates.filter(({ outcome }) => outcome === 'failed') ?? [];
  const skipped = report?.gates.filter(({ outcome }) => outcome === 'skipped') ?? [];
  const names = (of: typeof failed) => of.map(({ gate }) => gate).join(', ');
  return [
    ...(trainedOn === null
      ? []
      : [`- It has learnt nothing of what came after ${instant(trainedOn.to)}.`]),
    ...(failed.length === 0 ? [] : [`- It failed at: ${names(failed)}.`]),
    ...(skipped.length === 0 ? [] : [`- Nothing could be asked about: ${names(skipped)}.`]),
    ...(report === null ? ['- No gate has judged it.'] : []),
    ...(kind !== 'online' && Object.keys(found).length === 0
      ? ['- How good it is was not recorded.']
      : []),
    '- It says what is likely, not why: a feature that it leans on need not be a cause.',
    '- For which uses it was meant or not meant beyond this model’s is not recorded.',
  ].join('\n');
}

const unknown = 'unknown';

/** UTC, to the minute. */
function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Small differences count: four digits. */
function number(value: number): string {
  return Math.abs(value) >= 100 ? figure(value) : String(Number(value.toPrecision(4)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((cells) => line(cells.map(plain))),
  ].join('\n');
}

/** Text from outside, on one line: no Markdown and no HTML comes of it. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}

/** Text from outside, of several lines. */
function quoted(text: string): string {
  return text
    .split(/\r?\n/)
    .map((each) => `> ${plain(each)}`.trimEnd())
    .join('\n');
}
