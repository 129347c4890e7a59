/** Where one looks: institution ▸ programme ▸ course, each a menu. Absent where there are no places to choose from. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type PlaceLevel, type PlaceName, placeLevels, readPlace } from '../../data/place.ts';
import { placesQuery } from '../../data/places.ts';
import { type PlaceTree, placeTree } from '../../data/placeTree.ts';
import { useView } from '../../data/useView.ts';
import { places as words } from '../../words/places.ts';
import './place.css';
import { PlaceMenu, type PlaceOption } from './PlaceMenu.tsx';
import { takeFocusedLevel, useChoosePlace } from './useChoosePlace.ts';

interface Crumb {
  readonly level: PlaceLevel;
  /** undefined: all of the level. */
  readonly chosen: PlaceName | undefined;
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
  const crumbs = isThere ? crumbsOf(placeTree(data), readPlace(search.place)) : [];
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
        {crumbs.map(({ level, chosen, options }) => (
          <li key={level}>
            {options.length > 1 ? (
              <PlaceMenu
                level={level}
                chosen={chosen}
                options={options}
                isOpen={open === level}
                onOpen={(isOpen) => setOpen(isOpen ? level : undefined)}
                onChoose={(place) => choose(place, level)}
              />
            ) : (
              <span className="place-fixed" title={words.confined}>
                {chosen?.name ?? words.all[level]}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Levels with nothing chosen and nothing to choose are left out. */
function crumbsOf(tree: PlaceTree, place: PlaceName | undefined): readonly Crumb[] {
  const path = place === undefined ? [] : tree.pathTo(place);
  return placeLevels.flatMap((level, depth): Crumb[] => {
    const chosen = path.find((each) => each.level === level);
    const above = path.findLast((each) => placeLevels.indexOf(each.level) < depth);
    const named = tree.within(above, level);
    const isKnown = chosen === undefined || named.some(({ name }) => name === chosen.name);
    const options: PlaceOption[] = [
      ...(tree.isOwn(above) ? [{ place: above, label: words.all[level] }] : []),
      ...(isKnown ? [] : [chosen]).map((each) => ({ place: each, label: each.name })),
      ...named.map((each) => ({ place: each, label: each.name })),
    ];
    const isEmpty = chosen === undefined && named.length === 0;
    return isEmpty ? [] : [{ level, chosen, options }];
  });
}
