/** Every word of the pages of a model's versions: to be read as a whole, and written for people who know no statistics. */
import type { GateName, GateResult } from '../../contracts/gateReport.ts';
import type { VersionKind } from '../../contracts/modelVersion.ts';
import type { ReleasePhase } from '../../contracts/release.ts';

const space = '\u00a0';

/** "1 version", "2 versions" */
export function plural(count: number, one: string, many: string): string {
  return `${count}${space}${count === 1 ? one : many}`;
}

export const words = {
  models: 'Models',
  versions: 'Versions',
  none: '–',
  waiting: 'Asking the engine which versions there are …',
  of: (model: string) => `Versions of ${model}`,
  absent: 'There is no such model',
  absentText:
    'Only models that the engine itself runs have versions. They are known from their first event on.',
  backToList: 'All models',
  copy: (what: string) => `Copy the whole ${what}`,
  copied: 'Copied',
  online: 'Online learner',
} as const;

export const kindWords: Record<VersionKind, string> = {
  online: 'Online learner',
  linear: 'Linear model',
  trees: 'Boosted trees',
  network: 'Neural network',
  machine: 'Factorization machine',
  imported: 'From elsewhere',
};

export const gateWords: Record<GateName, string> = {
  schema: 'Schema',
  golden: 'Golden rows',
  holdout: 'Quality on new examples',
  calibration: 'Calibration',
  slices: 'Slices and groups',
  latency: 'Latency',
  size: 'Size',
  churn: 'Churn',
};

export const gateTexts: Record<GateName, string> = {
  schema: 'Whether the file takes the features that are served, and answers with one number each.',
  golden: 'Whether the runtime predicts for known rows what the trainer predicted.',
  holdout:
    'Whether it predicts the latest examples, which it had not seen, no worse than the champion.',
  calibration: 'Whether a prediction of 70 % comes true in about 70 % of cases.',
  slices: 'Whether it is clearly worse than the champion for some part of the users.',
  latency: 'How long one row takes, for all but one in a hundred.',
  size: 'How large the file is.',
  churn:
    'How many predictions change sides: above one half with one version, below with the other.',
};

export const outcomeWords: Record<GateResult['outcome'], string> = {
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
};

export const metricWords: Readonly<Record<string, string>> = {
  logLoss: 'Log loss',
  brier: 'Brier score',
  auc: 'AUC',
  accuracy: 'Accuracy',
  calibrationError: 'Calibration error',
  meanAbsoluteError: 'Mean absolute error',
  rootMeanSquareError: 'Root mean square error',
};

export const roleWords = {
  champion: 'Champion',
  challenger: 'In release',
  shadow: 'Shadow',
  none: 'Idle',
  former: 'Former champion',
  deleted: 'Deleted',
} as const;

export const head = {
  rollback: 'Roll back …',
  release: 'Release a version …',
  train: 'Retraining',
  plan: 'Change the plan',
  quality: 'How well it does',
  revision: (revision: number) => `revision ${revision}`,
  champion: (version: string) => `champion ${version}`,
  versions: (count: number) => plural(count, 'version', 'versions'),
  bar: 'What serves now',
  serves: (version: string, share: string) => `Version ${version} serves ${share}`,
  onlyOne: 'There is no other version to go back to.',
} as const;

export const traffic = {
  title: 'What served when',
  chart: 'Share of users by version',
  text: 'Each change has its number; what was done and why stands beneath.',
  means:
    'Share of the users whose predictions came from each version. In shadow a version predicts as well, but serves nobody.',
  share: 'Share of users',
  uncompared:
    'Not compared with the range before: which version served whom was chosen, not measured. Show the range before by “[”.',
  unserved: 'Nothing has served yet',
  unservedText: 'From the first event on it is seen here which version served whom.',
  became: (shares: string) => `Served: ${shares}`,
  part: (version: string, share: string) => `${version} (${share})`,
} as const;

export const release = {
  title: (version: string, against: string) => `Release of ${version}, to replace ${against}`,
  trialTitle: (champion: string) => `Trial of the new champion ${champion}`,
  trialOf: (champion: string) => `trial of ${champion}`,
  waitsTrial: (former: string, rows: string, champion: string) =>
    `The former champion ${former} predicts beside it in shadow. It comes back if it is shown to be better within ${rows} labelled predictions; otherwise ${champion} stays.`,
  waitsTrialPaused: (former: string) =>
    `Somebody has paused it: it has no end. The former champion ${former} would still come back if it is shown to be better.`,
  trialEnds: { withdrawn: 'Champion stays', promoted: 'Came back' },
  shadow: 'Shadow',
  champion: 'Champion',
  shadowText: 'serves nobody',
  championText: 'serves all',
  since: (ago: string) => `since ${ago}`,
  done: 'done',
  ahead: 'to come',
  here: 'here',
  stages: 'Steps of the release',
  paused: 'Paused',
  under: 'Under way',
  awaits: 'Waits for somebody',
  waitsTitle: 'What it waits for',
  waitsPaused:
    'Somebody has paused it: it goes on serving whom it serves, and goes no further. Harm would still end it.',
  waitsCanary: 'Somebody must agree before the first user is served by it.',
  waitsChampion: 'Somebody must agree before it is champion.',
  waitsShadow: (rows: string, most: string) =>
    `Evidence that it is better, from at least ${rows} labelled predictions. If ${most} do not show it, it is withdrawn.`,
  waitsShadowGain: (gain: string, rows: string, most: string) =>
    `Evidence that it is better by ${gain}, from at least ${rows} labelled predictions. If ${most} do not show it, it is withdrawn.`,
  waitsCanaryRows: (rows: string, next: string) =>
    `${rows} labelled predictions of its users; then ${next}.`,
  waitsCanaryBoth: (rows: string, span: string, next: string) =>
    `${rows} labelled predictions of its users, and ${span} at the least; then ${next}.`,
  nextShare: (share: string) => `it serves ${share}`,
  nextChampion: 'it becomes champion, if it is shown to be better',
  pause: 'Pause …',
  resume: 'Resume …',
  abort: 'Abort …',
  approve: 'Approve …',
  tiles: 'Guardrails',
  paired: 'Brier score, less the champion’s',
  pairedMeans:
    'Both versions predict the same rows, whoever is served. Mean difference of their squared errors: below 0 it is better. The interval holds at all times together: it may be read, and acted on, at any of them (Howard et al. 2021).',
  arms: 'Outcomes of its users, less the others’',
  armsMeans:
    'Mean first outcome of users in this stage who are served by it, less that of those who are not. A prediction may change what people do; predictions alone do not show that. The interval holds at all times together.',
  armsNone: 'Nobody is served yet',
  alike: '±0',
  noEvidence: 'No evidence yet',
  noEvidenceText: 'It is there with the first labels of what both have predicted.',
  evidenceAt: (when: string) => `as of ${when}`,
  count: (count: string) => `${count} labelled predictions`,
  users: (users: string, others: string) => `${users} users against ${others}`,
  between: (low: string, high: string) => `between ${low} and ${high}`,
  judged: {
    better: 'Better',
    worse: 'Worse',
    open: 'Not told apart yet',
    harmless: 'No harm seen',
    harmful: 'Harmful',
    unknown: 'No data yet',
  },
  course: 'Evidence by step',
  courseText:
    'At each step that rested on it, and now: estimate, interval, and the line where both are alike.',
  pairedTitle: 'Brier score, less the champion’s',
  armsTitle: 'Outcomes of its users, less the others’',
  countTitle: 'Labelled predictions',
  columns: {
    mean: 'Difference',
    low: 'From',
    width: 'Width',
    high: 'To',
    arms: 'Outcomes: difference',
    armsLow: 'Outcomes: from',
    armsWidth: 'Outcomes: width',
    armsHigh: 'Outcomes: to',
    count: 'Labelled predictions',
  },
  needed: 'needed',
  log: (count: number) => plural(count, 'step so far', 'steps so far'),
  none: 'No release is under way',
  noneText: 'A version that has passed its gates is released by itself, or by hand:',
  noneManual: 'The plan says that releases are begun by hand:',
  nothingToRelease: 'There is nothing to release: no version besides the champion has a file.',
  earlier: 'Earlier releases',
  when: 'Ended',
  version: 'Version',
  against: 'Instead of',
  outcome: 'Came to',
  lasted: 'Lasted',
  why: 'Why',
} as const;

export const phaseWords: Record<ReleasePhase, string> = {
  shadow: 'In shadow',
  canary: 'Canary',
  promoted: 'Promoted',
  withdrawn: 'Withdrawn',
  aborted: 'Aborted',
};

export const list = {
  title: 'Versions',
  text: 'The newest first. Choose two to compare them.',
  compare: (version: string) => `Compare ${version}`,
  compareHead: 'Compare',
  version: 'Version',
  made: 'Made',
  gates: 'Gates',
  role: 'Role',
  share: 'Serves now',
  served: 'Served in all',
  servedMeans: 'Time in which at least one user was served by it.',
  shareMeans: 'Share of the users whose predictions come from it.',
  gatesMeans:
    'What is asked of a version before it may be released. The online learner is asked nothing: it can always serve.',
  passed: 'Passed',
  failed: 'Failed',
  ungated: 'Not asked',
  gatesPassed: 'gates passed',
  gatesFailed: 'gates failed',
  byRun: 'by a run',
  by: (actor: string) => `by ${actor}`,
  never: 'never',
  one: 'One more to compare: choose a second version.',
  onlyOnline: 'There is one version: the online learner',
  onlyOnlineText:
    'It learns from each event and can always serve. A version that is trained on the past stands beside it after the first retraining run:',
  train: 'Go to retraining',
  importText: 'Or take in a model from elsewhere: ONNX, LightGBM’s text or XGBoost’s JSON.',
  importLabel: 'Command: take in a model',
  metricMeans: 'Of the latest examples, which it had not seen when it was made.',
} as const;

export const compared = {
  title: (left: string, right: string) => `${left} and ${right}, side by side`,
  clear: 'Compare no more',
  what: 'What',
  difference: 'Difference',
  differs: 'Differs',
  same: 'Same',
  metrics: 'Quality on examples that neither had seen',
  metricsText:
    'Each of the latest examples of its own time: exactly comparable only within a gate report.',
  origin: 'What they are made of',
  features: 'Features',
  parameters: 'Parameters',
  gates: 'Gates',
  better: 'better',
  worse: 'worse',
  kind: 'Kind',
  trainer: 'Trainer',
  calibration: 'Calibration',
  uncalibrated: 'as they are',
  rows: 'Examples',
  from: 'First example',
  to: 'Last example',
  excluded: 'Users left out',
  snapshot: 'Snapshot',
  seed: 'Seed',
  bytes: 'File',
  parent: 'Champion then',
  count: 'Features',
  added: (version: string) => `Only in ${version}`,
  changed: 'Read otherwise',
  allSame: 'Both read the same features in the same way.',
  noParameters: 'Neither has parameters.',
  ungated: 'Neither has passed through gates.',
  notAsked: 'Not asked',
  isAbsent: (version: string) => `There is no version ${version} to compare.`,
} as const;

export const detail = {
  absent: 'There is no such version',
  absentText: 'The model has no version of this name. Those that it has are in the list.',
  backToList: 'All versions',
  version: (version: string) => `Version ${version}`,
  sentence: {
    champion: (version: string, share: string) =>
      `Version ${version} is the champion and serves ${share} of the users.`,
    release: (version: string, share: string) =>
      `Version ${version} is in release and serves ${share} of the users.`,
    releaseShadow: (version: string) =>
      `Version ${version} is in release: it predicts beside the champion and serves nobody yet.`,
    shadow: (version: string) => `Version ${version} predicts in shadow and serves nobody.`,
    former: (version: string, time: string) =>
      `Version ${version} has served for ${time}; it is idle now.`,
    refused: (version: string) => `Version ${version} did not pass its gates and has never served.`,
    idle: (version: string) => `Version ${version} has never served.`,
    deleted: (version: string) =>
      `Version ${version} was deleted: its file is gone, its record remains.`,
  },
  release: 'Release …',
  rollback: 'Make it champion now …',
  remove: 'Delete …',
  compare: 'Compare with the champion',
  card: 'Model card',
  cardText: 'What it is, for those who answer for it.',
  download: 'Download (Markdown)',
  facts: 'What it is made of',
  kind: 'Kind',
  trainer: 'Trainer',
  made: 'Made',
  by: 'By',
  reason: 'Why',
  run: 'Retraining run',
  parent: 'Champion then',
  task: 'Predicts',
  tasks: { binary: 'a probability', regression: 'a number' },
  calibration: 'Calibration',
  seed: 'Seed',
  file: 'File',
  golden: 'Golden rows',
  rows: 'Examples',
  span: 'From … to',
  excluded: 'Users left out',
  excludedText: 'erased, or objected',
  snapshot: 'Snapshot',
  noData: 'What it has learnt from is not told.',
  onlineData: 'It learns from each event, all the time.',
  notes: 'Notes',
  metrics: 'Quality on examples that it had not seen',
  parameters: 'Parameters',
  features: (count: number) => plural(count, 'feature', 'features'),
  feature: 'Feature',
  featureKind: 'Kind',
  monotone: 'May only',
  monotoneWords: { '1': 'rise with it', '-1': 'fall with it', '0': words.none },
  featureKinds: { numeric: 'number', categorical: 'code' },
  gates: 'Gates',
  gatesPassed: (against: string) => `All passed, compared with ${against}.`,
  gatesPassedAlone: 'All passed; there was no champion to compare with.',
  gatesFailed: (count: number, against: string) =>
    `${plural(count, 'gate has', 'gates have')} failed, compared with ${against}.`,
  gatesFailedAlone: (count: number) => `${plural(count, 'gate has', 'gates have')} failed.`,
  gatesAt: (when: string) => `Asked ${when}.`,
  ungated: 'It passed through no gates',
  ungatedText: 'The online learner is asked nothing: it can always serve.',
  check: 'Check',
  value: 'Found',
  interval: 'Interval and bound',
  bound: 'Must not pass',
  examples: 'Examples',
  verdict: 'Verdict',
  unjudged: 'Told beside',
  tiny: 'under 0.000001',
  showAll: (count: number) => `Show all ${count}`,
  showFewer: 'Show fewer',
  passed: 'Passed',
  failed: 'Failed',
  between: (low: string, high: string) => `${low}${space}…${space}${high}`,
} as const;

export const dialogs = {
  rollback: {
    title: (model: string) => `Roll ${model} back`,
    confirm: 'Roll back',
    version: 'Back to',
    effect: 'It takes effect with the next event.',
    aborts: (version: string) => `The release of version ${version} is aborted.`,
    asking: 'Asking what it would bring about …',
  },
  release: {
    title: (model: string) => `Release a version of ${model}`,
    confirm: 'Begin the release',
    version: 'Version',
    shadow: 'It predicts beside the champion first, and serves nobody.',
    canary: (shares: string) =>
      `When it is shown to be better, it serves ${shares} of the users, then all.`,
    from: 'Begins in',
    fromShadow: 'shadow: it proves itself first',
    fromCanary: 'the canary: it serves users at once',
    atOnce: (share: string) =>
      `From the next event on it serves ${share} of the users, without any proof from the shadow.`,
    canarySkipped: (shares: string) =>
      `It serves ${shares} of the users; when the canary as a whole has shown it to be better, all.`,
    ends: 'Harm ends it at once, without anybody.',
    approvals: (what: string) => `Somebody must agree ${what}.`,
    approvalWords: { canary: 'before the first user is served', champion: 'before it is champion' },
    failedGates: 'It has not passed its gates.',
    remarks: 'What speaks against it',
  },
  remove: {
    title: (version: string) => `Delete version ${version}`,
    confirm: 'Delete',
    effect: 'Its file goes. That it was, what it was made of and what was found of it remain.',
    final: 'It cannot serve again, and cannot be brought back.',
  },
  moves: {
    pause: {
      title: (version: string) => `Pause the release of ${version}`,
      confirm: 'Pause',
      effects: ['It goes on serving whom it serves, and goes no further.', 'Harm still ends it.'],
    },
    resume: {
      title: (version: string) => `Resume the release of ${version}`,
      confirm: 'Resume',
      effects: ['It goes on from the step where it is.'],
    },
    abort: {
      title: (version: string) => `Abort the release of ${version}`,
      confirm: 'Abort',
      effects: [
        'From the next event on the champion serves all users.',
        'The version remains, and can be released again.',
      ],
    },
    approve: {
      title: (version: string) => `Approve the release of ${version}`,
      confirm: 'Approve',
      champion: 'From the next event on it is champion and serves all users.',
      firstShare: (share: string) => `From the next event on it serves ${share} of the users.`,
    },
  },
} as const;
