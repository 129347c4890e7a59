/**
 * A cache of its own for each place: what was answered about another is gone, and what is under way is stopped, before anything
 * is asked about the new one.
 */
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { newQueries } from '../data/newQueries.ts';
import { askAbout } from '../data/place.ts';
import { placesQuery } from '../data/places.ts';
import { useView } from '../data/useView.ts';

interface Held {
  readonly place: string | undefined;
  readonly queries: QueryClient;
}

interface Props {
  /** @param key another for each place: what has questions of its own must begin anew with it */
  children(key: string): ReactNode;
}

export function PlaceQueries({ children }: Props) {
  const { place } = useView().search;
  const [held, setHeld] = useState<Held>(() => begin(place));
  // Before anything is painted: the name of one place never stands above the figures of another.
  useLayoutEffect(() => {
    if (held.place !== place) setHeld(begin(place, held.queries));
  }, [held, place]);
  return (
    <QueryClientProvider client={held.queries}>{children(held.place ?? '')}</QueryClientProvider>
  );
}

function begin(place: string | undefined, before?: QueryClient): Held {
  const queries = newQueries();
  // The places are the same wherever one stands.
  const known = before?.getQueryState(placesQuery.queryKey);
  if (known?.data !== undefined) {
    const { data, dataUpdatedAt: updatedAt } = known;
    queries.setQueryData(placesQuery.queryKey, data, { updatedAt });
  }
  before?.clear();
  askAbout(place);
  return { place, queries };
}
