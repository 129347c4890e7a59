/** What is planned: the metric, the effect that matters, who comes, and for how long at most. */
import { NativeSelect } from '@mantine/core';
import type { PlanSearch } from '../../data/search.ts';
import { FormPart } from '../../definitions/FormPart.tsx';
import { formatSize } from '../../format/effects.ts';
import { plan as words } from '../../words/experimentForm.ts';
import { NumberField } from './NumberField.tsx';
import { effectRange, type PlanInput } from './planInput.ts';

interface Props {
  input: PlanInput;
  change(part: Partial<PlanSearch>): void;
}

const daysMax = 365;

export function PlanInputs({ input, change }: Props) {
  const { kind, mean, deviation, effect, units, split, alpha, cluster, correlation, days } = input;
  const isBinary = kind === 'binary';
  const reach = effectRange(input);
  return (
    <FormPart title={words.inputs}>
      <NativeSelect
        label={words.kind}
        data={[
          { value: 'binary', label: words.binary },
          { value: 'continuous', label: words.continuous },
        ]}
        value={kind}
        onChange={({ currentTarget: { value } }) =>
          change({
            kind: value === 'binary' ? 'binary' : 'continuous',
            mean: undefined,
            deviation: undefined,
            effect: undefined,
          })
        }
      />
      <div className="field-row" key={kind}>
        {isBinary ? (
          <NumberField
            label={words.share}
            value={mean}
            scale={100}
            unit="%"
            range={[0.0001, 0.9999]}
            onChange={(value) => change({ mean: value })}
          />
        ) : (
          <>
            <NumberField
              label={words.mean}
              value={mean}
              range={[-1e12, 1e12]}
              onChange={(value) => change({ mean: value })}
            />
            <NumberField
              label={words.deviation}
              value={deviation}
              range={[1e-9, 1e12]}
              onChange={(value) => change({ deviation: value })}
            />
          </>
        )}
      </div>
      <div className="slider" key={`effect ${kind}`}>
        <NumberField
          label={words.effect}
          value={effect}
          scale={isBinary ? 100 : 1}
          unit={isBinary ? words.points : undefined}
          range={[1e-9, isBinary ? 0.9999 : 1e12]}
          onChange={(value) => change({ effect: value })}
        />
        <input
          type="range"
          aria-label={words.effectSlider}
          aria-valuetext={formatSize(kind, effect)}
          {...reach}
          value={effect}
          onChange={({ currentTarget: { value } }) =>
            change({ effect: Number(Number(value).toPrecision(10)) })
          }
        />
      </div>
      <div className="field-row">
        <NumberField
          label={words.units}
          description={words.unitsText}
          value={units}
          range={[1e-6, 1e12]}
          onChange={(value) => change({ units: value })}
        />
      </div>
      <div className="slider">
        <NumberField
          label={words.days}
          value={days}
          range={[1, daysMax]}
          onChange={(value) => change({ days: Math.round(value) })}
        />
        <input
          type="range"
          aria-label={words.daysSlider}
          min={1}
          max={daysMax}
          value={days}
          onChange={({ currentTarget: { value } }) => change({ days: Number(value) })}
        />
      </div>
      <div className="field-row">
        <NumberField
          label={words.split}
          value={split}
          scale={100}
          unit="%"
          range={[0.001, 0.999]}
          onChange={(value) => change({ split: value })}
        />
        <NumberField
          label={words.alpha}
          value={alpha}
          scale={100}
          unit="%"
          range={[0.0001, 0.5]}
          onChange={(value) => change({ alpha: value })}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={cluster !== undefined}
          onChange={({ currentTarget: { checked } }) =>
            change({ cluster: checked ? 25 : undefined })
          }
        />
        {words.clusters}
      </label>
      {cluster !== undefined && (
        <div className="field-row">
          <NumberField
            label={words.clusterSize}
            value={cluster}
            range={[1, 1e6]}
            onChange={(value) => change({ cluster: value })}
          />
          <NumberField
            label={words.correlation}
            description={words.correlationText}
            value={correlation}
            range={[0, 1]}
            onChange={(value) => change({ correlation: value })}
          />
        </div>
      )}
    </FormPart>
  );
}
