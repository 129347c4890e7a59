/** Of each metric what explains a part of its outcomes, and what is believed of it beforehand. */
import { TextInput } from '@mantine/core';
import { form as words } from '../../words/experimentForm.ts';
import { type AdjustDraft, blankAdjust } from './adjustDraft.ts';
import type { MetricRow } from './draft.ts';

interface Props {
  readonly rows: readonly MetricRow[];
  nameOf(metric: string): string;
  edit(index: number, part: Partial<MetricRow>): void;
}

export function AdvancedFields({ rows, nameOf, edit }: Props) {
  if (rows.length === 0) return null;
  return (
    <details className="advanced" open={rows.map(({ adjust }) => isUsed(adjust)).find(Boolean)}>
      <summary>{words.advanced}</summary>
      <p className="muted">{words.advancedText}</p>
      {rows.map(({ metric, adjust = blankAdjust }, i) => {
        const change = (part: Partial<AdjustDraft>) => edit(i, { adjust: { ...adjust, ...part } });
        const field = (key: 'numbers' | Priors, description?: string) => (
          <TextInput
            label={words.adjust[key]}
            {...(description === undefined ? {} : { description })}
            value={adjust[key]}
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => change({ [key]: value })}
          />
        );
        return (
          <details key={`${metric} ${i}`} open={isUsed(rows[i]?.adjust)}>
            <summary>{nameOf(metric)}</summary>
            <fieldset aria-label={nameOf(metric)}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={adjust.past}
                  onChange={({ currentTarget: { checked } }) => change({ past: checked })}
                />
                {words.adjust.past}
              </label>
              {field('numbers', words.adjust.numbersText)}
              <div className="field-row">
                {field('baselineMean')}
                {field('baselineUnits')}
              </div>
              <div className="field-row">
                {field('effectMean')}
                {field('effectDeviation')}
              </div>
            </fieldset>
          </details>
        );
      })}
    </details>
  );
}

/** Undefined leaves it to the reader whether the part is open. */
function isUsed(adjust: AdjustDraft | undefined): true | undefined {
  return adjust === undefined ? undefined : true;
}

type Priors = 'baselineMean' | 'baselineUnits' | 'effectMean' | 'effectDeviation';
