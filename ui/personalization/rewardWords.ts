/** A reward in words: which events earn what, and what becomes of a decision to which none comes. */
import type { Policy } from '../../contracts/policy.ts';
import { conditionWords } from '../definitions/conditionWords.ts';
import { spanWords } from '../format/spans.ts';
import { reward as words } from '../words/personalization.ts';

type Reward = Policy['reward'];

/**
 * @example
 * rewardWords(Policy.shape.reward.parse({}))[0];
 * // 'An event whose type is outcome earns its value for the decision that it names.'
 */
export function rewardWords({ rules, combine, bounds, horizonMs, absent }: Reward): string[] {
  const [least, largest] = bounds;
  return [
    ...rules.map(({ filter, match, value }) =>
      words.rule(conditionWords(filter), valueWords(value), words.matches[match]),
    ),
    words.horizon(spanWords(horizonMs), words.combined[combine]),
    absent === null ? words.nothing : words.absent(String(absent)),
    words.bounds(String(least), String(largest)),
  ];
}

function valueWords(value: Reward['rules'][number]['value']): string {
  if (typeof value === 'number') return String(value);
  const { times, plus } = value;
  const scaled = times === 1 ? words.value : words.times(String(times));
  if (plus === 0) return scaled;
  return `${scaled} ${plus > 0 ? '+' : '\u2212'} ${Math.abs(plus)}`;
}
