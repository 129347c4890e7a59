/** The variants: what each unit may get, with which probability, and which of them is the control. */
import { Textarea, TextInput } from '@mantine/core';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { keyFrom, numberOf } from '../../definitions/typed.ts';
import { form as words } from '../../words/experimentForm.ts';
import type { VariantDraft } from './draft.ts';
import type { PartProps } from './part.ts';
import { withEqualShares } from './shares.ts';

/** As the contract has it. */
const variantsMax = 20;

export function VariantsFields({ draft, problems, change, lose }: PartProps) {
  const { variants, control } = draft;
  const sum = variants.reduce((total, { weight }) => total + (numberOf(weight) ?? 0), 0);
  const edit = (id: number, part: Partial<VariantDraft>) =>
    change({
      variants: variants.map((variant) => (variant.id === id ? { ...variant, ...part } : variant)),
    });
  const add = () => {
    const id = Math.max(0, ...variants.map((variant) => variant.id)) + 1;
    const added = { id, key: `variant-${id}`, name: '', weight: '0', payload: '' };
    change({ variants: [...variants, added] });
  };
  return (
    <FormPart title={words.variants} text={words.variantsText}>
      <ul className="form-rows">
        {variants.map((variant, i) => (
          <li key={variant.id} className="variant-row">
            <TextInput
              label={words.variantName}
              aria-label={words.ofVariant(words.variantName, i + 1)}
              value={variant.name}
              maxLength={256}
              onChange={({ currentTarget: { value } }) =>
                edit(
                  variant.id,
                  variant.key === keyFrom(variant.name) || /^variant-\d+$/.test(variant.key)
                    ? { name: value, key: keyFrom(value) || `variant-${variant.id}` }
                    : { name: value },
                )
              }
            />
            <TextInput
              label={words.key}
              aria-label={words.ofVariant(words.key, i + 1)}
              value={variant.key}
              maxLength={100}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => edit(variant.id, { key: value })}
            />
            <TextInput
              label={words.share}
              aria-label={words.ofVariant(words.share, i + 1)}
              value={variant.weight}
              inputMode="decimal"
              rightSection="%"
              onChange={({ currentTarget: { value } }) => edit(variant.id, { weight: value })}
            />
            <label className="check">
              <input
                type="radio"
                name="control"
                checked={variant.id === control}
                onChange={() => change({ control: variant.id })}
              />
              {words.control}
            </label>
            <button
              type="button"
              className="button small"
              aria-label={words.removeVariant(variant.name || variant.key)}
              onClick={() =>
                lose(
                  { variants: variants.filter(({ id }) => id !== variant.id) },
                  words.removed(variant.name || variant.key),
                )
              }
            >
              {words.remove}
            </button>
            <details className="payload" open={variant.payload !== '' || undefined}>
              <summary>{words.payload}</summary>
              <Textarea
                aria-label={words.ofVariant(words.payload, i + 1)}
                description={words.payloadText}
                className="code-field"
                rows={2}
                spellCheck={false}
                value={variant.payload}
                onChange={({ currentTarget: { value } }) => edit(variant.id, { payload: value })}
              />
            </details>
          </li>
        ))}
      </ul>
      <div className="spread">
        <div className="actions">
          <button
            type="button"
            className="button small"
            disabled={variants.length >= variantsMax}
            onClick={add}
          >
            {words.addVariant}
          </button>
          <button
            type="button"
            className="button small"
            disabled={variants.length === 0}
            onClick={() => change({ variants: withEqualShares(variants) })}
          >
            {words.equalShares}
          </button>
        </div>
        <p className="muted">{words.sum(Number(sum.toFixed(6)))}</p>
      </div>
      <FieldNotes fields={['variants', 'control']} problems={problems} />
    </FormPart>
  );
}
