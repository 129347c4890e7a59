/** Where rights hold: everywhere, or in some institutions, programmes and courses, a row each. */
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { placeLevels } from '../../contracts/access.ts';
import type { PlaceLevel, PlaceNode } from '../../contracts/place.ts';
import { placesQuery } from '../data/places.ts';
import { RemoveIcon } from '../parts/Icons.tsx';
import { scope as words } from '../words/settings.ts';
import { emptyPlace, type PlaceDraft, placesMax, type ScopeDraft, scopeOf } from './scopeDraft.ts';

interface Props {
  value: ScopeDraft;
  onChange(value: ScopeDraft): void;
}

export function ScopeField({ value, onChange }: Props) {
  const { isEverywhere, places } = value;
  const isMissing = scopeOf(value) === undefined;
  const known = useQuery(placesQuery).data?.places ?? [];
  const write = (row: number, part: Partial<PlaceDraft>) =>
    onChange({
      ...value,
      places: places.map((place) => (place.row === row ? { ...place, ...part } : place)),
    });
  return (
    <fieldset className="choice-lines">
      <legend className="field-label">{words.legend}</legend>
      {[true, false].map((choice) => (
        <label key={String(choice)} className="choice-line">
          <input
            type="radio"
            checked={isEverywhere === choice}
            onChange={() => onChange({ ...value, isEverywhere: choice })}
          />
          {choice ? words.everywhere : words.some}
        </label>
      ))}
      {!isEverywhere && (
        <>
          <p className="notice">{words.note}</p>
          {places.map((place, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset would be drawn as one
            <div
              key={place.row}
              className="place-row"
              role="group"
              aria-label={words.row(index + 1)}
            >
              {placeLevels.map((level) => (
                <LevelField
                  key={level}
                  level={level}
                  draft={place}
                  known={known}
                  onChange={(name) => write(place.row, { [level]: name })}
                />
              ))}
              <button
                type="button"
                className="button small"
                aria-label={words.remove(index + 1)}
                title={words.remove(index + 1)}
                disabled={places.length === 1}
                onClick={() =>
                  onChange({ ...value, places: places.filter(({ row }) => row !== place.row) })
                }
              >
                <RemoveIcon />
              </button>
            </div>
          ))}
          <div className="spread">
            <button
              type="button"
              className="button small"
              disabled={places.length >= placesMax}
              onClick={() => onChange({ ...value, places: [...places, emptyPlace(places)] })}
            >
              {words.add}
            </button>
            {isMissing && <span className="muted">{words.empty}</span>}
          </div>
        </>
      )}
    </fieldset>
  );
}

interface LevelProps {
  level: PlaceLevel;
  draft: PlaceDraft;
  known: readonly PlaceNode[];
  onChange(name: string): void;
}

/** A list of suggestions that is longer helps nobody. */
const suggestedMax = 200;

/** Suggests what is registered and lies in what is named around it; anything else can be typed, and is said to be not registered. */
function LevelField({ level, draft, known, onChange }: LevelProps) {
  const id = useId();
  const typed = draft[level].trim();
  const outer = placeLevels[placeLevels.indexOf(level) - 1];
  const around = outer === undefined ? '' : draft[outer].trim();
  const fitting = known.filter(
    (each) => each.level === level && (around === '' || each.parent === around),
  );
  const isNew = typed !== '' && fitting.every(({ name }) => name !== typed);
  const isChosen = fitting.some(({ name }) => name === typed);
  return (
    <div>
      <TextInput
        label={words[level]}
        placeholder={words.any}
        maxLength={256}
        list={id}
        autoComplete="off"
        value={draft[level]}
        {...(isNew ? { description: words.unregistered } : {})}
        inputWrapperOrder={['label', 'input', 'description']}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={id}>
        {fitting
          .filter(({ name }) => isChosen || name.toLowerCase().includes(typed.toLowerCase()))
          .slice(0, suggestedMax)
          .map(({ name }) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </div>
  );
}
