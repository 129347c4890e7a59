/** How the policy is set up: by what it chooses, what it looks at, and what counts as its reward. */
import type { Feature, FeatureSet } from '../../contracts/featureSet.ts';
import type { Policy } from '../../contracts/policy.ts';
import { Section } from '../parts/Section.tsx';
import { words as common, setUp as words } from '../words/personalization.ts';
import { rewardWords } from './rewardWords.ts';

export function SetUp({ policy }: { policy: Policy }) {
  const { algorithm, context, traits, reward, open, segments } = policy;
  return (
    <Section title={words.title}>
      <div className="card stack">
        <dl className="facts">
          {(
            [
              [words.algorithm, namedWords(algorithm)],
              [
                words.learner,
                algorithm.learner === undefined ? words.usual : namedWords(algorithm.learner),
              ],
              [words.context, featuresWords(context)],
              [words.traits, featuresWords(traits)],
              [words.open, open ? words.yes : words.no],
              [words.segments, segments.length === 0 ? common.none : segments.join(', ')],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div>
          <p className="field-label">{words.reward}</p>
          <ul className="consequences">
            {rewardWords(reward).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

function namedWords({
  name,
  parameters,
}: Pick<Policy['algorithm'], 'name' | 'parameters'>): string {
  const given = Object.entries(parameters);
  if (given.length === 0) return name;
  const listed = given.map(([key, value]) => `${key} ${valueText(value)}`).join(', ');
  return `${name} (${listed})`;
}

function valueText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function featuresWords({ features }: FeatureSet): string {
  if (features.length === 0) return words.nothing;
  return features.map(featureWords).join(', ');
}

function featureWords(feature: Feature): string {
  return feature.kind === 'numeric'
    ? words.numeric(feature.field)
    : words.categorical(feature.field);
}
