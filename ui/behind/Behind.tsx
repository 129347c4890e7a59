/** A number that leads to its events: who may not see people finds it disabled, with the reason. */
import type { ReactNode } from 'react';
import type { BehindSearch } from '../data/search.ts';
import { Needs } from '../parts/Needs.tsx';
import { opening } from '../words/events.ts';
import { useBehind } from './useBehind.ts';

interface Props {
  /** Undefined: nothing is behind it. */
  asked: BehindSearch | undefined;
  /** What the number is, for who does not see where it stands. */
  what: string;
  children: ReactNode;
}

export function Behind({ asked, what, children }: Props) {
  const { open } = useBehind();
  if (asked === undefined) return children;
  return (
    <Needs permission="people">
      <button
        type="button"
        className="text-button behind"
        aria-label={opening.of(what)}
        onClick={() => open(asked)}
      >
        {children}
      </button>
    </Needs>
  );
}
