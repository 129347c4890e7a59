/** A page of something that there is not, or not here, with the way back. */
import type { ReactNode } from 'react';
import { readPlace } from '../data/place.ts';
import { useView } from '../data/useView.ts';
import { beyond } from '../words/places.ts';
import { Empty } from './Empty.tsx';
import { Headline } from './Headline.tsx';

interface Props {
  /** Of the list that it would be in. */
  page: string;
  /** "There is no such alert", without a full stop. */
  title: string;
  /** Why that may be, where it is known. */
  text?: string | undefined;
  /** The way back. */
  children: ReactNode;
}

export function Absent({ page, title, text, children }: Props) {
  const place = readPlace(useView().search.place);
  return (
    <>
      <Headline page={page} tone="none">
        {`${title}.`}
      </Headline>
      <div className="card">
        <Empty title={title}>
          {text !== undefined && <p className="muted">{text}</p>}
          {place !== undefined && <p className="muted">{beyond.absent(place.name)}</p>}
          {children}
        </Empty>
      </div>
    </>
  );
}
