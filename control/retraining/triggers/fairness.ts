/** Fairness: two groups are treated more differently than is allowed. */
import { causeByAlert, causeOf, instantWords, type Trigger } from './trigger.ts';

export const fairnessTrigger: Trigger = (facts) => {
  const byAlert = causeByAlert(facts, 'fairness');
  if (byAlert !== undefined) return byAlert;
  const [worst] = facts.fairness
    .filter(({ at, value, noise, limit }) => at > facts.newsFrom && value > limit + noise)
    .sort((a, b) => b.value - b.limit - (a.value - a.limit) || (a.name < b.name ? -1 : 1));
  if (worst === undefined) return { why: 'groups are treated alike, as far as is known' };
  const { name, value, noise, limit, count, at } = worst;
  const sentence = `${name}: ${value.toPrecision(3)} over ${count.toLocaleString('en')} predictions up to ${instantWords(at)}, against ${limit.toPrecision(3)}`;
  return {
    id: `fairness:${name}:${facts.champion}`,
    at,
    cause: causeOf('fairness', sentence, { gap: value, noise, limit, count }),
  };
};
