/** A number as it is typed: passed on whenever it can be read and lies in its range. */
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { numberOf } from '../../definitions/typed.ts';
import { plan as words } from '../../words/experimentForm.ts';

interface Props {
  label: string;
  description?: string;
  value: number;
  /** The figure that is shown is the value times this: 100 for per cent. */
  scale?: number;
  unit?: ReactNode;
  /** Both bounds are taken in. */
  range: readonly [least: number, largest: number];
  onChange(value: number): void;
}

const written = (value: number) => String(Number(value.toPrecision(10)));

export function NumberField({
  label,
  description,
  value,
  scale = 1,
  unit,
  range,
  onChange,
}: Props) {
  const [text, setText] = useState(written(value * scale));
  const read = numberOf(text);
  const shown = read === undefined ? undefined : read / scale;
  const within = shown !== undefined && shown >= range[0] && shown <= range[1];
  // Changed from elsewhere, such as by the slider.
  const foreign = within && Math.abs(shown - value) > 1e-9 * Math.max(1, Math.abs(value));
  return (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={foreign ? written(value * scale) : text}
      inputMode="decimal"
      error={within || foreign ? undefined : words.missing}
      rightSection={unit}
      {...(typeof unit === 'string' && unit.length > 1 ? { rightSectionWidth: 64 } : {})}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        const next = numberOf(currentTarget.value);
        if (next !== undefined && next / scale >= range[0] && next / scale <= range[1]) {
          onChange(next / scale);
        }
      }}
    />
  );
}
