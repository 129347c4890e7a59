/** Where one looks: institution ▸ programme ▸ course, each a menu. Absent where there are no places to choose from. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PlaceLevel, PlaceRef } from '../../../contracts/place.ts';
import type { PlacesAnswer } from '../../../contracts/placeApi.ts';
import { placeLevels, readPlace } from '../../data/place.ts';
import { placesQuery } from '../../data/places.ts';
import { placeTree } from '../../data/placeTree.ts';
import { useView } from '../../data/useView.ts';
import { places as words } from '../../words/places.ts';
import './place.css';
import { PlaceMenu, type PlaceOption } from './PlaceMenu.tsx';
import { takeFocusedLevel, useChoosePlace } from './useChoosePlace.ts';

interface Crumb {
  readonly level: PlaceLevel;
  /** Of what is chosen, or of all. */
  readonly label: string;
  /** undefined: all of the level. */
  readonly chosen: PlaceRef | undefined;
  readonly options: readonly PlaceOption[];
}

/** @param asked how often a menu was asked for by a key */
export function PlaceBar({ asked }: { asked: number }) {
  const { search } = useView();
  const { data } = useQuery(placesQuery);
  const choose = useChoosePlace();
  const [open, setOpen] = useState<PlaceLevel>();
  const bar = useRef<HTMLElement>(null);
  const isThere = data !== undefined && (data.places.length > 0 || data.mine !== 'everywhere');
  const crumbs = isThere ? crumbsOf(data, readPlace(search.place)) : [];
  const deepest = crumbs.findLastIndex(({ chosen }) => chosen !== undefined);
  const next = [...crumbs.slice(deepest + 1), ...crumbs.slice(0, deepest + 1).reverse()].find(
    ({ options }) => options.length > 1,
  )?.level;

  const answered = useRef(asked);
  useEffect(() => {
    if (asked === answered.current || next === undefined) return;
    answered.current = asked;
    setOpen(next);
  }, [asked, next]);

  useEffect(() => {
    if (!isThere) return;
    const level = takeFocusedLevel();
    if (level === undefined) return;
    const found = bar.current?.querySelector<HTMLElement>(`[data-level=${level}]`);
    (found ?? bar.current?.querySelector<HTMLElement>('button'))?.focus();
  }, [isThere]);

  if (crumbs.length === 0) return null;
  return (
    <nav ref={bar} className="place-bar" aria-label={words.label}>
      <ol>
        {crumbs.map(({ level, label, chosen, options }) => (
          <li key={level}>
            {options.length > 1 ? (
              <PlaceMenu
                level={level}
                label={label}
                isChosen={chosen !== undefined}
                options={options}
                isOpen={open === level}
                onOpen={(isOpen) => setOpen(isOpen ? level : undefined)}
                onChoose={(place) => choose(place, level)}
              />
            ) : (
              <span className="place-fixed" title={`${label}. ${words.confined}`}>
                {label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Levels with nothing chosen and nothing to choose are left out. */
function crumbsOf({ mine, places }: PlacesAnswer, place: PlaceRef | undefined): readonly Crumb[] {
  const tree = placeTree({ mine, places });
  const all = mine === 'everywhere' ? words.all : words.own;
  const path = place === undefined ? [] : tree.pathTo(place);
  return placeLevels.flatMap((level, depth): Crumb[] => {
    const chosen = path.find((each) => each.level === level);
    const above = path.findLast((each) => placeLevels.indexOf(each.level) < depth);
    const named = tree.within(above, level);
    if (chosen === undefined && named.length === 0) return [];
    const isListed = chosen === undefined || named.some(({ name }) => name === chosen.name);
    // Whoever has several places may see them together.
    const isWidest = above === undefined || !tree.isOwn(above);
    const mayWiden = isWidest ? mine === 'everywhere' || mine.length > 1 : true;
    const options = [
      ...(mayWiden
        ? [{ place: isWidest ? undefined : above, label: isWidest ? all[level] : words.all[level] }]
        : []),
      ...(isListed ? [] : [chosen]).map((each) => ({ place: each, label: each.name })),
      ...named.map((each) => ({ place: each, label: each.name })),
    ];
    return [{ level, label: chosen?.name ?? (isWidest ? all : words.all)[level], chosen, options }];
  });
}
