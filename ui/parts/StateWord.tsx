/** A state as a word with a shape of its own: round, triangle or square besides the colour. */
import type { ReactNode } from 'react';
import type { Tone } from '../format/judgements.ts';

const shapes: Record<Tone, string> = {
  good: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  attention: 'M5 .8 9.4 8.8H.6z',
  bad: 'M1.2 1.2h7.6v7.6H1.2z',
  none: 'M1 4.2h8v1.6H1z',
};

export function StateShape({ tone, size = 10 }: { tone: Tone; size?: number }) {
  return (
    <svg
      className={`tone-${tone}`}
      width={size}
      height={size}
      viewBox="0 0 10 10"
      aria-hidden="true"
    >
      <path d={shapes[tone]} fill="currentColor" />
    </svg>
  );
}

export function StateWord({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="state-word">
      <StateShape tone={tone} />
      {children}
    </span>
  );
}
