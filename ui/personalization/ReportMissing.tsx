/** Where a report does not come: why, and what becomes of it. The rest of the page goes on. */
import { ApiProblem } from '../data/client.ts';
import { Empty } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { missing as words } from '../words/personalization.ts';

/** What is said of it in the headline, and beneath. */
export function whyMissing(error: Error): { readonly title: string; readonly text?: string } {
  const status = error instanceof ApiProblem ? error.status : 0;
  if (status === 404) return { title: words.none, text: words.noneText };
  if (status === 503) return { title: words.unavailable, text: words.unavailableText };
  return { title: words.failed };
}

export function ReportMissing({ error, onRetry }: { error: Error; onRetry(): void }) {
  const { title, text } = whyMissing(error);
  return (
    <div className="card">
      {text === undefined ? (
        <Problem error={error} onRetry={onRetry} />
      ) : (
        <Empty title={title}>
          <p className="muted">{text}</p>
          <button type="button" className="text-button" onClick={onRetry}>
            {words.retry}
          </button>
        </Empty>
      )}
    </div>
  );
}
