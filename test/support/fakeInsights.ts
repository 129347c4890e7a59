/** Recommendations in memory for the pages: answers their routes with what the contracts take, and keeps what is changed. */
import type { z } from 'zod';
import { Card, type Evidence, Finding, type InsightAction } from '../../contracts/insight.ts';
import {
  InsightAccept,
  InsightAccepted,
  InsightAnswerGiven,
  InsightDetail,
  InsightKindsAnswer,
  InsightsAnswer,
  InsightsQuery,
} from '../../contracts/insightApi.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export class Unaccepted extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, message: string, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Looked = InsightsAnswer['looked'];
type Kind = InsightKindsAnswer['kinds'][number];

export interface FakeInsights {
  readonly now: number;
  cards: Card[];
  looked: Looked;
  kinds: Kind[];
  /** When a card changed last. */
  changedAt: number;
  /** What `accept` and `answer` answer instead of doing it. */
  refusal: Unaccepted | undefined;
  /** Who asks for the catalogue finds this. */
  readonly history: Map<string, InsightDetail['history']>;
}

/** A line that wanders, and a step at `steppedAt` of its points. */
export function wandering(
  now: number,
  { count, level, step = 0, steppedAt = count, noise = 0.02, everyMs = 6 * hour }: Wandering,
) {
  return Array.from({ length: count }, (_, i) => {
    const at = now - (count - i) * everyMs;
    const wobble = Math.sin(i * 1.7) + 0.6 * Math.cos(i * 0.61);
    const value = level + noise * wobble + (i >= steppedAt ? step : 0);
    return { at, value, lower: value - 1.6 * noise, upper: value + 1.6 * noise };
  });
}

interface Wandering {
  readonly count: number;
  readonly level: number;
  readonly step?: number;
  /** Index of the first point after the step. */
  readonly steppedAt?: number;
  readonly noise?: number;
  readonly everyMs?: number;
}

export function courseOf(
  now: number,
  part: Partial<Extract<Evidence, { kind: 'course' }>> = {},
): Extract<Evidence, { kind: 'course' }> {
  return {
    kind: 'course',
    caption: 'Calibration error of answer, by six hours',
    unit: 'share',
    series: [
      {
        name: 'Calibration error',
        points: wandering(now, {
          count: 40,
          level: 0.028,
          step: 0.046,
          steppedAt: 27,
          noise: 0.005,
        }),
      },
    ],
    reference: { name: 'usual', value: 0.03 },
    marks: [
      { at: now - 3.3 * day, name: 'Version 1.2 became champion' },
      { at: now - 1.2 * day, name: 'Exam week began' },
    ],
    ...part,
  };
}

export function barsOf(
  part: Partial<Extract<Evidence, { kind: 'bars' }>> = {},
): Extract<Evidence, { kind: 'bars' }> {
  const bar = (name: string, value: number, isMeant = false) => ({
    ...{ name, value, isMeant },
    lower: value - 0.018,
    upper: value + 0.018,
  });
  return {
    kind: 'bars',
    caption: 'Share of wrong predictions, by course',
    unit: 'share',
    bars: [
      bar('course=algebra', 0.21),
      bar('course=geometry', 0.19),
      bar('course=evening algebra for adults', 0.34, true),
      bar('course=logic', 0.22),
      bar('course=statistics', 0.2),
    ],
    reference: { name: 'all together', value: 0.215 },
    ...part,
  };
}

const action = (part: Partial<InsightAction> = {}): InsightAction => ({
  label: 'Pause the experiment',
  page: '/experiments/hints',
  request: {
    ...{ method: 'POST', path: '/v1/experiments/hints/pause', body: {} },
    reasonField: 'reason',
  },
  needs: 'operate',
  consequence: 'New students get the control; 1,204 keep what they have.',
  undo: 'Resume it on its page: those who were in it get the same variant again.',
  ...part,
});

export function findingOf(now: number, part: Partial<Finding> = {}): Finding {
  return Finding.parse({
    kind: 'calibration-slipped',
    area: 'models',
    changed: 'Predictions of answer have been too high since version 1.2 serves.',
    why: [
      'Calibration error is 7.4 %; in the three weeks before it was 2.8 %.',
      'It is so in 6 of 7 courses, and most in the evening.',
      'A test over whole days says so: were nothing wrong, it would come to this once in 4,200 times.',
    ],
    ignored:
      'Students who need help are taken for those who do not: about 210 a week get no hint, and the release of 1.3 is judged by wrong figures.',
    evidence: courseOf(now),
    action: action({
      label: 'Calibrate and release anew',
      page: '/models/answer/versions',
      request: {
        method: 'POST',
        path: '/v1/retraining',
        body: { model: 'answer' },
        reasonField: 'reason',
      },
      consequence:
        'A retraining run begins; what it makes is tried in shadow, and released when the gates let it. Nobody gets other predictions before.',
      undo: 'Cancel the run on its page, or roll back after its release.',
    }),
    promise: {
      measure: {
        ...{ kind: 'model', pipeline: 'watch', model: 'answer', figure: 'calibrationError' },
        slice: null,
      },
      unit: 'share',
      better: -1,
      low: -0.05,
      high: -0.02,
      horizonMs: 3 * day,
      sentence: 'Calibration error falls by 2 to 5 points within three days.',
    },
    since: now - 3.3 * day,
    judgedAt: now - hour,
    pValue: 0.00024,
    impact: {
      value: 0.62,
      words: 'about 210 students a week are predicted 4 points too high',
    },
    reach: { share: 0.34, users: 2_140 },
    ...part,
  });
}

export function cardOf(now: number, part: Partial<Card> & Pick<Card, 'id'>): Card {
  return Card.parse({
    subject: { kind: 'model', key: 'answer', name: 'answer' },
    state: 'live',
    finding: findingOf(now),
    others: [],
    score: 0.198,
    parts: {
      ...{ impact: 0.62, confidence: 0.98, reach: 0.34, actionability: 1 },
      ...{ freshness: 0.72, usefulness: 1.32 },
    },
    madeAt: now - 3 * day,
    changedAt: now - hour,
    snoozedUntil: null,
    answers: [],
    accepted: null,
    outcome: null,
    revision: 4,
    ...part,
  });
}

export const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
export const long = `${'A sentence that somebody has written without ever coming to its end, '.repeat(160)}and so on.`;

/** Twelve that are open, of all areas, and nine that are not any more. */
export function fakeInsights(now: number): FakeInsights {
  const finding = (part: Partial<Finding>) => findingOf(now, part);
  const fact = { pValue: null, promise: null } as const;
  const card = (part: Partial<Card> & Pick<Card, 'id'>) => cardOf(now, part);
  const open: Card[] = [
    card({
      id: 'i-calibration',
      others: [
        finding({
          kind: 'slice-regression',
          changed: 'Predictions of answer are worse for evening algebra than they were.',
          evidence: barsOf(),
          impact: { value: 0.4, words: 'about 40 students a week in one course' },
          action: action({
            label: 'Open the slices',
            page: '/models/watch/answer',
            request: null,
            consequence: 'You see for whom it is worse, and decide.',
            undo: '',
          }),
        }),
        finding({ kind: 'stale-model', ...fact, evidence: null, action: null }),
      ],
      answers: [
        { actor: 'María Klein', answer: 'useful', note: 'Seen in the evening course too', at: now },
      ],
    }),
    card({
      id: 'i-ratio',
      subject: { kind: 'experiment', key: 'hints', name: 'Worked hints' },
      score: 0.171,
      finding: finding({
        kind: 'sample-ratio-mismatch',
        area: 'experiments',
        changed: 'The groups of “Worked hints” are not as large as they should be.',
        why: ['With hints there are 1,204 students, without 1,391; planned are equal halves.'],
        ignored: 'Its result cannot be trusted, whatever it says.',
        evidence: barsOf({
          caption: 'Students by variant',
          unit: 'count',
          bars: [
            { name: 'Without hints', value: 1_391, lower: null, upper: null, isMeant: false },
            { name: 'With hints', value: 1_204, lower: null, upper: null, isMeant: true },
          ],
          reference: { name: 'planned', value: 1_297 },
        }),
        action: action(),
        promise: null,
        pValue: 0.0002,
        impact: {
          value: 0.45,
          words: 'the decision about hints for 4,100 students would be wrong',
        },
        reach: { share: 0.41, users: 2_595 },
      }),
    }),
    card({
      id: 'i-drift',
      subject: { kind: 'column', key: 'minutes', name: 'minutes' },
      score: 0.133,
      finding: finding({
        kind: 'drift-that-matters',
        area: 'data',
        changed: 'Minutes until an answer have become shorter, and a model leans on them.',
        why: ['The median fell from 4.2 to 2.9 minutes. The column is the second by importance.'],
        ignored: 'Predictions go on with a meaning of the column that is not so any more.',
        evidence: courseOf(now, {
          caption: 'Minutes until an answer, by day: median and upper tenth',
          unit: 'number',
          series: [
            {
              name: 'Median',
              points: wandering(now, {
                count: 30,
                level: 4.2,
                step: -1.3,
                steppedAt: 22,
                noise: 0.12,
                everyMs: day,
              }),
            },
            {
              name: 'Upper tenth',
              points: wandering(now, {
                count: 30,
                level: 9.8,
                step: -1,
                steppedAt: 22,
                noise: 0.3,
                everyMs: day,
              }),
            },
          ],
          reference: null,
          marks: [{ at: now - 8 * day, name: 'Version 4.2 of the exercise service went live' }],
        }),
        action: action({
          label: 'Look at the column',
          page: '/drift/minutes',
          request: null,
          consequence: 'You see its values then and now, and who reads it.',
          undo: '',
        }),
        impact: { value: 0.3, words: 'predictions for 1,900 students a week rest on it' },
      }),
    }),
    card({
      id: 'i-starved',
      subject: { kind: 'policy', key: 'tutor', name: 'Tutor' },
      score: 0.104,
      finding: finding({
        kind: 'action-dominated',
        area: 'personalization',
        changed:
          '“Short video” is worse than another action in every segment of the policy “Tutor”.',
        evidence: barsOf({
          caption: 'Mean reward by action',
          unit: 'number',
          reference: { name: 'best', value: 0.62 },
        }),
        action: action({
          label: 'Retire “Short video”',
          page: '/personalization/tutor',
          request: {
            ...{ method: 'PUT', path: '/v1/policies/tutor', body: { policy: {} } },
            reasonField: 'reason',
          },
          consequence: 'Nobody gets it any more; 8 % of decisions go to the four others.',
          undo: 'Switch it on again on the page of the policy.',
        }),
        impact: { value: 0.21, words: 'about 90 decisions a day earn 0.2 less than they could' },
        reach: { share: 0.08, users: 410 },
      }),
    }),
    card({
      id: 'i-letters',
      subject: { kind: 'pipeline', key: 'answers', name: 'answers' },
      score: 0.088,
      finding: finding({
        kind: 'dead-letters-rising',
        area: 'operations',
        ...fact,
        changed:
          'One in nine events of the pipeline answers is refused; last week it was one in 400.',
        evidence: courseOf(now, {
          caption: 'Share of events that were refused, by hour',
          series: [
            {
              name: 'Refused',
              points: wandering(now, {
                count: 48,
                level: 0.003,
                step: 0.11,
                steppedAt: 39,
                noise: 0.002,
                everyMs: hour,
              }).map((point) => ({ ...point, lower: null, upper: null })),
            },
          ],
          reference: null,
          marks: [],
        }),
        action: action({
          label: 'See what is refused',
          page: '/pipelines',
          request: null,
          needs: 'people',
          consequence: 'You see the events with the reason of each, and whom to ask.',
          undo: '',
        }),
        impact: { value: 0.5, words: 'answers of 700 students are not counted' },
        reach: { share: 0.11, users: 702 },
      }),
    }),
    card({
      id: 'i-watch',
      subject: { kind: 'watch', key: 'correct-share', name: 'Share of correct answers, by course' },
      score: 0.06,
      finding: finding({
        kind: 'alert-noise',
        area: 'operations',
        ...fact,
        changed:
          'The watch “Share of correct answers, by course” has told 14 false alarms in a week.',
        evidence: null,
        action: action({
          label: 'Take a smaller budget',
          page: '/anomalies/watches/correct-share',
          request: {
            ...{ method: 'PUT', path: '/v1/watches/correct-share', body: {} },
            reasonField: 'reason',
          },
          consequence: 'It tells at most one false alarm in two weeks.',
          undo: 'Put the revision before back on its page.',
        }),
        impact: { value: 0.12, words: 'two people are woken for nothing each night' },
        reach: { share: 0, users: null },
      }),
    }),
    card({
      id: 'i-blank',
      subject: { kind: 'engine', key: '', name: 'millrace' },
      score: 0.05,
      finding: finding({
        kind: 'retraining-would-not-help',
        area: 'models',
        ...fact,
        changed: 'More training will not make the model young better.',
        action: null,
        evidence: barsOf({
          caption: 'Log loss by share of the data that it learnt from',
          unit: 'number',
          bars: ['10 %', '25 %', '50 %', '100 %'].map((name, i) => ({
            ...{ name, value: 0.61 - 0.004 * i, lower: 0.59 - 0.004 * i, upper: 0.63 - 0.004 * i },
            isMeant: i === 3,
          })),
          reference: null,
        }),
        impact: { value: 0.1, words: '' },
        reach: { share: 0.02, users: 12 },
      }),
    }),
    card({
      id: 'i-coverage',
      subject: { kind: 'model', key: 'young', name: 'young' },
      score: 0.041,
      finding: finding({
        kind: 'label-coverage',
        area: 'data',
        changed: 'Outcomes of a third of the predictions of young never come.',
        evidence: courseOf(now, { caption: 'Share of predictions with an outcome', marks: [] }),
        action: action({
          label: 'Look at the labels',
          page: '/models/watch/young',
          request: null,
          undo: '',
        }),
      }),
    }),
    card({
      id: 'i-ready',
      subject: { kind: 'experiment', key: 'motivation', name: 'Motivation' },
      score: 0.039,
      finding: finding({
        kind: 'ready-to-decide',
        area: 'experiments',
        changed: '“Motivation” can be decided: its main metric is better, and nothing is harmed.',
        ...fact,
        evidence: barsOf({
          caption: 'Change by metric, in percentage points',
          unit: 'points',
          bars: [
            { name: 'Solved', value: 0.021, lower: 0.009, upper: 0.034, isMeant: true },
            { name: 'Dropout', value: -0.004, lower: -0.012, upper: 0.004, isMeant: false },
          ],
          reference: null,
        }),
        action: action({
          label: 'Decide the experiment',
          page: '/experiments/motivation',
          request: null,
          consequence: 'You end it, and all get what is better.',
          undo: '',
        }),
      }),
    }),
    card({
      id: 'i-script',
      subject: { kind: 'column', key: script, name: script },
      score: 0.03,
      finding: finding({
        kind: 'null-break',
        area: 'data',
        changed: `${script} is empty in half of the events.`,
        why: [script],
        ignored: script,
        impact: { value: 0.1, words: script },
        evidence: barsOf({
          caption: script,
          bars: [{ name: script, value: 0.5, lower: 0.4, upper: 0.6, isMeant: true }],
          reference: { name: script, value: 0.1 },
        }),
        action: action({
          ...{ label: script, consequence: script, undo: script },
          page: 'javascript:window.hacked=1',
        }),
      }),
      others: [finding({ kind: 'range-break', changed: script, action: null })],
      answers: [{ actor: script, answer: 'not useful', note: script, at: now }],
    }),
    card({
      id: 'i-long',
      subject: { kind: 'policy', key: 'pace', name: long },
      score: 0.02,
      finding: finding({
        kind: 'context-adds-nothing',
        area: 'personalization',
        changed: long,
        why: [long],
        ignored: long,
        impact: { value: 0.1, words: long },
        evidence: courseOf(now, {
          caption: long,
          series: [{ name: long, points: wandering(now, { count: 40, level: 0.4 }) }],
          reference: { name: long, value: 0.4 },
          marks: [{ at: now - 4 * day, name: long }],
        }),
        action: action({ label: long, consequence: long, undo: long }),
      }),
      answers: [{ actor: 'x'.repeat(200), answer: 'useful', note: long.slice(0, 4_000), at: now }],
    }),
    card({
      id: 'i-later',
      subject: { kind: 'pipeline', key: 'learning', name: 'learning' },
      state: 'snoozed',
      snoozedUntil: now + 5 * day,
      score: 0.09,
      finding: finding({
        kind: 'pipeline-lag',
        area: 'operations',
        ...fact,
        changed: 'The pipeline learning is 40 minutes behind each morning.',
        evidence: null,
        action: null,
        impact: { value: 0.1, words: 'hints come 40 minutes late for 300 students' },
      }),
      answers: [{ actor: 'Jonas Weber', answer: 'snooze', note: 'After the exams', at: now - day }],
    }),
  ];
  return {
    now,
    cards: [...open, ...pastCards(now)],
    looked: {
      at: now - 2 * minute,
      kinds: kinds.length,
      failing: [{ kind: 'cost-budget', sentence: 'The budget of no pipeline is known.' }],
      tests: 1_284,
      falseShare: 0.1,
    },
    kinds: kinds.map((kind) => ({ ...kind })),
    changedAt: now,
    refusal: undefined,
    history: new Map(),
  };
}

function pastCards(now: number): Card[] {
  const past = (
    id: string,
    changed: string,
    agoDays: number,
    part: Partial<Card> & { label?: string; actor?: string } = {},
  ): Card => {
    const { label = 'Calibrate and release anew', actor = 'María Klein', ...rest } = part;
    const finding = findingOf(now - agoDays * day, { changed });
    const at = now - agoDays * day;
    return cardOf(now, {
      id,
      state: 'accepted',
      finding,
      madeAt: at - day,
      changedAt: at + 3 * day,
      accepted: {
        ...{ actor, at, eventTime: at, reason: 'As it says', kind: finding.kind, label },
        promise: finding.promise,
      },
      ...rest,
    });
  };
  const outcome = (
    verdict: NonNullable<Card['outcome']>['verdict'],
    [estimate, lower, upper]: readonly [number | null, number | null, number | null],
    sentence: string,
    at: number,
  ): Card['outcome'] => ({
    judgedAt: at,
    before: { mean: 0.074, count: 18_400 },
    after: { mean: estimate === null ? null : 0.074 + estimate, count: 17_950 },
    change: { estimate, lower, upper },
    verdict,
    sentence,
  });
  const at = (days: number) => now - days * day;
  return [
    past('p-measured', 'Predictions of answer were too low in geometry.', 1),
    past('p-kept', 'Predictions of answer were too high in spring.', 46, {
      outcome: outcome(
        'kept',
        [-0.034, -0.041, -0.027],
        'Accepted 12 Oct: calibration error −3.4 points (95 % −4.1 to −2.7).',
        at(43),
      ),
    }),
    past('p-partly', 'Predictions of young were too high for beginners.', 30, {
      outcome: outcome(
        'partly',
        [-0.011, -0.019, -0.003],
        'Accepted 28 Oct: calibration error −1.1 points (95 % −1.9 to −0.3). A holiday lay in it.',
        at(27),
      ),
    }),
    past('p-same', 'Predictions of answer were worse on telephones.', 60, {
      outcome: outcome(
        'no change seen',
        [-0.002, -0.012, 0.008],
        'Accepted 28 Sep: calibration error −0.2 points (95 % −1.2 to +0.8).',
        at(57),
      ),
    }),
    past('p-worse', 'The policy “Tutor” explored too much.', 70, {
      actor: 'Jonas Weber',
      label: 'Halve the exploration',
      outcome: outcome(
        'worse',
        [0.021, 0.009, 0.033],
        'Accepted 18 Sep: calibration error +2.1 points (95 % +0.9 to +3.3).',
        at(67),
      ),
    }),
    past('p-untold', 'Events of the pipeline answers were refused.', 80, {
      outcome: outcome('cannot be told', [null, null, null], 'Too few events came after.', at(77)),
    }),
    cardOf(now, {
      id: 'p-done',
      state: 'done',
      finding: findingOf(now, { changed: 'The column device had a value that nobody knew.' }),
      changedAt: at(5),
      answers: [
        { actor: 'Jonas Weber', answer: 'done', note: 'A new kind of telephone', at: at(5) },
      ],
    }),
    cardOf(now, {
      id: 'p-over',
      state: 'over',
      finding: findingOf(now, { changed: 'Labels of the model young came five hours late.' }),
      changedAt: at(9),
    }),
  ];
}

const kind = (
  name: string,
  area: Kind['area'],
  [shown, useful, notUseful, accepted, kept]: readonly [number, number, number, number, number],
): Kind => ({
  kind: name,
  area,
  summary: `${name.replaceAll('-', ' ')}: what it is about, in a line.`,
  test: 'A test over whole days of at least 200 predictions each; a change of less than a point counts for nothing.',
  ...{ shown, useful, notUseful, accepted, kept },
});

const kinds: readonly Kind[] = [
  kind('calibration-slipped', 'models', [12, 6, 1, 5, 4]),
  kind('slice-regression', 'models', [7, 2, 2, 1, 0]),
  kind('stale-model', 'models', [3, 0, 0, 0, 0]),
  kind('drift-that-matters', 'data', [9, 4, 3, 2, 1]),
  kind('null-break', 'data', [1, 0, 1, 0, 0]),
  kind('sample-ratio-mismatch', 'experiments', [2, 2, 0, 1, 1]),
  kind('ready-to-decide', 'experiments', [4, 4, 0, 4, 3]),
  kind('action-dominated', 'personalization', [2, 1, 0, 0, 0]),
  kind('dead-letters-rising', 'operations', [6, 5, 0, 3, 3]),
  kind('alert-noise', 'operations', [1, 0, 0, 0, 0]),
  kind('cost-budget', 'operations', [0, 0, 0, 0, 0]),
];

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly actor: string;
}

/** @returns undefined for a route that is not one of these */
export function answerInsights(held: FakeInsights, asked: Asked): unknown {
  const { method, path, query, body, actor } = asked;
  const [, , , id, part] = path.split('/').map(decodeURIComponent);
  if (id === undefined) return listed(held, query);
  if (id === 'kinds') return InsightKindsAnswer.parse({ kinds: held.kinds });
  const card = held.cards.find((each) => each.id === id);
  if (card === undefined) throw new Unaccepted(404, `There is no recommendation "${id}".`);
  if (part === undefined && method === 'GET') return detailOf(held, card);
  if (held.refusal !== undefined) throw held.refusal;
  if (part === 'answer') return answered(held, card, InsightAnswerGiven.parse(body), actor);
  if (part === 'accept') return accepted(held, card, InsightAccept.parse(body), actor);
  return undefined;
}

const openStates: readonly Card['state'][] = ['live', 'snoozed'];

function listed(held: FakeInsights, query: URLSearchParams): InsightsAnswer {
  const { standing, area, subject, limit } = InsightsQuery.parse(Object.fromEntries(query));
  const found = held.cards.filter(
    (card) =>
      openStates.includes(card.state) === (standing === 'open') &&
      (area === undefined || card.finding.area === area) &&
      (subject === undefined || `${card.subject.kind}:${card.subject.key}` === subject),
  );
  const sorted =
    standing === 'open'
      ? found.toSorted(
          (a, b) => openStates.indexOf(a.state) - openStates.indexOf(b.state) || b.score - a.score,
        )
      : found.toSorted((a, b) => b.changedAt - a.changedAt);
  return InsightsAnswer.parse({
    cards: sorted.slice(0, limit),
    more: sorted.length > limit,
    looked: held.looked,
  });
}

function detailOf(held: FakeInsights, card: Card): InsightDetail {
  const { finding, madeAt, accepted: taken, outcome } = card;
  const by = (at: number, actor: string, sentence: string, note = '') => ({
    ...{ at, actor, sentence, note },
  });
  const history = [
    by(madeAt, '', `Found: ${finding.changed}`),
    ...(held.history.get(card.id) ?? []),
    ...(taken === null
      ? []
      : [by(taken.at, taken.actor, `Accepted: ${taken.label}`, taken.reason)]),
    ...(outcome === null ? [] : [by(outcome.judgedAt, '', `Judged: ${outcome.sentence}`)]),
  ];
  return InsightDetail.parse({ card, history });
}

/** Replaces a card by its next revision. */
export function changed(held: FakeInsights, card: Card, change: Partial<Card>): Card {
  const after = Card.parse({ ...card, ...change, revision: card.revision + 1 });
  held.cards = held.cards.map((each) => (each.id === card.id ? after : each));
  held.changedAt += 1;
  return after;
}

function checkRevision(card: Card, revision: number): void {
  if (revision === card.revision) return;
  throw new Unaccepted(
    409,
    `Revision ${revision} is not the newest: the card has changed meanwhile (revision ${card.revision}).`,
  );
}

function answered(
  held: FakeInsights,
  card: Card,
  given: z.output<typeof InsightAnswerGiven>,
  actor: string,
): Card {
  const { answer, until, note, revision } = given;
  checkRevision(card, revision);
  const at = Date.now();
  const isVote = (each: string) => each.endsWith('useful');
  const others = card.answers.filter(
    (each) => each.actor !== actor || isVote(each.answer) !== isVote(answer),
  );
  const answers = [...others, { actor, answer, note, at }];
  const isNoted = card.accepted?.promise === null && card.outcome === null;
  if (answer === 'back' && !(['snoozed', 'done'].includes(card.state) || isNoted)) {
    throw new Unaccepted(422, 'Only what was put off, done or noted can come back.');
  }
  const states: Partial<Record<typeof answer, Partial<Card>>> = {
    snooze: { state: 'snoozed', snoozedUntil: until ?? at + 7 * day },
    done: { state: 'done' },
    back: { state: 'live', snoozedUntil: null, accepted: null },
  };
  held.history.set(card.id, [
    ...(held.history.get(card.id) ?? []),
    { at, actor, sentence: `Answered: ${answer}`, note },
  ]);
  return changed(held, card, { answers, changedAt: at, ...states[answer] });
}

function accepted(
  held: FakeInsights,
  card: Card,
  given: z.output<typeof InsightAccept>,
  actor: string,
) {
  const { kind: of, reason, revision } = given;
  checkRevision(card, revision);
  const finding = [card.finding, ...card.others].find((each) => each.kind === of);
  if (finding?.action == null) throw new Unaccepted(422, `There is no action of "${of}".`);
  const at = Date.now();
  const after = changed(held, card, {
    state: 'accepted',
    changedAt: at,
    accepted: {
      ...{ actor, at, eventTime: at, reason, kind: of, label: finding.action.label },
      promise: finding.promise,
    },
  });
  const isOnPage = finding.action.request === null;
  return InsightAccepted.parse({ card: after, answer: isOnPage ? null : { outcome: 'changed' } });
}
