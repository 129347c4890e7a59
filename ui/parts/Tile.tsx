/** One key figure: number, state word, course, and what it compares with. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Behind } from '../behind/Behind.tsx';
import type { BehindSearch } from '../data/search.ts';
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
  /** The events behind the figure. */
  behind?: BehindSearch | undefined;
}

export function Tile(props: Props) {
  const { name, definition, figure, judgement, note, before = '', course, behind } = props;
  return (
    <li className="card tile">
      <p className="tile-name">
        <Definition of={definition}>{name}</Definition>
      </p>
      {figure === undefined ? (
        <Skeleton height={34} width="60%" />
      ) : (
        <p className="tile-figure">
          <Behind asked={behind} what={`${name}, ${figure}`}>
            {figure}
          </Behind>
        </p>
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
