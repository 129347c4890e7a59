/** A refusal, in the engine's own words. */

import { problems as words } from '../words/definitions.ts';
import { ProblemList } from './ProblemList.tsx';
import { problemsOf } from './problems.ts';

interface Props {
  error: Error;
  /** What a field is called in the form. */
  nameOf(field: string): string | undefined;
}

export function Refusal({ error, nameOf }: Props) {
  const problems = problemsOf(error);
  return (
    <div className="notice bad" role="alert">
      {/* A refusal's own words are those of its problems, joined. */}
      <p>{problems.length === 0 ? error.message : words.refused}</p>
      <ProblemList problems={problems} nameOf={nameOf} />
    </div>
  );
}
