/** One level of the places: a button with what is chosen, and a list to search in, after the combobox pattern of ARIA. */
import { Popover } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { PlaceLevel, PlaceRef } from '../../../contracts/place.ts';
import { formatCount } from '../../format/numbers.ts';
import { places as words } from '../../words/places.ts';
import { fuzzyScore } from '../palette/fuzzy.ts';

export interface PlaceOption {
  /** undefined: everywhere. */
  readonly place: PlaceRef | undefined;
  readonly label: string;
}

interface Props {
  level: PlaceLevel;
  /** Of what is chosen, or of all. */
  label: string;
  isChosen: boolean;
  options: readonly PlaceOption[];
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onChoose(place: PlaceRef | undefined): void;
}

export function PlaceMenu(props: Props) {
  const { level, label, isChosen, options, isOpen, onOpen, onChoose } = props;
  return (
    <Popover
      opened={isOpen}
      onChange={onOpen}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      shadow="md"
      radius="md"
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className="place-button"
          data-level={level}
          data-chosen={isChosen || undefined}
          aria-label={words.choose(words.levels[level], label)}
          title={label}
          onClick={() => onOpen(!isOpen)}
        >
          <span>{label}</span>
          <span className="place-mark" aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={words.find[level]}>
        <PlaceSearch
          level={level}
          label={label}
          options={options}
          onChoose={(place) => {
            onOpen(false);
            onChoose(place);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** More are found by typing. */
const shownMax = 60;

interface SearchProps {
  level: PlaceLevel;
  /** Of what is chosen. */
  label: string;
  options: readonly PlaceOption[];
  onChoose(place: PlaceRef | undefined): void;
}

function PlaceSearch({ level, label, options, onChoose }: SearchProps) {
  const [query, setQuery] = useState('');
  const found = fitting(options, query);
  const shown = found.slice(0, shownMax);
  const present = shown.findIndex((option) => option.label === label);
  const [moved, setMoved] = useState<number>();
  const at = Math.min(moved ?? Math.max(present, 0), shown.length - 1);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at, id]);

  function onKeyDown(event: KeyboardEvent): void {
    const count = shown.length;
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % count,
      ArrowUp: (at - 1 + count) % count,
    };
    const next = steps[event.key];
    const option = shown[at];
    if (next !== undefined && count > 0) setMoved(next);
    else if (event.key === 'Enter' && option !== undefined) onChoose(option.place);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <input
        type="text"
        role="combobox"
        className="place-search"
        data-autofocus
        aria-label={words.find[level]}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length === 0 ? undefined : `${id}-${at}`}
        placeholder={words.find[level]}
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        value={query}
        onChange={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setMoved(currentTarget.value === '' ? undefined : 0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={words.levels[level]}
        className="place-list"
      >
        {shown.map((option, number) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus
          <div
            key={option.place === undefined ? '' : `${option.place.level}:${option.place.name}`}
            id={`${id}-${number}`}
            role="option"
            aria-selected={number === at}
            className="place-option"
            data-present={option.label === label || undefined}
            onClick={() => onChoose(option.place)}
            onPointerMove={() => setMoved(number)}
          >
            {option.label}
          </div>
        ))}
      </div>
      {found.length > shown.length && (
        <p className="place-note muted">{words.more(formatCount(found.length - shown.length))}</p>
      )}
      {found.length === 0 && <p className="place-note muted">{words.none(query)}</p>}
      <p className="visually-hidden" role="status">
        {words.fits(found.length)}
      </p>
    </>
  );
}

function fitting(options: readonly PlaceOption[], query: string): readonly PlaceOption[] {
  if (query.trim() === '') return options;
  return options
    .flatMap((option) => {
      const score = fuzzyScore(query, option.label);
      return score === undefined ? [] : { option, score };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ option }) => option);
}
