/** The places as a tree: what lies in one is shown when it is opened, or when it is looked for by name. */
import { Menu, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { PlaceLevel, PlaceNode } from '../../../contracts/place.ts';
import { placeLevels, placeText } from '../../data/place.ts';
import { useMay } from '../../data/useMay.ts';
import { Needs } from '../../parts/Needs.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { places as common } from '../../words/places.ts';
import type { PlaceAct } from './PlaceActDialog.tsx';
import type { PlaceEdit } from './placeEdits.ts';

type Act = PlaceAct | Extract<PlaceEdit, { kind: 'remove' }>;

interface Props {
  places: readonly PlaceNode[];
  /** Whether the reader is allowed everywhere. */
  mayChange: boolean;
  onAsk(act: Act): void;
}

/** Of one place; the rest is found by name. */
const shownMax = 200;
/** Fewer need no search. */
const searchedMin = 12;

export function PlacesTree({ places, mayChange, onAsk }: Props) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const parts = useMemo(() => partsOf(places), [places]);
  const asked = query.trim().toLowerCase();
  const found = asked === '' ? [] : places.filter(({ name }) => name.toLowerCase().includes(asked));

  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const row = (place: PlaceNode, where?: string) => (
    <Row
      place={place}
      where={where}
      inner={parts.get(placeText(place))?.length ?? 0}
      isOpen={where === undefined && open.has(placeText(place))}
      onToggle={where === undefined ? () => toggle(placeText(place)) : undefined}
      mayChange={mayChange}
      onAsk={onAsk}
    />
  );
  const list = (those: readonly PlaceNode[]) => (
    <ul className="place-tree">
      {those.slice(0, shownMax).map((place) => {
        const inner = parts.get(placeText(place)) ?? [];
        return (
          <li key={placeText(place)}>
            {row(place)}
            {open.has(placeText(place)) && inner.length > 0 && list(inner)}
          </li>
        );
      })}
      {those.length > shownMax && (
        <li className="muted place-more">{words.more(those.length - shownMax)}</li>
      )}
    </ul>
  );

  return (
    <>
      {places.length >= searchedMin && (
        <div className="place-find">
          <TextInput
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            maxLength={256}
            value={query}
            onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          />
          {asked !== '' && <p role="status">{words.found(found.length)}</p>}
        </div>
      )}
      {asked === '' ? (
        list(parts.get('') ?? [])
      ) : (
        <ul className="place-tree">
          {found.slice(0, shownMax).map((place) => (
            <li key={placeText(place)}>
              {row(place, `${common.levels[place.level]}, ${place.parent ?? ''}`)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface RowProps {
  place: PlaceNode;
  /** What it is, and in what it lies; absent in the tree, which says so. */
  where: string | undefined;
  /** How many lie in it directly. */
  inner: number;
  isOpen: boolean;
  onToggle: (() => void) | undefined;
  mayChange: boolean;
  onAsk(act: Act): void;
}

function Row({ place, where, inner, isOpen, onToggle, mayChange, onAsk }: RowProps) {
  const { level, name } = place;
  return (
    <div className="place-line">
      {onToggle !== undefined && inner > 0 ? (
        <button
          type="button"
          className="place-toggle"
          aria-expanded={isOpen}
          aria-label={words.open(name)}
          onClick={onToggle}
        >
          <span aria-hidden="true" />
        </button>
      ) : (
        <span className="place-toggle" />
      )}
      <span className="place-name">{name}</span>
      <span className="muted">{where ?? words.counted[level](inner)}</span>
      {mayChange && <Acts place={place} onAsk={onAsk} />}
    </div>
  );
}

function Acts({ place, onAsk }: { place: PlaceNode; onAsk(act: Act): void }) {
  const { level, name } = place;
  const mayAdminister = useMay('administer');
  const button = (
    <button type="button" className="button small" aria-label={words.actions(name)}>
      {words.menu}
    </button>
  );
  if (!mayAdminister) return <Needs permission="administer">{button}</Needs>;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {level !== 'course' && (
          <Menu.Item onClick={() => onAsk({ kind: 'add', parent: place })}>
            {words.addIn[level]}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => onAsk({ kind: 'rename', place })}>{words.rename}</Menu.Item>
        {level !== 'institution' && (
          <Menu.Item onClick={() => onAsk({ kind: 'move', place })}>{words.move}</Menu.Item>
        )}
        <Menu.Item onClick={() => onAsk({ kind: 'remove', place })}>{words.remove}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** By the place that they lie in directly, institutions by ''; each in the order of names. */
function partsOf(places: readonly PlaceNode[]): ReadonlyMap<string, readonly PlaceNode[]> {
  const parts = new Map<string, PlaceNode[]>();
  const known = new Set(places.map(placeText));
  const collator = new Intl.Collator('en', { numeric: true });
  for (const place of places) {
    const above: PlaceLevel | undefined = placeLevels[placeLevels.indexOf(place.level) - 1];
    const outer =
      above === undefined || place.parent === null
        ? ''
        : placeText({ level: above, name: place.parent });
    // What lies nowhere is not hidden.
    const key = known.has(outer) ? outer : '';
    const those = parts.get(key);
    if (those === undefined) parts.set(key, [place]);
    else those.push(place);
  }
  for (const those of parts.values()) those.sort((a, b) => collator.compare(a.name, b.name));
  return parts;
}
