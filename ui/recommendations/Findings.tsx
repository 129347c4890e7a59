/** Why a finding is thought to be so, what happens if nothing is done, and the picture of it. */
import type { Finding } from '../../contracts/insight.ts';
import { ErrorBoundary } from '../parts/ErrorBoundary.tsx';
import { LongText } from '../parts/LongText.tsx';
import { card as words } from '../words/recommendations.ts';
import { EvidenceChart } from './EvidenceChart.tsx';

interface Props {
  finding: Finding;
  /** Of its titles, which stand beneath that of the card. */
  level: 'h2' | 'h4' | 'h5';
}

export function FindingBody({ finding, level: Title }: Props) {
  const { why, ignored, evidence } = finding;
  return (
    <div className="recommendation-body">
      <div className="stack">
        <div>
          <Title>{words.why}</Title>
          <ul className="consequences">
            {why.map((sentence) => (
              <li key={sentence}>
                <LongText text={sentence} />
              </li>
            ))}
          </ul>
        </div>
        <div className="notice attention">
          <Title>{words.ignored}</Title>
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
