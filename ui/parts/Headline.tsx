/** The answer to the page's question in one sentence, as its title. */
import type { ReactNode } from 'react';
import type { Tone } from '../format/judgements.ts';
import { StateShape } from './StateWord.tsx';

interface Props {
  page: ReactNode;
  tone: Tone;
  children: string;
}

export function Headline({ page, tone, children }: Props) {
  return (
    <header className="headline">
      <p className="eyebrow">{page}</p>
      <h1>
        <StateShape tone={tone} size={14} />
        <span>{children}</span>
      </h1>
    </header>
  );
}
