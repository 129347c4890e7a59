/** One place, found by typing a part of its path. */
import { TextInput } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import type { PlaceRef } from '../../contracts/place.ts';
import { placeText } from '../data/place.ts';
import { placeField as words } from '../words/places.ts';

interface Props {
  label: string;
  description?: string;
  /** Of which one is chosen, each as it is written: from the whole to the place. */
  paths: ReadonlyMap<string, PlaceRef>;
  value: PlaceRef | null;
  onChange(value: PlaceRef | null): void;
  focused?: boolean;
}

/** A list of suggestions that is longer helps nobody. */
const suggestedMax = 200;

export function PlaceField({ label, description, paths, value, onChange, focused }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(() => pathOf(paths, value));
  const suggested = useMemo(() => {
    const part = typed.trim().toLowerCase();
    const fitting = [...paths.keys()].filter((path) => path.toLowerCase().includes(part));
    // What is chosen already must not hide the others.
    return (paths.has(typed) ? [...paths.keys()] : fitting).slice(0, suggestedMax);
  }, [paths, typed]);
  const isWrong = typed.trim() !== '' && !paths.has(typed.trim());
  return (
    <>
      <TextInput
        label={label}
        {...(description === undefined ? {} : { description })}
        {...(focused === true ? { 'data-autofocus': true } : {})}
        list={id}
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
        value={typed}
        error={isWrong ? words.wrong : undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          onChange(paths.get(currentTarget.value.trim()) ?? null);
        }}
      />
      <datalist id={id}>
        {suggested.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
    </>
  );
}

function pathOf(paths: ReadonlyMap<string, PlaceRef>, value: PlaceRef | null): string {
  if (value === null) return '';
  return [...paths].find(([, place]) => placeText(place) === placeText(value))?.[0] ?? '';
}
