/** An answer that did not come: what was wrong, and a way to try again; the rest of the page goes on. */
import { ApiProblem } from '../data/client.ts';
import { isBeyond } from '../data/isBeyond.ts';
import { missingPermission } from '../data/missingPermission.ts';
import { messages } from '../words/shell.ts';
import { Beyond } from './Beyond.tsx';
import { NotAllowed } from './NotAllowed.tsx';

const words = messages.problems;

export function Problem({ error, onRetry }: { error: unknown; onRetry(): void }) {
  if (isBeyond(error)) return <Beyond error={error} />;
  const missing = missingPermission(error);
  if (missing !== undefined) return <NotAllowed permission={missing} />;
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof ApiProblem ? error.code : undefined;
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{words.title}</p>
      <p>
        {text} {code !== undefined && <span className="muted">{words.code(code)}</span>}
      </p>
      <button type="button" className="text-button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}
