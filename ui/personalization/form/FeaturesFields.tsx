/** Which attributes, or traits, the policy looks at, and how each becomes numbers. */
import { NativeSelect, TextInput } from '@mantine/core';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { form as words } from '../../words/policyForm.ts';
import { blankFeature, type FeatureDraft } from './draft.ts';
import type { PartProps } from './part.ts';

interface Props extends PartProps {
  readonly of: 'context' | 'traits';
}

const kinds = ['numeric', 'categorical'] as const;
const missings = ['indicate', 'zero', 'refuse'] as const;

export function FeaturesFields({ of, draft, problems, change, lose }: Props) {
  const features = draft[of];
  const put = (next: readonly FeatureDraft[]): Partial<PartProps['draft']> =>
    of === 'context' ? { context: next } : { traits: next };
  const edit = (index: number, part: Partial<FeatureDraft>) =>
    change(put(features.map((each, i) => (i === index ? { ...each, ...part } : each))));
  const [title, text] =
    of === 'context' ? [words.looks, words.looksText] : [words.traits, words.traitsText];
  return (
    <FormPart title={title} text={text}>
      <ul className="form-rows">
        {features.map((feature, i) => (
          <li key={i} className="feature-row">
            <TextInput
              label={words.field}
              aria-label={words.feature(words.field, i + 1)}
              placeholder={of === 'context' ? 'grade' : 'topic'}
              value={feature.field}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => edit(i, { field: value })}
            />
            <NativeSelect
              label={words.kind}
              aria-label={words.feature(words.kind, i + 1)}
              data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
              value={feature.kind}
              onChange={({ currentTarget: { value } }) =>
                edit(i, { kind: value as FeatureDraft['kind'] })
              }
            />
            {feature.kind === 'numeric' ? (
              <>
                <TextInput
                  label={words.centre}
                  aria-label={words.feature(words.centre, i + 1)}
                  value={feature.centre}
                  inputMode="decimal"
                  onChange={({ currentTarget: { value } }) => edit(i, { centre: value })}
                />
                <TextInput
                  label={words.scale}
                  aria-label={words.feature(words.scale, i + 1)}
                  value={feature.scale}
                  inputMode="decimal"
                  onChange={({ currentTarget: { value } }) => edit(i, { scale: value })}
                />
              </>
            ) : (
              <TextInput
                className="wide"
                label={words.buckets}
                aria-label={words.feature(words.buckets, i + 1)}
                value={feature.buckets}
                inputMode="numeric"
                onChange={({ currentTarget: { value } }) => edit(i, { buckets: value })}
              />
            )}
            <NativeSelect
              label={words.missing}
              aria-label={words.feature(words.missing, i + 1)}
              data={missings.map((value) => ({ value, label: words.missings[value] }))}
              value={feature.missing}
              onChange={({ currentTarget: { value } }) =>
                edit(i, { missing: value as FeatureDraft['missing'] })
              }
            />
            <button
              type="button"
              className="button small"
              aria-label={words.removeFeature(i + 1)}
              onClick={() =>
                lose(put(features.filter((_, index) => index !== i)), words.removedFeature)
              }
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button
          type="button"
          className="button small"
          onClick={() => change(put([...features, blankFeature]))}
        >
          {words.addFeature}
        </button>
      </div>
      <FieldNotes fields={[of]} problems={problems} />
    </FormPart>
  );
}
