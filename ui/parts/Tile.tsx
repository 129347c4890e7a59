/** One key figure: number, state word, course, and what it compares with. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Judgement } from '../format/judgements.ts';
import { Definition, type Meaning } from './Definition.tsx';
import { Sparkline } from './Sparkline.tsx';
import { StateWord } from './StateWord.tsx';

interface Props {
  name: string;
  definition: Meaning;
  /** Undefined while it is on its way. */
  figure: string | undefined;
  judgement: Judgement;
  /** Interval, count or comparison. */
  note: ReactNode;
  /** How it compares with the range before, while the reader compares. */
  before?: string;
  course?: readonly (number | null)[];
}

export function Tile({ name, definition, figure, judgement, note, before = '', course }: Props) {
  return (
    <li className="card tile">
      <p className="tile-name">
        <Definition of={definition}>{name}</Definition>
      </p>
      {figure === undefined ? (
        <Skeleton height={34} width="60%" />
      ) : (
        <p className="tile-figure">{figure}</p>
      )}
      <p className="tile-state">
        {judgement.word !== '' && <StateWord tone={judgement.tone}>{judgement.word}</StateWord>}
      </p>
      <p className="tile-note">{note}</p>
      {before !== '' && <p className="tile-before">{before}</p>}
      {course !== undefined && <Sparkline values={course} />}
    </li>
  );
}
