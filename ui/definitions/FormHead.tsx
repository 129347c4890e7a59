/** Above a form: the way back, and what is written. */
import type { ReactNode } from 'react';
import { Headline } from '../parts/Headline.tsx';

interface Props {
  /** Link to the list. */
  list: ReactNode;
  /** Link to what is changed; absent for a new one. */
  one?: ReactNode;
  children: string;
}

export function FormHead({ list, one, children }: Props) {
  return (
    <Headline
      page={
        <>
          {list}
          {one !== undefined && (
            <>
              <span aria-hidden="true"> / </span>
              {one}
            </>
          )}
        </>
      }
      tone="none"
    >
      {children}
    </Headline>
  );
}
