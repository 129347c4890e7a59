/** A refusal, in the engine's own words. */
import { ProblemList } from './ProblemList.tsx';
import { problemsOf } from './queries.ts';
import { words } from './words.ts';

interface Props {
  error: Error;
  nameOf?: (field: string) => string | undefined;
}

export function Refusal({ error, nameOf }: Props) {
  const problems = problemsOf(error);
  return (
    <div className="notice bad" role="alert">
      {/* A refusal's own words are those of its problems, joined. */}
      <p>{problems.length === 0 ? error.message : words.refused}</p>
      <ProblemList problems={problems} {...(nameOf === undefined ? {} : { nameOf })} />
    </div>
  );
}
