/** A figure with the shape of its judgement; the hidden word says it to a screen reader. */
import type { Judgement } from '../format/judgements.ts';
import { StateWord } from '../parts/StateWord.tsx';

export function JudgedFigure({ as: { tone, word }, figure }: { as: Judgement; figure: string }) {
  return (
    <StateWord tone={tone}>
      {figure}
      <span className="visually-hidden">, {word}</span>
    </StateWord>
  );
}
