/** Where something belongs, with the dialog that changes it. Absent where there are no places. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { PlacedKind } from '../../contracts/place.ts';
import { pathWords } from '../data/placePaths.ts';
import { belongingsQuery, placesQuery } from '../data/places.ts';
import { placeTree } from '../data/placeTree.ts';
import { belongings as words } from '../words/places.ts';
import { Needs } from './Needs.tsx';

const BelongingDialog = lazy(async () => ({
  default: (await import('./BelongingDialog.tsx')).BelongingDialog,
}));

interface Props {
  kind: PlacedKind;
  /** Of a model its name. */
  of: string;
  name: string;
}

export function Belongs({ kind, of, name }: Props) {
  const places = useQuery(placesQuery).data;
  const { data } = useQuery({ ...belongingsQuery, enabled: (places?.places.length ?? 0) > 0 });
  const [isOpen, setOpen] = useState(false);
  const found = data?.belongings.find((each) => each.kind === kind && each.key === of);
  if (places === undefined || places.places.length === 0 || data === undefined) return null;
  const place = found?.place ?? null;
  const said =
    place === null ? words.nowhere : words.belongs(pathWords(placeTree(places).pathTo(place)));
  return (
    <span className="belongs">
      <span>{said}</span>{' '}
      <Needs>
        <button
          type="button"
          className="text-button"
          aria-label={words.changeLong(words.kinds[kind])}
          onClick={() => setOpen(true)}
        >
          {words.change}
        </button>
      </Needs>
      <Suspense fallback={null}>
        {isOpen && (
          <BelongingDialog {...{ kind, of, name, place, places }} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </span>
  );
}
