/** A page of something that there is not, with the way back. */
import type { ReactNode } from 'react';
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
  return (
    <>
      <Headline page={page} tone="none">
        {`${title}.`}
      </Headline>
      <div className="card">
        <Empty title={title}>
          {text !== undefined && <p className="muted">{text}</p>}
          {children}
        </Empty>
      </div>
    </>
  );
}
