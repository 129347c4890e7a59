/** Policies led through the log of another: against direct computation, and against the truth of a simulated bandit. */
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../contracts/policy.ts';
import { EvaluationReplay } from '../../../models/evaluation/evaluationReplay.ts';
import type { LoggedChoice } from '../../../models/evaluation/loggedChoice.ts';
import { type ReplayedPolicy, replayPolicy } from '../../../models/evaluation/replayedPolicy.ts';
import { rewardPredictor } from '../../../models/evaluation/rewardPredictor.ts';
import { start } from '../../support/policyLines.ts';
import {
  arms,
  banditPolicy,
  expert,
  meanReward,
  playBandit,
} from '../../support/simulatedBandit.ts';

interface Watched extends ReplayedPolicy {
  /** Its probabilities at each judged decision. */
  readonly targets: Float64Array[];
}

function watched(policy: Policy): Watched {
  const replayed = replayPolicy(policy);
  const targets: Float64Array[] = [];
  return {
    targets,
    policy,
    get undecided() {
      return replayed.undecided;
    },
    target(choice, isKnown) {
      const target = replayed.target(choice, isKnown);
      targets.push(target.slice());
      return target;
    },
    learn: (choice) => replayed.learn(choice),
    absentFields: () => replayed.absentFields(),
  };
}

function replay(
  choices: readonly LoggedChoice[],
  candidates: readonly ReplayedPolicy[],
  logged: Policy | undefined = banditPolicy(),
) {
  const predictor = rewardPredictor(logged ?? banditPolicy());
  const run = new EvaluationReplay({ candidates, predictor, logged, bounds: [0, 1], alpha: 0.05 });
  for (const choice of choices) run.take(choice);
  return run.read();
}

const learner = banditPolicy({ key: 'learner', algorithm: { name: 'squarecb' }, floor: 0.1 });

describe('a policy led through a log', () => {
  test('is weighed as a direct computation weighs it', () => {
    const choices = playBandit(400, 5);
    const { evaluation } = replay(choices, [replayPolicy(expert)]);
    const wanted = ({ attributes }: LoggedChoice) =>
      attributes['programme'] === 'arts' ? 'video' : 'exercise';
    const weights = choices.map((each) =>
      each.action === wanted(each) ? 1 / each.probability : 0,
    );
    const total = weights.reduce((sum, each) => sum + each, 0);
    const earned = weights.reduce((sum, each, i) => sum + each * choices[i]!.reward, 0);
    const [{ value, weights: report }] = evaluation.policies as [(typeof evaluation.policies)[0]];
    expect(value.ips.estimate).toBeCloseTo(earned / choices.length, 4);
    expect(value.snips.estimate).toBeCloseTo(earned / total, 4);
    const squares = weights.reduce((sum, each) => sum + each * each, 0);
    expect(report.effectiveSampleSize).toBeCloseTo(total ** 2 / squares, 1);
    expect(evaluation.logged.estimate).toBeCloseTo(
      choices.reduce((sum, { reward }) => sum + reward, 0) / choices.length,
      4,
    );
  });

  test('learns what the log can teach, and each decision before its reward', () => {
    const choices = playBandit(800, 6);
    const candidate = watched(learner);
    replay(choices, [candidate]);
    // A reward is known after three minutes, and a decision is made each: the next two do not know of it, the third does.
    const turned = watched(learner);
    const other = { ...choices[10]!, reward: 1 - choices[10]!.reward };
    replay(choices.toSpliced(10, 1, other), [turned]);
    expect(turned.targets.slice(0, 13)).toEqual(candidate.targets.slice(0, 13));
    expect(turned.targets[13]).not.toEqual(candidate.targets[13]);
    for (const target of candidate.targets.slice(0, 3)) {
      expect([...target.slice(0, 3)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    }
    const last = candidate.targets.at(-1)!;
    const best = choices.at(-1)!.attributes['programme'] === 'arts' ? 0 : 2;
    expect(last.indexOf(Math.max(...last))).toBe(best);
  });

  // The promise: 60 logs of a policy that learns. The truth at each decision is the mean reward of the candidate's probabilities.
  test('is worth what its intervals say', () => {
    const logs = 60;
    const misses = { ips: 0, snips: 0, doublyRobust: 0, selfNormalizedDoublyRobust: 0 };
    const sequence = { value: 0, difference: 0 };
    const widths = { ips: 0, doublyRobust: 0 };
    for (let log = 0; log < logs; log += 1) {
      const choices = playBandit(500, 100 + log);
      const candidates = [watched(expert), watched(learner)];
      const { evaluation, candidates: readings } = replay(choices, candidates);
      const programmes = choices.map(({ attributes }) => attributes['programme'] as string);
      const logged = mean(
        choices.map(({ offered }, i) =>
          meanReward(
            programmes[i]!,
            offered.map(({ probability }) => probability),
          ),
        ),
      );
      candidates.forEach(({ targets }, p) => {
        const truth = mean(targets.map((target, i) => meanReward(programmes[i]!, target)));
        const { value } = evaluation.policies[p]!;
        for (const name of Object.keys(misses) as (keyof typeof misses)[]) {
          const { lower, upper } = value[name];
          misses[name] += lower <= truth && truth <= upper ? 0 : 1;
        }
        widths.ips += value.ips.upper - value.ips.lower;
        widths.doublyRobust += value.doublyRobust.upper - value.doublyRobust.lower;
        const own = readings[p]!;
        sequence.value += own.sequence.lower <= truth && truth <= own.sequence.upper ? 0 : 1;
        const less = truth - logged;
        sequence.difference += own.lessLogged.lower <= less && less <= own.lessLogged.upper ? 0 : 1;
      });
    }
    // 120 intervals at 5 %: 6 misses are expected, 14 are four standard errors more.
    for (const [name, missed] of Object.entries(misses))
      expect([name, missed < 14]).toEqual([name, true]);
    expect(sequence.value).toBeLessThanOrEqual(6);
    expect(sequence.difference).toBeLessThanOrEqual(6);
    expect(widths.doublyRobust).toBeLessThan(widths.ips);
  });

  test('is not judged where the log had no choice, and learns from it all the same', () => {
    const choices = playBandit(600, 7).map(
      (each, i): LoggedChoice =>
        i < 300
          ? {
              ...each,
              ...{ way: 'holdout', probability: 1 },
              offered: [{ action: each.action, probability: 1 }],
            }
          : each,
    );
    const candidate = watched(learner);
    const { evaluation, setAside, certain } = replay(choices, [candidate]);
    expect({ judged: evaluation.decisions, ...setAside, certain }).toMatchObject({
      ...{ judged: 300, holdout: 300, pin: 0, certain: 0 },
    });
    const [first] = candidate.targets;
    expect(Math.max(...first!)).toBeGreaterThan(0.6);
  });

  test('says of how many of its choices the log can tell nothing', () => {
    const choices = playBandit(200, 8);
    const song = { key: 'song', name: 'song' };
    const other = banditPolicy({
      key: 'other',
      actions: [...arms.map((key) => ({ key, name: key })), song],
      algorithm: { name: 'fixed-split', parameters: { weights: { song: 1, text: 3 } } },
      floor: 0,
    });
    const { evaluation } = replay(choices, [replayPolicy(other)]);
    expect(evaluation.policies[0]!.weights.unsupported).toBeCloseTo(0.25, 4);
    // An action of the log's policy that was not offered was not to be had: nothing of it is missing.
    const without = choices.map((each) => ({
      ...each,
      action: 'video',
      probability: 0.5,
      offered: [
        { action: 'video', probability: 0.5 },
        { action: 'exercise', probability: 0.5 },
      ],
    }));
    const text = banditPolicy({
      algorithm: { name: 'fixed-split', parameters: { weights: { text: 1, video: 1 } } },
      floor: 0,
    });
    const { weights } = replay(without, [replayPolicy(text)]).evaluation.policies[0]!;
    expect(weights).toMatchObject({ unsupported: 0, largest: 2 });
  });
});

describe('a log that cannot tell', () => {
  const [one] = playBandit(1, 9) as [LoggedChoice];
  const many = Array.from({ length: 20 }, (_, i) => ({ ...one, id: `d${i}`, time: start + i }));

  test.each([
    ['without probabilities', many.map((each) => ({ ...each, offered: [] })), /probability each/],
    [
      'without a choice',
      many.map((each) => ({
        ...{ ...each, probability: 1 },
        offered: [{ action: each.action, probability: 1 }],
      })),
      /floor above 0/,
    ],
    ['without rewards', many.map((each) => ({ ...each, reward: Number.NaN })), /reward\.absent/],
    ['without the features', many.map((each) => ({ ...each, attributes: {} })), /programme/],
  ])('%s is refused, with what to do', (_, choices, sentence) => {
    expect(() => replay(choices, [replayPolicy(learner)])).toThrow(
      expect.objectContaining({
        code: 'EVALUATION_IMPOSSIBLE',
        message: expect.stringMatching(sentence),
      }),
    );
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
