/** Reasons of a score in words. */
import type { PolicyExplanation } from '../../contracts/policyApi.ts';
import { formatValue } from '../format/numbers.ts';
import { user as words } from '../words/person.ts';

type Reason = PolicyExplanation['actions'][number]['reasons'][number];

const missingEnd = ' is missing';

/**
 * What a feature is called: `bias` is what an action earns with anybody, `track = law` a value, `grade` a number with what was told.
 *
 * @param attributes as they were told, by the names of fields
 */
export function reasonName(feature: string, attributes: Readonly<Record<string, unknown>>): string {
  return feature
    .split(' × ')
    .map((part) => partName(part, attributes))
    .join(' × ');
}

function partName(feature: string, attributes: Readonly<Record<string, unknown>>): string {
  if (feature === 'bias') return words.base;
  if (feature.endsWith(missingEnd)) return words.missing(feature.slice(0, -missingEnd.length));
  const [field = '', value] = feature.split(' = ');
  if (value !== undefined) return words.is(field, value);
  const told = attributes[feature];
  return told === undefined ? feature : words.is(feature, String(told));
}

/** Named in the sentence at most. */
const namedMax = 2;

/** "For it speaks above all that grade is 5. Against it, that track is law." */
export function whySentence(
  reasons: readonly Reason[],
  attributes: Readonly<Record<string, unknown>>,
): string {
  const largest = Math.max(0, ...reasons.map(({ score }) => Math.abs(score)));
  const weighty = reasons.filter(({ score }) => Math.abs(score) > largest / 10);
  const phrase = ({ feature, score }: Reason) =>
    feature === 'bias'
      ? score > 0
        ? words.basePart
        : words.baseAgainst
      : reasonName(feature, attributes);
  const listed = (some: readonly Reason[]) => some.slice(0, namedMax).map(phrase).join(words.and);
  const pro = weighty.filter(({ score }) => score > 0);
  const contra = weighty.filter(({ score }) => score < 0);
  return [
    ...(pro.length === 0 ? [] : [words.mostly(listed(pro))]),
    ...(contra.length === 0 ? [] : [words.against(listed(contra))]),
  ].join(' ');
}

/** "grade 8.5 and track law" */
export function changedWords(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'number' ? formatValue(value) : String(value)}`,
    )
    .join(words.and);
}
