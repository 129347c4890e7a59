/**
 * Policies as a school would have them, with their history: one that earns more than its control, one that is not told apart yet,
 * one that earns less, one among many articles, a draft, and one that is over.
 *
 * Definitions are kept and judged by the engine's own registry, and explained by its own model, which was taught here; only reports
 * are made up (`fakeReport`).
 */
import { createDecisionWriter } from '../../api/decisions/decisionWriter.ts';
import { createPolicyDesk, type PolicyDesk } from '../../api/decisions/policyDesk.ts';
import type { ObjectionDesk } from '../../api/objectionDesk.ts';
import type { PolicyInput } from '../../contracts/policy.ts';
import type { MoveName } from '../../control/definitions/life.ts';
import { Deciders } from '../../control/policies/deciders.ts';
import { LearntSums } from '../../control/policies/learntSums.ts';
import { createPolicies } from '../../control/policies/openPolicies.ts';
import type { PolicyDecider } from '../../models/decisions/policyDecider.ts';
import { encodeSituation } from '../../models/decisions/preparedPolicy.ts';
import { randomState, uniform } from '../../stats/random.ts';
import type { ReportSketch } from './fakeReport.ts';
import { memoryDefinitions } from './memoryDefinitions.ts';

const day = 86_400_000;

/** A change of the definition, or a move, so many days ago. */
interface Step {
  readonly ago: number;
  readonly actor: string;
  readonly reason: string;
  readonly move?: MoveName;
  readonly change?: (policy: PolicyInput) => PolicyInput;
}

interface Sketch {
  readonly policy: PolicyInput;
  readonly steps: readonly Step[];
  readonly report?: ReportSketch;
}

export interface FakePolicies {
  readonly desk: PolicyDesk;
  /** Reports by policy; a test may take one away, and the route answers 404. */
  readonly reports: Map<string, ReportSketch>;
}

const actions = (list: Readonly<Record<string, string>>) =>
  Object.entries(list).map(([key, name]) => ({ key, name, payload: { show: key } }));

const topics = ['sports', 'arts', 'nature', 'music', 'history', 'space', 'games', 'food', 'travel'];

const sketches: readonly Sketch[] = [
  {
    policy: {
      key: 'tutor',
      name: 'What the tutor suggests',
      purpose:
        'After a wrong answer each student gets the help that is likeliest to lead to a right one.',
      algorithm: { name: 'epsilon-greedy', parameters: { epsilon: 0.1 } },
      actions: actions({
        video: 'Short video',
        text: 'Explanation in words',
        exercise: 'An easier exercise',
        peer: 'Ask a classmate',
      }),
      context: {
        features: [
          { kind: 'numeric', field: 'grade', centre: 8, scale: 2 },
          { kind: 'categorical', field: 'track', buckets: 4 },
          { kind: 'numeric', field: 'mistakes', centre: 3, scale: 2, missing: 'zero' },
        ],
      },
      control: 'text',
      segments: ['grade', 'track'],
    },
    steps: [
      { ago: 22, actor: 'maria', reason: 'Planned with the maths department' },
      { ago: 21, actor: 'maria', reason: 'The classes have been told', move: 'start' },
      {
        ago: 12,
        actor: 'jonas',
        reason: 'Enough is known of all four',
        change: (policy) => ({ ...policy, floor: 0.04 }),
      },
      {
        ago: 5,
        actor: 'maria',
        reason: 'Videos tire before tests',
        change: (policy) => ({
          ...policy,
          actions: policy.actions.map((action) =>
            action.key === 'video' ? { ...action, cap: { times: 3, withinMs: day } } : action,
          ),
        }),
      },
    ],
    report: {
      perDay: 940,
      actions: {
        video: { share: 0.46, mean: 0.61 },
        text: { share: 0.21, mean: 0.53 },
        exercise: { share: 0.27, mean: 0.57 },
        peer: { share: 0.06, mean: 0.44 },
      },
      policy: 0.583,
      control: 0.529,
      uniform: 0.538,
      held: 0.1,
      open: 214,
      exploration: { share: 0.083, cost: 0.0042 },
      segments: {
        'grade=7': {
          video: [0.66, 410],
          text: [0.52, 190],
          exercise: [0.55, 160],
          peer: [0.41, 22],
        },
        'grade=8': {
          video: [0.62, 388],
          text: [0.54, 204],
          exercise: [0.58, 221],
          peer: [0.45, 31],
        },
        'grade=9': {
          video: [0.54, 201],
          text: [0.53, 196],
          exercise: [0.61, 402],
          peer: [0.47, 14],
        },
        'track=academic': {
          video: [0.63, 602],
          text: [0.55, 341],
          exercise: [0.6, 489],
          peer: [0.46, 48],
        },
        'track=vocational': { video: [0.58, 397], text: [0.5, 249], exercise: [0.52, 294] },
        'track=evening': { video: [0.49, 18], text: [0.51, 12] },
      },
      suppressed: 3,
      leftOut: {
        ...{ unrewarded: 1_204, sampled: 0.62 },
        strays: [
          { kind: 'fallback', events: 1 },
          { kind: 'unmatched', events: 87 },
        ],
      },
    },
  },
  {
    policy: {
      key: 'reminder',
      name: 'When the reminder comes',
      purpose: 'Chooses the hour at which a student is reminded to practise.',
      algorithm: { name: 'linear-thompson' },
      actions: actions({ morning: 'At seven', noon: 'At noon', evening: 'At six' }),
      context: { features: [{ kind: 'categorical', field: 'track', buckets: 4 }] },
      control: 'evening',
      reward: {
        rules: [{ filter: { field: 'type', is: 'practised' }, match: 'user', value: 1 }],
        horizonMs: day,
        absent: 0,
      },
    },
    steps: [
      { ago: 7, actor: 'jonas', reason: 'Asked for by the parents’ council' },
      { ago: 6, actor: 'jonas', reason: 'Ready', move: 'start' },
    ],
    report: {
      perDay: 310,
      actions: {
        morning: { share: 0.27, mean: 0.31 },
        noon: { share: 0.3, mean: 0.33 },
        evening: { share: 0.43, mean: 0.345 },
      },
      policy: 0.334,
      control: 0.339,
      uniform: 0.328,
      held: 0.1,
      open: 310,
      exploration: { share: 0.41, cost: 0.011 },
      segments: {},
      suppressed: 0,
    },
  },
  {
    policy: {
      key: 'articles',
      name: 'Articles on the front page',
      purpose: 'Shows each reader the article that is likeliest to be read to its end.',
      algorithm: { name: 'squarecb', learner: { name: 'linear-shared' } },
      actions: topics.map((topic, i) => ({
        key: `about-${topic}`,
        name: `About ${topic}`,
        traits: { topic, minutes: 3 + (i % 4) },
        offered: topic !== 'food',
      })),
      context: { features: [{ kind: 'categorical', field: 'track', buckets: 4 }] },
      traits: {
        features: [
          { kind: 'categorical', field: 'topic', buckets: 16 },
          { kind: 'numeric', field: 'minutes', centre: 5, scale: 2 },
        ],
      },
      pins: [{ if: { field: 'track', is: 'evening' }, action: 'about-music' }],
      holdout: 0.05,
      segments: ['track'],
    },
    steps: [
      { ago: 15, actor: 'maria', reason: 'The library has sent its list' },
      { ago: 14, actor: 'maria', reason: 'Ready', move: 'start' },
      { ago: 1, actor: 'jonas', reason: 'The editors look through the list', move: 'pause' },
    ],
    report: {
      perDay: 2_100,
      actions: Object.fromEntries(
        topics.map((topic, i) => [
          `about-${topic}`,
          {
            share: [0.22, 0.17, 0.15, 0.12, 0.1, 0.09, 0.08, 0, 0.07][i] ?? 0,
            mean: 0.2 + 0.02 * (8 - i),
          },
        ]),
      ),
      policy: 0.281,
      control: 0.312,
      uniform: 0.274,
      held: 0.05,
      open: 0,
      exploration: { share: 0.22, cost: 0.018 },
      segments: {
        'track=academic': {
          'about-sports': [0.38, 820],
          'about-arts': [0.33, 640],
          'about-nature': [0.3, 210],
        },
        'track=vocational': {
          'about-sports': [0.34, 710],
          'about-music': [0.29, 180],
          'about-games': [0.21, 35],
        },
      },
      suppressed: 11,
    },
  },
  {
    policy: {
      key: 'pace',
      name: 'Pace of new words',
      purpose: 'Chooses how many new words a lesson brings.',
      algorithm: { name: 'linucb' },
      actions: actions({ five: 'Five', ten: 'Ten', twenty: 'Twenty' }),
      floor: 0,
      holdout: 0,
    },
    steps: [{ ago: 2, actor: 'jonas', reason: 'An idea of class 9b' }],
  },
  {
    policy: {
      key: 'badges',
      name: 'Which badge is shown',
      algorithm: { name: 'fixed-split', parameters: { weights: { gold: 1, silver: 1 } } },
      actions: actions({ gold: 'Gold', silver: 'Silver' }),
      control: 'silver',
    },
    steps: [
      { ago: 60, actor: 'maria', reason: '' },
      { ago: 59, actor: 'maria', reason: 'Artwork is there', move: 'start' },
      { ago: 30, actor: 'maria', reason: 'Nobody looks at badges', move: 'stop' },
    ],
    report: {
      perDay: 200,
      actions: { gold: { share: 0.5, mean: 0.41 }, silver: { share: 0.5, mean: 0.42 } },
      policy: 0.415,
      control: 0.42,
      uniform: 0.415,
      held: 0.1,
      open: 0,
      exploration: { share: 0.5, cost: 0 },
      segments: {},
      suppressed: 0,
    },
  },
];

/** @param now the instant at which all this is over, ms */
/** @param objections of those who object: nobody by default */
export async function fakePolicies(
  now: number,
  objections: Pick<ObjectionDesk, 'objects'> = { objects: () => false },
): Promise<FakePolicies> {
  let time = now;
  const clock = () => time;
  const store = memoryDefinitions();
  const registry = createPolicies({
    ...{ store, clock, announce: async () => {}, say: () => {}, pollMs: 1_000_000 },
  });
  const sums = new LearntSums({ store });
  const deciders = new Deciders({ inForce: (key) => registry.inForce(key), sums, clock });
  const steps = sketches.flatMap(({ policy, steps: own }) =>
    own.map((step, i) => ({ ...step, policy, isFirst: i === 0 })),
  );
  for (const { ago, actor, reason, policy, isFirst, move, change } of steps.toSorted(
    (a, b) => b.ago - a.ago,
  )) {
    time = now - ago * day;
    const by = { actor, reason };
    const known = registry.policy(policy.key);
    if (isFirst) await registry.create(policy, by);
    else if (move !== undefined) await registry.move(policy.key, move, by);
    else if (known !== undefined && change !== undefined) {
      const { record, head } = known;
      await registry.change(policy.key, change(record.policy), head.revision, by);
    }
  }
  time = now;
  const desk = createPolicyDesk({
    registry,
    deciders,
    writer: createDecisionWriter({
      ingest: async () => ({ accepted: 1, refused: 0, refusals: [] }),
    }),
    affinities: { affinity: () => 0 },
    objections,
    durableFirst: true,
    onWritten: () => {},
    onUnwritten: () => {},
    clock: Date.now,
  });
  const taught: PolicyDesk = {
    ...desk,
    explain(key, query) {
      const serving = deciders.of(key);
      if (serving !== undefined && serving.decider.model === undefined) teach(serving.decider);
      return desk.explain(key, query);
    },
  };
  const reports = new Map(
    sketches.flatMap(({ policy, report }) => (report === undefined ? [] : [[policy.key, report]])),
  );
  return { desk: taught, reports };
}

/** Videos earn more in lower grades, exercises in higher ones; what an action's name begins with makes the rest. */
function teach(decider: PolicyDecider): void {
  const { prepared } = decider;
  const { learner, context, policy } = prepared;
  if (learner === undefined) return;
  const random = randomState(7);
  const common = new Float64Array(learner.width);
  const learnt = policy.actions.map((action, i) => {
    const values = learner.rows === 'policy' ? common : new Float64Array(learner.width);
    for (let n = 0; n < 300; n += 1) {
      const grade = 5 + Math.floor(8 * uniform(random));
      const attributes = {
        grade,
        track: n % 2 === 0 ? 'academic' : 'vocational',
        mistakes: Math.floor(6 * uniform(random)),
      };
      const lean = i === 0 ? 9 - grade : i === 2 ? grade - 9 : 0;
      const chance = 0.5 + 0.08 * lean + 0.03 * (n % 2) - 0.02 * i;
      const reward = uniform(random) < chance ? 1 : 0;
      const x = encodeSituation(prepared, { attributes, traits: action.traits });
      learner.learn(values, 0, x.subarray(0, context.size), x.subarray(context.size), reward, 1, 0);
    }
    return { values, at: 0 };
  });
  const rows = learner.rows === 'action' ? learnt : learnt.slice(0, 1);
  decider.model = learner.model(rows, 0, { draws: prepared.algorithm.draws, seed: 1 });
}
