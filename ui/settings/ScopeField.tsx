/** Where rights hold: everywhere, or in some institutions, programmes and courses, a row each. */
import { TextInput } from '@mantine/core';
import { placeLevels } from '../../contracts/access.ts';
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
          <p className="notice attention">{words.note}</p>
          {places.map((place, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset would be drawn as one
            <div
              key={place.row}
              className="place-row"
              role="group"
              aria-label={words.row(index + 1)}
            >
              {placeLevels.map((level) => (
                <TextInput
                  key={level}
                  label={words[level]}
                  placeholder={words.any}
                  maxLength={256}
                  value={place[level]}
                  onChange={({ currentTarget }) =>
                    write(place.row, { [level]: currentTarget.value })
                  }
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
