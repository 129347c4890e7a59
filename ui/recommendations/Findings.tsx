/** Why a finding is thought to be so, what happens if nothing is done, and the picture of it. */
import type { Finding } from '../../contracts/insight.ts';
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx';
import { LongText } from '../parts/LongText.tsx';
import { EvidenceChart } from './EvidenceChart.tsx';
import { card as words } from './words.ts';

export function FindingBody({ finding }: { finding: Finding }) {
  const { why, ignored, evidence } = finding;
  return (
    <div className="recommendation-body">
      <div className="stack">
        <div>
          <h4>{words.why}</h4>
          <ul className="consequences">
            {why.map((sentence) => (
              <li key={sentence}>
                <LongText text={sentence} />
              </li>
            ))}
          </ul>
        </div>
        <div className="notice attention">
          <h4>{words.ignored}</h4>
          <p>
            <LongText text={ignored} />
          </p>
        </div>
      </div>
      <ErrorBoundary>
        <EvidenceChart evidence={evidence} />
      </ErrorBoundary>
    </div>
  );
}
