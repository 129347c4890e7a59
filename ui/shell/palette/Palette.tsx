/** Finds and opens anything by its name: a field with a list beneath it, after the combobox pattern of ARIA. */
import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Search } from '../../data/search.ts';
import { SearchIcon } from '../../parts/Icons.tsx';
import { type Entry, groupsOf } from './entries.ts';
import './palette.css';
import { groupWords, palette as words } from '../../words/palette.ts';
import { readRecent, remember } from './recent.ts';
import { useEntries } from './useEntries.ts';

interface Props {
  search: Search;
  onHelp(): void;
  onClose(): void;
}

/** What is typed at once must not be lost. */
const noTransition = { duration: 0 };
const focus = (field: HTMLInputElement | null) => field?.focus();
/** How far a page key goes. */
const pageStep = 6;

export function Palette({ search, onHelp, onClose }: Props) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [recent] = useState(readRecent);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const groups = groupsOf(useEntries(search, onHelp), query, recent);
  const found = groups.flatMap(({ entries }) => entries);
  const at = Math.min(chosen, found.length - 1);
  const optionId = (number: number) => `${id}-option-${number}`;

  useEffect(() => {
    list.current?.querySelector(`[id="${id}-option-${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at, id]);

  function open(entry: Entry): void {
    remember(entry.id);
    onClose();
    entry.go();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const count = found.length;
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % count,
      ArrowUp: (at - 1 + count) % count,
      PageDown: Math.min(at + pageStep, count - 1),
      PageUp: Math.max(at - pageStep, 0),
    };
    const next = steps[event.key];
    const entry = found[at];
    if (next !== undefined && count > 0) setChosen(next);
    else if (event.key === 'Enter' && entry !== undefined) open(entry);
    else return;
    event.preventDefault();
  }

  let number = -1;
  return (
    <Modal.Root opened onClose={onClose} size="lg" yOffset="10vh" transitionProps={noTransition}>
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <Modal.Title className="visually-hidden">{words.title}</Modal.Title>
        <div className="palette-field">
          <SearchIcon />
          <input
            type="text"
            ref={focus}
            role="combobox"
            data-autofocus
            aria-label={words.label}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={found.length === 0 ? undefined : optionId(at)}
            placeholder={words.label}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={words.results}
          className="palette-list"
        >
          {groups.map(({ name, entries }) => (
            // biome-ignore lint/a11y/useSemanticElements: groups of a listbox are no fieldsets
            <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
              <div id={`${id}-${name}`} className="palette-group" role="presentation">
                {groupWords[name]}
              </div>
              {entries.map((entry) => {
                number += 1;
                const own = number;
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
                  // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus
                  <div
                    key={entry.id}
                    id={optionId(own)}
                    role="option"
                    aria-selected={own === at}
                    className="palette-option"
                    onClick={() => open(entry)}
                    onPointerMove={() => setChosen(own)}
                  >
                    <span>{entry.label}</span>
                    {entry.detail !== undefined && <span className="muted">{entry.detail}</span>}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        {found.length === 0 && <p className="palette-none muted">{words.none(query)}</p>}
        <p className="palette-keys muted" aria-hidden="true">
          {words.keys}
        </p>
        <p className="visually-hidden" role="status">
          {words.count(found.length)}
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}
