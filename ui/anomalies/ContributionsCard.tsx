/** What contributes to the deviation, as signed bars: what goes against it stands on the other side. */
import type { Alert } from '../../contracts/alert.ts';
import { formatRelative, formatShare, formatValue } from '../format/numbers.ts';
import { SignedBar } from '../parts/SignedBar.tsx';
import { detail as words } from '../words/anomalies.ts';
import { CardSection } from './CardSection.tsx';
import { contributionBars } from './contributionBars.ts';

export function ContributionsCard({ alert: { explanation } }: { alert: Alert }) {
  const contributions = explanation?.contributions ?? [];
  const { zero, bars, rest } = contributionBars(contributions);
  return (
    <CardSection title={words.contributions} text={words.contributionsText}>
      {bars.length === 0 ? (
        <p className="muted">{explanation === null ? words.notExplained : words.noContributions}</p>
      ) : (
        <ul className="contributions">
          {bars.map(({ name, value, expected, share, from, to }) => (
            <li key={name}>
              <span className="contribution-name">
                {name}
                <span className="cell-detail">
                  {words.contributed(formatValue(value), formatValue(expected))}
                </span>
              </span>
              <SignedBar
                zero={zero}
                from={from}
                to={to}
                fill={share >= 0 ? 'var(--series-1)' : 'var(--series-2)'}
              />
              <b>{share < 0 ? formatRelative(share) : formatShare(share)}</b>
            </li>
          ))}
          {rest !== undefined && (
            <li>
              <span className="muted">{words.others(rest.count)}</span>
              <span />
              <b>{rest.share < 0 ? formatRelative(rest.share) : formatShare(rest.share)}</b>
            </li>
          )}
        </ul>
      )}
    </CardSection>
  );
}
