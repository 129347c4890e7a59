/** Performance: the champion's Brier score is surely above what it was on examples that it had not seen when it was made. */
import { causeByAlert, causeOf, instantWords, type Trigger } from './trigger.ts';

/** The whole interval must lie so far above the reference, as a share of it: less is not worth a run. */
export const worseShare = 0.05;

export const performanceTrigger: Trigger = (facts) => {
  const byAlert = causeByAlert(facts, 'performance');
  if (byAlert !== undefined) return byAlert;
  const worse = facts.performance
    .filter(
      ({ at, lower, reference }) => at > facts.newsFrom && lower > reference * (1 + worseShare),
    )
    // What has happened says more than what is expected.
    .sort((a, b) => Number(b.basis === 'realised') - Number(a.basis === 'realised') || a.at - b.at);
  const [first] = worse;
  if (first === undefined) {
    return { why: 'the champion predicts about as well as when it was made' };
  }
  const { basis, value, lower, reference, count, from, at } = first;
  const what = basis === 'realised' ? 'is' : 'is expected to be';
  const sentence = `The Brier score of version ${facts.champion} ${what} ${value.toPrecision(3)} over ${count.toLocaleString('en')} predictions up to ${instantWords(at)}, against ${reference.toPrecision(3)} when it was made`;
  return {
    id: `performance:${facts.champion}:${at}`,
    at,
    since: from,
    cause: causeOf('performance', sentence, { brier: value, lower, reference, count }),
  };
};
