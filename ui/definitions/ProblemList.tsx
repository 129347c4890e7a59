/** Problems and remarks of a definition, each with the field that it is about. */
import { StateWord } from '../parts/StateWord.tsx';
import { problems as words } from '../words/definitions.ts';
import type { ProblemSaid } from './problems.ts';

interface Props {
  problems: readonly ProblemSaid[];
  /** Spoken when they appear. */
  urgent?: boolean;
  /** What a field is called in the form. */
  nameOf(field: string): string | undefined;
}

export function ProblemList({ problems, urgent = false, nameOf }: Props) {
  if (problems.length === 0) return null;
  return (
    <ul className="problem-list" role={urgent ? 'alert' : undefined}>
      {problems.map(({ severity, field, sentence }) => (
        <li key={`${field} ${sentence}`}>
          <StateWord tone={severity === 'problem' ? 'bad' : 'attention'}>
            {nameOf(field) ?? words.severities[severity]}
          </StateWord>
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
