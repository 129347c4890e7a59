/** A page, unless the place that the address names is not the reader's, or there is none. The settings are of no place. */
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlacesAnswer } from '../../../contracts/placeApi.ts';
import { placeText, readPlace } from '../../data/place.ts';
import { placesQuery } from '../../data/places.ts';
import { placeTree } from '../../data/placeTree.ts';
import { useView } from '../../data/useView.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Headline } from '../../parts/Headline.tsx';
import { beyond, places as words } from '../../words/places.ts';

export function InPlace({ children }: { children: ReactNode }) {
  const { search, change } = useView();
  const isPlaceless = useLocation({ select: ({ pathname }) => /^\/settings(\/|$)/.test(pathname) });
  const { data } = useQuery(placesQuery);
  const standing = data === undefined || isPlaceless ? undefined : standingOf(data, search.place);
  if (standing === undefined) return children;
  return (
    <>
      <Headline page={words.label} tone="none">
        {`${standing.title}.`}
      </Headline>
      <div className="card">
        <Empty title={standing.title}>
          <p className="muted">{standing.text}</p>
          {standing.ways.map(({ label, place }) => (
            <p key={label}>
              <button type="button" className="text-button" onClick={() => change({ place })}>
                {label}
              </button>
            </p>
          ))}
        </Empty>
      </div>
    </>
  );
}

interface Standing {
  readonly title: string;
  readonly text: string;
  readonly ways: readonly { readonly label: string; readonly place: string | undefined }[];
}

/** At most so many ways back. */
const waysMax = 5;

/** @returns undefined: nothing stands against it */
function standingOf(answer: PlacesAnswer, text: string | undefined): Standing | undefined {
  const { mine } = answer;
  const place = readPlace(text);
  if (mine !== 'everywhere' && mine.length === 0) {
    return { title: beyond.nowhereTitle, text: beyond.nowhere, ways: [] };
  }
  if (place === undefined) return undefined;
  const tree = placeTree(answer);
  if (mine === 'everywhere') {
    if (tree.has(place)) return undefined;
    const title = beyond.unknownTitle(`${words.levels[place.level].toLowerCase()} “${place.name}”`);
    return { title, text: beyond.unknown, ways: [{ label: beyond.show, place: undefined }] };
  }
  if (tree.isOwn(place)) return undefined;
  const ways = mine.slice(0, waysMax).map((each) => ({
    ...{ label: beyond.toOwn(each.name), place: placeText(each) },
  }));
  return { title: beyond.refusedTitle, text: beyond.refused, ways };
}
