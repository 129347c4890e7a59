/** A refusal, in the engine's own words. */
import { ProblemList } from './ProblemList.tsx';
import { problemsOf } from './queries.ts';

export function Refusal({ error }: { error: Error }) {
  const problems = problemsOf(error);
  return (
    <div className="notice bad" role="alert">
      <p>{error.message}</p>
      <ProblemList problems={problems} />
    </div>
  );
}
